//! Boxes as other tools write them, `:::note` and `!!! note`: they are shown as they stand, and that is told.

use crate::diag::{Diagnostic, Source, Span};

/// What opens such a box, directly before a word.
const OPENS: [&str; 3] = [":::", "!!!", "???"];

/// Where the first box of another tool opens in `text`, outside of code.
pub(super) fn first(text: &str) -> Option<Span> {
    if !OPENS.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let mut at = 0;
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        let begin = at + line.len() - bare.len();
        at += line.len();
        let mark = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        if fence.is_some() || mark.is_some() {
            fence = if fence == mark { None } else { fence.or(mark) };
        } else if opens(bare) {
            return Some(Span::new(begin, begin + bare.trim_end().len()));
        }
    }
    None
}

fn opens(line: &str) -> bool {
    OPENS.iter().any(|mark| {
        let rest = line.strip_prefix(mark).map(|rest| rest.trim_start_matches([':', '+']));
        rest.is_some_and(|rest| rest.trim_start_matches([' ', '{', '.']).starts_with(char::is_alphabetic))
    })
}

/// A warning about the box at `span`.
pub(super) fn told(source: &Source, span: Span) -> Diagnostic {
    let message = format!("`{}` opens no box here and is shown as it stands", span.of(&source.text));
    let help =
        "write `> [!NOTE]` (or `TIP`, `IMPORTANT`, `WARNING`, `CAUTION`), and `> ` before each line of it";
    Diagnostic::warning("box", source, span, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn boxes_of_other_tools_are_seen_and_punctuation_is_not() {
        for text in ["a\n\n:::note\nb\n:::\n", "::: {.warning}\n", "  !!! danger \"Now\"\n", "???+ tip\n"] {
            assert!(first(text).is_some(), "{text}");
        }
        for text in ["a ::: b", ":::\n", "!!!", "!!! 14:00\n", "```\n:::note\n```\n", "term\n: words\n"] {
            assert!(first(text).is_none(), "{text}");
        }
    }
}
