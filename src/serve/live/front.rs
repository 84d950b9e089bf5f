//! What readers of one audience get: the current state of its site, and searches in it.

use super::super::stages::Stages;
use super::follow::Event;
use super::latest::Latest;
use super::search::{Searchable, Searches};
use super::shop::Shop;
use crate::index::Following;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// So long a reader waits for a site that nobody has asked for before.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Front {
    current: Mutex<Option<Arc<Shop>>>,
    came: Condvar,
    pub(super) searches: Arc<Searches>,
    index: Latest<Arc<Shop>>,
    asked_for: AtomicBool,
    ask: Sender<Event>,
}

impl Front {
    /// A front with nothing behind it yet.
    pub(super) fn new(stages: &Arc<Stages>, ask: Sender<Event>) -> Self {
        let searches = Arc::new(Searches::default());
        let (stages, into) = (Arc::clone(stages), Arc::clone(&searches));
        let index = Latest::new("kb-index", move |shop| stages.time("index", || index(shop, &into)));
        Self {
            current: Mutex::default(),
            came: Condvar::new(),
            searches,
            index,
            asked_for: AtomicBool::new(false),
            ask,
        }
    }

    /// Shows `shop` from now on; searches follow.
    pub(super) fn replace(&self, shop: Arc<Shop>) {
        self.show(Arc::clone(&shop));
        self.index.ask(shop);
    }

    /// Shows `shop` until it is replaced by the state that searches are to follow.
    pub(super) fn show(&self, shop: Arc<Shop>) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(shop);
        self.came.notify_all();
    }

    /// The current state; `None` where there is none yet.
    pub(super) fn current(&self) -> Option<Arc<Shop>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether searches know the current state.
    pub(super) fn is_indexed(&self) -> bool {
        let (Some(current), Some(known)) = (self.current(), self.searches.current()) else { return false };
        Arc::ptr_eq(&current, &known.shop)
    }

    /// The current state; where there is none it is asked for and awaited.
    pub(super) fn shop(&self) -> Option<Arc<Shop>> {
        if let Some(shop) = self.current() {
            return Some(shop);
        }
        if !self.asked_for.swap(true, Relaxed) {
            let _ = self.ask.send(Event::Public);
        }
        self.awaited(PATIENCE)
    }

    /// The current state, as soon as there is one within `patience`.
    pub(super) fn awaited(&self, patience: Duration) -> Option<Arc<Shop>> {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let came = self.came.wait_timeout_while(current, patience, |current| current.is_none());
        came.unwrap_or_else(PoisonError::into_inner).0.clone()
    }
}

/// Indexes `shop`, from the last state that was indexed where little has changed since.
fn index(shop: Arc<Shop>, searches: &Searches) {
    let parts = Arc::clone(shop.parts());
    let (edition, config) = (Arc::clone(&parts.edition), &parts.config);
    let following = match searches.current() {
        Some(last) => last.following.after(edition, config, parts.as_of),
        None => Following::new(edition, Arc::clone(config), parts.as_of),
    };
    // What cannot be indexed leaves the last index: memory has run out, and the next change may find some.
    if let Ok(following) = following {
        searches.replace(Searchable::new(shop, following));
    }
}
