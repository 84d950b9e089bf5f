//! Time down, by component and month: the union of the incidents' intervals, so that two at once count once.
//!
//! An incident's interval runs from its start to its mitigation, or to its resolution where that is not known. Months
//! begin at midnight in the site's zone; a time of unknown zone is read as the wall clock of that zone and counted.

use super::Numbered;
use super::durations::{in_order, names};
use crate::config::SiteConfig;
use crate::measure::YEARS;
use crate::measure::estimate::Intervals;
use crate::measure::figure::{Count, Item};
use crate::measure::period::Month;
use crate::model::{Incident, Moment, Precision};
use foldhash::{HashMap, HashMapExt};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeMap;

/// Time down in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthDown {
    /// The month.
    pub month: Month,
    /// Seconds down; never more than the month has.
    pub seconds: i64,
    /// The incidents that began or lasted in it.
    pub count: Count,
}

/// Time down of one component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Downtime {
    /// The component; `None` for incidents that name none.
    pub component: Option<String>,
    /// The months in which it was down, the first first.
    pub months: Vec<MonthDown>,
    /// Incidents without a known start or end.
    pub missing: Count,
    /// Incidents whose times name no zone.
    pub without_zone: Count,
}

/// The intervals of one component, and what is not known of them.
#[derive(Default)]
struct Gathered {
    intervals: Vec<(Item, i64, i64)>,
    missing: Count,
    without_zone: Count,
}

pub(super) fn downtime(all: &[Numbered<'_>], config: &SiteConfig, as_of: Date) -> Vec<Downtime> {
    let zone = config.timezone.as_deref().and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
    let end = end_of(as_of, &zone);
    let mut components: HashMap<Option<&str>, Gathered> = HashMap::new();
    for &(number, incident) in all {
        let item = Item::incident(number);
        let interval = interval(incident, &zone).filter(|(from, ..)| *from < end);
        for name in names(incident) {
            let gathered = components.entry(name).or_default();
            match interval {
                Some((from, to, zoned)) => {
                    // What was still down at the end of the day was down until then.
                    gathered.intervals.push((item, from, to.min(end)));
                    if !zoned {
                        gathered.without_zone.put(item);
                    }
                }
                None => gathered.missing.put(item),
            }
        }
    }
    in_order(components)
        .map(|(name, gathered)| Downtime {
            component: name.map(str::to_owned),
            months: months(&gathered.intervals, &zone, as_of),
            missing: gathered.missing,
            without_zone: gathered.without_zone,
        })
        .collect()
}

/// The second in which the day ends.
fn end_of(day: Date, zone: &TimeZone) -> i64 {
    let midnight = day.tomorrow().ok().map(|next| zone.to_ambiguous_zoned_datetime(next.at(0, 0, 0, 0)));
    midnight.and_then(|zoned| zoned.compatible().ok()).map_or(i64::MAX, |zoned| zoned.timestamp().as_second())
}

/// Start and end in seconds since 1970, and whether both name their zone.
fn interval(incident: &Incident, zone: &TimeZone) -> Option<(i64, i64, bool)> {
    let clock = &incident.clock;
    let from = &clock.started.as_ref()?.at;
    let to = &clock.mitigated.as_ref().or(clock.resolved.as_ref())?.at;
    to.since(from).filter(|time| !time.is_negative())?;
    let zoned = from.instant().is_some() && to.instant().is_some();
    Some((seconds(from, zone)?, seconds(to, zone)?, zoned))
}

fn seconds(moment: &Moment, zone: &TimeZone) -> Option<i64> {
    if moment.precision == Precision::Day {
        return None;
    }
    if let Some(instant) = moment.instant() {
        return Some(instant.as_second());
    }
    let zoned = zone.to_ambiguous_zoned_datetime(moment.local).compatible().ok()?;
    Some(zoned.timestamp().as_second())
}

fn months(intervals: &[(Item, i64, i64)], zone: &TimeZone, as_of: Date) -> Vec<MonthDown> {
    let last = Month::of(as_of);
    let earliest = last.years_before(YEARS);
    let month_of = |second: i64| {
        let instant = jiff::Timestamp::from_second(second).ok()?;
        Some(Month::of(instant.to_zoned_datetime(zone.clone()).date()))
    };
    let mut touched: BTreeMap<Month, Count> = BTreeMap::new();
    for (item, from, to) in intervals {
        let (Some(first), Some(end)) = (month_of(*from), month_of((to - 1).max(*from))) else {
            continue;
        };
        for month in first.max(earliest).until(end.min(last)) {
            touched.entry(month).or_default().put(*item);
        }
    }
    let union = Intervals::union(intervals.iter().map(|(_, from, to)| (*from, *to)).collect());
    let begin = |month: Month| {
        let midnight = zone.to_ambiguous_zoned_datetime(month.first_day().at(0, 0, 0, 0));
        midnight.compatible().ok().map(|zoned| zoned.timestamp().as_second())
    };
    touched
        .into_iter()
        .filter_map(|(month, count)| {
            let seconds = union.within(begin(month)?, begin(month.next())?);
            Some(MonthDown { month, seconds, count })
        })
        .collect()
}
