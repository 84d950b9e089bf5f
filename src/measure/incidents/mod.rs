//! The figures of incidents: how long, how often, where, why, and whether it was told in time.

mod calendar;
mod causes;
mod completeness;
mod downtime;
mod durations;
mod monthly;
mod publication;
mod recurrence;

pub use calendar::{Calendar, InMonth};
pub use causes::{Cell, Matrix};
pub use completeness::Completeness;
pub use downtime::{Downtime, MonthDown};
pub use durations::{Clocks, Durations, Row};
pub use monthly::{Expectation, FEWEST_MONTHS, Monthly, SeverityColumn, Surprise, Tally};
pub use publication::{LagBin, Publication};
pub use recurrence::{Gap, Recurrence};

use super::figure::{Count, Item};
use super::until;
use crate::config::SiteConfig;
use crate::corpus::Edition;
use crate::model::{Clock, Incident, Kind, Milestone};
use jiff::civil::Date;
use serde::Serialize;
use std::borrow::Cow;

/// An incident with its number.
type Numbered<'a> = (usize, &'a Incident);

/// All figures of incidents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IncidentFigures {
    /// All incidents, without near misses.
    pub all: Count,
    /// All near misses: each is one that somebody looked at in time.
    pub near_misses: Count,
    /// Those of which no source gives the day; they are in no series over time.
    pub undated: Count,
    /// Times between clock points.
    pub durations: Durations,
    /// How long until the postmortem was out.
    pub publication: Publication,
    /// How many each month.
    pub monthly: Monthly,
    /// How many each month, by component.
    pub calendars: Vec<Calendar>,
    /// Time down each month, by component.
    pub downtime: Vec<Downtime>,
    /// What set them off, against why that was possible.
    pub causes: Matrix,
    /// How many had happened before.
    pub recurrence: Recurrence,
    /// How much the postmortems say.
    pub completeness: Completeness,
}

pub(super) fn measure(edition: &Edition, config: &SiteConfig, as_of: Date) -> IncidentFigures {
    let all: Vec<Numbered<'_>> = until(edition, as_of).collect();
    let (near, real): (Vec<Numbered<'_>>, Vec<Numbered<'_>>) =
        all.iter().copied().partition(|(_, incident)| incident.kind == Kind::NearMiss);
    // What turns times into instants takes as long as all that counts.
    let (durations, downtime) =
        rayon::join(|| durations::durations(&real, as_of), || downtime::downtime(&real, config, as_of));
    IncidentFigures {
        all: count(&real),
        near_misses: count(&near),
        undated: all
            .iter()
            .filter(|(_, incident)| incident.date.is_none())
            .map(|(number, _)| Item::incident(*number))
            .collect(),
        durations,
        publication: publication::publication(&all, config, as_of),
        monthly: monthly::monthly(&all, as_of),
        calendars: calendar::calendars(&all, as_of),
        downtime,
        causes: causes::matrix(&all),
        recurrence: recurrence::recurrence(edition, &all),
        completeness: completeness::completeness(&all),
    }
}

fn count(all: &[Numbered<'_>]) -> Count {
    all.iter().map(|(number, _)| Item::incident(*number)).collect()
}

/// The course of an incident as it could be known on `as_of`: points after that day are not there yet.
fn clock_on(incident: &Incident, as_of: Date) -> Cow<'_, Clock> {
    let mut clock = Cow::Borrowed(&incident.clock);
    if clock.published.as_ref().is_some_and(|point| point.at.local.date() > as_of) {
        clock.to_mut().published = None;
    }
    for milestone in Milestone::ALL {
        if clock.get(milestone).is_some_and(|point| point.at.local.date() > as_of) {
            *clock.to_mut().slot(milestone) = None;
        }
    }
    clock
}
