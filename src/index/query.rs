//! From a reader's words to the incidents they mean, best first.
//!
//! Exact before clever: all words, in any of their forms. Only where a word occurs nowhere is another spelling tried, and
//! only where nothing has all words are incidents shown that have most of them; both are said.

use super::Index;
use super::evaluate::{Evaluation, Instead, Parts};
use super::filter::Facet;
use super::grammar::{self, Node, Text};
use super::hits::{Hit, Marks, hit};
use super::long;
use super::score::{Scored, add, both};
use crate::config::SiteConfig;
use crate::corpus::Edition;
use crate::error::Error;
use std::cmp::Ordering;

/// Which results come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The ones that fit best.
    Best,
    /// The latest incidents.
    Newest,
}

/// What a reader asks for.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The words.
    pub text: &'a str,
    /// Filters chosen beside the words: any value of a facet, all facets.
    pub chosen: &'a [(Facet, String)],
    /// How many of the best to pass over.
    pub offset: usize,
    /// How many to show.
    pub limit: usize,
    /// Whether the last word may go on.
    pub typing: bool,
    /// Whether a word that occurs nowhere may be taken for one that does.
    pub correct: bool,
    /// Which come first.
    pub order: Order,
    /// Whether to count what could be filtered by.
    pub facets: bool,
}

impl<'a> Request<'a> {
    /// The ten best for `text`.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            chosen: &[],
            offset: 0,
            limit: 10,
            typing: false,
            correct: true,
            order: Order::Best,
            facets: false,
        }
    }
}

/// What there is.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// How many incidents there are in all.
    pub total: usize,
    /// The ones asked for, in order.
    pub hits: Vec<Hit>,
    /// By facet, each value with the number of results it would leave; without the facet's own filter.
    pub facets: Vec<(Facet, Vec<(String, usize)>)>,
    /// What could not be read, in words for the reader.
    pub unread: Vec<String>,
    /// Words that occur nowhere, and what was searched instead.
    pub instead: Vec<Instead>,
    /// Words that occur nowhere.
    pub missing: Vec<String>,
    /// Whether no incident has all words, so that these have most of them.
    pub most_words: bool,
    /// What a paste was reduced to.
    pub reduced: Vec<String>,
}

impl Index {
    /// Searches `edition`, the one this index was made of.
    pub fn search(
        &self,
        edition: &Edition,
        config: &SiteConfig,
        request: &Request<'_>,
    ) -> Result<Results, Error> {
        let mut results = Results::default();
        let mut evaluation = Evaluation::new(self, request.correct);
        let (found, lacking) = if long::is_paste(request.text) {
            (self.paste(request.text, &mut evaluation, &mut results)?, Vec::new())
        } else {
            self.words(request, &mut evaluation, &mut results)?
        };
        let found = if self.listed.len() == self.count { found } else { both(&self.everything(), &found) };
        let mut ranked = self.chosen(&found, request.chosen, None);
        if request.facets {
            results.facets = self.facets(&found, request.chosen);
        }
        results.total = ranked.len();
        let shown = page(&mut ranked, &lacking, request);
        let marks = Marks::new(self, &evaluation.marks)?;
        let lacks = |number: u32| -> Vec<String> {
            let lacking = lacking.iter().filter(|(_, has)| !contains(has, number));
            lacking.map(|(words, _)| words.clone()).collect()
        };
        let hits = shown.iter().filter_map(|(number, score)| {
            hit(edition, config, *number, *score, &marks).map(|hit| Hit { lacks: lacks(*number), ..hit })
        });
        results.hits = hits.collect();
        results.unread.extend(evaluation.unread);
        results.instead = evaluation.instead;
        results.missing = evaluation.missing;
        Ok(results)
    }

    /// All words; where nothing has all, most of them, with the words each may lack.
    fn words(
        &self,
        request: &Request<'_>,
        evaluation: &mut Evaluation<'_>,
        results: &mut Results,
    ) -> Result<(Scored, Vec<(String, Scored)>), Error> {
        let query = grammar::parse(request.text, request.typing);
        results.unread = query.unread;
        let children = match query.root {
            Node::And(children) => children,
            other => vec![other],
        };
        let parts = evaluation.parts(&children)?;
        let all = parts.all(self);
        if !all.is_empty() || parts.wanted.len() < 2 {
            return Ok((all, Vec::new()));
        }
        let most = most_words(&parts);
        results.most_words = !most.is_empty();
        Ok((most, parts.wanted.into_iter().filter(|(words, _)| !words.is_empty()).collect()))
    }

    /// Two of the telling parts of a paste.
    fn paste(
        &self,
        text: &str,
        evaluation: &mut Evaluation<'_>,
        results: &mut Results,
    ) -> Result<Scored, Error> {
        let texts = long::reduced(self, text)?;
        let mut wanted = Vec::with_capacity(texts.len());
        for text in &texts {
            wanted.push(evaluation.text(text)?);
        }
        evaluation.missing.clear();
        results.reduced = texts.into_iter().map(|text: Text| text.words).collect();
        let least = wanted.len().min(2);
        let found = wanted.iter().fold(Scored::new(), |all, found| add(all, found.clone()));
        let matched = |number: u32| wanted.iter().filter(|found| contains(found, number)).count();
        Ok(found.into_iter().filter(|(number, _)| matched(*number) >= least).collect())
    }

    /// What the chosen filters leave of `found`; those of the facet `but` are passed over.
    fn chosen(&self, found: &Scored, chosen: &[(Facet, String)], but: Option<Facet>) -> Scored {
        let mut left = found.clone();
        for facet in Facet::ALL.into_iter().filter(|facet| Some(*facet) != but) {
            let mut values = chosen.iter().filter(|(one, _)| *one == facet).peekable();
            if values.peek().is_none() {
                continue;
            }
            let any = values.fold(Scored::new(), |any, (_, value)| {
                let documents = self.filters.documents(facet, value).unwrap_or_default();
                add(any, documents.iter().map(|number| (*number, 0.0)).collect())
            });
            left = both(&left, &any);
        }
        left
    }

    fn facets(&self, found: &Scored, chosen: &[(Facet, String)]) -> Vec<(Facet, Vec<(String, usize)>)> {
        let offered = [
            Facet::Severity,
            Facet::Component,
            Facet::Year,
            Facet::Tag,
            Facet::Team,
            Facet::Family,
            Facet::Is,
            Facet::Has,
        ];
        let mut facets = Vec::new();
        for facet in offered {
            let mut inside = vec![false; self.count];
            for (number, _) in self.chosen(found, chosen, Some(facet)) {
                if let Some(slot) = inside.get_mut(number as usize) {
                    *slot = true;
                }
            }
            let is_inside = |number: &&u32| inside.get(**number as usize) == Some(&true);
            let mut values: Vec<(String, usize)> = self
                .filters
                .values(facet)
                .map(|(value, documents)| (value.to_owned(), documents.iter().filter(is_inside).count()))
                .filter(|(_, count)| *count > 0)
                .collect();
            values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            if !values.is_empty() {
                facets.push((facet, values));
            }
        }
        facets
    }
}

/// Incidents with at least half of the words, or as many as any has. The score counts words before all else.
fn most_words(parts: &Parts) -> Scored {
    let found = parts.wanted.iter().fold(Scored::new(), |all, (_, found)| add(all, found.clone()));
    let found = parts.filtered(parts.nearer(found));
    let matched = |number: u32| parts.wanted.iter().filter(|(_, found)| contains(found, number)).count();
    let counted: Vec<(usize, (u32, f32))> = found.into_iter().map(|one| (matched(one.0), one)).collect();
    let most = counted.iter().map(|(count, _)| *count).max().unwrap_or(0);
    let least = most.min(parts.wanted.len().div_ceil(2));
    counted.into_iter().filter(|(count, _)| *count >= least).map(|(_, one)| one).collect()
}

fn contains(found: &Scored, number: u32) -> bool {
    found.binary_search_by_key(&number, |(number, _)| *number).is_ok()
}

/// The page of results asked for: more words first, then the better score, then the newer incident.
fn page(found: &mut Scored, lacking: &[(String, Scored)], request: &Request<'_>) -> Scored {
    let lacks = |number: u32| lacking.iter().filter(|(_, has)| !contains(has, number)).count();
    let better = |a: &(u32, f32), b: &(u32, f32)| -> Ordering {
        if request.order == Order::Newest {
            return b.0.cmp(&a.0);
        }
        let by_words = if lacking.is_empty() { Ordering::Equal } else { lacks(a.0).cmp(&lacks(b.0)) };
        by_words.then_with(|| b.1.total_cmp(&a.1)).then_with(|| b.0.cmp(&a.0))
    };
    let end = request.offset.saturating_add(request.limit).min(found.len());
    if end < found.len() && end > 0 {
        found.select_nth_unstable_by(end - 1, better);
    }
    found.truncate(end);
    found.sort_unstable_by(better);
    found.get(request.offset..).unwrap_or_default().to_vec()
}
