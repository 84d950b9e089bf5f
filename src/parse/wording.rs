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

/// Phrases that are composed: one word of each list, in this order; an empty word is left out.
pub(super) type Frame = &'static [&'static [&'static str]];

/// Phrases of one meaning, looked for in one pass over a text however many there are.
pub(super) struct Phrases {
    all: &'static [&'static str],
    frames: &'static [Frame],
    finder: OnceLock<Option<AhoCorasick>>,
}

impl Phrases {
    /// The phrases, written as they are looked for: in lower case but for marks in capitals.
    pub(super) const fn of(all: &'static [&'static str]) -> Self {
        Self::composed(all, &[])
    }

    /// The same, and all that the frames compose: `went` or `was` beside `down` or `dark`.
    pub(super) const fn composed(all: &'static [&'static str], frames: &'static [Frame]) -> Self {
        Self { all, frames, finder: OnceLock::new() }
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
        let finder = self.finder.get_or_init(|| self.build()).as_ref();
        finder.into_iter().flat_map(move |finder| finder.find_overlapping_iter(text))
    }

    fn build(&self) -> Option<AhoCorasick> {
        let listed = self.all.iter().map(|phrase| (*phrase).to_owned());
        AhoCorasick::new(listed.chain(self.frames.iter().flat_map(|frame| compose(frame)))).ok()
    }
}

/// All phrases of a frame.
fn compose(frame: &[&[&str]]) -> Vec<String> {
    frame.iter().fold(vec![String::new()], |heads, words| {
        let joined = |head: &String| words.iter().map(|word| join(head, word)).collect::<Vec<_>>();
        heads.iter().flat_map(joined).collect()
    })
}

fn join(head: &str, word: &str) -> String {
    let gap = if head.is_empty() || word.is_empty() { "" } else { " " };
    format!("{head}{gap}{word}")
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

    #[test]
    fn frames_compose_phrases_of_which_parts_may_be_left_out() {
        static DARK: Phrases = Phrases::composed(&["out"], &[&[&["went", "was"], &["", "fully"], &["dark"]]]);
        for text in ["the hall went dark", "the hall was fully dark", "the light is out"] {
            assert!(DARK.said(text), "{text}");
        }
        assert!(!DARK.said("the hall is dark"));
    }
}
