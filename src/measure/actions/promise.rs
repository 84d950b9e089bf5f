//! One action with all that the figures ask of it, as it stood at the end of the day of counting.

use crate::config::SiteConfig;
use crate::corpus::Edition;
use crate::measure::figure::Item;
use crate::measure::period::day_number;
use crate::measure::{Closings, until};
use crate::model::{ActionItem, ActionState, Incident};
use jiff::civil::Date;

/// An action on the day of counting.
#[derive(Debug, Clone, Copy)]
pub(super) struct Promise<'a> {
    pub(super) item: Item,
    pub(super) incident: &'a Incident,
    pub(super) action: &'a ActionItem,
    /// As of the day: what was closed later was still open then.
    pub(super) state: ActionState,
    /// The row's own day, else the incident's.
    pub(super) created: Option<Date>,
    /// The row's own day, else the ticket's, else the history's; `None` where it is not closed or no source says when.
    pub(super) closed: Option<Date>,
    /// Days since it was created.
    age: Option<i32>,
    /// Days past due on the day of counting, whether open or not; negative before.
    past_due: Option<i32>,
}

impl Promise<'_> {
    /// Whether it counts in rates: agreed, not dropped, and with a known state.
    pub(super) fn counts(&self) -> Option<bool> {
        match self.state {
            ActionState::Unknown => None,
            ActionState::Proposed | ActionState::Cancelled => Some(false),
            ActionState::Open | ActionState::InProgress | ActionState::Done => Some(true),
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.state == ActionState::Done
    }

    /// Days since it was created.
    pub(super) fn age(&self) -> Option<i32> {
        self.age
    }

    /// Days from creation to closing, where both are known and in order.
    pub(super) fn lasted(&self) -> Option<i32> {
        let days = day_number(self.closed?) - day_number(self.created?);
        (days >= 0).then_some(days)
    }

    /// Whether its due date has passed: on the day itself it has not.
    pub(super) fn was_due(&self) -> bool {
        self.past_due.is_some_and(|days| days > 0)
    }

    /// Days past due, of an action that is open.
    pub(super) fn overdue(&self) -> Option<i32> {
        self.past_due.filter(|days| *days > 0 && self.state.is_open())
    }

    /// Whether it was done after its due date; `None` where a date is missing.
    pub(super) fn was_late(&self) -> Option<bool> {
        Some(self.closed? > self.action.due?)
    }
}

/// All actions known on `as_of`, in the order of the edition.
pub(super) fn promises<'a>(edition: &'a Edition, as_of: Date, closings: &Closings) -> Vec<Promise<'a>> {
    let mut all = Vec::new();
    let today = day_number(as_of);
    let ago = |day: Date| today - day_number(day);
    for (number, incident) in until(edition, as_of) {
        let rows = closings.of(&incident.path);
        for (place, action) in incident.actions.iter().enumerate() {
            let read = rows.and_then(|rows| rows.get(&action.line)).map(|closing| closing.date);
            let created = action.created.or(incident.date.as_ref().map(|dated| dated.date));
            if created.is_some_and(|day| day > as_of) {
                continue;
            }
            let item = Item::action(number, place);
            let (state, closed) = standing(action, action.closed.or(read), as_of);
            let (age, past_due) = (created.map(ago), action.due.map(ago));
            all.push(Promise { item, incident, action, state, created, closed, age, past_due });
        }
    }
    all
}

fn standing(action: &ActionItem, closed: Option<Date>, as_of: Date) -> (ActionState, Option<Date>) {
    match action.state {
        ActionState::Done | ActionState::Cancelled => match closed {
            Some(day) if day > as_of => (ActionState::Open, None),
            closed => (action.state, closed),
        },
        state => (state, None),
    }
}

/// The team that will do it: its owners' where they share one, else the incident's, else the components'.
pub(super) fn team<'a>(promise: &Promise<'a>, config: &'a SiteConfig) -> Option<&'a str> {
    let owners = promise.action.owners.iter();
    let of_owners = one(owners.map(|owner| config.people.get(owner)?.team.as_deref()));
    let components = promise.incident.components.iter();
    let of_components = || one(components.map(|name| config.components.get(name)?.team.as_deref()));
    of_owners.or(promise.incident.team.as_deref()).or_else(of_components)
}

/// The one value all of `values` share.
fn one<'a>(mut values: impl Iterator<Item = Option<&'a str>>) -> Option<&'a str> {
    let first = values.next()??;
    values.all(|value| value == Some(first)).then_some(first)
}
