//! Whether a text says a phrase: whole words, in any case, and not turned into their opposite.

use aho_corasick::{AhoCorasick, Match};
use std::sync::OnceLock;

/// Words before a phrase that turn it into its opposite, or into something that was only feared or hoped for.
const NOT: [&str; 20] = [
    "not",
    "n't",
    "never",
    "no",
    "nobody",
    "until",
    "if",
    "when",
    "whether",
    "should",
    "to be",
    "conditions",
    "potential",
    "potentially",
    "possible",
    "prevent",
    "avoid",
    "risk",
    "before",
    "could",
];

/// How much of a text is looked at, in characters.
const LOOKED_AT: usize = 500;

/// The beginning of `text` in lower case and without addresses, as the other functions take it.
pub(super) fn head(text: &str) -> String {
    let head = text.chars().take(LOOKED_AT).collect::<String>().to_lowercase();
    if !head.contains("://") {
        return head;
    }
    let words = head.split(' ').filter(|word| !word.contains("://"));
    words.collect::<Vec<_>>().join(" ")
}

/// Phrases of one meaning, looked for in one pass over a text however many there are.
pub(super) struct Phrases {
    all: &'static [&'static str],
    finder: OnceLock<Option<AhoCorasick>>,
}

impl Phrases {
    /// The phrases, written as they are looked for: in lower case but for marks in capitals.
    pub(super) const fn of(all: &'static [&'static str]) -> Self {
        Self { all, finder: OnceLock::new() }
    }

    /// Whether `head` says one of them.
    pub(super) fn said(&self, head: &str) -> bool {
        self.places(head).next().is_some()
    }

    /// Where `head` first says one of them.
    pub(super) fn first(&self, head: &str) -> Option<usize> {
        self.places(head).min()
    }

    /// Where `head` last says one of them.
    pub(super) fn last(&self, head: &str) -> Option<usize> {
        self.places(head).max()
    }

    /// Whether `text` has one of them in whole words, written alike and whatever stands before it.
    pub(super) fn written(&self, text: &str) -> bool {
        self.hits(text).any(|hit| is_whole(text, hit.start(), hit.len()))
    }

    fn places<'a>(&'a self, head: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.hits(head).filter(|hit| stands(head, hit)).map(|hit| hit.start())
    }

    fn hits<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Match> + 'a {
        let finder = self.finder.get_or_init(|| AhoCorasick::new(self.all).ok()).as_ref();
        finder.into_iter().flat_map(move |finder| finder.find_overlapping_iter(text))
    }
}

/// Lists of phrases that are looked for together, in one pass over a text however many there are.
pub(super) struct Lists {
    finder: Option<AhoCorasick>,
    /// The list each phrase belongs to, by the number of the phrase.
    of: Vec<usize>,
}

impl Lists {
    pub(super) fn new<'p>(lists: impl Iterator<Item = &'p [&'p str]>) -> Self {
        let phrases = lists.enumerate().flat_map(|(number, list)| list.iter().map(move |one| (number, *one)));
        let (of, phrases): (Vec<usize>, Vec<&str>) = phrases.unzip();
        Self { finder: AhoCorasick::new(phrases).ok(), of }
    }

    /// The first list of which `head` says a phrase.
    pub(super) fn said(&self, head: &str) -> Option<usize> {
        let found = self.finder.as_ref()?.find_overlapping_iter(head);
        let said = found.filter(|hit| stands(head, hit));
        said.filter_map(|hit| self.of.get(hit.pattern().as_usize()).copied()).min()
    }
}

/// Whether a phrase that was found stands in whole words, and is not denied.
fn stands(head: &str, hit: &Match) -> bool {
    is_whole(head, hit.start(), hit.len()) && !is_denied(head, hit.start())
}

fn is_whole(text: &str, at: usize, len: usize) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(at + len..).and_then(|text| text.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

fn is_denied(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    before.split_whitespace().rev().take(2).any(|word| NOT.contains(&word) || word.ends_with("n't"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_said_in_whole_words_and_not_denied() {
        static FAULTY: Phrases = Phrases::of(&["down", "ticket is opened", "resolved", "failure"]);
        static ENDS: Phrases = Phrases::of(&["up", "down"]);
        assert!(FAULTY.said(&head("The hub is DOWN.")));
        assert!(FAULTY.said(&head("Ticket https://x.example/1 is opened")));
        assert!(!FAULTY.said("a countdown began"));
        assert!(!FAULTY.said("it was not resolved"));
        assert!(!FAULTY.said("the conditions for failure are set"));
        assert_eq!(ENDS.first("down, then up, then down"), Some(0));
        assert_eq!(ENDS.last("down, then up, then down"), Some(20));
    }
}
