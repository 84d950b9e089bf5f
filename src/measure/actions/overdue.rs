//! Due dates: what is past them, and how often they are kept.

use super::promise::Promise;
use crate::measure::figure::{Count, Share, Spread};
use serde::Serialize;

/// Open items against their due dates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overdue {
    /// Days past due, of each open item whose due date has passed; open items without one are missing.
    pub days: Spread,
    /// Open, with a due date still to come.
    pub not_due: Count,
    /// Open, without a due date.
    pub without_due: Count,
}

const OVERDUE: &str =
    "days between the due date and the day of counting, of open items whose due date has passed";
const ON_TIME: &str = "done on or before the due date, among items whose due date has passed; late and still open ones count as not in time, proposed and cancelled ones not at all";

pub(super) fn overdue(all: &[Promise<'_>]) -> Overdue {
    let mut overdue = Overdue {
        days: Spread::new(OVERDUE, "days"),
        not_due: Count::default(),
        without_due: Count::default(),
    };
    for one in all.iter().filter(|one| one.state.is_open()) {
        if one.action.due.is_none() {
            overdue.without_due.put(one.item);
            overdue.days.put(one.item, None);
        } else if let Some(days) = one.overdue() {
            overdue.days.put(one.item, Some(f64::from(days)));
        } else {
            overdue.not_due.put(one.item);
        }
    }
    overdue.days = overdue.days.sorted();
    overdue
}

pub(super) fn on_time(all: &[Promise<'_>]) -> Share {
    let mut share = Share::new(ON_TIME);
    for one in all.iter().filter(|one| one.was_due()) {
        match one.counts() {
            None => share.put(one.item, None),
            Some(false) => {}
            Some(true) if one.is_done() => share.put(one.item, one.was_late().map(|late| !late)),
            Some(true) => share.put(one.item, Some(false)),
        }
    }
    share
}
