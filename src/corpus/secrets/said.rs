//! What published documents say themselves, which is no secret.

use super::words::{passages, words};
use crate::corpus::edition::Edition;
use crate::corpus::links::walk_links;
use crate::corpus::slug::slugify;
use crate::model::text::plain_blocks;
use crate::model::{Incident, Stated};
use aho_corasick::AhoCorasick;
use foldhash::HashSet;
use std::collections::BTreeSet;

/// Everything the edition says: its passages, and its words in lower case.
pub(super) struct Said {
    pub(super) passages: HashSet<u64>,
    pub(super) text: String,
    /// What published documents are called, and their tags and families.
    pub(super) names: String,
}

pub(super) fn said(edition: &Edition) -> Said {
    let mut all = HashSet::default();
    let mut text = String::new();
    let mut names = String::new();
    for published in edition.incidents.iter().chain(&edition.pages) {
        let incident = &published.incident;
        let body = everything(incident);
        all.extend(passages(&words(&body)));
        let words = [&incident.title, &incident.id, &published.slug, &body];
        let other =
            incident.family.iter().chain(&incident.tags).chain(&incident.components).chain(&incident.aliases);
        let called = [&incident.title, &incident.id, &published.slug].into_iter().chain(other.clone());
        for name in called.chain([&incident.path.to_string()]) {
            names.extend([&name.to_lowercase(), "\n", &slugify(name), "\n"]);
        }
        for part in words.into_iter().chain(other) {
            text.push_str(&part.to_lowercase());
            text.push('\n');
            text.push_str(&slugify(part));
            text.push('\n');
        }
    }
    Said { passages: all, text, names }
}

/// The text of a document, what was stated of it beside, and where its links lead.
fn everything(incident: &Incident) -> String {
    let mut all = plain_blocks(&incident.document.blocks);
    let mut add = |text: &str| {
        all.push('\n');
        all.push_str(text);
    };
    walk_links(&incident.document.blocks, &mut add);
    let stated = [&incident.summary, &incident.fix, &incident.trigger];
    for Stated { text, .. } in stated.into_iter().flatten() {
        add(text);
    }
    incident.causes.iter().for_each(|text| add(text));
    incident.links.iter().flat_map(|(title, address)| [title, address]).for_each(|text| add(text));
    incident.impact.iter().flat_map(|one| [&one.label, &one.value]).for_each(|text| add(text));
    incident.timeline.iter().for_each(|entry| add(&entry.text));
    incident.whys.iter().flat_map(|why| [&why.question, &why.answer]).for_each(|text| add(text));
    for action in &incident.actions {
        add(&action.text);
        [&action.reason, &action.done_when].into_iter().flatten().for_each(|text| add(text));
    }
    all
}

/// The names that `text` does not contain anyway; found in one pass, however many there are.
pub(super) fn unsaid(names: Vec<(String, String)>, text: &str) -> Vec<(String, String)> {
    let finder = AhoCorasick::builder().build(names.iter().map(|(name, _)| name.to_lowercase()));
    let Ok(finder) = finder else { return names };
    let said: BTreeSet<usize> =
        finder.find_overlapping_iter(text).map(|hit| hit.pattern().as_usize()).collect();
    let kept = names.into_iter().enumerate().filter(|(place, _)| !said.contains(place));
    kept.map(|(_, name)| name).collect()
}
