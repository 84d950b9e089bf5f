//! The facts of each incident, decided before a word is written: family, dates, people, notations, links. Plans are made
//! in order of number; a plan looks only at plans with smaller numbers, so that a longer corpus begins with a shorter one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::calendar::{self, DAY, Minute};
use super::families::{self, Family};
use super::links::{self, Link};
use super::naming::{slug, title};
use super::random::{Purpose, Rng, Zipf};
use super::style::{Front, Style};
use super::world::{REGIONS, World};

/// The first day an incident may start on, in days since 1970: 2021-01-04.
const FIRST_DAY: i64 = 18_631;
/// Incidents spread over this many days: five years.
const SPAN: i64 = 1_826;
/// The day on which the corpus is looked at, in days since 1970: 2026-03-01. Nothing is done later than this.
pub(crate) const HORIZON: i64 = 20_513;

/// The facts of one incident.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Position in the corpus plus one.
    pub(crate) number: usize,
    /// What kind of trouble.
    pub(crate) family: Arc<Family>,
    /// Title.
    pub(crate) title: String,
    /// Path below the project folder, with `/`.
    pub(crate) path: String,
    /// `INC-00042`, where the report bears an id.
    pub(crate) id: Option<String>,
    /// When it began.
    pub(crate) started: Minute,
    /// Minutes until it was noticed, mitigated, over.
    pub(crate) detected: i64,
    /// See `detected`.
    pub(crate) mitigated: i64,
    /// See `detected`.
    pub(crate) resolved: i64,
    /// When the report was published, where that is written down.
    pub(crate) published: Option<Minute>,
    /// 1 (worst) to 4.
    pub(crate) severity: i64,
    /// Nothing broke, though it might have.
    pub(crate) near_miss: bool,
    /// The report may be shown outside.
    pub(crate) public: bool,
    /// Components said to be affected.
    pub(crate) components: Vec<String>,
    /// Tags.
    pub(crate) tags: Vec<String>,
    /// The team that writes.
    pub(crate) team: &'static str,
    /// Where.
    pub(crate) region: &'static str,
    /// Position of the author among the people.
    pub(crate) author: usize,
    /// Notations.
    pub(crate) style: Style,
    /// Earlier incidents mentioned.
    pub(crate) links: Vec<Link>,
}

impl Plan {
    /// Starting day in the report's own zone.
    pub(crate) fn date(&self) -> calendar::Date {
        calendar::date(self.started, self.style.zone)
    }

    /// Starting day in days since 1970.
    pub(crate) fn day(&self) -> i64 {
        (self.started + self.style.zone.offset()).div_euclid(DAY)
    }
}

/// Makes the plans of a corpus of `count` incidents.
pub(crate) fn plans(world: &World, count: usize, seed: u64) -> Vec<Plan> {
    let law = Zipf::new(world.families.len(), 3);
    let ids: Vec<&str> = world.components.iter().map(|component| component.id).collect();
    let mut members: BTreeMap<String, BTreeMap<Minute, usize>> = BTreeMap::new();
    let mut plans: Vec<Plan> = Vec::with_capacity(count);
    for (index, number) in (0..count).zip(1_u64..) {
        let mut rng = Rng::new(seed, number, Purpose::Plan);
        let family = match world.families.get(law.draw(&mut rng)) {
            Some(family) if rng.chance(88) => Arc::clone(family),
            _ => Arc::new(families::one_off(index + 1, &ids, &world.words, &mut rng)),
        };
        let mut plan = facts(world, index + 1, family, &mut rng);
        let family = members.entry(plan.family.key.clone()).or_default();
        plan.links = links::choose(&plan, family, &plans, &mut rng);
        family.insert(plan.started, index);
        plans.push(plan);
    }
    plans
}

fn facts(world: &World, number: usize, family: Arc<Family>, rng: &mut Rng) -> Plan {
    let started = (FIRST_DAY + rng.between(0, SPAN - 1)) * DAY + rng.between(0, DAY - 1);
    let resolved = rng.between(2, 12) * rng.between(6, 40);
    let detected = rng.between(1, (resolved / 4).max(1));
    let mitigated = rng.between(detected + 2, resolved - 1);
    let components = affected(&family, world, rng);
    let team = world.team_of(family.components.first().map_or("", String::as_str));
    let team_number =
        world.teams.iter().zip(0_u64..).find(|(known, _)| **known == team).map_or(0, |(_, at)| at);
    let style = Style::choose(team_number, rng);
    let described = style.front != Front::None;
    let near_miss = described && rng.chance(6);
    let severity = if near_miss { 4 } else { rng.pick(&[1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4]) };
    let region = rng.pick(&REGIONS);
    let title = title(&family, &components, region, world, rng);
    let date = calendar::date(started, style.zone);
    let id = (style.front != Front::Partial).then(|| format!("INC-{number:05}"));
    let slug = slug(&title);
    let name = match &id {
        Some(id) if style.front == Front::None => format!("{id}-{slug}"),
        Some(id) => format!("{}-{slug}", id.to_lowercase()),
        None => format!("{}-{slug}-{number}", date.iso()),
    };
    let lag = rng.between(3, 20) * rng.between(4, 30) * 60;
    Plan {
        number,
        path: format!("content/{}/{name}.md", date.year),
        id,
        started,
        detected,
        mitigated,
        resolved,
        published: (style.front == Front::Full && rng.chance(80)).then_some(started + resolved + lag),
        severity,
        near_miss,
        public: described && rng.chance(24),
        tags: family.tags.iter().filter(|_| rng.chance(85)).cloned().collect(),
        components,
        team,
        region,
        author: rng.index(world.people.len()),
        style,
        links: Vec::new(),
        title,
        family,
    }
}

/// Most of the family's components, and at times one that has nothing to do with it.
fn affected(family: &Family, world: &World, rng: &mut Rng) -> Vec<String> {
    let mut chosen: Vec<String> = family.components.iter().filter(|_| rng.chance(75)).cloned().collect();
    if chosen.is_empty() {
        chosen.extend(family.components.first().cloned());
    }
    if rng.chance(25) {
        let extra =
            world.components.get(rng.index(world.components.len())).map(|component| component.id.to_owned());
        chosen.extend(extra.filter(|extra| !chosen.contains(extra)));
    }
    chosen
}
