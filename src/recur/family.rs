//! Families: incidents that are one story. Stated ones are the connected groups over what authors say; suggested ones
//! come from strong likeness and are shown as such until an author confirms.

use super::groups::{Groups, close_groups};
use super::stated::Stated;
use crate::corpus::{Edition, slugify};
use crate::model::LinkKind;
use foldhash::{HashMap, HashMapExt, HashSet};
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
        Self::named(edition, stated, groups, suggested)
    }

    /// The families of an `edition` that follows on another, whose `suggested` ones are given in the numbers of now: they
    /// stay as they were until everything is compared again. What authors state holds at once: who belongs to a stated
    /// family leaves a suggested one, and groups that lost a member, or in which an author parts two, are formed anew from
    /// the pairs that `strong` gives.
    pub(super) fn following(
        edition: &Edition,
        stated: &Stated,
        suggested: impl Iterator<Item = (Vec<usize>, bool)>,
        strong: impl FnOnce() -> Vec<Pair>,
    ) -> Self {
        let groups = stated_groups(stated);
        let known: BTreeSet<usize> = groups.iter().flatten().copied().collect();
        let (mut kept, mut loose) = (Vec::new(), BTreeSet::new());
        for (group, whole) in suggested {
            let stays =
                whole && !group.iter().any(|number| known.contains(number)) && !is_parted(&group, stated);
            if stays {
                kept.push(group);
            } else {
                loose.extend(group);
            }
        }
        if !loose.is_empty() {
            let mut pairs = strong();
            pairs.retain(|pair| loose.contains(&pair.one) && loose.contains(&pair.other));
            kept.extend(suggested_groups(&pairs, stated, &known));
            kept.sort();
        }
        Self::named(edition, stated, groups, kept)
    }

    fn named(
        edition: &Edition,
        stated: &Stated,
        groups: Vec<Vec<usize>>,
        suggested: Vec<Vec<usize>>,
    ) -> Self {
        let mut families = Self { all: Vec::new(), of: vec![None; stated.len()] };
        // The list of families lies among their pages.
        let mut slugs: HashSet<String> = ["index".to_owned()].into_iter().collect();
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
    slugs: &mut HashSet<String>,
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
    let mut all = incidents.iter().filter_map(|number| stated.family(*number));
    let first = all.next()?;
    if all.all(|name| name == first) {
        return Some(first.to_owned());
    }
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
    for (number, links) in stated.linking() {
        for link in links {
            let same = matches!(link.kind, LinkKind::Recurrence | LinkKind::SameCause);
            if same && stated.between(number, link.to) != Some(LinkKind::NotRelated) {
                groups.join(number, link.to);
            }
        }
    }
    // A name may be written in several ways, but mostly is in one.
    let (mut by_name, mut by_slug) = (HashMap::new(), HashMap::new());
    for (number, name) in stated.named() {
        let first = by_name.entry(name).or_insert_with(|| *by_slug.entry(slugify(name)).or_insert(number));
        groups.join(number, *first);
    }
    let alone = stated.named().map(|(number, _)| number).filter(|number| groups.is_alone(*number));
    let alone: Vec<Vec<usize>> = alone.map(|number| vec![number]).collect();
    let mut found = groups.all();
    found.extend(alone);
    found.sort_unstable();
    found
}

/// Whether an author says that two incidents are not the same story.
fn parts(stated: &Stated, one: usize, other: usize) -> bool {
    matches!(stated.between(one, other), Some(LinkKind::NotRelated | LinkKind::LooksLike))
}

/// Whether an author says so of two of `group`.
fn is_parted(group: &[usize], stated: &Stated) -> bool {
    group.iter().any(|one| {
        stated.links(*one).iter().any(|link| group.contains(&link.to) && parts(stated, *one, link.to))
    })
}

/// Groups of incidents outside `known` in which each is strongly like at least half of the others. The strongest pairs
/// join first; two groups join only where the whole still fulfils that, so that likeness does not chain.
fn suggested_groups(strong: &[Pair], stated: &Stated, known: &BTreeSet<usize>) -> Vec<Vec<usize>> {
    let free = |pair: &&Pair| {
        let is_known = known.contains(&pair.one) || known.contains(&pair.other);
        !is_known && !parts(stated, pair.one, pair.other)
    };
    let mut pairs: Vec<Pair> = strong.iter().filter(free).copied().collect();
    pairs.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| (a.one, a.other).cmp(&(b.one, b.other))));
    let pairs: Vec<(usize, usize)> = pairs.iter().map(|pair| (pair.one, pair.other)).collect();
    close_groups(&pairs, stated.len())
}
