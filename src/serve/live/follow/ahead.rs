//! The page that is being written comes first: what a save changed is read and shown alone, with all else as it was. What
//! else changes with it (lists, searches, figures, findings) is made when no other save comes right behind it.

use super::super::super::Kind;
use super::{FEW, Follower, Taken};
use crate::diag::Diagnostic;
use crate::pipeline::{Quiet, read_ahead};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// So long no other save must come before all else follows.
const BREATH: Duration = Duration::from_millis(150);
/// Longer than this nothing waits for saves to end.
const LONGEST: Duration = Duration::from_secs(1);

/// What was shown ahead and is not taken in wholly yet.
pub(super) struct Open {
    taken: Taken,
    found: Vec<Diagnostic>,
    since: Instant,
    last: Instant,
    /// How long it took until the last change could be seen; `None` where it cannot yet.
    took: Option<Duration>,
}

impl Open {
    /// When all else is to follow.
    pub(super) fn due(&self) -> Instant {
        (self.last + BREATH).min(self.since + LONGEST)
    }

    /// Whether it is time.
    pub(super) fn is_due(&self) -> bool {
        self.due() <= Instant::now()
    }
}

impl Follower {
    /// Shows the pages of the documents that were touched; `false` where more than they are different.
    pub(super) fn show_ahead(&mut self, taken: &Taken) -> bool {
        if taken.settings || taken.theme || taken.touched.len() > FEW {
            return false;
        }
        let stages = Arc::clone(&self.preview.stages);
        let read = || read_ahead(&self.project, &mut self.memo, &taken.touched);
        let Some(drafts) = stages.time("ahead: read", read) else { return false };
        let mut pages = Vec::new();
        for side in &mut self.sides {
            let Some((shop, told)) = stages.time("ahead: make", || side.ahead(&drafts)) else { return false };
            if let Some(front) = self.preview.front(side.audience) {
                front.show(shop);
            }
            pages.extend(told);
        }
        // Made before it is asked for: then it is made once, and what is shown now is known.
        stages.time("ahead: render", || self.see(&pages));
        self.reload.publish(Kind::Page, &pages, &self.reload.errors());
        true
    }

    /// Notes what those of `pages` show that are open.
    fn see(&mut self, pages: &[String]) {
        for address in self.reload.pages() {
            if pages.iter().any(|page| page == address.trim_start_matches('/'))
                && let Some(bytes) = self.preview.bytes_at(&address)
            {
                self.seen.insert(address, blake3::hash(&bytes));
            }
        }
    }

    /// Leaves for later what of `taken` is not done yet, with what is open already.
    pub(super) fn leave_open(&mut self, taken: Taken, found: Vec<Diagnostic>, start: Instant) {
        let took = taken.shown.then(|| start.elapsed());
        let (since, taken) = match self.open.take() {
            Some(open) => (open.since, open.taken.and(taken)),
            None => (start, taken),
        };
        self.open = Some(Open { taken, found, since, last: start, took });
    }

    /// Takes in wholly what was shown ahead.
    pub(super) fn catch_up(&mut self) {
        let Some(open) = self.open.take() else { return };
        let found = self.make(&open.taken, open.found, &Quiet);
        let took = open.took.unwrap_or_else(|| open.last.elapsed());
        self.news(&found, &open.taken.touched, took);
    }
}
