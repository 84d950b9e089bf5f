//! How much the postmortems say: every other figure rests on it.

use super::Numbered;
use crate::measure::figure::{Item, Share};
use crate::model::{Incident, Milestone};
use serde::Serialize;

/// Shares of postmortems that give a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Completeness {
    /// One share for each fact, with the fact's name.
    pub facts: Vec<(&'static str, Share)>,
}

/// A fact and how to tell whether a postmortem gives it.
type Fact = (&'static str, &'static str, fn(&Incident) -> bool);

const FACTS: [Fact; 15] = [
    ("date", "gives the day it happened", |one| one.date.is_some()),
    ("severity", "gives a severity", |one| one.severity.is_some()),
    ("components", "names a component", |one| !one.components.is_empty()),
    ("started", "gives the time it started", |one| knows(one, Milestone::Started)),
    ("detected", "gives the time it was detected", |one| knows(one, Milestone::Detected)),
    ("acknowledged", "gives the time somebody took it on", |one| knows(one, Milestone::Acknowledged)),
    ("mitigated", "gives the time the harm ended", |one| knows(one, Milestone::Mitigated)),
    ("resolved", "gives the time it ended", |one| knows(one, Milestone::Resolved)),
    ("published", "gives the time it was published", |one| one.clock.published.is_some()),
    ("zone", "names the zone of its times, or gives none", |one| {
        let points = Milestone::ALL.iter().filter_map(|milestone| one.clock.get(*milestone));
        points.into_iter().all(|point| point.at.instant().is_some())
    }),
    ("trigger", "says what set it off", |one| one.trigger.is_some()),
    ("causes", "says why it was possible", |one| !one.causes.is_empty()),
    ("fix", "says what fixed it", |one| one.fix.is_some()),
    ("summary", "has a summary", |one| one.summary.is_some()),
    ("actions", "promises something", |one| !one.actions.is_empty()),
];

fn knows(incident: &Incident, milestone: Milestone) -> bool {
    incident.clock.get(milestone).is_some()
}

pub(super) fn completeness(all: &[Numbered<'_>]) -> Completeness {
    let share = |(name, definition, says): Fact| {
        let mut share = Share::new(definition);
        for &(number, incident) in all {
            share.put(Item::incident(number), Some(says(incident)));
        }
        (name, share)
    };
    Completeness { facts: FACTS.map(share).to_vec() }
}
