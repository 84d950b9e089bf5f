//! The leak guard: what a public edition must not contain, to be looked for in every byte before it is published.
//!
//! The gate already cuts these things out; the guard does not trust it. It knows two kinds of secret: exact names (handles,
//! people, tickets, ids, slugs and titles of hidden documents, internal hosts), and passages of hidden text, as hashes
//! of eight words in a row. What published documents say themselves is no secret.

mod names;
mod said;
mod words;

use super::draft::{Corpus, Open};
use super::edition::Edition;
use super::packed::members;
use crate::config::SiteConfig;
use crate::model::Audience;
use crate::model::text::{Block, BlockKind};
use aho_corasick::{AhoCorasick, MatchKind};
use foldhash::HashMap;
use names::{handles, hidden_ids, hidden_names, is_telling, settings};
use said::{Said, said, unsaid};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use words::{in_other_letters, passages, plainer, without_tags, words};

/// Words in a row that identify a passage.
const PASSAGE: usize = 8;

/// Something hidden that was found in an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// The words that leaked; for a passage, its words.
    pub text: String,
    /// Where they come from: a file, or `site.toml`.
    pub source: String,
}

/// Eight words in a row of a hidden text, as a number, and which of `files` they stand in.
#[derive(Default)]
struct Passages {
    of: HashMap<u64, u32>,
    files: Vec<String>,
}

/// What must not be published.
pub struct Secrets {
    names: Option<AhoCorasick>,
    sources: Vec<(String, String)>,
    passages: Passages,
    /// Full names of people and whole titles as words, by their first word, each with where it comes from.
    phrases: HashMap<String, Vec<(Vec<String>, String)>>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{} names and {} passages>", self.sources.len(), self.passages.of.len())
    }
}

impl Secrets {
    /// What `edition` must not say. Empty for an internal edition.
    pub fn of(corpus: &Corpus, edition: &Edition, config: &SiteConfig) -> Self {
        if edition.audience == Audience::Internal {
            return Self {
                names: None,
                sources: Vec::new(),
                passages: Passages::default(),
                phrases: HashMap::default(),
            };
        }
        let published: BTreeSet<&str> =
            edition.incidents.iter().chain(&edition.pages).map(|one| &*one.incident.path).collect();
        let said = said(edition);
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        let mut hidden = Passages::default();
        for draft in &corpus.drafts {
            let incident = &draft.whole;
            let path = incident.path.to_string();
            if !published.contains(&*incident.path) {
                hidden_names(incident, &mut names);
            }
            if !published.contains(&*incident.path) || matches!(draft.open, Open::Less(_)) {
                hidden.files.push(path.clone());
                note(&incident.document.blocks, &said, &mut hidden);
            }
            for action in &incident.actions {
                names.extend(action.tickets.iter().map(|ticket| (ticket.id.clone(), path.clone())));
            }
        }
        handles(config, &mut names);
        // One digit or letter more makes another name, so short ones would only raise false alarms.
        names.retain(|name, _| name.chars().count() >= 4);
        let ids = hidden_ids(corpus, edition, &published);
        let (ids, names): (Vec<_>, Vec<_>) = names.into_iter().partition(|(name, _)| ids.contains(name));
        let (telling, names): (Vec<_>, Vec<_>) = names.into_iter().partition(|(name, _)| is_telling(name));
        let mut sources = unsaid(names, &said.text);
        let telling = unsaid(telling, &said.names);
        let phrases = phrases(config, &telling);
        sources.extend(telling);
        // Whoever names a hidden report by its id, file or whole title knows of it: that is no coincidence of words.
        sources.extend(ids);
        sources.extend(settings(config));
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(sources.iter().map(|(name, _)| name));
        Self { names: finder.ok(), sources, passages: hidden, phrases }
    }

    /// The first secret in `bytes`; compressed bytes are looked into.
    pub fn leak(&self, bytes: &[u8]) -> Option<Leak> {
        if self.names.is_none() && self.passages.of.is_empty() {
            return None;
        }
        let text = std::str::from_utf8(bytes).ok();
        let plain = |bytes: &[u8], text: Option<&str>| {
            let hidden = || self.named(plainer(text?)?.as_bytes());
            self.named(bytes).or_else(hidden).or_else(|| self.told(bytes, text))
        };
        let otherwise = || {
            let read = if text.is_none() { in_other_letters(bytes)? } else { return None };
            plain(read.as_bytes(), Some(&read))
        };
        // What is packed inside what is packed is not searched: no host and no browser opens it.
        let packed = || members(bytes, |bytes| plain(bytes, std::str::from_utf8(bytes).ok()));
        plain(bytes, text).or_else(otherwise).or_else(packed)
    }

    fn named(&self, bytes: &[u8]) -> Option<Leak> {
        let word = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
        let finder = self.names.as_ref()?;
        finder.find_iter(bytes).find_map(|hit| {
            let before = hit.start().checked_sub(1).and_then(|at| bytes.get(at));
            let inside = word(before) || word(bytes.get(hit.end()));
            let (text, source) = self.sources.get(hit.pattern().as_usize())?;
            (!inside).then(|| Leak { text: text.clone(), source: source.clone() })
        })
    }

    /// `text` is what `bytes` are, where they are one.
    fn told(&self, bytes: &[u8], text: Option<&str>) -> Option<Leak> {
        if self.passages.of.is_empty() && self.phrases.is_empty() {
            return None;
        }
        let said = text.map_or_else(|| String::from_utf8_lossy(bytes), Cow::Borrowed);
        let words = words(&without_tags(&said));
        // In the lists of an index words stand side by side that no text has so.
        self.phrase(if text.is_some() { &words } else { &[] }).or_else(|| {
            passages(&words).enumerate().find_map(|(at, passage)| {
                let file = self.passages.of.get(&passage)?;
                let source = self.passages.files.get(*file as usize)?;
                let text = words.get(at..at + PASSAGE)?.join(" ");
                Some(Leak { text, source: source.clone() })
            })
        })
    }

    /// A full name or a title, in whatever letters and with whatever between its words.
    fn phrase(&self, words: &[String]) -> Option<Leak> {
        words.iter().enumerate().find_map(|(at, word)| {
            let said =
                |(phrase, _): &&(Vec<String>, String)| words.get(at..at + phrase.len()) == Some(phrase);
            let (phrase, source) = self.phrases.get(word)?.iter().find(said)?;
            Some(Leak { text: phrase.join(" "), source: source.clone() })
        })
    }
}

/// Names of people, and those of `telling` that are of several words.
fn phrases(config: &SiteConfig, telling: &[(String, String)]) -> HashMap<String, Vec<(Vec<String>, String)>> {
    let mut phrases: HashMap<String, Vec<(Vec<String>, String)>> = HashMap::default();
    let people =
        config.people.values().filter_map(|person| person.name.as_deref()).map(|name| (name, "site.toml"));
    let titles = telling.iter().filter(|(name, _)| name.contains(' ')).map(|(name, path)| (&**name, &**path));
    for (name, source) in people.chain(titles) {
        let name = words(name);
        if let Some(first) = name.first().filter(|_| name.len() >= 2) {
            phrases.entry(first.clone()).or_default().push((name, source.to_owned()));
        }
    }
    phrases
}

/// Notes what `blocks` of the last of the files say and nothing published says.
fn note(blocks: &[Block], said: &Said, hidden: &mut Passages) {
    let file = u32::try_from(hidden.files.len()).unwrap_or(u32::MAX).saturating_sub(1);
    for block in blocks {
        let own = match &block.kind {
            BlockKind::Code(code) => code.text.to_string(),
            _ => block.inlines().into_iter().map(crate::model::text::plain).collect::<Vec<_>>().join(" "),
        };
        let own = words(&own);
        let unsaid = passages(&own).filter(|one| !said.passages.contains(one));
        hidden.of.extend(unsaid.map(|passage| (passage, file)));
        for children in block.children() {
            note(children, said, hidden);
        }
    }
}

#[cfg(test)]
mod tests;
