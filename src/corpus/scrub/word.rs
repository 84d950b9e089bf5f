//! Runs of text without blanks, and what a text looks like after words were taken out.

/// Longest host name, e-mail address or path of a repository that is recognised, in bytes.
pub(super) const LONGEST_NAME: usize = 320;
/// What of a longer address in running text is looked at, in bytes: in one word there may be thousands.
pub(super) const LONGEST_ADDRESS: usize = 1024;

/// A run without blanks, quotes and brackets: what can be an address.
#[derive(Default)]
pub(super) struct Word {
    /// Where it ends, without the punctuation of the sentence.
    pub(super) end: usize,
    /// Where the run ends.
    pub(super) stop: usize,
}

impl Word {
    pub(super) fn from(text: &str, at: usize) -> Self {
        let rest = text.get(at..).unwrap_or_default();
        let ends = |c: char| c.is_whitespace() || "<>\"'`()[]{}|,;".contains(c);
        let mut length = 0;
        loop {
            let left = rest.get(length..).unwrap_or_default();
            length += left.find(ends).unwrap_or(left.len());
            // Addresses that nobody is to follow are written `wiki[.]example`.
            match rest.get(length..) {
                Some(dot) if dot.starts_with("[.]") => length += 3,
                _ => break,
            }
        }
        let word = rest.get(..length).unwrap_or_default().trim_end_matches(['.', ':', '!', '?']);
        Self { end: at + word.len(), stop: at + length.max(1) }
    }

    /// What of it follows byte `at`.
    pub(super) fn at<'t>(&self, text: &'t str, at: usize) -> &'t str {
        text.get(at..self.end).unwrap_or_default()
    }
}

/// The first `most` bytes of `text`, or fewer where that would part a character.
pub(super) fn shortened(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// What removals leave behind: empty brackets, doubled spaces, a space before a full stop, two articles in a row.
pub(super) fn tidy(text: &str) -> String {
    const SAID_TWICE: [(&str, &str); 8] = [
        ("the a chat channel", "the chat channel"),
        ("our a chat channel", "our chat channel"),
        ("a a chat channel", "a chat channel"),
        ("chat channel Slack channel", "chat channel"),
        ("chat channel channel", "chat channel"),
        ("chat channel chat channel", "chat channel"),
        ("the an internal", "the internal"),
        ("an an internal", "an internal"),
    ];
    let mut out = text.to_owned();
    for empty in ["()", "( )", "[]", "[ ]", "(, )", "( , )"] {
        out = out.replace(empty, "");
    }
    while out.contains("  ") {
        out = out.replace("  ", " ");
    }
    for mark in [" .", " ,", " ;"] {
        out = out.replace(mark, mark.trim_start());
    }
    for (twice, once) in SAID_TWICE {
        if out.contains(twice) {
            out = out.replace(twice, once);
        }
    }
    out
}
