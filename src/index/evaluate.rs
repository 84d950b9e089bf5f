//! From a tree to documents with scores, and what has to be said about it: words that occur nowhere, words that were
//! taken for another, values no document has.

use super::Index;
use super::analysis::Analysis;
use super::grammar::{Filter, Node, Text};
use super::ranking::{Scored, add, best, both, raised, without};
use crate::error::Error;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// How much a spelling or a synonym counts beside the word itself.
const SECOND: f32 = 0.8;
/// How much it adds that two words of the query stand side by side.
const SIDE_BY_SIDE: f32 = 0.5;
/// In how many documents a word may be for that: of a frequent word the places cost a page more than all else it reads.
const RARE_ENOUGH: u32 = 1_000;
/// Most completions of a word.
const COMPLETIONS: usize = 50;
/// Most spellings tried for a word.
const SPELLINGS: usize = 3;

/// A word that occurs nowhere, and the ones searched instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    /// As typed.
    pub typed: String,
    /// Words that do occur.
    pub used: Vec<String>,
}

/// Evaluates one query.
pub(super) struct Evaluation<'i> {
    pub(super) index: &'i Index,
    /// Whether misspelt words may be corrected.
    pub(super) correct: bool,
    /// Terms to be marked in passages.
    pub(super) marks: BTreeSet<String>,
    pub(super) missing: Vec<String>,
    pub(super) instead: Vec<Instead>,
    pub(super) unread: Vec<String>,
    /// Inside a negation nothing is marked, missed or corrected.
    negated: bool,
}

/// One thing that is asked for.
pub(super) struct Wanted {
    /// The words that ask for it; empty for a group.
    pub(super) words: String,
    /// The documents that have it.
    pub(super) found: Scored,
    /// Whether it is meant as written: a quotation, a word with a field, a group.
    pub(super) required: bool,
}

/// The parts of an *and*.
#[derive(Default)]
pub(super) struct Parts {
    /// What is to be found.
    pub(super) wanted: Vec<Wanted>,
    /// Documents that every filter lets pass.
    pub(super) within: Option<Scored>,
    /// Documents that must not appear.
    pub(super) unwanted: Vec<Scored>,
    /// Where words stand side by side.
    pub(super) beside: Vec<Scored>,
}

impl Parts {
    /// Documents that have everything.
    pub(super) fn all(&self, index: &Index) -> Scored {
        let mut wanted: Vec<&Scored> = self.wanted.iter().map(|wanted| &wanted.found).collect();
        let order = wanted.clone();
        wanted.sort_by_key(|found| found.len());
        let common = match wanted.split_first() {
            None => return self.filtered(index.everything()),
            Some((rarest, others)) => others.iter().fold((*rarest).clone(), |all, found| both(&all, found)),
        };
        let bare: Scored = common.into_iter().map(|(number, _)| (number, 0.0)).collect();
        let summed = order.into_iter().fold(bare, |all, found| both(&all, found));
        self.filtered(self.nearer(summed))
    }

    /// Adds what is due where words stand side by side.
    pub(super) fn nearer(&self, found: Scored) -> Scored {
        self.beside.iter().fold(found, raised)
    }

    /// What the filters and negations leave of `found`.
    pub(super) fn filtered(&self, found: Scored) -> Scored {
        let within = match &self.within {
            Some(within) => both(&found, within),
            None => found,
        };
        self.unwanted.iter().fold(within, without)
    }
}

impl<'i> Evaluation<'i> {
    pub(super) fn new(index: &'i Index, correct: bool) -> Self {
        Self {
            index,
            correct,
            marks: BTreeSet::new(),
            missing: Vec::new(),
            instead: Vec::new(),
            unread: Vec::new(),
            negated: false,
        }
    }

    /// The documents `node` asks for.
    pub(super) fn node(&mut self, node: &Node) -> Result<Scored, Error> {
        match node {
            Node::And(children) => Ok(self.parts(children)?.all(self.index)),
            Node::Or(children) => {
                let mut any = Scored::new();
                for child in children {
                    any = add(any, self.node(child)?);
                }
                Ok(any)
            }
            Node::Not(_) => Ok(self.parts(std::slice::from_ref(node))?.all(self.index)),
            Node::Text(text) => self.text(text),
            Node::Filter(filter) => Ok(self.filter(filter)),
        }
    }

    /// The parts of an *and* of `children`.
    pub(super) fn parts(&mut self, children: &[Node]) -> Result<Parts, Error> {
        let mut parts = Parts::default();
        let telling = children.iter().any(|child| matches!(child, Node::Text(text) if !self.is_stop(text)));
        for child in children {
            match child {
                Node::Not(inner) => {
                    let before = std::mem::replace(&mut self.negated, true);
                    let unwanted = self.node(inner);
                    self.negated = before;
                    parts.unwanted.push(unwanted?);
                }
                Node::Filter(filter) => {
                    let found = self.filter(filter);
                    parts.within =
                        Some(parts.within.map_or_else(|| found.clone(), |within| both(&within, &found)));
                }
                Node::Or(inner) if inner.iter().all(|one| matches!(one, Node::Filter(_))) => {
                    let found = self.node(child)?;
                    parts.within =
                        Some(parts.within.map_or_else(|| found.clone(), |within| both(&within, &found)));
                }
                Node::Text(text) if telling && self.is_stop(text) => {}
                Node::Text(text) => parts.wanted.push(Wanted {
                    words: text.words.clone(),
                    found: self.text(text)?,
                    required: text.quoted || text.column.is_some(),
                }),
                Node::And(_) | Node::Or(_) => {
                    let found = self.node(child)?;
                    parts.wanted.push(Wanted { words: String::new(), found, required: true });
                }
            }
        }
        parts.beside = self.side_by_side(children)?;
        Ok(parts)
    }

    fn is_stop(&self, text: &Text) -> bool {
        let reading = Analysis::read(&text.words);
        matches!(reading.leaves.as_slice(), [(only, _)] if !text.quoted && self.index.analysis.is_stop(only))
    }

    /// Phrases of neighbouring words of the query; stop words between them leave a gap.
    fn side_by_side(&self, children: &[Node]) -> Result<Vec<Scored>, Error> {
        let mut found = Vec::new();
        let mut last: Option<(String, u32)> = None;
        for child in children {
            let Node::Text(text) = child else {
                last = None;
                continue;
            };
            let reading = Analysis::read(&text.words);
            let (Some(first), Some(end)) = (reading.leaves.first(), reading.leaves.last()) else {
                continue;
            };
            if self.is_stop(text) {
                last = last.map(|(term, gap)| (term, gap + 1));
                continue;
            }
            // A stop word at the edge of an identifier has no place that a phrase could ask for.
            let telling = |surface: &str| !self.index.analysis.is_stop(surface);
            if let Some((before, gap)) = last.take().filter(|_| telling(&first.0)) {
                let pair = [(before, 0), (self.index.term_of(&first.0), gap)];
                let [one, other] = [self.index.frequency(&pair[0].0)?, self.index.frequency(&pair[1].0)?];
                if one.max(other) <= RARE_ENOUGH {
                    found.push(scaled(self.index.phrase(&pair, text.column)?, SIDE_BY_SIDE));
                }
            }
            last = telling(&end.0).then(|| (self.index.term_of(&end.0), 1));
        }
        Ok(found)
    }

    /// The documents with the words of `text`.
    pub(super) fn text(&mut self, text: &Text) -> Result<Scored, Error> {
        let reading = Analysis::read(&text.words);
        let found = match (reading.leaves.as_slice(), &reading.whole) {
            ([], _) => Scored::new(),
            ([(surface, _)], _) => self.word(surface, text)?,
            (leaves, Some(whole)) if !text.quoted => {
                let parts = self.phrase(leaves, text)?;
                let term = self.index.term_of(whole);
                let whole = self.index.term(&term, text.column)?;
                self.mark(&term);
                best(whole, parts)
            }
            (leaves, _) => self.phrase(leaves, text)?,
        };
        if found.is_empty() && reading.leaves.len() > 1 {
            self.miss(&text.words);
        }
        Ok(scaled(found, text.boost))
    }

    fn mark(&mut self, term: &str) {
        if !self.negated {
            self.marks.insert(term.to_owned());
        }
    }

    fn miss(&mut self, words: &str) {
        if !self.negated && !self.missing.iter().any(|known| known == words) {
            self.missing.push(words.to_owned());
        }
    }

    /// Words in their order; stop words are gaps, unless there is nothing else.
    fn phrase(&mut self, leaves: &[(String, u32)], text: &Text) -> Result<Scored, Error> {
        let analysis = &self.index.analysis;
        let telling: Vec<(String, u32)> = leaves
            .iter()
            .filter(|(surface, _)| !analysis.is_stop(surface))
            .map(|(surface, position)| (self.index.term_of(surface), *position))
            .collect();
        for (term, _) in &telling {
            self.mark(term);
        }
        match telling.as_slice() {
            [] => {
                let mut all = self.index.everything();
                for (surface, _) in leaves {
                    all = both(&all, &self.index.term(&self.index.term_of(surface), text.column)?);
                }
                Ok(all)
            }
            [(only, _)] => self.index.term(only, text.column),
            several if text.prefix => self.open_phrase(several, leaves, text),
            several => self.index.phrase(several, text.column),
        }
    }

    /// A phrase whose last word may go on.
    fn open_phrase(
        &mut self,
        terms: &[(String, u32)],
        leaves: &[(String, u32)],
        text: &Text,
    ) -> Result<Scored, Error> {
        let mut found = self.index.phrase(terms, text.column)?;
        let (Some((last, place)), Some((_, before))) = (leaves.last(), terms.split_last()) else {
            return Ok(found);
        };
        let is_stop = |surface: &str| self.index.analysis.is_stop(surface);
        // Stop words have no places that a phrase could ask for.
        let tells = |term: &String| !self.index.surfaces.of_term(term).all(is_stop);
        let completed: Vec<String> = self.completions(last)?.into_iter().filter(tells).collect();
        let longer = self.index.phrases(before, (&completed, *place), text.column)?;
        for (term, more) in completed.iter().zip(longer) {
            if !more.is_empty() {
                self.mark(term);
                found = best(found, more);
            }
        }
        Ok(found)
    }

    fn word(&mut self, surface: &str, text: &Text) -> Result<Scored, Error> {
        let term = self.index.term_of(surface);
        let mut found = self.index.term(&term, text.column)?;
        self.mark(&term);
        if text.prefix {
            let completed = self.completions(surface)?;
            found = self.index.best_of(&found, &completed, text.column)?;
            for term in &completed {
                self.mark(term);
            }
        }
        for other in self.index.synonyms_of(surface) {
            let plain =
                Text { column: text.column, words: String::new(), quoted: true, prefix: false, boost: 1.0 };
            let leaves = Analysis::read(&other).leaves;
            found = best(found, scaled(self.phrase(&leaves, &plain)?, SECOND));
        }
        if found.is_empty() && self.index.frequency(&term)? == 0 {
            found = self.spelled(surface, text)?;
        }
        Ok(found)
    }

    /// Terms of the words that begin with `surface`, most documents first. A term is in no more documents than its forms
    /// stood in the texts at first and than were written since, which is known without a look into every column: most are
    /// passed over for that.
    fn completions(&self, surface: &str) -> Result<Vec<String>, Error> {
        let (index, own) = (self.index, self.index.term_of(surface));
        let terms: BTreeSet<&str> = index.surfaces.starting(surface).map(|(_, term)| term).collect();
        let terms = terms.into_iter().filter(|term| *term != own);
        let since = index.written_since();
        let most = |term: &str| index.surfaces.times(term).saturating_add(since);
        let mut terms: Vec<(u32, &str)> = terms.map(|term| (most(term), term)).collect();
        terms.sort_unstable_by_key(|(most, _)| Reverse(*most));
        let mut counted: BTreeSet<(Reverse<u32>, &str)> = BTreeSet::new();
        for (most, term) in terms {
            let full = counted.len() == COMPLETIONS;
            if full && counted.last().is_some_and(|(Reverse(least), _)| most < *least) {
                break;
            }
            counted.insert((Reverse(index.frequency(term)?), term));
            if full {
                counted.pop_last();
            }
        }
        Ok(counted.into_iter().map(|(_, term)| term.to_owned()).collect())
    }

    /// Documents with a word that may have been meant; the word itself occurs nowhere.
    fn spelled(&mut self, surface: &str, text: &Text) -> Result<Scored, Error> {
        let mut used: Vec<(String, String)> = Vec::new();
        if self.correct && !self.negated {
            used = self.index.spellings(surface)?;
        }
        if used.is_empty() {
            self.miss(surface);
            return Ok(Scored::new());
        }
        let mut found = Scored::new();
        for (_, term) in &used {
            found = best(found, self.index.term(term, text.column)?);
            self.mark(term);
        }
        let used = used.into_iter().map(|(surface, _)| surface).collect();
        self.instead.push(Instead { typed: surface.to_owned(), used });
        Ok(scaled(found, SECOND))
    }

    fn filter(&mut self, filter: &Filter) -> Scored {
        let filters = &self.index.filters;
        let numbers = match filter {
            Filter::Dates(from, to) => filters.between(*from, *to),
            Filter::Id(id) => filters.by_id(id).to_vec(),
            Filter::Value(facet, value) => {
                let known = filters.documents(*facet, value);
                if known.is_none() && !self.negated {
                    let near = filters.nearest(*facet, value).map(|near| format!(", did you mean `{near}`"));
                    self.unread.push(format!(
                        "no incident has {} `{value}`{}",
                        facet.name(),
                        near.unwrap_or_default()
                    ));
                }
                known.unwrap_or_default().to_vec()
            }
        };
        numbers.into_iter().map(|number| (number, 0.0)).collect()
    }
}

impl Index {
    /// Every document that can be found, without a score.
    pub(super) fn everything(&self) -> Scored {
        self.listed.iter().map(|number| (*number, 0.0)).collect()
    }

    /// The words nearest to one that does not occur, with their terms: the fewest slips, then the most documents. In a
    /// large site a word of a single document is as likely a slip itself and is left out.
    fn spellings(&self, typed: &str) -> Result<Vec<(String, String)>, Error> {
        let least = self.least_meant();
        let mut near = Vec::new();
        for (distance, surface, term) in self.surfaces.near(typed) {
            let frequency = self.frequency(term)?;
            if frequency >= least {
                near.push((distance, Reverse(frequency), surface, term));
            }
        }
        near.sort_unstable();
        let fewest = near.first().map(|(distance, ..)| *distance);
        let mut used: Vec<(String, String)> = Vec::new();
        for (_, _, surface, term) in near.into_iter().filter(|(distance, ..)| Some(*distance) == fewest) {
            if used.len() < SPELLINGS && !used.iter().any(|(_, known)| known == term) {
                used.push((surface.to_owned(), term.to_owned()));
            }
        }
        Ok(used)
    }

    /// In how many documents a word must be to be what was meant.
    pub(super) fn least_meant(&self) -> u32 {
        if self.count < 500 { 1 } else { 2 }
    }

    /// What `[search.synonyms]` says means the same, either way round.
    fn synonyms_of(&self, surface: &str) -> Vec<String> {
        let same = |word: &str| word.to_lowercase() == surface;
        let mut others = Vec::new();
        for (word, rest) in &self.synonyms {
            if same(word) {
                others.extend(rest.iter().cloned());
            } else if rest.iter().any(|one| same(one)) {
                others.push(word.clone());
                others.extend(rest.iter().filter(|one| !same(one)).cloned());
            }
        }
        others
    }
}

fn scaled(mut found: Scored, by: f32) -> Scored {
    if (by - 1.0).abs() > f32::EPSILON {
        for (_, score) in &mut found {
            *score *= by;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::Following;
    use super::super::stories::{Site, incident};
    use super::*;
    use crate::config::SiteConfig;
    use crate::corpus::{Corpus, Draft, publish};
    use crate::model::Audience;
    use std::sync::Arc;

    /// A hundred words that begin alike; number n is in n % 7 + 1 reports, and once more often in one of them.
    fn site() -> Site {
        let report = |n: usize| {
            let words = (0..100).filter(|word| word % 7 >= n).map(|word| format!("the pool con{word:03}x "));
            let often = "con006x ".repeat(9);
            incident(
                &format!("r{n}"),
                "2024-01-10",
                "Report",
                &format!("{}{often}", words.collect::<String>()),
            )
        };
        Site::new((0..7).map(report).collect())
    }

    #[test]
    fn what_completes_a_word_is_what_most_reports_have_and_no_frequent_word_is_passed_over() {
        let site = site();
        let found = Evaluation::new(&site.index, true).completions("con").unwrap();
        let mut all: Vec<_> = site.index.surfaces.starting("con").map(|(_, term)| term.to_owned()).collect();
        all.sort_by_key(|term| (Reverse(site.index.frequency(term).unwrap()), term.clone()));
        assert_eq!(all.len(), 100);
        assert_eq!(found, all[..COMPLETIONS]);
    }

    #[test]
    fn what_was_written_since_counts_for_what_completes_a_word() {
        let config = Arc::new(SiteConfig::default());
        let many = (0..60).map(|word| format!("con{word:02}x")).collect::<Vec<_>>().join(" ");
        let report = |n: usize, text: &str| {
            Draft::seal(incident(&format!("r{n}"), "2024-01-10", "Report", text), None)
        };
        let text = |n: usize| match n {
            0..3 => many.as_str(),
            3 => "conrarex",
            _ => "nothing",
        };
        let mut drafts: Vec<Draft> = (0..20).map(|n| report(n, text(n))).collect();
        let follow = |drafts: &[Draft]| {
            let corpus = Corpus::gather(drafts.to_vec(), Vec::new(), &config).value;
            Arc::new(publish(&corpus, Audience::Internal, &config, false))
        };
        let day = jiff::civil::date(2025, 6, 1);
        let first = Following::new(follow(&drafts), Arc::clone(&config), day).unwrap();
        for (n, draft) in drafts.iter_mut().enumerate().skip(4).take(10) {
            *draft = report(n, "conrarex");
        }
        let later = first.after(follow(&drafts), &config, day).unwrap();
        assert_eq!(later.index().volumes.len(), 2, "only what changed is indexed");
        let completed = |of: &Following| Evaluation::new(of.index(), true).completions("con").unwrap();
        let rare = |all: Vec<String>| all.iter().position(|term| term == "conrarex");
        assert_eq!((rare(completed(&first)), rare(completed(&later))), (None, Some(0)));
    }

    #[test]
    fn a_phrase_that_goes_on_is_each_of_the_whole_phrases() {
        let site = site();
        let lasts: Vec<String> =
            (0..100).map(|word| format!("con{word:03}x")).chain(["none".into()]).collect();
        let first = [("pool".to_owned(), 1)];
        let longer = site.index.phrases(&first, (&lasts, 2), None).unwrap();
        assert!(longer.iter().filter(|found| !found.is_empty()).count() == 100);
        for (last, found) in lasts.iter().zip(longer) {
            let whole = site.index.phrase(&[first[0].clone(), (last.clone(), 2)], None).unwrap();
            assert_eq!(found, whole, "{last}");
        }
    }
}
