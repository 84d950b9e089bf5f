//! Ids for what was understood: timeline entries are `t1`, `t2`, …, action items `action-1`, …, where they stand.
//!
//! The parts of an incident keep only their spans. While blocks are written, in source order, the marks whose spans
//! start within a block are found by binary search and given to the smallest thing that starts there.

use crate::diag::Span;
use crate::model::Incident;

/// What a mark marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Entry,
    Action,
}

/// One id to be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) sort: Sort,
    /// From 1.
    pub(super) number: usize,
}

impl Mark {
    pub(super) fn id(self) -> String {
        match self.sort {
            Sort::Entry => format!("t{}", self.number),
            Sort::Action => format!("action-{}", self.number),
        }
    }

    pub(super) fn label_key(self) -> &'static str {
        match self.sort {
            Sort::Entry => "link_to_entry",
            Sort::Action => "link_to_action",
        }
    }
}

/// All marks of an incident, by where they start.
#[derive(Debug, Default)]
pub(super) struct Marks {
    all: Vec<(u32, Mark, bool)>,
    entries: usize,
    actions: usize,
}

impl Marks {
    pub(super) fn of(incident: &Incident) -> Self {
        let entries = incident.timeline.iter().map(|entry| entry.span);
        let actions = incident.actions.iter().map(|action| action.span);
        let mark = |sort, (place, span): (usize, Span)| (span.start, Mark { sort, number: place + 1 }, false);
        let mut all: Vec<(u32, Mark, bool)> = entries
            .enumerate()
            .map(|one| mark(Sort::Entry, one))
            .chain(actions.enumerate().map(|one| mark(Sort::Action, one)))
            .collect();
        all.sort_by_key(|(start, mark, _)| (*start, mark.sort, mark.number));
        Self { all, entries: incident.timeline.len(), actions: incident.actions.len() }
    }

    /// Takes the first mark that starts at exactly `start` and has no place yet.
    pub(super) fn take_at(&mut self, start: u32) -> Option<Mark> {
        self.take_within(start, start.saturating_add(1))
    }

    /// Takes the first mark that starts from `start` to before `end` and has no place yet.
    pub(super) fn take_within(&mut self, start: u32, end: u32) -> Option<Mark> {
        let from = self.all.partition_point(|(at, ..)| *at < start);
        let here = self.all.get_mut(from..)?.iter_mut().take_while(|(at, ..)| *at < end);
        let (_, mark, placed) = here.into_iter().find(|(.., placed)| !placed)?;
        *placed = true;
        Some(*mark)
    }

    /// Whether `id` is one of these marks' ids.
    pub(super) fn is_id(&self, id: &str) -> bool {
        let number = |prefix: &str, most: usize| {
            let number = id.strip_prefix(prefix).and_then(|number| number.parse::<usize>().ok());
            number.is_some_and(|number| (1..=most).contains(&number) && id == format!("{prefix}{number}"))
        };
        number("t", self.entries) || number("action-", self.actions)
    }

    /// For every action item in order, whether it got a place.
    pub(super) fn placed_actions(&self) -> Vec<bool> {
        let mut placed = vec![false; self.actions];
        for (_, mark, _) in self.all.iter().filter(|(_, mark, done)| *done && mark.sort == Sort::Action) {
            if let Some(slot) = placed.get_mut(mark.number - 1) {
                *slot = true;
            }
        }
        placed
    }
}
