//! One state of the site: what pages are made from, the threads that make them, and what they have made so far.
//!
//! A renderer borrows all it renders from, so it lives on a thread of its own with those parts beside it; requests reach
//! it through a channel. The threads end when the shop is dropped.

use super::super::{Answer, media_type};
use crate::corpus::Published;
use crate::diag::{Checked, Diagnostic};
use crate::index::filter::Facet;
use crate::index::{Answer as Found, Index, Order, Request, Results};
use crate::output::Output;
use crate::pipeline::Parts;
use crate::plan::{Page, view::SearchView};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

/// Threads that render, for each state of the site.
const HANDS: usize = 2;

/// A search as it was asked for.
pub(super) struct Word {
    pub(super) query: String,
    pub(super) limit: usize,
    pub(super) offset: usize,
    pub(super) typing: bool,
    /// Whether words that occur nowhere may be taken for others.
    pub(super) correct: bool,
    /// Whether the latest come first.
    pub(super) newest: bool,
    /// All pairs of the address; those that name a facet narrow the search.
    pub(super) chosen: Vec<(String, String)>,
}

enum Job {
    Page(Page, SyncSender<Rendered>),
    Search(Box<SearchView>, SyncSender<Rendered>),
}

type Rendered = Result<Output, Diagnostic>;

/// One state of the site.
pub(super) struct Shop {
    parts: Arc<Parts>,
    pages: BTreeMap<String, Page>,
    assets: BTreeSet<Arc<str>>,
    jobs: Mutex<Sender<Job>>,
    made: Mutex<HashMap<String, Arc<[u8]>>>,
    index: Arc<OnceLock<Option<Index>>>,
}

impl Shop {
    /// Opens a shop. Findings of the theme and the plan come with it; where they are errors it should not be used.
    pub(super) fn open(parts: Parts) -> Checked<Arc<Self>> {
        let mut found = Vec::new();
        let pages = parts.plan(true).unpack(&mut found);
        found.extend(parts.renderer(true).found);
        let parts = Arc::new(parts);
        let (send, receive) = channel();
        let hands = Arc::clone(&parts);
        thread::spawn(move || work(&hands, receive));
        let index = Arc::new(OnceLock::new());
        let (slot, indexed) = (Arc::clone(&index), Arc::clone(&parts));
        // Pages need not wait for the index; a search does.
        thread::spawn(move || slot.get_or_init(|| indexed_parts(&indexed)).is_some());
        let shop = Self {
            pages: pages.into_iter().map(|page| (page.path.as_str().to_owned(), page)).collect(),
            assets: parts.edition.assets.iter().map(|asset| Arc::clone(&asset.path)).collect(),
            jobs: Mutex::new(send),
            made: Mutex::new(HashMap::new()),
            index,
            parts,
        };
        Checked::new(Arc::new(shop), found)
    }

    pub(super) fn has_asset(&self, path: &str) -> bool {
        self.assets.contains(path)
    }

    /// The page at `path`, relative to the site.
    pub(super) fn page(&self, path: &str) -> Answer {
        let named = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        if let Some(page) = self.pages.get(&named) {
            return self.made(page);
        }
        if self.pages.contains_key(&format!("{path}/index.html")) {
            return Answer::redirect(format!("/{path}/"));
        }
        match self.pages.get("404.html") {
            Some(page) => self.made(page).status(404),
            None => Answer::text(404, "there is no such page\n"),
        }
    }

    /// The answer to a search as JSON.
    pub(super) fn search_data(&self, word: &Word) -> Answer {
        let Some(results) = self.search(word, true) else { return no_index() };
        let site = self.parts.site(true);
        let address = |one: &Published| site.link_of(one);
        let found = Found::new(&self.parts.edition, &word.query, &results, &address);
        match serde_json::to_vec(&found) {
            Ok(json) => Answer::bytes("application/json; charset=utf-8", json),
            Err(error) => Answer::text(500, &format!("{error}\n")),
        }
    }

    /// The answer to a search as a page.
    pub(super) fn search_page(&self, word: &Word) -> Answer {
        let Some(results) = self.search(word, false) else { return no_index() };
        let view = SearchView::of(&word.query, word.offset, word.limit, &results);
        self.ask("search.html", |reply| Job::Search(Box::new(view), reply))
            .map_or_else(|trouble| trouble, html)
    }

    fn search(&self, word: &Word, facets: bool) -> Option<Results> {
        let index = self.index.get_or_init(|| indexed_parts(&self.parts)).as_ref()?;
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
        index.search(&self.parts.edition, &self.parts.config, &request).ok()
    }

    fn made(&self, page: &Page) -> Answer {
        let path = page.path.as_str();
        let known = self.made.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        if let Some(bytes) = known {
            return Answer::bytes(media_type(path), bytes);
        }
        match self.ask(path, |reply| Job::Page(page.clone(), reply)) {
            Ok(bytes) => {
                let kept = Arc::clone(&bytes);
                self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), kept);
                Answer::bytes(media_type(path), bytes)
            }
            Err(trouble) => trouble,
        }
    }

    fn ask(&self, path: &str, job: impl FnOnce(SyncSender<Rendered>) -> Job) -> Result<Arc<[u8]>, Answer> {
        let (reply, answer) = sync_channel(1);
        let sent = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).send(job(reply));
        match sent.ok().and_then(|()| answer.recv().ok()) {
            Some(Ok(output)) => Ok(output.bytes.into()),
            Some(Err(trouble)) => Err(Answer::text(
                500,
                &format!("`{path}` cannot be rendered\n{}: {}\n", trouble.file, trouble.message),
            )),
            None => Err(Answer::text(503, "the site is being rebuilt\n")),
        }
    }
}

fn html(bytes: Arc<[u8]>) -> Answer {
    Answer::bytes(media_type("search.html"), bytes)
}

fn no_index() -> Answer {
    Answer::text(500, "the search index could not be built\n")
}

fn indexed_parts(parts: &Parts) -> Option<Index> {
    Index::in_memory(&parts.edition, &parts.config, parts.as_of).ok()
}

/// Renders what is asked for until nobody can ask any more.
fn work(parts: &Parts, jobs: Receiver<Job>) {
    let renderer = parts.renderer(true).value;
    let next = Mutex::new(jobs);
    thread::scope(|scope| {
        for _ in 0..HANDS {
            scope.spawn(|| {
                loop {
                    let job = next.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    // Whoever asked may have gone; then nobody needs the page.
                    let _ = match job {
                        Ok(Job::Page(page, reply)) => reply.send(renderer.page(&page)),
                        Ok(Job::Search(view, reply)) => reply.send(renderer.search_page(&view)),
                        Err(_) => return,
                    };
                }
            });
        }
    });
}
