//! One state of the site: what pages are made from, the threads that make them, and what they have made so far.
//!
//! A renderer borrows all it renders from, so it lives on a thread of its own with those parts beside it; requests reach
//! it through a channel. The threads end when the shop is dropped. What an earlier state had that still holds, the plan
//! and what the theme gives to all pages, is taken over from it.

use super::super::{Answer, media_type};
use crate::corpus::Published;
use crate::diag::{Checked, Diagnostic};
use crate::lint::Vocabulary;
use crate::output::Output;
use crate::pipeline::Parts;
use crate::plan::{Page, Route, view::SearchView};
use crate::render::Dress;
use std::collections::{BTreeMap, HashMap};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

/// Most threads that render, for each state of the site; no more than there are cores, for states follow each other quickly
/// while somebody writes.
const HANDS: usize = 4;
/// Most bytes of pages that are kept.
const KEPT: usize = 64 << 20;

enum Job {
    Page(Page, SyncSender<Rendered>),
    Search(Box<SearchView>, SyncSender<Rendered>),
}

type Rendered = Result<Output, Diagnostic>;

/// The pages of a site by path, and what is wrong with them.
struct Plan {
    pages: BTreeMap<String, Page>,
    found: Vec<Diagnostic>,
}

/// One state of the site.
pub(super) struct Shop {
    parts: Arc<Parts>,
    /// Path of the site's own root in addresses.
    root: &'static str,
    plan: Arc<Plan>,
    dress: Arc<Checked<Arc<Dress>>>,
    vocabulary: Arc<OnceLock<Vocabulary>>,
    jobs: OnceLock<Mutex<Sender<Job>>>,
    made: Mutex<Made>,
}

/// Pages that were made, by path.
#[derive(Default)]
struct Made {
    pages: HashMap<String, Arc<[u8]>>,
    size: usize,
}

impl Shop {
    /// Opens a shop, after an `earlier` one. Findings of the theme and the plan come with it; where they are errors it
    /// should not be used.
    pub(super) fn open(parts: Parts, root: &'static str, earlier: Option<&Self>) -> Checked<Arc<Self>> {
        let planned = earlier.filter(|earlier| parts.plan_holds(&earlier.parts));
        let plan = planned.map_or_else(|| Arc::new(Plan::of(&parts)), |earlier| Arc::clone(&earlier.plan));
        let dressed = earlier.filter(|earlier| parts.dress_holds(&earlier.parts));
        let dress = dressed.map_or_else(|| Arc::new(dress(&parts)), |earlier| Arc::clone(&earlier.dress));
        // Where incidents hang together as they did, they are filed under the same names.
        let filed = earlier.filter(|earlier| Arc::ptr_eq(&parts.relations, &earlier.parts.relations));
        let vocabulary = filed.map(|earlier| Arc::clone(&earlier.vocabulary)).unwrap_or_default();
        let found = [plan.found.clone(), dress.found.clone()].concat();
        let (jobs, made) = (OnceLock::new(), Mutex::default());
        let shop = Self { parts: Arc::new(parts), root, plan, dress, vocabulary, jobs, made };
        Checked::new(Arc::new(shop), found)
    }

    /// What the site is made from.
    pub(super) fn parts(&self) -> &Arc<Parts> {
        &self.parts
    }

    /// The tags and components in use.
    pub(super) fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| Vocabulary::of(&self.parts.edition))
    }

    /// Whether the attachment at `path` belongs to the site.
    pub(super) fn has_asset(&self, path: &str) -> bool {
        self.parts.edition.assets.binary_search_by(|asset| (*asset.path).cmp(path)).is_ok()
    }

    /// The page at `path`, relative to the site.
    pub(super) fn page(&self, path: &str) -> Answer {
        let named = named(path);
        if let Some(page) = self.plan.pages.get(&named) {
            return self.made(page);
        }
        if self.plan.pages.contains_key(&format!("{path}/index.html")) {
            return Answer::redirect(format!("{}{path}/", self.root));
        }
        match self.plan.pages.get("404.html") {
            // Its links start from the root of the host.
            Some(page) if self.root == "/" => self.made(page).status(404),
            _ => Answer::text(404, "there is no such page\n"),
        }
    }

    /// Whether the page at `path` is told by one document, or by the theme.
    pub(super) fn stands_alone(&self, path: &str) -> bool {
        let page = self.plan.pages.get(&named(path));
        page.is_some_and(|page| matches!(page.route, Route::Home | Route::Incident(_) | Route::Text(_)))
    }

    /// Whether a file of the theme lies at `path`.
    pub(super) fn is_of_theme(&self, path: &str) -> bool {
        self.plan.pages.get(path).is_some_and(|page| matches!(page.route, Route::Asset(_)))
    }

    /// The document that the page at `path` shows.
    pub(super) fn document(&self, path: &str) -> Option<&Published> {
        match self.plan.pages.get(&named(path))?.route {
            Route::Incident(number) => self.parts.edition.incidents.get(number),
            Route::Text(number) => self.parts.edition.pages.get(number),
            _ => None,
        }
    }

    /// The bytes of the page at `path`; `None` where there is none, or it cannot be rendered.
    pub(super) fn bytes(&self, path: &str) -> Option<Arc<[u8]>> {
        self.make(self.plan.pages.get(&named(path))?).ok()
    }

    /// The paths of all pages, in order.
    #[cfg(test)]
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.plan.pages.keys().map(String::as_str)
    }

    /// The page that shows the answer to a search.
    pub(super) fn search_page(&self, view: SearchView) -> Answer {
        match self.ask("search.html", |reply| Job::Search(Box::new(view), reply)) {
            Ok(bytes) => Answer::bytes(media_type("search.html"), bytes),
            Err(trouble) => trouble,
        }
    }

    fn made(&self, page: &Page) -> Answer {
        match self.make(page) {
            Ok(bytes) => Answer::bytes(media_type(page.path.as_str()), bytes),
            Err(trouble) => trouble,
        }
    }

    fn make(&self, page: &Page) -> Result<Arc<[u8]>, Answer> {
        let path = page.path.as_str();
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let known = made().pages.get(path).cloned();
        if let Some(bytes) = known {
            return Ok(bytes);
        }
        let bytes = self.ask(path, |reply| Job::Page(page.clone(), reply))?;
        made().keep(path, &bytes);
        Ok(bytes)
    }

    fn ask(&self, path: &str, job: impl FnOnce(SyncSender<Rendered>) -> Job) -> Result<Arc<[u8]>, Answer> {
        let (reply, answer) = sync_channel(1);
        let jobs = self.jobs.get_or_init(|| Mutex::new(self.hire()));
        let sent = jobs.lock().unwrap_or_else(PoisonError::into_inner).send(job(reply));
        match sent.ok().and_then(|()| answer.recv().ok()) {
            Some(Ok(output)) => Ok(output.bytes.into()),
            Some(Err(trouble)) => Err(Answer::text(
                500,
                &format!("`{path}` cannot be rendered\n{}: {}\n", trouble.file, trouble.message),
            )),
            None => Err(Answer::text(503, "the site is being rebuilt\n")),
        }
    }

    /// Starts the threads that render; they end with the shop.
    fn hire(&self) -> Sender<Job> {
        let (send, receive) = channel();
        let (parts, dress) = (Arc::clone(&self.parts), Arc::clone(&self.dress.value));
        thread::spawn(move || work(&parts, dress, receive));
        send
    }
}

impl Plan {
    fn of(parts: &Parts) -> Self {
        let Checked { value, found } = parts.plan(true);
        let pages = value.into_iter().map(|page| (page.path.as_str().to_owned(), page)).collect();
        Self { pages, found }
    }
}

impl Made {
    fn keep(&mut self, path: &str, bytes: &Arc<[u8]>) {
        if self.size + bytes.len() > KEPT {
            *self = Self::default();
        }
        if self.pages.insert(path.to_owned(), Arc::clone(bytes)).is_none() {
            self.size += bytes.len();
        }
    }
}

/// What the theme gives to all pages.
fn dress(parts: &Parts) -> Checked<Arc<Dress>> {
    let Checked { value, found } = parts.dress(true);
    Checked::new(Arc::new(value), found)
}

/// The path of the page that is meant by `path`: a folder's own page has a name.
fn named(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// Renders what is asked for until nobody can ask any more.
fn work(parts: &Parts, dress: Arc<Dress>, jobs: Receiver<Job>) {
    let renderer = parts.renderer_with(dress, true);
    let next = Mutex::new(jobs);
    let render = || {
        loop {
            let job = next.lock().unwrap_or_else(PoisonError::into_inner).recv();
            // Whoever asked may have gone; then nobody needs the page.
            let _ = match job {
                Ok(Job::Page(page, reply)) => reply.send(renderer.page(&page)),
                Ok(Job::Search(view, reply)) => reply.send(renderer.search_page(&view)),
                Err(_) => return,
            };
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 1..HANDS.min(cores) {
            scope.spawn(render);
        }
        render();
    });
}
