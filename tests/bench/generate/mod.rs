//! A made-up archive of postmortems of any size, for benches and for tests that need many. Nothing in it is left to
//! chance that a seed does not decide, and what a reader should find in each report is known.
//!
//! How it works: `World` holds words, components, people and families; `plan` decides the facts of each incident in
//! order; `sections` writes one report at a time from its plan, so that reports can be written in parallel.
//!
//! Promises: same seed, same bytes; report i is the same however many follow it; links lead only to earlier incidents
//! of the same family; 900 to 1,800 words a report, about 9 KB.
#![allow(dead_code, reason = "every bench and test that includes this module uses a part of it")]

mod action_lists;
mod actions;
mod calendar;
mod evidence;
mod families;
mod front;
mod headings;
mod links;
mod naming;
mod patterns;
mod plan;
mod prose;
mod random;
mod sections;
mod slots;
mod style;
mod timeline;
mod vocabulary;
mod world;
mod write;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use self::patterns::Patterns;
use self::plan::Plan;
use self::prose::Page;
use self::world::World;

pub(crate) use self::write::write;

/// An archive: all facts decided, reports written on demand.
#[derive(Debug)]
pub(crate) struct Corpus {
    world: World,
    patterns: Patterns,
    plans: Vec<Plan>,
    seed: u64,
}

/// One report.
#[derive(Debug)]
pub(crate) struct Document {
    /// Path below the project folder, with `/`.
    pub(crate) path: String,
    /// The file's text.
    pub(crate) text: String,
    /// Words behind the front matter.
    pub(crate) words: usize,
    /// What a reader should find, as written by `--truth`.
    pub(crate) truth: Value,
}

impl Corpus {
    /// Plans an archive of `count` reports.
    pub(crate) fn new(count: usize, seed: u64) -> Self {
        let world = World::new();
        Self { plans: plan::plans(&world, count, seed), patterns: Patterns::new(), world, seed }
    }

    /// The number of reports.
    pub(crate) fn len(&self) -> usize {
        self.plans.len()
    }

    /// Writes the report at a position.
    pub(crate) fn document(&self, index: usize) -> Option<Document> {
        let plan = self.plans.get(index)?;
        let body = sections::write(Page::new(&self.world, &self.patterns, plan, self.seed), &self.plans);
        let truth = self.truth(plan, &body);
        Some(Document { path: plan.path.clone(), text: body.text, words: body.words, truth })
    }

    /// Writes all reports, one after the other.
    pub(crate) fn documents(&self) -> impl Iterator<Item = Document> {
        (0..self.len()).filter_map(|index| self.document(index))
    }

    /// The project's `site.toml`; it does not depend on size or seed.
    pub(crate) fn site_toml(&self) -> String {
        self.world.site_toml()
    }

    fn truth(&self, plan: &Plan, body: &sections::Body) -> Value {
        let mut states: BTreeMap<&str, usize> = BTreeMap::new();
        for state in &body.actions {
            *states.entry(state.word()).or_default() += 1;
        }
        let zone = plan.style.zone;
        let links = plan.links.iter().filter_map(|link| {
            let other = self.plans.get(link.to)?;
            Some(json!({"path": other.path, "kind": link.kind, "form": format!("{:?}", link.form).to_lowercase()}))
        });
        json!({
            "id": plan.id,
            "title": plan.title,
            "family": plan.family.key,
            "links": links.collect::<Vec<_>>(),
            "actions": states,
            "entries": body.entries,
            "date": plan.date().iso(),
            "started": calendar::rfc3339(plan.started, zone),
            "resolved": calendar::rfc3339(plan.started + plan.resolved, zone),
            "published": plan.published.map(|at| calendar::rfc3339(at, zone)),
            "severity": format!("SEV{}", plan.severity),
            "components": plan.components,
            "near_miss": plan.near_miss,
            "public": plan.public,
            "internal": body.internal,
        })
    }
}
