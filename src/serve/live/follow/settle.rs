//! What looks at everything is done when it has been quiet for a while, on a thread of its own.

use super::super::side::{Compared, Side};
use super::{Event, Follower, QUIET};
use crate::model::Audience;
use crate::pipeline::{Past, undated_closings};
use crate::recur::Recurrences;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// When everything is compared next.
pub(super) struct Settling {
    pub(super) due: Option<Instant>,
    pub(super) running: bool,
    pub(super) last_took: Duration,
    /// The state of the history that the closings on record were read from; `None` where they must be read again.
    pub(super) history: Option<Vec<u8>>,
}

impl Follower {
    /// Closings are read from history by line: of a document whose lines moved they must be read again.
    pub(super) fn note_closings(&mut self, touched: &[Arc<str>]) {
        let Some(shop) = self.sides.first().and_then(Side::shop) else { return };
        let incidents = shop.parts().edition.incidents.iter().map(|one| &one.incident);
        let mut concerned = incidents.filter(|incident| touched.contains(&incident.path));
        if concerned.any(|incident| undated_closings(incident).next().is_some()) {
            self.settling.history = None;
        }
    }

    /// Starts to compare everything, for the first side that needs it.
    pub(super) fn settle(&mut self) {
        let fresh = |side: &&Side| !side.is_settled() || self.settling.history.is_none();
        let Some(side) = self.sides.iter().find(fresh) else { return };
        let Some(parts) = side.shop().map(|shop| Arc::clone(shop.parts())) else { return };
        let (audience, send, past) = (side.audience, self.send.clone(), Past::of(&self.project));
        let stages = Arc::clone(&self.preview.stages);
        let state = past.state();
        let read_history = audience == Audience::Internal && self.settling.history.as_ref() != Some(&state);
        let known = side.closings();
        self.settling.history = Some(state);
        self.settling.running = true;
        thread::spawn(move || {
            let start = Instant::now();
            let edition = Arc::clone(&parts.edition);
            let work = || Recurrences::of(&edition, &parts.config);
            let recurrences = Arc::new(stages.time("compare everything", work));
            let read = || Arc::new(stages.time("history", || past.closings(&edition)));
            let closings = if read_history { read() } else { known };
            let compared = Compared { edition, recurrences, closings };
            let _ = send.send(Event::Compared(audience, compared, start.elapsed()));
        });
    }

    pub(super) fn compared(&mut self, audience: Audience, compared: Compared, took: Duration) {
        self.settling.running = false;
        self.settling.last_took = took;
        if let Some(side) = self.sides.iter_mut().find(|side| side.audience == audience) {
            side.adopt(compared);
        }
        self.remake();
        let unsettled = self.sides.iter().any(|side| !side.is_settled());
        if unsettled && self.settling.due.is_none() {
            self.settling.due = Some(Instant::now() + QUIET);
        }
        self.preview.settled(!unsettled);
    }
}
