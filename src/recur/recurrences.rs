//! Everything that recurs in one edition: families, and for each incident its relatives before and after it.
//!
//! [`Recurrences::of`] compares all with all. [`Recurrences::after`] makes those of the next edition from them when some
//! documents were written, changed or removed, in milliseconds: what did not change is taken over by path, what did is asked as
//! a draft. How telling a word is then counts as before the change, two documents that both changed see each other's older
//! text, and suggested families stay as they were, so that what is suggested may differ a little from what a full build
//! finds; what authors state never does.

use super::Relatives;
use super::asked::Asked;
use super::family::{Families, Pair};
use super::similar::Similar;
use super::stated::Stated;
use super::throughout::Throughout;
use crate::config::SiteConfig;
use crate::corpus::Edition;
use crate::model::Incident;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// More changed documents than this are a new archive.
const FEW: usize = 64;

/// All that recurs in an edition. Numbers are those of [`Edition::incidents`].
#[derive(Debug)]
pub struct Recurrences {
    pub(super) families: Families,
    pub(super) stated: Stated,
    base: Arc<Base>,
    /// Number in the base by number now; `None` for what was written or changed since.
    then: Vec<Option<usize>>,
    /// Number now by number in the base; `None` for what was removed since.
    now: Vec<Option<usize>>,
    /// What is like each document that was written or changed since, of any day.
    changed: BTreeMap<usize, Vec<Similar>>,
    limit: usize,
}

/// An edition in which all were compared with all.
#[derive(Debug)]
struct Base {
    relatives: Relatives,
    incidents: Vec<Arc<Incident>>,
    by_path: HashMap<Arc<str>, usize>,
    compared: Throughout,
    /// The incidents that each one is suggested for.
    after: Vec<Vec<usize>>,
    /// The incidents of each family that is suggested.
    suggested: Vec<Vec<usize>>,
}

impl Recurrences {
    /// All that recurs in `edition`.
    pub fn of(edition: &Edition, config: &SiteConfig) -> Self {
        let relatives = Relatives::of(edition, config);
        let count = relatives.len();
        let compared = relatives.throughout();
        let mut after: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (number, suggestions) in compared.before.iter().enumerate() {
            // Of a report without a date nobody knows that it came later.
            for one in suggestions.iter().filter(|one| one.number < number) {
                if let Some(list) = after.get_mut(one.number) {
                    list.push(number);
                }
            }
        }
        let incidents: Vec<_> = edition.incidents.iter().map(|one| Arc::clone(&one.incident)).collect();
        let paths = incidents.iter().map(|one| Arc::clone(&one.path));
        let by_path = paths.enumerate().map(|(number, path)| (path, number)).collect();
        let stated = Stated::of(edition);
        let families = Families::find(edition, &stated, &compared.strong);
        let suggested = families.all.iter().filter(|family| family.suggested);
        let suggested = suggested.map(|family| family.incidents.clone()).collect();
        Self {
            families,
            stated,
            base: Arc::new(Base { relatives, incidents, by_path, compared, after, suggested }),
            then: (0..count).map(Some).collect(),
            now: (0..count).map(Some).collect(),
            changed: BTreeMap::new(),
            limit: config.recurrence.suggestions,
        }
    }

    /// The same for a run that will compare nothing more, without the memory that comparing needs. What follows on it is
    /// compared anew.
    #[must_use]
    pub fn resting(mut self) -> Self {
        if let Some(base) = Arc::get_mut(&mut self.base) {
            base.relatives.rest();
        }
        self
    }

    /// What authors state in `edition`, before anything was compared: nothing is suggested.
    pub fn stated(edition: &Edition, config: &SiteConfig) -> Self {
        let stated = Stated::of(edition);
        Self { families: Families::find(edition, &stated, &[]), stated, ..Self::unknown(edition, config) }
    }

    /// Nothing, not even what authors state: for a few documents of an archive that is still being read.
    pub fn unknown(edition: &Edition, config: &SiteConfig) -> Self {
        let base = Base {
            relatives: Relatives::nothing(edition.audience, config),
            incidents: Vec::new(),
            by_path: HashMap::new(),
            compared: Throughout::default(),
            after: Vec::new(),
            suggested: Vec::new(),
        };
        Self {
            families: Families::default(),
            stated: Stated::default(),
            base: Arc::new(base),
            then: vec![None; edition.incidents.len()],
            now: Vec::new(),
            changed: BTreeMap::new(),
            limit: config.recurrence.suggestions,
        }
    }

    /// Those of `edition`, which differs from the one these were made from in a few documents; of many, or under other
    /// settings, all is compared anew.
    #[must_use]
    pub fn after(&self, edition: &Edition, config: &SiteConfig) -> Self {
        let followed = self.then(edition, config).map(|then| {
            let asked = self.asked(edition, &then, &Asked::default());
            self.with(edition, config, &asked, then)
        });
        followed.unwrap_or_else(|| Self::of(edition, config))
    }

    /// The same at once, with what was `asked` so far; of what was not asked the former answer holds. `None` where all would
    /// have to be compared anew.
    pub fn followed_by(&self, edition: &Edition, config: &SiteConfig, asked: &Asked) -> Option<Self> {
        Some(self.with(edition, config, asked, self.then(edition, config)?))
    }

    fn with(&self, edition: &Edition, config: &SiteConfig, asked: &Asked, then: Vec<Option<usize>>) -> Self {
        let base = &self.base;
        let mut now = vec![None; base.incidents.len()];
        for (number, (one, then)) in edition.incidents.iter().zip(&then).enumerate() {
            let then = then.or_else(|| base.by_path.get(&one.incident.path).copied());
            if let Some(slot) = then.and_then(|then| now.get_mut(then)) {
                *slot = Some(number);
            }
        }
        let renumbered = |one: Similar| Some(Similar { number: *now.get(one.number)?.as_ref()?, ..one });
        let changed: BTreeMap<usize, Vec<Similar>> = new(&then)
            .filter_map(|number| Some((number, edition.incidents.get(number)?)))
            .map(|(number, one)| {
                let former = || base.by_path.get(&one.incident.path).map(|then| base.former(*then));
                let like = asked.of(&one.incident.path).map(<[Similar]>::to_vec).or_else(former);
                (number, like.unwrap_or_default().into_iter().filter_map(renumbered).collect())
            })
            .collect();
        let stated = Stated::of(edition);
        let families = self.families_now(edition, &stated, (&now, &changed));
        let (base, limit) = (Arc::clone(base), config.recurrence.suggestions);
        Self { families, stated, base, then, now, changed, limit }
    }

    /// What is like the documents of `edition` that are not those of the base; what is `known` of the very same text is not
    /// asked again. `None` where all would have to be compared anew.
    pub fn ask(&self, edition: &Edition, config: &SiteConfig, known: &Asked) -> Option<Asked> {
        Some(self.asked(edition, &self.then(edition, config)?, known))
    }

    fn asked(&self, edition: &Edition, then: &[Option<usize>], known: &Asked) -> Asked {
        let new = new(then).filter_map(|number| edition.incidents.get(number));
        let Base { relatives, compared, .. } = &*self.base;
        Asked::of_all(new, known, |one| relatives.similar_to_draft(one, &compared.neighbours))
    }

    /// Number in the base by number in `edition`; `None` where too little is the same.
    fn then(&self, edition: &Edition, config: &SiteConfig) -> Option<Vec<Option<usize>>> {
        let base = &self.base;
        let mut next = 0;
        let mut same = |incident: &Arc<Incident>| {
            let is = |number: &usize| {
                let known = base.incidents.get(*number);
                known.is_some_and(|one| Arc::ptr_eq(one, incident) || one == incident)
            };
            // Most stand where they stood, behind the one before, and need not be looked up.
            let here = base.incidents.get(next).is_some_and(|one| Arc::ptr_eq(one, incident));
            let number = if here { Some(next) } else { base.by_path.get(&incident.path).copied().filter(is) };
            next = number.unwrap_or(next) + 1;
            number
        };
        let then: Vec<Option<usize>> = edition.incidents.iter().map(|one| same(&one.incident)).collect();
        (new(&then).count() <= FEW && base.relatives.serves(config)).then_some(then)
    }

    /// The signatures that at least two of `incidents` bear, as one of them writes them; those that most bear first.
    pub fn shared_signatures(&self, incidents: &[usize]) -> Vec<String> {
        let then = incidents.iter().filter_map(|number| self.then.get(*number).copied().flatten());
        self.base.relatives.shared_signatures(&then.collect::<Vec<_>>())
    }

    /// All families.
    pub fn families(&self) -> &Families {
        &self.families
    }

    /// What kb suggests for incident `number`: earlier ones that are like it, the most alike first.
    pub fn suggested_before(&self, number: usize) -> Vec<Similar> {
        let mut found = match self.changed.get(&number) {
            Some(all) => {
                let asked = |one: &&Similar| one.number < number || one.days_before.is_none();
                all.iter().filter(asked).cloned().collect()
            }
            None => self.taken_over(number),
        };
        found.retain(|one| self.stated.leaves_open(number, one.number));
        found.truncate(self.limit);
        found
    }

    /// The incidents that incident `number` is suggested for, as it sees them; oldest first.
    pub(super) fn suggested_after(&self, number: usize) -> Vec<Similar> {
        let known = self.then.get(number).copied().flatten().and_then(|then| self.base.after.get(then));
        let known = known.into_iter().flatten().filter_map(|then| *self.now.get(*then)?);
        let mut later: Vec<usize> = known.chain(self.changed.keys().copied()).collect();
        later.extend(self.changed.get(&number).into_iter().flatten().map(|one| one.number));
        later.sort_unstable();
        later.dedup();
        later.retain(|other| *other > number);
        let seen = |other: usize| {
            let found = self.suggested_before(other).into_iter().find(|one| one.number == number)?;
            Some(from_the_other_side(found, other))
        };
        later.into_iter().filter_map(seen).collect()
    }

    /// What was suggested for an unchanged document, with what changed documents are to it now.
    fn taken_over(&self, number: usize) -> Vec<Similar> {
        let known =
            self.then.get(number).copied().flatten().and_then(|then| self.base.compared.before.get(then));
        let renumbered =
            |one: &Similar| Some(Similar { number: (*self.now.get(one.number)?)?, ..one.clone() });
        let mut found: Vec<Similar> = known.into_iter().flatten().filter_map(renumbered).collect();
        found.retain(|one| !self.changed.contains_key(&one.number));
        for (other, like) in self.changed.range(..number) {
            let mine = like.iter().find(|one| one.number == number);
            found.extend(mine.map(|one| from_the_other_side(one.clone(), *other)));
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| b.number.cmp(&a.number)));
        found
    }

    /// The families, the suggested ones as they were when all were compared.
    fn families_now(&self, edition: &Edition, stated: &Stated, (now, changed): Now<'_>) -> Families {
        let here = |then: &usize| now.get(*then).copied().flatten();
        let suggested = self.base.suggested.iter().map(|group| {
            let left: Vec<usize> = group.iter().filter_map(here).collect();
            let whole = left.len() == group.len();
            (left, whole)
        });
        Families::following(edition, stated, suggested, || self.strong_now((now, changed)))
    }

    /// The strongly alike pairs in the numbers of now.
    fn strong_now(&self, (now, changed): Now<'_>) -> Vec<Pair> {
        let here = |then: usize| now.get(then).copied().flatten();
        let kept = self.base.compared.strong.iter();
        let mut all: Vec<Pair> =
            kept.filter_map(|one| Some(Pair::new(one.score, here(one.one)?, here(one.other)?))).collect();
        all.retain(|pair| !changed.contains_key(&pair.one) && !changed.contains_key(&pair.other));
        for (number, like) in changed {
            let strong = like.iter().filter(|one| one.is_strong());
            all.extend(strong.map(|one| Pair::new(one.score, *number, one.number)));
        }
        all
    }
}

/// Numbers now by those in the base, and what is like each document that is new.
type Now<'a> = (&'a [Option<usize>], &'a BTreeMap<usize, Vec<Similar>>);

impl Base {
    /// What was like incident `number`, of any day.
    fn former(&self, number: usize) -> Vec<Similar> {
        let before = self.compared.before.get(number).cloned().unwrap_or_default();
        let after = self.after.get(number).into_iter().flatten().filter_map(|later| {
            let one = self.compared.before.get(*later)?.iter().find(|one| one.number == number)?;
            Some(from_the_other_side(one.clone(), *later))
        });
        before.into_iter().chain(after).collect()
    }
}

/// The numbers that are not those of the base.
fn new(then: &[Option<usize>]) -> impl Iterator<Item = usize> {
    then.iter().enumerate().filter(|(_, then)| then.is_none()).map(|(number, _)| number)
}

/// A suggestion as the suggested one sees it.
fn from_the_other_side(one: Similar, from: usize) -> Similar {
    Similar { number: from, days_before: one.days_before.map(|days| -days), ..one }
}
