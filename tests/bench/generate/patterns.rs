//! The patterns of sentences, read from `words/sentences.txt`, where they stand by section.

use std::collections::BTreeMap;

/// One pattern, cut at its slots: text and slot names in turn, beginning with text.
pub(crate) type Pattern = Vec<&'static str>;

/// All patterns by the section they serve.
#[derive(Debug)]
pub(crate) struct Patterns(BTreeMap<&'static str, Vec<Pattern>>);

impl Patterns {
    /// Reads the list.
    pub(crate) fn new() -> Self {
        let mut patterns: BTreeMap<&str, Vec<Pattern>> = BTreeMap::new();
        let mut section = "";
        for line in include_str!("words/sentences.txt").lines() {
            match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                Some(name) => section = name,
                None => patterns.entry(section).or_default().push(line.split(['{', '}']).collect()),
            }
        }
        Self(patterns)
    }

    /// The patterns of a section.
    pub(crate) fn of(&self, section: &str) -> Option<&[Pattern]> {
        self.0.get(section).map(Vec::as_slice)
    }
}
