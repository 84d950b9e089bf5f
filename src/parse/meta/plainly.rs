//! Words as a line of plain text: without markup, without line ends.

use crate::diag::Source;
use crate::model::text::{BlockKind, plain};
use crate::parse::markdown;

/// Text of one line without markup: values in front matter may hold links and code.
pub(super) fn words(text: &str) -> String {
    if !text.contains(['*', '_', '`', '[', '<', '&', '\\', '~']) {
        return one_line(text);
    }
    let document = markdown::document(&Source::new("", text), 0, false).value;
    match document.blocks.as_slice() {
        [block] => match &block.kind {
            BlockKind::Paragraph(inlines) => one_line(&plain(inlines)),
            _ => one_line(text),
        },
        _ => one_line(text),
    }
}

/// `text` with every run of blanks, line ends and control characters as one blank.
pub(super) fn one_line(text: &str) -> String {
    let clean = |c: char| if c.is_control() || c == '\u{feff}' { ' ' } else { c };
    let text: String = text.chars().map(clean).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn markup_leaves_no_trace_in_words() {
        assert_eq!(words("Kris Nóva ([@nova](https://x.example))"), "Kris Nóva (@nova)");
        assert_eq!(words("`kube-proxy` & *friends*\n down"), "kube-proxy & friends down");
        assert_eq!(words("snake_case_name 1 * 2"), "snake_case_name 1 * 2");
    }
}
