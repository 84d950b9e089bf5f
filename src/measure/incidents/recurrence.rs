//! How many incidents had happened before, as their authors state it.
//!
//! Only stated links count: `recurrence` and `same-cause`, in either of the two postmortems, and a stated family both
//! belong to. What kb merely finds alike never does. Where no author of the whole archive has stated any, nobody has looked,
//! and the answer is unknown for each: none in four hundred would be a figure nobody measured.

use super::Numbered;
use crate::corpus::Edition;
use crate::measure::figure::{Item, Share, Spread};
use crate::measure::period::days_between;
use crate::model::LinkKind;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// An incident that had happened before, and the last time it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The later one.
    pub incident: usize,
    /// The latest of the earlier ones.
    pub earlier: usize,
    /// Days between them; `None` where a date is missing.
    pub days: Option<i32>,
}

/// How often incidents come back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recurrence {
    /// Incidents with a stated earlier one.
    pub again: Share,
    /// Days since the time before.
    pub gap: Spread,
    /// The same, pair by pair.
    #[serde(skip)]
    pub pairs: Vec<Gap>,
}

const AGAIN: &str = "incidents and near misses with an earlier one of the same cause, stated by an author, among all; not known where no author states any";
const GAP: &str = "days since the latest earlier one of the same cause";

pub(super) fn recurrence(edition: &Edition, all: &[Numbered<'_>]) -> Recurrence {
    let earlier = earlier(edition, all);
    let anybody = !earlier.is_empty();
    let mut again = Share::new(AGAIN);
    let mut gap = Spread::new(GAP, "days");
    let mut pairs = Vec::new();
    for &(number, incident) in all {
        let before = earlier.get(&number).and_then(|set| set.last()).copied();
        let item = Item::incident(number);
        again.put(item, anybody.then_some(before.is_some()));
        let Some(before) = before else {
            continue;
        };
        let first = edition.incidents.get(before).and_then(|one| one.incident.date.as_ref());
        let days = first.zip(incident.date.as_ref()).map(|(first, last)| days_between(first.date, last.date));
        gap.put(item, days.map(f64::from));
        pairs.push(Gap { incident: number, earlier: before, days });
    }
    Recurrence { again, gap: gap.sorted(), pairs }
}

/// The stated earlier ones of each incident. Numbers grow with time, so the larger of two is the later.
fn earlier(edition: &Edition, all: &[Numbered<'_>]) -> BTreeMap<usize, BTreeSet<usize>> {
    let counted: BTreeSet<usize> = all.iter().map(|(number, _)| *number).collect();
    let mut earlier: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut join = |a: usize, b: usize| {
        if a != b && counted.contains(&a) && counted.contains(&b) {
            earlier.entry(a.max(b)).or_default().insert(a.min(b));
        }
    };
    let mut latest: BTreeMap<&str, usize> = BTreeMap::new();
    for &(number, incident) in all {
        let links = edition.incidents.get(number).map_or(&[][..], |one| &one.links);
        let same = |kind| matches!(kind, LinkKind::Recurrence | LinkKind::SameCause);
        for link in links.iter().filter(|link| link.stated && same(link.kind)) {
            join(number, link.to);
        }
        if let Some(family) = incident.family.as_deref()
            && let Some(before) = latest.insert(family, number)
        {
            join(number, before);
        }
    }
    earlier
}
