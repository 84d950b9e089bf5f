//! How long the open items have been open.

use super::promise::Promise;
use crate::config::SiteConfig;
use crate::measure::figure::{Count, Spread};
use serde::Serialize;

/// Open items of one range of ages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgeBin {
    /// Youngest age, in days.
    pub from: i32,
    /// Oldest age, in days; `None` in the last bin.
    pub to: Option<i32>,
    /// How many.
    pub count: Count,
}

/// Ages of open items.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenAge {
    /// Days since creation, of open items; those without a date of creation are missing.
    pub days: Spread,
    /// The same in ranges.
    pub bins: Vec<AgeBin>,
    /// What `[policy] action_due` allows, by severity, in days.
    pub policy: Vec<(String, i64)>,
}

const DEFINITION: &str = "days from creation to the day of counting, of items that are open or in progress";

/// Last days of the ranges; the one after them has no end.
const LAST_DAYS: [i32; 5] = [7, 30, 90, 180, 365];

pub(super) fn open_age(all: &[Promise<'_>], config: &SiteConfig) -> OpenAge {
    let mut days = Spread::new(DEFINITION, "days");
    let mut bins = empty_bins();
    for one in all.iter().filter(|one| one.state.is_open()) {
        days.put(one.item, one.age().map(f64::from));
        let fits = |bin: &&mut AgeBin| {
            one.age().is_some_and(|age| age >= bin.from && bin.to.is_none_or(|to| age <= to))
        };
        if let Some(bin) = bins.iter_mut().find(fits) {
            bin.count.put(one.item);
        }
    }
    let policy = &config.policy.action_due;
    let levels = config.severity.levels.iter();
    let in_days = |level: &String| Some((level.clone(), policy.get(level)?.0.as_hours() / 24));
    OpenAge { days: days.sorted(), bins, policy: levels.filter_map(in_days).collect() }
}

fn empty_bins() -> Vec<AgeBin> {
    let mut from = 0;
    let ends = LAST_DAYS.iter().copied().map(Some).chain([None]);
    ends.map(|to| {
        let bin = AgeBin { from, to, count: Count::default() };
        from = to.map_or(from, |last| last + 1);
        bin
    })
    .collect()
}
