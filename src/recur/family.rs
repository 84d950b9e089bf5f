//! Families: incidents that are one story. Stated ones are the connected groups over what authors say; suggested ones
//! come from strong likeness and are shown as such until an author confirms.

use super::Relatives;
use super::promises::Promises;
use super::similar::days;
use super::weights::STRONG;
use crate::corpus::{Edition, slugify};
use crate::model::LinkKind;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// The name authors give it, else the title of its oldest incident.
    pub name: String,
    /// Whether `name` was given by an author.
    pub named: bool,
    /// Last part of its address, unique among families.
    pub slug: String,
    /// Numbers of its incidents, oldest first; at least two, unless an author named it before it came back.
    pub incidents: Vec<usize>,
    /// Whether kb suggests it; stated by authors otherwise.
    pub suggested: bool,
}

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

/// All families of an edition.
#[derive(Debug, Clone, Default)]
pub struct Families {
    /// Stated ones first; each sort by its oldest incident.
    pub all: Vec<Family>,
    of: Vec<Option<usize>>,
}

impl Families {
    /// The family of incident `number`.
    pub fn of(&self, number: usize) -> Option<&Family> {
        let place = self.of.get(number).copied().flatten()?;
        self.all.get(place)
    }
}

impl Family {
    /// Its incidents in order, each with the promises of the earlier ones on its day.
    pub fn members(&self, edition: &Edition) -> Vec<Member> {
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
                incident.map_or_else(Promises::default, |one| Promises::of(*earlier, one, today)).all
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

impl Relatives {
    /// The families of `edition`, which these were made from.
    pub fn families(&self, edition: &Edition) -> Families {
        let stated = self.stated_groups();
        let known: BTreeSet<usize> = stated.iter().flatten().copied().collect();
        let suggested = if self.infer { self.suggested_groups(&known) } else { Vec::new() };
        let mut families = Families { all: Vec::new(), of: vec![None; self.len()] };
        let mut slugs = BTreeSet::new();
        for (incidents, suggested) in stated
            .into_iter()
            .map(|group| (group, false))
            .chain(suggested.into_iter().map(|group| (group, true)))
        {
            let Some(family) = self.family(incidents, suggested, edition, &mut slugs) else {
                continue;
            };
            for number in &family.incidents {
                if let Some(slot) = families.of.get_mut(*number) {
                    *slot = Some(families.all.len());
                }
            }
            families.all.push(family);
        }
        families
    }

    fn family(
        &self,
        incidents: Vec<usize>,
        suggested: bool,
        edition: &Edition,
        slugs: &mut BTreeSet<String>,
    ) -> Option<Family> {
        let oldest = edition.incidents.get(*incidents.first()?)?;
        let name = self.name(&incidents);
        let base = name.as_deref().map_or_else(|| oldest.slug.clone(), slugify);
        let mut slug = base.clone();
        let mut n = 2;
        while !slugs.insert(slug.clone()) {
            slug = format!("{base}-{n}");
            n += 1;
        }
        Some(Family {
            named: name.is_some(),
            name: name.unwrap_or_else(|| oldest.incident.title.clone()),
            slug,
            incidents,
            suggested,
        })
    }

    /// The name most of its authors give, the older one where two are as frequent.
    fn name(&self, incidents: &[usize]) -> Option<String> {
        let mut names: BTreeMap<String, (usize, usize, &str)> = BTreeMap::new();
        for (place, number) in incidents.iter().enumerate() {
            if let Some(name) = self.stated.family(*number) {
                names.entry(name.to_lowercase()).or_insert((0, place, name)).0 += 1;
            }
        }
        let best = names.into_values().max_by_key(|(uses, place, _)| (*uses, std::cmp::Reverse(*place)));
        best.map(|(_, _, name)| name.to_owned())
    }

    /// Connected groups over stated recurrences, same causes and family names; oldest first.
    fn stated_groups(&self) -> Vec<Vec<usize>> {
        let mut groups = Groups::new(self.len());
        let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
        let mut named = BTreeSet::new();
        for number in 0..self.stated.len() {
            for link in self.stated.links(number) {
                let same = matches!(link.kind, LinkKind::Recurrence | LinkKind::SameCause);
                if same && self.stated(number, link.to) != Some(LinkKind::NotRelated) {
                    groups.join(number, link.to);
                }
            }
            if let Some(name) = self.stated.family(number) {
                named.insert(number);
                groups.join(number, *by_name.entry(name.to_lowercase()).or_insert(number));
            }
        }
        let mut found = groups.all();
        found.retain(|group| group.len() > 1 || group.iter().all(|number| named.contains(number)));
        found
    }

    /// Groups of incidents outside `known` in which each is strongly like at least half of the others. The strongest
    /// pairs join first; two groups join only where the whole still fulfils that, so that likeness does not chain.
    fn suggested_groups(&self, known: &BTreeSet<usize>) -> Vec<Vec<usize>> {
        let strong: Vec<BTreeMap<usize, f32>> =
            (0..self.len()).into_par_iter().map(|number| self.strongly_like(number, known)).collect();
        let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
        for (number, others) in strong.iter().enumerate() {
            pairs.extend(
                others
                    .iter()
                    .filter(|(other, _)| **other > number)
                    .map(|(other, score)| (*score, number, *other)),
            );
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        let mut groups = Groups::new(self.len());
        let like = |a: usize, b: usize| strong.get(a).is_some_and(|others| others.contains_key(&b));
        for (_, a, b) in pairs {
            let joined = groups.joined(a, b);
            let close = |one: &usize| {
                let others = joined.iter().filter(|other| *other != one);
                2 * others.filter(|other| like(*one, **other)).count() >= joined.len() - 1
            };
            if joined.iter().all(close) {
                groups.join(a, b);
            }
        }
        let mut found = groups.all();
        found.retain(|group| group.len() > 1);
        found
    }

    fn strongly_like(&self, number: usize, known: &BTreeSet<usize>) -> BTreeMap<usize, f32> {
        if known.contains(&number) {
            return BTreeMap::new();
        }
        let answered =
            |other| matches!(self.stated(number, other), Some(LinkKind::NotRelated | LinkKind::LooksLike));
        let strong = self.neighbours(number, STRONG).into_iter();
        strong
            .filter(|one| !known.contains(&one.number) && !answered(one.number))
            .map(|one| (one.number, one.likeness.score))
            .collect()
    }
}

/// Disjoint groups of numbers.
struct Groups {
    of: Vec<usize>,
    groups: Vec<Vec<usize>>,
}

impl Groups {
    fn new(count: usize) -> Self {
        Self { of: (0..count).collect(), groups: (0..count).map(|number| vec![number]).collect() }
    }

    fn group(&self, number: usize) -> (usize, &[usize]) {
        let place = self.of.get(number).copied().unwrap_or(number);
        (place, self.groups.get(place).map_or(&[], Vec::as_slice))
    }

    /// What the groups of two numbers would be together.
    fn joined(&self, a: usize, b: usize) -> Vec<usize> {
        let ((at, first), (bt, second)) = (self.group(a), self.group(b));
        let other = if at == bt { &[] } else { second };
        first.iter().chain(other).copied().collect()
    }

    /// Joins two groups; the smaller one moves.
    fn join(&mut self, a: usize, b: usize) {
        let ((at, first), (bt, second)) = (self.group(a), self.group(b));
        if at == bt {
            return;
        }
        let (keep, drop) = if first.len() < second.len() { (bt, at) } else { (at, bt) };
        let moved = self.groups.get_mut(drop).map(std::mem::take).unwrap_or_default();
        for number in &moved {
            if let Some(slot) = self.of.get_mut(*number) {
                *slot = keep;
            }
        }
        if let Some(group) = self.groups.get_mut(keep) {
            group.extend(moved);
        }
    }

    /// All groups that are not empty, each ascending, by their smallest number.
    fn all(self) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = self.groups.into_iter().filter(|group| !group.is_empty()).collect();
        for group in &mut all {
            group.sort_unstable();
        }
        all.sort();
        all
    }
}
