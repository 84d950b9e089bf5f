//! Looking for words and phrases in running text.

use crate::diag::Span;

/// Where `phrase` (lower case) stands in `text` as whole words, whatever the case.
pub(super) fn phrase(text: &str, phrase: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower.get(from..).and_then(|rest| rest.find(phrase)).map(|at| at + from) {
        let end = at + phrase.len();
        let before = lower.get(..at).and_then(|head| head.chars().next_back());
        let after = lower.get(end..).and_then(|tail| tail.chars().next());
        if !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric) {
            return Some(at);
        }
        from = end;
    }
    None
}

/// The span of `length` bytes at `at` within a text that stands at `span`.
pub(super) fn place(span: Span, at: usize, length: usize) -> Span {
    let start = span.start as usize + at;
    let end = start + length;
    if end <= span.end as usize { Span::new(start, end) } else { span }
}

/// The words of a text in lower case.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_as_whole_words_only() {
        assert_eq!(phrase("It was Human Error.", "human error"), Some(7));
        assert_eq!(phrase("superhuman errors", "human error"), None);
        assert_eq!(phrase("a human errors, a human error", "human error"), Some(18));
    }
}
