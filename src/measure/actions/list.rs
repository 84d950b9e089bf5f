//! Every action item as it stood on a day, in the order in which lists show them.

use super::promise::promises;
use crate::corpus::Edition;
use crate::measure::Closings;
use crate::measure::figure::Item;
use crate::model::{ActionItem, ActionState, Incident};
use jiff::civil::Date;
use std::cmp::Reverse;

/// One action item with all that lists, feeds and calendars show of it.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// Which one.
    pub item: Item,
    /// The incident after which it was promised.
    pub incident: &'a Incident,
    /// The last part of that incident's address.
    pub slug: &'a str,
    /// The promise.
    pub action: &'a ActionItem,
    /// How it stood on the day: what was closed later was still open.
    pub state: ActionState,
    /// When it was made: the row's own day, else the incident's.
    pub created: Option<Date>,
    /// When it was closed, where any source says so.
    pub closed: Option<Date>,
    /// Days past due, of open ones whose day has passed.
    pub overdue: Option<i32>,
    /// Days since it was made, of open ones.
    pub age: Option<i32>,
}

impl Listed<'_> {
    /// `overdue`, or the word of its state.
    pub fn standing(&self) -> &'static str {
        if self.overdue.is_some() { "overdue" } else { self.state.word() }
    }
}

/// All action items known on `as_of`: overdue first, the longest at the top; then open by due date, proposed, those of
/// unknown state, and closed ones, the newest incident first.
pub fn list<'a>(edition: &'a Edition, as_of: Date, closings: &Closings) -> Vec<Listed<'a>> {
    let mut all: Vec<Listed<'a>> = promises(edition, as_of, closings)
        .into_iter()
        .map(|one| Listed {
            item: one.item,
            incident: one.incident,
            slug: edition.incidents.get(one.item.of_incident()).map_or("", |published| &published.slug),
            action: one.action,
            state: one.state,
            created: one.created,
            closed: one.closed,
            overdue: one.overdue(),
            age: one.age().filter(|_| one.state.is_open()),
        })
        .collect();
    all.sort_by_key(order);
    all
}

fn order(one: &Listed<'_>) -> (u8, Date, Reverse<usize>, Option<usize>) {
    let class = match one.state {
        _ if one.overdue.is_some() => 0,
        ActionState::Open | ActionState::InProgress => 1,
        ActionState::Proposed => 2,
        ActionState::Unknown => 3,
        ActionState::Done | ActionState::Cancelled => 4,
    };
    (class, one.action.due.unwrap_or(Date::MAX), Reverse(one.item.of_incident()), one.item.of_action())
}
