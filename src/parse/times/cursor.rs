//! A place in a line that moves to the right: what the readers of dates, hours and zones share.

use std::borrow::Cow;

/// A position in `text`. Copying it is how a reader remembers where to go back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(crate) text: &'a str,
    /// Bytes already read.
    pub(crate) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character before this place.
    pub(super) fn before(&self) -> Option<char> {
        self.text.get(..self.at).and_then(|text| text.chars().next_back())
    }

    /// Reads one character if `wanted` accepts it.
    pub(super) fn eat(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let found = self.peek().filter(|c| wanted(*c))?;
        self.at += found.len_utf8();
        Some(found)
    }

    /// Reads all characters that `wanted` accepts, at most `most` of them.
    pub(super) fn run(&mut self, most: usize, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let len = rest.chars().take(most).take_while(|c| wanted(*c)).map(char::len_utf8).sum();
        self.at += len;
        rest.get(..len).unwrap_or_default()
    }

    /// Skips blanks and the marks that only shape a time: `**14:05**`, `` `14:05` ``, `_14:05_`.
    pub(super) fn blanks(&mut self) {
        self.run(16, |c| c.is_whitespace() || matches!(c, '*' | '`' | '_' | '\u{200b}' | '\u{feff}'));
    }

    /// Reads a number of at most `most` digits; nothing where more digits follow.
    pub(super) fn number(&mut self, most: usize) -> Option<(i32, usize)> {
        let start = *self;
        let digits = self.run(most, |c| c.is_ascii_digit());
        if digits.is_empty() || self.peek().is_some_and(|c| c.is_ascii_digit()) {
            *self = start;
            return None;
        }
        digits.parse().ok().map(|value| (value, digits.len()))
    }

    /// Reads a word of letters in lower case; at most 16 letters, nothing where more follow. Most words of a text are
    /// written in lower case already, and are only pointed at.
    pub(super) fn word(&mut self) -> Option<Cow<'a, str>> {
        let start = *self;
        let word = self.run(16, char::is_alphabetic);
        if word.is_empty() || self.peek().is_some_and(char::is_alphabetic) {
            *self = start;
            return None;
        }
        let lower = word.bytes().all(|byte| byte.is_ascii_lowercase());
        Some(if lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) })
    }

    /// Reads `word` (lower case) if it stands here as a whole word, in any case.
    pub(super) fn eat_word(&mut self, words: &[&str]) -> bool {
        let start = *self;
        if self.word().is_some_and(|found| words.contains(&&*found)) {
            return true;
        }
        *self = start;
        false
    }

    /// Whether a word or number could end here.
    pub(super) fn at_edge(&self) -> bool {
        !self.peek().is_some_and(char::is_alphanumeric)
    }
}
