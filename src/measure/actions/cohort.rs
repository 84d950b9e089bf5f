//! Cohorts: of what was created in a quarter, what has become of it by now.
//!
//! A rate of "closed this quarter" hides old debt; a cohort cannot. Young cohorts have had less time, so each says how
//! many of its items are younger than [`RIPE`] days, and gives what was done within 30 and 90 days among the items that
//! are at least that old.

use super::count_completion;
use super::promise::Promise;
use crate::measure::YEARS;
use crate::measure::figure::{Count, Share};
use crate::measure::period::Quarter;
use crate::model::ActionState;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Days after which an item has had the time that most need.
pub const RIPE: i32 = 90;

const CREATED: &str = "done, among items created in the quarter but the proposed and the cancelled";
const WITHIN_30: &str =
    "done within 30 days of creation, among items at least 30 days old that were not proposed or cancelled";
const WITHIN_90: &str =
    "done within 90 days of creation, among items at least 90 days old that were not proposed or cancelled";

/// The items created in one quarter. The counts from `done` to `unknown` are parts of `all` and sum to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cohort {
    /// When they were created.
    pub quarter: Quarter,
    /// All of them.
    pub all: Count,
    /// Done, and not known to be late.
    pub done: Count,
    /// Done after the due date.
    pub late: Count,
    /// Open past the due date.
    pub overdue: Count,
    /// Open, not due or without a due date.
    pub open: Count,
    /// Suggested only.
    pub proposed: Count,
    /// Dropped.
    pub cancelled: Count,
    /// The source does not say.
    pub unknown: Count,
    /// Younger than [`RIPE`] days.
    pub unripe: Count,
    /// Done by now.
    pub completion: Share,
    /// Done within 30 days.
    pub within_30: Share,
    /// Done within 90 days.
    pub within_90: Share,
}

impl Cohort {
    fn new(quarter: Quarter) -> Self {
        let none = Count::default;
        Self {
            quarter,
            all: none(),
            done: none(),
            late: none(),
            overdue: none(),
            open: none(),
            proposed: none(),
            cancelled: none(),
            unknown: none(),
            unripe: none(),
            completion: Share::new(CREATED),
            within_30: Share::new(WITHIN_30),
            within_90: Share::new(WITHIN_90),
        }
    }

    fn put(&mut self, one: &Promise<'_>) {
        self.all.put(one.item);
        let class = match one.state {
            ActionState::Done if one.was_late() == Some(true) => &mut self.late,
            ActionState::Done => &mut self.done,
            ActionState::Open | ActionState::InProgress if one.was_due() => &mut self.overdue,
            ActionState::Open | ActionState::InProgress => &mut self.open,
            ActionState::Proposed => &mut self.proposed,
            ActionState::Cancelled => &mut self.cancelled,
            ActionState::Unknown => &mut self.unknown,
        };
        class.put(one.item);
        if one.age().is_some_and(|age| age < RIPE) {
            self.unripe.put(one.item);
        }
        count_completion(&mut self.completion, one);
        count_within(&mut self.within_30, one, 30);
        count_within(&mut self.within_90, one, 90);
    }
}

fn count_within(share: &mut Share, one: &Promise<'_>, days: i32) {
    if one.counts() == Some(false) || one.age().is_none_or(|age| age < days) {
        return;
    }
    let answer = match one.counts() {
        None => None,
        Some(_) if !one.is_done() => Some(false),
        Some(_) => one.lasted().map(|lasted| lasted <= days),
    };
    share.put(one.item, answer);
}

/// One cohort for each quarter from the first to that of `as_of`, and the items nothing gives a date.
pub(super) fn cohorts(all: &[Promise<'_>], as_of: Date) -> (Vec<Cohort>, Count) {
    let mut undated = Count::default();
    let mut cohorts: BTreeMap<Quarter, Cohort> = BTreeMap::new();
    let earliest = Quarter::of(as_of).years_before(YEARS);
    for one in all {
        let Some(quarter) = one.created.map(Quarter::of) else {
            undated.put(one.item);
            continue;
        };
        let cohort = cohorts.entry(quarter).or_insert_with(|| Cohort::new(quarter));
        cohort.put(one);
    }
    if let Some(first) = cohorts.keys().find(|quarter| **quarter >= earliest).copied() {
        for quarter in first.until(Quarter::of(as_of)) {
            cohorts.entry(quarter).or_insert_with(|| Cohort::new(quarter));
        }
    }
    (cohorts.into_values().collect(), undated)
}
