//! Incidents and near misses each month, and whether any month is more than chance.

use super::Numbered;
use crate::measure::YEARS;
use crate::measure::estimate::{Outside, poisson_limits, poisson_tail, real};
use crate::measure::figure::{Count, FEW, Item, round};
use crate::measure::period::Month;
use crate::model::{Kind, Severity};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// One month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The month.
    pub month: Month,
    /// Incidents by severity, in the order of [`Monthly::severities`].
    pub incidents: Vec<Count>,
    /// Near misses.
    pub near_misses: Count,
}

impl Tally {
    /// How many incidents there were.
    pub fn n(&self) -> usize {
        self.incidents.iter().map(Count::n).sum()
    }
}

/// A month outside of what chance explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Surprise {
    /// The month.
    pub month: Month,
    /// On which side.
    pub side: Outside,
}

/// What a steady rate would lead one to expect.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Expectation {
    /// How many whole months it rests on: the last twenty-four, or fewer where there are fewer.
    pub months: usize,
    /// Incidents in a month, on average.
    pub mean: f64,
    /// The fewest and the most that are no surprise (95 % limits of a Poisson distribution).
    pub limits: (usize, usize),
    /// How many of the months would be outside by chance alone.
    pub by_chance: f64,
    /// The months that are outside.
    pub outside: Vec<Surprise>,
}

/// Incidents over the months.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Monthly {
    /// The severities that occur, the worst first; `None` for incidents without one.
    pub severities: Vec<Option<SeverityColumn>>,
    /// The months from the first to that of counting, without gaps.
    pub months: Vec<Tally>,
    /// Incidents before the first month shown.
    pub earlier: Count,
    /// What chance explains; `None` with fewer than [`FEWEST_MONTHS`] whole months or [`FEW`] incidents in them.
    pub expectation: Option<Expectation>,
}

/// A severity, as a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeverityColumn {
    /// Place on the scale, 1 being the worst.
    pub rank: u8,
    /// Its name.
    pub label: String,
}

/// Whole months below which nothing is said about chance.
pub const FEWEST_MONTHS: usize = 6;

pub(super) fn monthly(all: &[Numbered<'_>], as_of: Date) -> Monthly {
    let severities: Vec<Option<&Severity>> = severities(all);
    let last = Month::of(as_of);
    let earliest = last.years_before(YEARS);
    let mut earlier = Count::default();
    let mut months: BTreeMap<Month, Tally> = BTreeMap::new();
    let empty = |month| Tally {
        month,
        incidents: vec![Count::default(); severities.len()],
        near_misses: Count::default(),
    };
    for &(number, incident) in all {
        let Some(month) = incident.date.as_ref().map(|dated| Month::of(dated.date)) else {
            continue;
        };
        let item = Item::incident(number);
        if month < earliest {
            earlier.put(item);
            continue;
        }
        let tally = months.entry(month).or_insert_with(|| empty(month));
        let severity = incident.severity.as_ref();
        let column = severities.iter().position(|one| *one == severity);
        if incident.kind == Kind::NearMiss {
            tally.near_misses.put(item);
        } else if let Some(count) = column.and_then(|place| tally.incidents.get_mut(place)) {
            count.put(item);
        }
    }
    if let Some(first) = months.keys().next().copied() {
        for month in first.until(last) {
            months.entry(month).or_insert_with(|| empty(month));
        }
    }
    let months: Vec<Tally> = months.into_values().collect();
    let expectation = expectation(&months, as_of);
    let column = |severity: &Severity| SeverityColumn { rank: severity.rank, label: severity.label.clone() };
    Monthly {
        severities: severities.into_iter().map(|one| one.map(column)).collect(),
        months,
        earlier,
        expectation,
    }
}

fn severities<'a>(all: &[Numbered<'a>]) -> Vec<Option<&'a Severity>> {
    let mut found: Vec<Option<&Severity>> = all
        .iter()
        .filter(|(_, incident)| incident.kind != Kind::NearMiss)
        .map(|(_, incident)| incident.severity.as_ref())
        .collect();
    found.sort_by_key(|severity| (severity.is_none(), *severity));
    found.dedup();
    found
}

/// Compares whole months only: one that is not over has had less time.
fn expectation(months: &[Tally], as_of: Date) -> Option<Expectation> {
    let whole = months.iter().filter(|tally| tally.month.last_day() <= as_of);
    let mut recent: Vec<&Tally> = whole.rev().take(24).collect();
    recent.reverse();
    let all = recent.iter().map(|tally| tally.n()).sum();
    if recent.len() < FEWEST_MONTHS || all < FEW {
        return None;
    }
    let mean = real(all) / real(recent.len());
    let limits = poisson_limits(mean)?;
    let surprise = |tally: &&Tally| {
        let side = match tally.n() {
            n if n < limits.0 => Outside::Below,
            n if n > limits.1 => Outside::Above,
            _ => return None,
        };
        Some(Surprise { month: tally.month, side })
    };
    Some(Expectation {
        months: recent.len(),
        mean: round(mean),
        limits,
        by_chance: round(poisson_tail(mean, limits) * real(recent.len())),
        outside: recent.iter().filter_map(surprise).collect(),
    })
}
