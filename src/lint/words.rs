//! Looking for words and phrases in running text.

use crate::diag::Span;

/// Where `phrase` (lower case) stands in `text` as whole words, whatever the case.
pub(super) fn phrase(text: &str, phrase: &str) -> Option<usize> {
    phrases(text, &[phrase]).next().map(|(at, _)| at)
}

/// Where each of `wanted` (lower case where letters are ASCII) stands in `text` as whole words, whatever the case, from the
/// front. The text is read once however many are wanted, and nothing is copied: every rule asks this of every text.
pub(super) fn phrases<'a>(
    text: &'a str,
    wanted: &'a [&'a str],
) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
    let mut begins = [false; 256];
    for first in wanted.iter().filter_map(|phrase| phrase.bytes().next()) {
        for byte in [first.to_ascii_lowercase(), first.to_ascii_uppercase()] {
            begins.get_mut(usize::from(byte)).into_iter().for_each(|one| *one = true);
        }
    }
    let may_begin = move |byte: u8| begins.get(usize::from(byte)).copied().unwrap_or_default();
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter(move |(_, byte)| may_begin(**byte)).filter_map(move |(at, _)| {
        let before = || text.get(..at)?.chars().next_back();
        let inside = match at.checked_sub(1).and_then(|before| bytes.get(before)) {
            Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
            _ => before().is_some_and(char::is_alphanumeric),
        };
        let here = |phrase: &&&str| {
            let found = bytes.get(at..at + phrase.len());
            let after = || text.get(at + phrase.len()..).and_then(|tail| tail.chars().next());
            found.is_some_and(|found| found.eq_ignore_ascii_case(phrase.as_bytes()))
                && !after().is_some_and(char::is_alphanumeric)
        };
        wanted.iter().find(here).filter(|_| !inside).map(|phrase| (at, *phrase))
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
        assert_eq!(phrase("ähuman error, Human error", "human error"), Some(15));
    }

    #[test]
    fn several_phrases_are_found_in_one_reading() {
        let found: Vec<_> = phrases("Careless? No: SLOPPY, careless", &["careless", "sloppy"]).collect();
        assert_eq!(found, [(0, "careless"), (14, "sloppy"), (22, "careless")]);
        assert_eq!(phrases("Özge and Ann, not Anna", &["Ann", "Özge"]).count(), 2);
        assert_eq!(phrases("anything", &[]).count(), 0);
    }
}
