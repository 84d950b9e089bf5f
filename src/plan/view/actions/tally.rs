//! How many promises there are, and how they stand.

use crate::model::{ActionItem, ActionState};
use crate::plan::Words;
use jiff::civil::Date;
use serde::Serialize;

/// Counts of action items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// All.
    pub all: usize,
    /// Open or begun.
    pub open: usize,
    /// Open or begun, and past their day.
    pub overdue: usize,
    /// Finished.
    pub done: usize,
    /// Dropped.
    pub cancelled: usize,
    /// Suggested only.
    pub proposed: usize,
    /// Not stated.
    pub unknown: usize,
}

impl Tally {
    /// Counts `actions` as of a day.
    pub fn of(actions: &[ActionItem], as_of: Date) -> Self {
        actions.iter().fold(Self::default(), |sum, action| {
            let is = |state| usize::from(action.state == state);
            sum.plus(Self {
                all: 1,
                open: usize::from(action.state.is_open()),
                overdue: usize::from(is_overdue(action, as_of)),
                done: is(ActionState::Done),
                cancelled: is(ActionState::Cancelled),
                proposed: is(ActionState::Proposed),
                unknown: is(ActionState::Unknown),
            })
        })
    }

    /// Whether of any item it is told how it stands.
    pub(in crate::plan::view) fn is_stated(self) -> bool {
        self.all > self.unknown
    }

    pub(in crate::plan::view) fn plus(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            open: self.open + other.open,
            overdue: self.overdue + other.overdue,
            done: self.done + other.done,
            cancelled: self.cancelled + other.cancelled,
            proposed: self.proposed + other.proposed,
            unknown: self.unknown + other.unknown,
        }
    }

    /// `2 of 6 actions open`, `all 6 actions done`, `6 actions`; `None` where there are none.
    pub fn sentence(self, words: &Words) -> Option<String> {
        let key = match self {
            Self { all: 0, .. } => return None,
            Self { open, .. } if open > 0 => return Some(words.count("actions_open", open, self.all)),
            Self { all, done, cancelled, .. } if done + cancelled == all => "actions_closed",
            _ => "actions_n",
        };
        Some(words.count(key, self.all, 0))
    }
}

/// Whether `action` is known to be unfinished and its day has passed.
pub(in crate::plan::view) fn is_overdue(action: &ActionItem, as_of: Date) -> bool {
    action.state.is_open() && action.due.is_some_and(|due| due < as_of)
}
