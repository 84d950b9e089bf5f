//! What each incident of a family found unfinished, and how often that was so.

use super::family::{Families, Family};
use super::promises::{ClosedOn, Promises, Standing};
use super::similar::days;
use crate::corpus::Edition;
use serde::Serialize;

/// One incident of a family with what it found unfinished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Its number.
    pub number: usize,
    /// Days since the one before, where both days are known.
    pub days_since_last: Option<i64>,
    /// The promises of all earlier members on its day.
    pub promises: Promises,
}

impl Family {
    /// Its incidents in order, each with the promises of the earlier ones on its day.
    pub fn members(&self, edition: &Edition, closed: ClosedOn<'_>) -> Vec<Member> {
        let day = |number: usize| {
            let incident = &edition.incidents.get(number)?.incident;
            incident.date.as_ref().map(|dated| dated.date)
        };
        let mut members = Vec::with_capacity(self.incidents.len());
        for (place, number) in self.incidents.iter().enumerate() {
            let before = self.incidents.get(..place).unwrap_or_default();
            let today = day(*number);
            let promises = before.iter().flat_map(|earlier| {
                let incident = edition.incidents.get(*earlier).map(|one| &one.incident);
                incident.map_or_else(Promises::default, |one| Promises::of(*earlier, one, today, closed)).all
            });
            let last = before.last().and_then(|last| day(*last));
            members.push(Member {
                number: *number,
                days_since_last: last.zip(today).and_then(|(last, today)| days(last, today)),
                promises: Promises { all: promises.collect() },
            });
        }
        members
    }
}

/// How often promises stood open when it happened again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Recurrences whose earlier incidents had promised something.
    pub recurrences: usize,
    /// Of these, those where at least one promise is known to have stood open.
    pub with_open: usize,
    /// Of these, those where it cannot be told: nothing known to be open, something unknown.
    pub unknown: usize,
    /// Promises known to have stood open, each counted for each recurrence.
    pub open_actions: usize,
}

/// That figure over the families that authors stated. Suggested families are never counted.
pub fn figure(families: &Families, edition: &Edition, closed: ClosedOn<'_>) -> Figure {
    let mut figure = Figure::default();
    for family in families.all.iter().filter(|family| !family.suggested) {
        for member in family.members(edition, closed) {
            let open = member.promises.open().count();
            if member.promises.all.is_empty() {
                continue;
            }
            figure.recurrences += 1;
            figure.open_actions += open;
            figure.with_open += usize::from(open > 0);
            let unsure = open == 0 && member.promises.count(|one| one == Standing::Unknown) > 0;
            figure.unknown += usize::from(unsure);
        }
    }
    figure
}
