//! Families: incidents that are one story. Stated ones are the connected groups over what authors say; suggested ones
//! come from strong likeness and are shown as such until an author confirms.

use super::stated::Stated;
use crate::corpus::{Edition, slugify};
use crate::model::LinkKind;
use std::collections::{BTreeMap, BTreeSet};

/// A pair of incidents that are strongly alike, the earlier number first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    pub(super) score: f32,
    pub(super) one: usize,
    pub(super) other: usize,
}

impl Pair {
    pub(super) fn new(score: f32, a: usize, b: usize) -> Self {
        Self { score, one: a.min(b), other: a.max(b) }
    }
}

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
        self.all.get(self.place(number)?)
    }

    /// The place of that family in [`all`](Self::all).
    pub fn place(&self, number: usize) -> Option<usize> {
        self.of.get(number).copied().flatten()
    }

    /// The families of `edition`: those that authors state, and those that `strong` likeness suggests among the others.
    pub(super) fn find(edition: &Edition, stated: &Stated, strong: &[Pair]) -> Self {
        let groups = stated_groups(stated);
        let known: BTreeSet<usize> = groups.iter().flatten().copied().collect();
        let suggested = suggested_groups(strong, stated, &known);
        let mut families = Self { all: Vec::new(), of: vec![None; stated.len()] };
        // The list of families lies among their pages.
        let mut slugs = BTreeSet::from(["index".to_owned()]);
        let groups = groups.into_iter().map(|group| (group, false));
        for (incidents, suggested) in groups.chain(suggested.into_iter().map(|group| (group, true))) {
            let Some(family) = family(incidents, suggested, edition, stated, &mut slugs) else {
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
}

fn family(
    incidents: Vec<usize>,
    suggested: bool,
    edition: &Edition,
    stated: &Stated,
    slugs: &mut BTreeSet<String>,
) -> Option<Family> {
    let oldest = edition.incidents.get(*incidents.first()?)?;
    let name = name(&incidents, stated);
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
fn name(incidents: &[usize], stated: &Stated) -> Option<String> {
    let mut names: BTreeMap<String, (usize, usize, &str)> = BTreeMap::new();
    for (place, number) in incidents.iter().enumerate() {
        if let Some(name) = stated.family(*number) {
            names.entry(name.to_lowercase()).or_insert((0, place, name)).0 += 1;
        }
    }
    let best = names.into_values().max_by_key(|(uses, place, _)| (*uses, std::cmp::Reverse(*place)));
    best.map(|(_, _, name)| name.to_owned())
}

/// Connected groups over stated recurrences, same causes and family names; oldest first.
fn stated_groups(stated: &Stated) -> Vec<Vec<usize>> {
    let mut groups = Groups::new(stated.len());
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    let mut named = BTreeSet::new();
    for number in 0..stated.len() {
        for link in stated.links(number) {
            let same = matches!(link.kind, LinkKind::Recurrence | LinkKind::SameCause);
            if same && stated.between(number, link.to) != Some(LinkKind::NotRelated) {
                groups.join(number, link.to);
            }
        }
        if let Some(name) = stated.family(number) {
            named.insert(number);
            groups.join(number, *by_name.entry(slugify(name)).or_insert(number));
        }
    }
    let mut found = groups.all();
    found.retain(|group| group.len() > 1 || group.iter().all(|number| named.contains(number)));
    found
}

/// Groups of incidents outside `known` in which each is strongly like at least half of the others. The strongest pairs
/// join first; two groups join only where the whole still fulfils that, so that likeness does not chain.
fn suggested_groups(strong: &[Pair], stated: &Stated, known: &BTreeSet<usize>) -> Vec<Vec<usize>> {
    let answered = |pair: &Pair| {
        let kind = stated.between(pair.one, pair.other);
        matches!(kind, Some(LinkKind::NotRelated | LinkKind::LooksLike))
    };
    let free = |pair: &&Pair| !known.contains(&pair.one) && !known.contains(&pair.other) && !answered(pair);
    let mut pairs: Vec<Pair> = strong.iter().filter(free).copied().collect();
    pairs.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| (a.one, a.other).cmp(&(b.one, b.other))));
    let alike: BTreeSet<(usize, usize)> = pairs.iter().map(|pair| (pair.one, pair.other)).collect();
    let like = |a: usize, b: usize| alike.contains(&(a.min(b), a.max(b)));
    let mut groups = Groups::new(stated.len());
    for pair in pairs {
        if groups.together(pair.one, pair.other) {
            continue;
        }
        let joined = groups.joined(pair.one, pair.other);
        let close = |one: &usize| {
            let others = joined.iter().filter(|other| *other != one);
            2 * others.filter(|other| like(*one, **other)).count() >= joined.len() - 1
        };
        if joined.iter().all(close) {
            groups.join(pair.one, pair.other);
        }
    }
    let mut found = groups.all();
    found.retain(|group| group.len() > 1);
    found
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

    /// Whether two numbers are in one group.
    fn together(&self, a: usize, b: usize) -> bool {
        self.group(a).0 == self.group(b).0
    }

    /// What the groups of two numbers, which are not one, would be together.
    fn joined(&self, a: usize, b: usize) -> Vec<usize> {
        self.group(a).1.iter().chain(self.group(b).1).copied().collect()
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
