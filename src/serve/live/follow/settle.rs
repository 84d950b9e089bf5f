//! What a save need not wait for is done afterwards, on threads of its own: what is like a document that changed is asked
//! after a moment, and all are compared with all when it has been quiet for a while.

use super::super::super::Kind;
use super::super::side::{Compared, Question, Side};
use super::ahead::Open;
use super::{Event, Follower, QUIET, TICK};
use crate::model::Audience;
use crate::pipeline::{Past, undated_closings};
use crate::recur::{Asked, Recurrences};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// Whose site, what its answers are about, and the answers.
pub(super) type Answered = (Audience, Arc<Recurrences>, Asked);

/// So long it must be quiet before it is asked what is like the documents that changed.
const MOMENT: Duration = Duration::from_millis(300);

/// When everything is compared next.
pub(super) struct Settling {
    /// When it is asked next what is like the documents that changed.
    pub(super) ask: Option<Instant>,
    pub(super) asking: bool,
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

    /// Begins to wait, after a change.
    pub(super) fn wait(&mut self) {
        self.settling.ask = Some(Instant::now() + MOMENT);
        self.settling.due = Some(Instant::now() + QUIET.max(self.settling.last_took * 2));
    }

    /// Starts what is due.
    pub(super) fn begin_due(&mut self) {
        let is_due = |when: Option<Instant>| when.is_some_and(|when| when <= Instant::now());
        if is_due(self.settling.ask) && !self.settling.asking {
            self.settling.ask = None;
            self.ask();
        }
        if is_due(self.settling.due) && !self.settling.running {
            self.settling.due = None;
            self.settle();
        }
    }

    /// How long to wait for changes before there is something to do.
    pub(super) fn patience(&self) -> Duration {
        let ask = self.settling.ask.filter(|_| !self.settling.asking);
        let due = self.settling.due.filter(|_| !self.settling.running);
        let next = ask.into_iter().chain(due).chain(self.open.as_ref().map(Open::due)).min();
        next.map_or(TICK, |when| when.saturating_duration_since(Instant::now()).min(TICK))
    }

    /// Asks what is like the documents that changed since everything was compared.
    pub(super) fn ask(&mut self) {
        let questions = self.sides.iter().filter_map(|side| Some((side.audience, side.open_question()?)));
        let questions: Vec<_> = questions.collect();
        if questions.is_empty() {
            return;
        }
        self.settling.asking = true;
        let (send, stages) = (self.send.clone(), Arc::clone(&self.preview.stages));
        thread::spawn(move || {
            let answer = |(audience, (recurrences, known, parts)): (Audience, Question)| {
                let ask = || recurrences.ask(&parts.edition, &parts.config, &known);
                let asked = stages.time("ask what is alike", ask)?;
                Some((audience, recurrences, asked))
            };
            let _ = send.send(Event::Asked(questions.into_iter().filter_map(answer).collect()));
        });
    }

    pub(super) fn asked(&mut self, answers: Vec<Answered>) {
        self.settling.asking = false;
        for (audience, about, asked) in answers {
            if let Some(side) = self.sides.iter_mut().find(|side| side.audience == audience) {
                side.answered(&about, asked);
            }
        }
        // What changed meanwhile is shown with what was found out, and asked about in its turn.
        self.remake();
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
        if audience == self.options.audience && self.preview.loading.compared() {
            // Pages that said they did not know yet now do.
            self.reload.publish(Kind::Page, &[], &self.reload.errors());
        }
        let unsettled = self.sides.iter().any(|side| !side.is_settled());
        if unsettled && self.settling.due.is_none() {
            self.settling.due = Some(Instant::now() + QUIET);
        }
        self.preview.settled(!unsettled);
    }
}
