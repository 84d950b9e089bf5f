//! The site while it is being written: pages rendered when asked for, from the last state without errors.
//!
//! [`Preview`] answers requests from the current [`Shop`]; a watcher ([`watch`]) replaces the shop when files change and
//! tells open pages. A document that is broken stands in for itself with its last good version.

mod shop;
mod watch;

pub use watch::{PreviewOptions, Report};

use super::{Answer, Asked, Reload, Site, Stop, media_type};
use crate::Result;
use crate::diag::Checked;
use crate::pipeline::Project;
use shop::{Shop, Word};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

/// Most hits one request may ask for.
const MOST_HITS: usize = 200;

/// A site that follows its sources.
pub struct Preview {
    current: RwLock<Arc<Shop>>,
    content: PathBuf,
}

impl Preview {
    /// Reads everything once and starts to watch. Findings go to `report`, now and at every change.
    ///
    /// # Errors
    /// Where the files cannot be watched, or the first state has errors that leave nothing to show.
    pub fn start(
        opened: Checked<Project>,
        options: PreviewOptions,
        reload: Arc<Reload>,
        stop: &Stop,
        report: Report,
    ) -> Result<Arc<Self>> {
        watch::start(opened, options, reload, stop, report)
    }

    fn new(shop: Arc<Shop>, content: PathBuf) -> Arc<Self> {
        Arc::new(Self { current: RwLock::new(shop), content })
    }

    fn shop(&self) -> Arc<Shop> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace(&self, shop: Arc<Shop>) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = shop;
    }
}

impl Site for Preview {
    fn answer(&self, asked: &Asked) -> Answer {
        let shop = self.shop();
        let path = asked.path.trim_start_matches('/');
        let number =
            |name: &str, default: usize| asked.value(name).and_then(|n| n.parse().ok()).unwrap_or(default);
        let word = |typing: bool| Word {
            query: asked.value("q").unwrap_or_default().trim().chars().take(2_000).collect(),
            limit: number("limit", 20).min(MOST_HITS),
            offset: number("offset", 0).min(100_000),
            typing,
            correct: asked.value("exact").is_none(),
            newest: asked.value("newest").is_some(),
            chosen: asked.query.clone(),
        };
        if path == "api/search" {
            return shop.search_data(&word(asked.value("typing").is_some()));
        }
        if path == "search.html" && asked.value("q").is_some_and(|q| !q.trim().is_empty()) {
            return shop.search_page(&word(false));
        }
        if let Some(asset) = path.strip_prefix("files/").filter(|asset| shop.has_asset(asset)) {
            return Answer::file(media_type(asset), self.content.clone(), self.content.join(asset));
        }
        shop.page(path)
    }
}
