//! Where front matter begins and ends.

use std::ops::Range;

/// The notation between the fences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) enum Notation {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
}

/// A fenced block at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fenced {
    /// Which fences.
    pub(super) notation: Notation,
    /// What stands between them.
    pub(super) inner: Range<usize>,
    /// First byte after the line of the closing fence.
    pub(super) body: usize,
}

/// The block `text` begins with, if its first line is a fence and another line closes it.
pub(super) fn find(text: &str) -> Option<Fenced> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let (notation, ends): (_, &[&str]) = match first.trim_end() {
        "---" => (Notation::Yaml, &["---", "..."]),
        "+++" => (Notation::Toml, &["+++"]),
        _ => return None,
    };
    let start = first.len();
    let mut at = start;
    for line in lines {
        let next = at + line.len();
        if ends.contains(&line.trim_end()) {
            let fenced = Fenced { notation, inner: start..at, body: next };
            return Some(fenced).filter(|_| !is_text(text.get(start..at).unwrap_or_default()));
        }
        at = next;
    }
    None
}

/// Whether what stands between two rules is the text itself: it begins with a blank line and has headings below the first
/// level, which no front matter has.
fn is_text(inner: &str) -> bool {
    let blank = inner.lines().next().is_some_and(|line| line.trim().is_empty());
    blank && inner.lines().any(|line| line.starts_with("## "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_may_trail_blanks_and_windows_line_ends() {
        let text = "--- \r\ntitle: x\r\n---\t\r\n# Body\r\n";
        let fenced = find(text).unwrap();
        assert_eq!(&text[fenced.inner], "title: x\r\n");
        assert_eq!(&text[fenced.body..], "# Body\r\n");
        assert_eq!(find("+++\na = 1\n+++").unwrap().notation, Notation::Toml);
    }

    #[test]
    fn a_rule_that_nothing_closes_is_markdown() {
        for text in [
            "---\ntitle: x\n",
            "----\na: b\n----\n",
            "\n---\na: b\n---\n",
            "Title\n---\n",
            "---\n\n# A\n\n## B\n---\n",
            "",
        ] {
            assert_eq!(find(text), None, "{text:?}");
        }
    }
}
