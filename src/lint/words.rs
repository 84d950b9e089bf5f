//! Looking for words and phrases in running text.

use crate::diag::Span;

/// Where `phrase` (lower case) stands in `text` as whole words, whatever the case. Nothing is copied: every rule asks this
/// of every text.
pub(super) fn phrase(text: &str, phrase: &str) -> Option<usize> {
    let (bytes, wanted) = (text.as_bytes(), phrase.as_bytes());
    let first = *wanted.first()?;
    let begins = |at: &usize| bytes.get(*at).is_some_and(|byte| byte.eq_ignore_ascii_case(&first));
    let same = |at: &usize| {
        bytes.get(*at..at + wanted.len()).is_some_and(|found| found.eq_ignore_ascii_case(wanted))
    };
    let last = bytes.len().checked_sub(wanted.len())?;
    (0..=last).filter(begins).filter(same).find(|at| {
        let before = text.get(..*at).and_then(|head| head.chars().next_back());
        let after = text.get(at + wanted.len()..).and_then(|tail| tail.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
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
