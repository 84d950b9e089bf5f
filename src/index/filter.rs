//! Filters: which documents have which severity, component, tag and so on.
//!
//! They are made from the edition itself whenever an index is built or opened, so that *overdue* follows the day.

use super::set::Set;
use crate::config::SiteConfig;
use crate::corpus::{Edition, Published};
use crate::diag::words::nearest;
use crate::model::LinkKind;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What documents can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// How bad.
    Severity,
    /// Component, by id.
    Component,
    /// The year it happened.
    Year,
    /// Topic.
    Tag,
    /// Who promised something.
    Owner,
    /// The team it belongs to, or that runs one of its components.
    Team,
    /// The author's name for a recurring family.
    Family,
    /// Draft, review, final.
    Status,
    /// Incident or near miss; also what `is:` asks for.
    Is,
    /// What there is to see: `open`, `overdue`, `recurred`, `actions`, `fix`, `timeline`.
    Has,
}

impl Facet {
    /// All facets, in the order they are offered.
    pub const ALL: [Self; 10] = [
        Self::Severity,
        Self::Component,
        Self::Year,
        Self::Tag,
        Self::Owner,
        Self::Team,
        Self::Family,
        Self::Status,
        Self::Is,
        Self::Has,
    ];

    /// The name in queries and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Component => "component",
            Self::Year => "year",
            Self::Tag => "tag",
            Self::Owner => "owner",
            Self::Team => "team",
            Self::Family => "family",
            Self::Status => "status",
            Self::Is => "is",
            Self::Has => "has",
        }
    }

    /// The facet of this name, in any case; `kind` is another word for `is`, plurals are understood.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let singular = name.strip_suffix('s').unwrap_or(&name);
        Self::ALL.into_iter().find(|facet| match facet {
            Self::Is => name == "is" || name == "kind",
            Self::Has | Self::Status => name == facet.name(),
            _ => facet.name() == name || facet.name() == singular,
        })
    }
}

/// Documents by facet and value; document numbers ascend.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    values: BTreeMap<Facet, BTreeMap<String, Vec<u32>>>,
    /// By facet, in order of value: the documents once more, where they are many.
    sets: BTreeMap<Facet, Vec<Option<Set>>>,
    dates: Vec<Option<Date>>,
    ids: BTreeMap<String, Vec<u32>>,
    /// Other words for a value: severity aliases, component names.
    aliases: BTreeMap<(Facet, String), String>,
}

impl Filters {
    /// Reads them off `edition`, as of `today`.
    pub fn of(edition: &Edition, config: &SiteConfig, today: Date) -> Self {
        let mut filters = Self { aliases: aliases(config), ..Self::default() };
        let recurred = recurred(edition);
        for (number, published) in edition.incidents.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let incident = &published.incident;
            filters.dates.push(incident.date.as_ref().map(|dated| dated.date));
            let slug = Some(published.slug.to_lowercase()).filter(|slug| *slug != incident.id.to_lowercase());
            for name in std::iter::once(incident.id.to_lowercase()).chain(slug) {
                filters.ids.entry(name).or_default().push(number);
            }
            for (facet, value) in values(published, config, today, recurred.contains(&number)) {
                filters.add(facet, value, number);
            }
        }
        let count = edition.incidents.len();
        let is_many = |documents: &[u32]| documents.len() > count.div_ceil(64);
        let set =
            |documents: &Vec<u32>| is_many(documents).then(|| Set::of(documents.iter().copied(), count));
        let sets = |values: &BTreeMap<String, Vec<u32>>| values.values().map(set).collect();
        filters.sets = filters.values.iter().map(|(facet, values)| (*facet, sets(values))).collect();
        filters
    }

    /// Whether a document that changed from `before` to `now` is filtered as it was.
    pub(super) fn hold(before: &Published, now: &Published, config: &SiteConfig, today: Date) -> bool {
        let names = |one: &Published| (one.incident.id.clone(), one.slug.clone());
        let day = |one: &Published| one.incident.date.as_ref().map(|dated| dated.date);
        let all = |one: &Published| values(one, config, today, false);
        names(before) == names(now)
            && day(before) == day(now)
            && before.links == now.links
            && all(before) == all(now)
    }

    fn add(&mut self, facet: Facet, value: String, number: u32) {
        let documents = self.values.entry(facet).or_default().entry(value).or_default();
        if documents.last() != Some(&number) {
            documents.push(number);
        }
    }

    /// The documents with this value, as a reader may write it: any case, an alias, `1` for `SEV1`.
    pub fn documents(&self, facet: Facet, value: &str) -> Option<&[u32]> {
        let known = self.values.get(&facet)?;
        let wanted = value.to_lowercase();
        let same = |name: &String| name.to_lowercase() == wanted;
        let by_alias = || known.get(self.aliases.get(&(facet, wanted.clone()))?);
        let by_digits = || {
            let number = |name: &str| name.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned();
            let digits = facet == Facet::Severity && wanted.bytes().all(|byte| byte.is_ascii_digit());
            known.iter().find(|(name, _)| digits && number(name) == wanted).map(|(_, documents)| documents)
        };
        let exact = known.iter().find(|(name, _)| same(name)).map(|(_, documents)| documents);
        exact.or_else(by_alias).or_else(by_digits).map(Vec::as_slice)
    }

    /// The value most like a mistyped one.
    pub fn nearest(&self, facet: Facet, value: &str) -> Option<&str> {
        nearest(value, self.values.get(&facet)?.keys())
    }

    /// The documents of this id or slug, in any case.
    pub fn by_id(&self, id: &str) -> &[u32] {
        self.ids.get(&id.to_lowercase()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every id and slug with its documents, in order.
    pub(super) fn named(&self) -> impl Iterator<Item = (&str, &[u32])> {
        self.ids.iter().map(|(name, documents)| (name.as_str(), documents.as_slice()))
    }

    /// The date of every document.
    pub(super) fn dates(&self) -> impl Iterator<Item = Option<Date>> {
        self.dates.iter().copied()
    }

    /// Other words for the values of a facet.
    pub(super) fn aliases_of(&self, facet: Facet) -> Vec<(&str, &str)> {
        let of = self.aliases.iter().filter(|((one, _), _)| *one == facet);
        of.map(|((_, alias), value)| (alias.as_str(), value.as_str())).collect()
    }

    /// The documents whose date lies in the range; ends are included, undated ones are never in it.
    pub fn between(&self, from: Option<Date>, to: Option<Date>) -> Vec<u32> {
        let inside = |date: Date| from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to);
        let numbered = self.dates.iter().zip(0u32..);
        numbered.filter(|(date, _)| date.is_some_and(inside)).map(|(_, number)| number).collect()
    }

    /// All values of a facet with their documents, in order of value.
    pub fn values(&self, facet: Facet) -> impl Iterator<Item = (&str, &[u32])> {
        let known = self.values.get(&facet).into_iter().flatten();
        known.map(|(value, documents)| (value.as_str(), documents.as_slice()))
    }

    /// How many documents `inside` have each value of a facet, in order of value.
    pub(super) fn counts(&self, facet: Facet, inside: &Set) -> impl Iterator<Item = (&str, usize)> {
        let sets = self.sets.get(&facet).into_iter().flatten();
        self.values(facet).zip(sets).map(|((value, documents), set)| {
            let one_by_one = || documents.iter().filter(|number| inside.has(**number)).count();
            (value, set.as_ref().map_or_else(one_by_one, |set| set.common(inside)))
        })
    }
}

fn values(published: &Published, config: &SiteConfig, today: Date, recurred: bool) -> Vec<(Facet, String)> {
    let incident = &published.incident;
    let mut values = vec![
        (Facet::Status, incident.status.word().to_owned()),
        (Facet::Is, incident.kind.word().to_owned()),
        (Facet::Is, incident.visibility.word().to_owned()),
    ];
    values.extend(incident.severity.iter().map(|severity| (Facet::Severity, severity.label.clone())));
    values.extend(incident.date.iter().map(|dated| (Facet::Year, dated.date.year().to_string())));
    values.extend(incident.components.iter().map(|name| (Facet::Component, name.clone())));
    values.extend(incident.tags.iter().map(|tag| (Facet::Tag, tag.clone())));
    values.extend(incident.family.iter().map(|family| (Facet::Family, family.clone())));
    let owners: BTreeSet<&String> = incident.actions.iter().flat_map(|action| &action.owners).collect();
    values.extend(owners.into_iter().map(|owner| (Facet::Owner, owner.clone())));
    let runs = |id: &String| config.components.get(id).and_then(|component| component.team.clone());
    let teams: BTreeSet<String> =
        incident.team.iter().cloned().chain(incident.components.iter().filter_map(runs)).collect();
    values.extend(teams.into_iter().map(|team| (Facet::Team, team)));
    let open = incident.actions.iter().filter(|action| action.state.is_open());
    let overdue = open.clone().any(|action| action.due.is_some_and(|due| due < today));
    let has = [
        ("open", open.count() > 0),
        ("overdue", overdue),
        ("recurred", recurred),
        ("actions", !incident.actions.is_empty()),
        ("fix", incident.fix.is_some()),
        ("timeline", !incident.timeline.is_empty()),
    ];
    values.extend(has.into_iter().filter(|(_, yes)| *yes).map(|(what, _)| (Facet::Has, what.to_owned())));
    values
}

/// Both ends of every link that says the same thing happened again.
fn recurred(edition: &Edition) -> BTreeSet<u32> {
    let mut all = BTreeSet::new();
    for (number, published) in edition.incidents.iter().enumerate() {
        for link in published.links.iter().filter(|link| link.stated && link.kind == LinkKind::Recurrence) {
            all.extend([number, link.to].map(|n| u32::try_from(n).unwrap_or(u32::MAX)));
        }
    }
    all
}

fn aliases(config: &SiteConfig) -> BTreeMap<(Facet, String), String> {
    let mut aliases = BTreeMap::new();
    for (word, level) in
        config.severity.aliases.iter().chain(config.severity.labels.iter().map(|(a, b)| (b, a)))
    {
        aliases.insert((Facet::Severity, word.to_lowercase()), level.clone());
    }
    for (id, component) in &config.components {
        for name in component.aliases.iter().chain(&component.name) {
            aliases.insert((Facet::Component, name.to_lowercase()), id.clone());
        }
    }
    for (handle, person) in &config.people {
        if let Some(name) = &person.name {
            aliases.insert((Facet::Owner, name.to_lowercase()), handle.clone());
        }
    }
    for word in ["nearmiss", "near_miss"] {
        aliases.insert((Facet::Is, word.to_owned()), "near-miss".to_owned());
    }
    aliases
}
