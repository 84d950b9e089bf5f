//! From the end of an incident to its postmortem, against what the team promises (`[policy] publish_within`).
//!
//! Where only the day of publication is known, it lies somewhere between that day's beginning and end: such a lag is
//! counted as kept or missed where both ends agree, and as not known where they do not.

use super::{Numbered, clock_on};
use crate::config::SiteConfig;
use crate::measure::figure::{Count, Item, Share, Spread};
use crate::model::{Clock, Moment, Precision};
use jiff::SignedDuration;
use jiff::civil::Date;
use serde::Serialize;

/// Postmortems of one range of lags.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LagBin {
    /// Lags from so many hours.
    pub from: i64,
    /// To so many; `None` in the last bin.
    pub to: Option<i64>,
    /// How many.
    pub count: Count,
}

/// How soon postmortems are published.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Publication {
    /// The lags that are known to the minute.
    pub lag: Spread,
    /// Published within the time the policy allows.
    pub in_time: Share,
    /// What the policy allows, in seconds.
    pub allowed: i64,
    /// The lags in ranges; those that a whole day could put into two are in none.
    pub bins: Vec<LagBin>,
}

const LAG: &str = "published − resolved, where both are known to the minute";
const IN_TIME: &str =
    "published within the time `publish_within` allows after the end, among postmortems with both times";

/// Hours at which the ranges end; the one after them has no end.
const ENDS: [i64; 5] = [24, 48, 72, 7 * 24, 14 * 24];

pub(super) fn publication(all: &[Numbered<'_>], config: &SiteConfig, as_of: Date) -> Publication {
    let allowed = config.policy.publish_within.0;
    let mut lag = Spread::new(LAG, "seconds");
    let mut in_time = Share::new(IN_TIME);
    let mut bins = empty_bins();
    for &(number, incident) in all {
        let item = Item::incident(number);
        let clock = clock_on(incident, as_of);
        let exact = clock.publication_lag();
        lag.put(item, exact.map(|time| time.as_secs_f64()));
        let range = exact.map(|time| (time, time)).or_else(|| by_day(&clock));
        let kept = range.and_then(|(least, most)| agree(least <= allowed, most <= allowed));
        in_time.put(item, kept);
        let bin = range.and_then(|(least, most)| agree(place(least), place(most)));
        if let Some(bin) = bin.and_then(|place| bins.get_mut(place)) {
            bin.count.put(item);
        }
    }
    Publication { lag: lag.sorted(), in_time, allowed: allowed.as_secs(), bins }
}

fn agree<T: PartialEq + Copy>(one: T, other: T) -> Option<T> {
    (one == other).then_some(one)
}

/// The shortest and the longest lag where publication is known to the day.
fn by_day(clock: &Clock) -> Option<(SignedDuration, SignedDuration)> {
    let published = &clock.published.as_ref()?.at;
    let resolved = &clock.resolved.as_ref()?.at;
    if published.precision != Precision::Day {
        return None;
    }
    let morning = Moment::new(published.local, resolved.zone.clone()).since(resolved)?;
    let night = morning + SignedDuration::from_hours(24);
    (!night.is_negative()).then(|| (morning.max(SignedDuration::ZERO), night))
}

/// Which range a lag falls into.
fn place(lag: SignedDuration) -> usize {
    ENDS.iter().take_while(|end| lag > SignedDuration::from_hours(**end)).count()
}

fn empty_bins() -> Vec<LagBin> {
    let starts = [0].into_iter().chain(ENDS);
    let ends = ENDS.into_iter().map(Some).chain([None]);
    let bin = |(from, to)| LagBin { from, to, count: Count::default() };
    starts.zip(ends).map(bin).collect()
}
