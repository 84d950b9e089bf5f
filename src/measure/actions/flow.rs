//! Flow: what was opened and closed in each period, and how much stood in each state at the end of each month.

use super::promise::Promise;
use crate::measure::YEARS;
use crate::measure::estimate::real;
use crate::measure::figure::{Count, FEW, Item, round};
use crate::measure::period::{Month, Quarter};
use crate::model::ActionState;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// What came and went in one quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turnover {
    /// The quarter.
    pub quarter: Quarter,
    /// Agreed in it.
    pub opened: Count,
    /// Finished in it.
    pub done: Count,
    /// Dropped in it.
    pub cancelled: Count,
}

impl Turnover {
    /// Closed in the quarter for each one opened in it, whenever it was opened; above 1 the backlog shrinks. `None`
    /// where fewer than [`FEW`] were opened.
    pub fn ratio(&self) -> Option<f64> {
        let opened = self.opened.n();
        (opened >= FEW).then(|| real(self.done.n() + self.cancelled.n()) / real(opened))
    }
}

impl Serialize for Turnover {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut map = serializer.serialize_struct("Turnover", 5)?;
        map.serialize_field("quarter", &self.quarter)?;
        map.serialize_field("opened", &self.opened)?;
        map.serialize_field("done", &self.done)?;
        map.serialize_field("cancelled", &self.cancelled)?;
        map.serialize_field("closed_per_opened", &self.ratio().map(round))?;
        map.end()
    }
}

/// How many items stood where at the end of a month, of all created until then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Level {
    /// The month.
    pub month: Month,
    /// Finished by then.
    pub done: usize,
    /// Dropped by then.
    pub cancelled: usize,
    /// Not finished by then.
    pub open: usize,
    /// The source does not say whether, or not when.
    pub unknown: usize,
    /// What changed in the month.
    #[serde(skip)]
    pub moved: Moved,
}

/// The items that changed in one month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moved {
    /// Agreed in it, however they stand.
    pub created: Vec<Item>,
    /// Finished in it.
    pub done: Vec<Item>,
    /// Dropped in it.
    pub cancelled: Vec<Item>,
    /// Agreed in it, and the source does not say whether or when they ended.
    pub unknown: Vec<Item>,
}

/// The movement of items over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// What is counted.
    pub definition: &'static str,
    /// By quarter.
    pub quarters: Vec<Turnover>,
    /// By month, cumulative.
    pub levels: Vec<Level>,
    /// Closed items in no quarter: nothing says when they were closed.
    pub undated: Count,
}

const DEFINITION: &str = "done and cancelled in a period, whenever created, beside the items agreed in it; items of unknown state and proposals are in neither";

pub(super) fn flow(all: &[Promise<'_>], as_of: Date) -> Flow {
    Flow {
        definition: DEFINITION,
        quarters: quarters(all, as_of),
        levels: levels(all, as_of),
        undated: all
            .iter()
            .filter(|one| one.state.is_closed() && one.closed.is_none())
            .map(|one| one.item)
            .collect(),
    }
}

fn quarters(all: &[Promise<'_>], as_of: Date) -> Vec<Turnover> {
    let mut quarters: BTreeMap<Quarter, Turnover> = BTreeMap::new();
    let earliest = Quarter::of(as_of).years_before(YEARS);
    let empty = |quarter| Turnover {
        quarter,
        opened: Count::default(),
        done: Count::default(),
        cancelled: Count::default(),
    };
    let known = |one: &&Promise<'_>| !matches!(one.state, ActionState::Unknown | ActionState::Proposed);
    for one in all.iter().filter(known) {
        let mut put = |day: Option<Date>, part: fn(&mut Turnover) -> &mut Count| {
            if let Some(quarter) = day.map(Quarter::of).filter(|quarter| *quarter >= earliest) {
                part(quarters.entry(quarter).or_insert_with(|| empty(quarter))).put(one.item);
            }
        };
        put(one.created, |turnover| &mut turnover.opened);
        if one.state == ActionState::Cancelled {
            put(one.closed, |turnover| &mut turnover.cancelled);
        } else {
            put(one.closed, |turnover| &mut turnover.done);
        }
    }
    if let Some(first) = quarters.keys().next().copied() {
        for quarter in first.until(Quarter::of(as_of)) {
            quarters.entry(quarter).or_insert_with(|| empty(quarter));
        }
    }
    quarters.into_values().collect()
}

fn levels(all: &[Promise<'_>], as_of: Date) -> Vec<Level> {
    let mut changes: BTreeMap<Month, Moved> = BTreeMap::new();
    let last = Month::of(as_of);
    let earliest = last.years_before(YEARS);
    for one in all.iter().filter(|one| one.state != ActionState::Proposed) {
        let Some(created) = one.created.map(|day| Month::of(day).max(earliest)) else {
            continue;
        };
        changes.entry(created).or_default().created.push(one.item);
        // An end before the beginning is a slip of the pen; the item counts as ended in the month it began.
        let ended = one.closed.map(|day| Month::of(day).max(created));
        match (one.state, ended) {
            (ActionState::Done, Some(month)) => changes.entry(month).or_default().done.push(one.item),
            (ActionState::Cancelled, Some(month)) => {
                changes.entry(month).or_default().cancelled.push(one.item);
            }
            (ActionState::Done | ActionState::Cancelled | ActionState::Unknown, _) => {
                changes.entry(created).or_default().unknown.push(one.item);
            }
            _ => {}
        }
    }
    let Some(first) = changes.keys().next().copied() else {
        return Vec::new();
    };
    let (mut created, mut done, mut cancelled, mut unknown) = (0, 0, 0, 0);
    first
        .until(last)
        .map(|month| {
            let moved = changes.remove(&month).unwrap_or_default();
            created += moved.created.len();
            done += moved.done.len();
            cancelled += moved.cancelled.len();
            unknown += moved.unknown.len();
            Level { month, done, cancelled, open: created - done - cancelled - unknown, unknown, moved }
        })
        .collect()
}
