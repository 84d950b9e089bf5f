//! Searches of the site while it is being written.
//!
//! The index follows the site a moment later, on a thread of its own, so that no page waits for it. Until it has caught up,
//! searches are answered from the last state of the site that is indexed, pages of results included: numbers of one state
//! are never taken for those of another.

use super::super::{Answer, Asked};
use super::shop::Shop;
use crate::corpus::Published;
use crate::index::filter::Facet;
use crate::index::{Answer as Found, Following, Order, Request, Results};
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
}

/// A search as it was asked for.
struct Word<'a> {
    query: String,
    limit: usize,
    offset: usize,
    typing: bool,
    /// Whether words that occur nowhere may be taken for others.
    correct: bool,
    /// Whether the latest come first.
    newest: bool,
    /// All pairs of the address; those that name a facet narrow the search.
    chosen: &'a [(String, String)],
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
        let word = Word::of(asked, asked.value("typing").is_some());
        let Some((known, results)) = self.results(&word, true) else { return no_index() };
        let parts = known.shop.parts();
        let site = parts.site(true);
        let address = |one: &Published| site.link_of(one);
        let found = Found::new(&parts.edition, &word.query, &results, &address);
        match serde_json::to_vec(&found) {
            Ok(json) => Answer::bytes("application/json; charset=utf-8", json),
            Err(error) => Answer::text(500, &format!("{error}\n")),
        }
    }

    /// The answer to a search as a page.
    pub(super) fn page(&self, asked: &Asked) -> Answer {
        let word = Word::of(asked, false);
        let Some((known, results)) = self.results(&word, false) else { return no_index() };
        known.shop.search_page(SearchView::of(&word.query, word.offset, word.limit, &results))
    }

    fn results(&self, word: &Word<'_>, facets: bool) -> Option<(Arc<Searchable>, Results)> {
        let known = self.awaited()?;
        let chosen: Vec<(Facet, String)> = word
            .chosen
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .filter_map(|(name, value)| Facet::named(name).map(|facet| (facet, value.clone())))
            .collect();
        let request = Request {
            limit: word.limit,
            offset: word.offset,
            typing: word.typing,
            correct: word.correct,
            order: if word.newest { Order::Newest } else { Order::Best },
            chosen: &chosen,
            facets,
            ..Request::new(&word.query)
        };
        let parts = known.shop.parts();
        let results = known.following.index().search(&parts.edition, &parts.config, &request).ok()?;
        Some((known, results))
    }
}

impl<'a> Word<'a> {
    fn of(asked: &'a Asked, typing: bool) -> Self {
        let number =
            |name: &str, default: usize| asked.value(name).and_then(|n| n.parse().ok()).unwrap_or(default);
        Self {
            query: asked.value("q").unwrap_or_default().trim().chars().take(2_000).collect(),
            limit: number("limit", 20).min(MOST_HITS),
            offset: number("offset", 0).min(100_000),
            typing,
            correct: asked.value("exact").is_none(),
            newest: asked.value("newest").is_some(),
            chosen: &asked.query,
        }
    }
}

fn no_index() -> Answer {
    Answer::text(503, "there is no search index yet\n")
}
