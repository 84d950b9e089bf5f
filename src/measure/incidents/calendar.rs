//! A calendar for each component: how many incidents in each month of each year.

use super::Numbered;
use super::durations::{in_order, names};
use crate::measure::YEARS;
use crate::measure::figure::{Count, Item};
use crate::measure::period::Month;
use foldhash::{HashMap, HashMapExt};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// The incidents of one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InMonth {
    /// The month.
    pub month: Month,
    /// How many, near misses among them.
    pub count: Count,
}

/// The months of one component that had incidents, the first first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Calendar {
    /// The component; `None` for incidents that name none.
    pub component: Option<String>,
    /// The months.
    pub months: Vec<InMonth>,
}

pub(super) fn calendars(all: &[Numbered<'_>], as_of: Date) -> Vec<Calendar> {
    let earliest = Month::of(as_of).years_before(YEARS);
    let mut calendars: HashMap<Option<&str>, BTreeMap<Month, Count>> = HashMap::new();
    for &(number, incident) in all {
        let Some(day) = incident.date.as_ref().map(|dated| dated.date) else {
            continue;
        };
        let month = Month::of(day);
        for name in names(incident).filter(|_| month >= earliest) {
            let months = calendars.entry(name).or_default();
            months.entry(month).or_default().put(Item::incident(number));
        }
    }
    let in_month = |(month, count)| InMonth { month, count };
    in_order(calendars)
        .map(|(name, months)| Calendar {
            component: name.map(str::to_owned),
            months: months.into_iter().map(in_month).collect(),
        })
        .collect()
}
