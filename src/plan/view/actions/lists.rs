//! In which order promises are listed, and which of them stand on lists of earlier years.

use super::is_overdue;
use crate::model::{ActionItem, ActionState};
use crate::plan::{Site, shown};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Place of an action item: number of the incident, place in its list.
pub(in crate::plan::view) type Place = (usize, usize);

/// All action items of a site in the order in which they are listed.
#[derive(Debug, Clone, Default)]
pub struct ActionLists {
    /// Overdue first, then open, suggested, not stated, and those closed in the last ninety days.
    pub current: Vec<Place>,
    /// Those closed earlier, by year, newest incident first.
    pub closed: BTreeMap<i16, Vec<Place>>,
}

/// Days for which a closed action stays on the first list.
const LATELY: i64 = 90;

impl ActionLists {
    /// Sorts the action items of `site` into lists; none where there is no page for them.
    pub fn of(site: &Site<'_>) -> Self {
        let mut lists = Self::default();
        if !site.has_actions_page() {
            return lists;
        }
        let mut current = Vec::new();
        for (number, published) in site.edition.incidents.iter().enumerate().rev() {
            for (place, action) in published.incident.actions.iter().enumerate() {
                let closed = action.state.is_closed();
                let lately = action.closed.is_some_and(|day| shown::days_between(day, site.as_of) <= LATELY);
                if closed && !lately {
                    let happened = published.incident.date.as_ref().map(|dated| dated.date);
                    let year = action.closed.or(happened).unwrap_or(site.as_of).year();
                    lists.closed.entry(year).or_default().push((number, place));
                } else {
                    current.push((order(action, site.as_of), (number, place)));
                }
            }
        }
        current.sort_by_key(|(order, _)| *order);
        lists.current = current.into_iter().map(|(_, place)| place).collect();
        lists
    }
}

fn order(action: &ActionItem, as_of: Date) -> (u8, Date) {
    let class = match action.state {
        ActionState::Open | ActionState::InProgress if is_overdue(action, as_of) => 0,
        ActionState::Open | ActionState::InProgress => 1,
        ActionState::Proposed => 2,
        ActionState::Unknown => 3,
        ActionState::Done | ActionState::Cancelled => 4,
    };
    (class, action.due.unwrap_or(Date::MAX))
}
