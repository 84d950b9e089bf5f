//! Open when it happened again: how an earlier incident's promises stood on the day of a later one.
//!
//! Only what is dated counts. A promise that is done today without saying since when may have been done or open on
//! that day: it is unknown, and shown as such.

use super::similar::days;
use crate::diag::words::count;
use crate::model::{ActionItem, ActionState, Incident};
use jiff::civil::Date;
use serde::Serialize;

/// How a promise stood on a certain day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Standing {
    /// Finished by then.
    Done,
    /// Not finished, and its time had not come.
    Open,
    /// Not finished, though it was due.
    Overdue {
        /// How many days before.
        days: i64,
    },
    /// Given up.
    Dropped,
    /// Suggested, never agreed.
    Proposed,
    /// Nothing tells.
    Unknown,
}

impl Standing {
    /// Whether the promise is known to have stood unfulfilled.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Overdue { .. })
    }
}

/// Asks when an action of an incident was closed, where its row does not say: its ticket or the history of its file may.
pub type ClosedOn<'a> = &'a (dyn Fn(&Incident, &ActionItem) -> Option<Date> + Sync);

/// How `action`, closed on the day `closed` as far as known, stood at the end of `day`; `None` where it had not been made
/// yet.
pub fn as_of(action: &ActionItem, closed: Option<Date>, day: Date) -> Option<Standing> {
    if action.created.is_some_and(|created| created > day) {
        return None;
    }
    let open = match action.due.and_then(|due| days(due, day)).filter(|late| *late > 0) {
        Some(days) => Standing::Overdue { days },
        None => Standing::Open,
    };
    Some(match (action.state, closed) {
        (ActionState::Unknown, _) | (ActionState::Done, None) => Standing::Unknown,
        (ActionState::Proposed, _) => Standing::Proposed,
        (ActionState::Open | ActionState::InProgress, _) => open,
        (ActionState::Done | ActionState::Cancelled, Some(closed)) if closed > day => open,
        (ActionState::Done, Some(_)) => Standing::Done,
        (ActionState::Cancelled, _) => Standing::Dropped,
    })
}

/// One promise of an earlier incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Promise {
    /// Number of the incident that made it.
    pub incident: usize,
    /// Its place in that incident's actions.
    pub action: usize,
    /// How it stood.
    #[serde(flatten)]
    pub standing: Standing,
}

/// The promises of earlier incidents on the day of a later one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Promises {
    /// In the order of incidents and of their actions.
    pub all: Vec<Promise>,
}

impl Promises {
    /// Those of incident `number` on `day`. Promises made after that day are left out; a report that appeared after it
    /// had made none.
    pub(super) fn of(number: usize, incident: &Incident, day: Option<Date>, closed: ClosedOn<'_>) -> Self {
        let published = incident.clock.published.as_ref().map(|point| point.at.local.date());
        let Some(day) = day.filter(|day| published.is_none_or(|published| published <= *day)) else {
            return Self::default();
        };
        let standing = |(action, item)| {
            let standing = as_of(item, item.closed.or_else(|| closed(incident, item)), day)?;
            Some(Promise { incident: number, action, standing })
        };
        Self { all: incident.actions.iter().enumerate().filter_map(standing).collect() }
    }

    /// Those known to have stood unfulfilled.
    pub fn open(&self) -> impl Iterator<Item = &Promise> {
        self.all.iter().filter(|one| one.standing.is_open())
    }

    /// How many stood so.
    pub fn count(&self, wanted: impl Fn(Standing) -> bool) -> usize {
        self.all.iter().filter(|one| wanted(one.standing)).count()
    }

    /// In words: `2 of the 5 actions were still open, 1 overdue`; `None` where nothing had been promised.
    pub fn sentence(&self) -> Option<String> {
        let total = self.all.len();
        let open = self.open().count();
        let is = |standing: Standing| self.count(|one| one == standing);
        let mut words = match (total, open) {
            (0, _) => return None,
            (1, 1) => "the one action was still open".to_owned(),
            (_, 1) => format!("1 of the {total} actions was still open"),
            (_, 2..) => format!("{open} of the {total} actions were still open"),
            _ if is(Standing::Done) == total => return Some("all actions were done".to_owned()),
            _ => format!("none of the {} is known to have been open", count(total, "action")),
        };
        let overdue = self.count(|one| matches!(one, Standing::Overdue { .. }));
        let rest = [
            (overdue, "overdue"),
            (is(Standing::Dropped), "dropped"),
            (is(Standing::Proposed), "only proposed"),
            (is(Standing::Unknown), "unknown"),
        ];
        for (number, what) in rest.into_iter().filter(|(number, _)| *number > 0) {
            words.extend([", ", &number.to_string(), " ", what]);
        }
        Some(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recur::testing::action;
    use jiff::civil::date;

    const DAY: Date = date(2024, 6, 10);

    fn standing(state: ActionState, due: Option<Date>, closed: Option<Date>) -> Option<Standing> {
        as_of(&ActionItem { due, ..action("raise the limit", state) }, closed, DAY)
    }

    #[test]
    fn what_was_closed_later_was_open_then() {
        let due = Some(date(2024, 6, 1));
        let open = Some(Standing::Overdue { days: 9 });
        assert_eq!(standing(ActionState::Done, due, Some(date(2024, 7, 1))), open);
        assert_eq!(standing(ActionState::Cancelled, due, Some(date(2024, 7, 1))), open);
        assert_eq!(standing(ActionState::InProgress, due, None), open);
        assert_eq!(standing(ActionState::Open, Some(DAY), None), Some(Standing::Open));
    }

    #[test]
    fn what_has_no_date_stays_unknown() {
        assert_eq!(standing(ActionState::Done, None, None), Some(Standing::Unknown));
        assert_eq!(standing(ActionState::Unknown, Some(date(2024, 1, 1)), None), Some(Standing::Unknown));
        assert_eq!(standing(ActionState::Done, None, Some(DAY)), Some(Standing::Done));
        assert_eq!(standing(ActionState::Cancelled, None, None), Some(Standing::Dropped));
    }

    #[test]
    fn a_promise_made_later_did_not_exist() {
        let later =
            ActionItem { created: Some(date(2024, 6, 11)), ..action("raise the limit", ActionState::Open) };
        assert_eq!(as_of(&later, None, DAY), None);
    }

    #[test]
    fn the_sentence_names_what_is_known_and_what_is_not() {
        let stood = |all: &[Standing]| {
            let all = all.iter().enumerate();
            let all = all.map(|(action, standing)| Promise { incident: 0, action, standing: *standing });
            Promises { all: all.collect() }.sentence()
        };
        let overdue = Standing::Overdue { days: 3 };
        assert_eq!(stood(&[]), None);
        assert_eq!(stood(&[Standing::Done; 2]).as_deref(), Some("all actions were done"));
        assert_eq!(
            stood(&[Standing::Open, overdue, Standing::Done, Standing::Unknown, Standing::Unknown])
                .as_deref(),
            Some("2 of the 5 actions were still open, 1 overdue, 2 unknown")
        );
        assert_eq!(
            stood(&[Standing::Unknown, Standing::Done]).as_deref(),
            Some("none of the 2 actions is known to have been open, 1 unknown")
        );
    }
}
