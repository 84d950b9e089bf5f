//! From a reader's words to the incidents they mean, best first.
//!
//! Exact before clever: words in any of their forms. Only where a word occurs nowhere is another spelling tried. What has
//! all words is counted; what lacks some is shown as well where it fits, and says what it lacks (see `coverage`).

use super::Index;
use super::coverage::{Found, contains};
use super::evaluate::{Evaluation, Instead};
use super::filter::Facet;
use super::grammar::{self, Node, Text};
use super::hits::{Hit, hit};
use super::long;
use super::marks::Marks;
use super::ranking::{Scored, add, both};
use super::set::Set;
use crate::config::SiteConfig;
use crate::corpus::Edition;
use crate::error::Error;
use std::borrow::Cow;
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
    /// How many incidents have all words.
    pub total: usize,
    /// How many more are listed that lack some of the words.
    pub partial: usize,
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
    /// Whether no incident has all words, so that these have only some of them.
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
        let found = if long::is_paste(request.text) {
            Found::all(self.paste(request.text, &mut evaluation, &mut results)?)
        } else {
            self.words(request, &mut evaluation, &mut results)?
        };
        let found = if self.listed.len() == self.count { found } else { found.within(&self.everything()) };
        let mut ranked = self.chosen(&found.ranked, request.chosen, None).into_owned();
        results.total = self.chosen(&found.whole, request.chosen, None).len();
        results.partial = ranked.len() - results.total;
        results.most_words = results.total == 0 && results.partial > 0;
        if request.facets {
            let counted = if found.whole.is_empty() { &found.ranked } else { &found.whole };
            results.facets = self.facets(counted, request.chosen);
        }
        let shown = page(&mut ranked, &found.whole, request);
        let marks = Marks::new(self, &evaluation.marks)?;
        let hits = shown.iter().filter_map(|(number, score)| {
            let hit = hit(edition, config, *number, *score, &marks)?;
            let lacks = if contains(&found.whole, *number) { Vec::new() } else { found.lacking(*number) };
            Some(Hit { lacks, ..hit })
        });
        results.hits = hits.collect();
        results.unread.extend(evaluation.unread);
        results.instead = evaluation.instead;
        results.missing = evaluation.missing;
        Ok(results)
    }

    /// What has all words, and what has the telling ones.
    fn words(
        &self,
        request: &Request<'_>,
        evaluation: &mut Evaluation<'_>,
        results: &mut Results,
    ) -> Result<Found, Error> {
        let query = grammar::parse(request.text, request.typing);
        results.unread = query.unread;
        let children = match query.root {
            Node::And(children) => children,
            other => vec![other],
        };
        let parts = evaluation.parts(&children)?;
        let whole = parts.all(self);
        Ok(Found::of(parts, whole, self.count))
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
    fn chosen<'f>(
        &self,
        found: &'f Scored,
        chosen: &[(Facet, String)],
        but: Option<Facet>,
    ) -> Cow<'f, Scored> {
        let mut left = Cow::Borrowed(found);
        for facet in Facet::ALL.into_iter().filter(|facet| Some(*facet) != but) {
            let mut values = chosen.iter().filter(|(one, _)| *one == facet).peekable();
            if values.peek().is_none() {
                continue;
            }
            let any = values.fold(Scored::new(), |any, (_, value)| {
                let documents = self.filters.documents(facet, value).unwrap_or_default();
                add(any, documents.iter().map(|number| (*number, 0.0)).collect())
            });
            left = Cow::Owned(both(&left, &any));
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
        let all = self.inside(&self.chosen(found, chosen, None));
        for facet in offered {
            let own = chosen.iter().any(|(one, _)| *one == facet);
            let inside = own.then(|| self.inside(&self.chosen(found, chosen, Some(facet))));
            let inside = inside.as_ref().unwrap_or(&all);
            let counts = self.filters.counts(facet, inside).filter(|(_, count)| *count > 0);
            let mut values: Vec<(String, usize)> =
                counts.map(|(value, count)| (value.to_owned(), count)).collect();
            values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            if !values.is_empty() {
                facets.push((facet, values));
            }
        }
        facets
    }

    /// The documents that were found.
    fn inside(&self, found: &Scored) -> Set {
        Set::of(found.iter().map(|(number, _)| *number), self.count)
    }
}

/// The page of results asked for: the better score first, then the newer incident. Newest first, what has all words comes
/// before what lacks some.
fn page(found: &mut Scored, whole: &Scored, request: &Request<'_>) -> Scored {
    let better = |a: &(u32, f32), b: &(u32, f32)| -> Ordering {
        if request.order == Order::Newest {
            return contains(whole, b.0).cmp(&contains(whole, a.0)).then_with(|| b.0.cmp(&a.0));
        }
        b.1.total_cmp(&a.1).then_with(|| b.0.cmp(&a.0))
    };
    let end = request.offset.saturating_add(request.limit).min(found.len());
    if end < found.len() && end > 0 {
        found.select_nth_unstable_by(end - 1, better);
    }
    found.truncate(end);
    found.sort_unstable_by(better);
    found.get(request.offset..).unwrap_or_default().to_vec()
}
