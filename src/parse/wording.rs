//! Whether a text says a phrase: whole words, in any case, and not turned into their opposite.

use aho_corasick::AhoCorasick;

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

/// Whether `head` says one of `phrases`.
pub(super) fn says(head: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| places(head, phrase).next().is_some())
}

/// Where `head` first says one of `phrases`.
pub(super) fn first(head: &str, phrases: &[&str]) -> Option<usize> {
    phrases.iter().filter_map(|phrase| places(head, phrase).next()).min()
}

/// Where `head` last says one of `phrases`.
pub(super) fn last(head: &str, phrases: &[&str]) -> Option<usize> {
    phrases.iter().filter_map(|phrase| places(head, phrase).last()).max()
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
        let said =
            found.filter(|hit| is_whole(head, hit.start(), hit.len()) && !is_denied(head, hit.start()));
        said.filter_map(|hit| self.of.get(hit.pattern().as_usize()).copied()).min()
    }
}

fn places<'a>(head: &'a str, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
    let found = head.match_indices(phrase).map(|(at, _)| at);
    found.filter(move |at| is_whole(head, *at, phrase.len()) && !is_denied(head, *at))
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
        assert!(says(&head("The hub is DOWN."), &["down"]));
        assert!(says(&head("Ticket https://x.example/1 is opened"), &["ticket is opened"]));
        assert!(!says("a countdown began", &["down"]));
        assert!(!says("it was not resolved", &["resolved"]));
        assert!(!says("the conditions for failure are set", &["failure"]));
        assert_eq!(first("down, then up, then down", &["down"]), Some(0));
        assert_eq!(last("down, then up, then down", &["up", "down"]), Some(20));
    }
}
