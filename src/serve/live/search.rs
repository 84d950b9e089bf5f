//! Searches of the site while it is being written.
//!
//! The index follows the site a moment later, on a thread of its own, so that no page waits for it. Until it has caught up,
//! searches are answered from the last state of the site that is indexed, pages of results included: numbers of one state
//! are never taken for those of another.

use super::super::{Answer, Asked};
use super::given::Given;
use super::shop::Shop;
use crate::corpus::Published;
use crate::index::filter::Facet;
use crate::index::{self, Following, Order, Request, Results};
use crate::plan::view::SearchView;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Most hits one request may ask for.
const MOST_HITS: usize = 200;
/// So long the very first search waits until there is an index.
const PATIENCE: Duration = Duration::from_secs(30);

/// What searches are answered from.
#[derive(Default)]
pub(super) struct Searches {
    current: Mutex<Option<Arc<Searchable>>>,
    came: Condvar,
}

/// One state of the site and its index.
pub(super) struct Searchable {
    pub(super) shop: Arc<Shop>,
    pub(super) following: Following,
    given: Given,
}

impl Searchable {
    /// Searches `shop` with the index that `following` made of it.
    pub(super) fn new(shop: Arc<Shop>, following: Following) -> Self {
        Self { shop, following, given: Given::default() }
    }
}

/// A search as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Word {
    pub(super) query: String,
    pub(super) limit: usize,
    pub(super) offset: usize,
    pub(super) typing: bool,
    /// Whether words that occur nowhere may be taken for others.
    pub(super) correct: bool,
    /// Whether the latest come first.
    pub(super) newest: bool,
    /// What narrows the search.
    pub(super) chosen: Vec<(Facet, String)>,
}

impl Searches {
    /// Answers from `searchable` from now on.
    pub(super) fn replace(&self, searchable: Searchable) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(searchable));
        self.came.notify_all();
    }

    /// What searches are answered from now, if there is an index already.
    pub(super) fn current(&self) -> Option<Arc<Searchable>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn awaited(&self) -> Option<Arc<Searchable>> {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let came = self.came.wait_timeout_while(current, PATIENCE, |current| current.is_none());
        came.unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// The answer to a search as JSON.
    pub(super) fn data(&self, asked: &Asked) -> Answer {
        let Some(known) = self.awaited() else { return no_index() };
        match known.answer(&Word::of(asked, asked.value("typing").is_some())) {
            Some(json) => Answer::bytes("application/json; charset=utf-8", json),
            None => no_index(),
        }
    }

    /// The answer to a search as a page.
    pub(super) fn page(&self, asked: &Asked) -> Answer {
        let word = Word::of(asked, false);
        let Some(known) = self.awaited() else { return no_index() };
        let Some(results) = known.results(&word, false) else { return no_index() };
        known.shop.search_page(SearchView::of(&word.query, word.offset, word.limit, &results))
    }
}

impl Searchable {
    /// The answer to `word` as JSON, found once.
    fn answer(&self, word: &Word) -> Option<Arc<[u8]>> {
        self.given.answer(word, || self.json(word))
    }

    fn json(&self, word: &Word) -> Option<Arc<[u8]>> {
        let results = self.results(word, true)?;
        let parts = self.shop.parts();
        let site = parts.site(true);
        let address = |one: &Published| site.link_of(one);
        let answer = index::Answer::new(&parts.edition, &word.query, &results, &address);
        serde_json::to_vec(&answer).ok().map(Arc::from)
    }

    fn results(&self, word: &Word, facets: bool) -> Option<Results> {
        let request = Request {
            limit: word.limit,
            offset: word.offset,
            typing: word.typing,
            correct: word.correct,
            order: if word.newest { Order::Newest } else { Order::Best },
            chosen: &word.chosen,
            facets,
            ..Request::new(&word.query)
        };
        let parts = self.shop.parts();
        self.following.index().search(&parts.edition, &parts.config, &request).ok()
    }
}

impl Word {
    /// Bytes of the question.
    pub(super) fn size(&self) -> usize {
        let chosen = self.chosen.iter().map(|(facet, value)| size_of_val(facet) + value.len());
        size_of::<Self>() + self.query.len() + chosen.sum::<usize>()
    }

    fn of(asked: &Asked, typing: bool) -> Self {
        let number =
            |name: &str, default: usize| asked.value(name).and_then(|n| n.parse().ok()).unwrap_or(default);
        let chosen = asked.query.iter().filter(|(_, value)| !value.is_empty());
        Self {
            query: asked.value("q").unwrap_or_default().trim().chars().take(2_000).collect(),
            limit: number("limit", 20).min(MOST_HITS),
            offset: number("offset", 0).min(100_000),
            typing,
            correct: asked.value("exact").is_none(),
            newest: asked.value("newest").is_some(),
            chosen: chosen.filter_map(|(name, value)| Some((Facet::named(name)?, value.clone()))).collect(),
        }
    }
}

fn no_index() -> Answer {
    Answer::text(503, "there is no search index yet\n")
}
