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
use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Most hits one request may ask for.
const MOST_HITS: usize = 200;
/// Most bytes of answers that are kept.
const KEPT: usize = 16 << 20;
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
    given: Mutex<Given>,
}

/// Answers that were given, by what was asked. Everybody who types begins with the same few letters, and those are the
/// searches that find most.
#[derive(Default)]
struct Given {
    answers: HashMap<Vec<(String, String)>, Arc<[u8]>>,
    size: usize,
}

impl Searchable {
    /// Searches `shop` with the index that `following` made of it.
    pub(super) fn new(shop: Arc<Shop>, following: Following) -> Self {
        Self { shop, following, given: Mutex::default() }
    }

    fn given(&self) -> MutexGuard<'_, Given> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Given {
    fn keep(&mut self, asked: &[(String, String)], answer: &Arc<[u8]>) {
        let length = |(key, value): &(String, String)| key.len() + value.len();
        let size = answer.len() + asked.iter().map(length).sum::<usize>();
        if self.size + size > KEPT {
            *self = Self::default();
        }
        if self.answers.insert(asked.to_vec(), Arc::clone(answer)).is_none() {
            self.size += size;
        }
    }
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
        let media = "application/json; charset=utf-8";
        let Some(known) = self.awaited() else { return no_index() };
        let given = known.given().answers.get(&asked.query).cloned();
        if let Some(given) = given {
            return Answer::bytes(media, given);
        }
        let word = Word::of(asked, asked.value("typing").is_some());
        let Some(results) = known.results(&word, true) else { return no_index() };
        let parts = known.shop.parts();
        let site = parts.site(true);
        let address = |one: &Published| site.link_of(one);
        let found = Found::new(&parts.edition, &word.query, &results, &address);
        match serde_json::to_vec(&found) {
            Ok(json) => {
                let json = Arc::from(json);
                known.given().keep(&asked.query, &json);
                Answer::bytes(media, json)
            }
            Err(error) => Answer::text(500, &format!("{error}\n")),
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
    fn results(&self, word: &Word<'_>, facets: bool) -> Option<Results> {
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
        let parts = self.shop.parts();
        self.following.index().search(&parts.edition, &parts.config, &request).ok()
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
