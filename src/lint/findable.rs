//! Rules on what others find a postmortem by: the parts of the system and its topics.
//!
//! What is missing is suggested from names that are in use: tags of the other postmortems where the text speaks of them,
//! and the tags and components that incidents carry whose titles are alike.

use super::Case;
use super::words::phrase;
use super::words::words;
use crate::corpus::Edition;
use crate::diag::{Diagnostic, Span, words as say};
use crate::model::Incident;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// Shortest word of a title that says what it is about.
const TELLING: usize = 4;

/// Words two titles must share to be alike.
const SHARED: usize = 2;

/// A word that stands in more titles than this says little, however large the archive.
const COMMON: usize = 50;

/// Incidents of like titles that are asked for their names, and names that are suggested.
const ASKED: usize = 3;

/// The tags in use, each with the number of postmortems that carry it, and the postmortems themselves.
#[derive(Debug, Default)]
pub struct Vocabulary {
    tags: BTreeMap<String, usize>,
    incidents: Vec<Arc<Incident>>,
    /// The incidents whose title holds a word; made when it is first asked for.
    titled: OnceLock<BTreeMap<String, Vec<usize>>>,
    /// Whether most postmortems name their components.
    names_components: bool,
}

impl Vocabulary {
    /// Those of `edition`.
    pub fn of(edition: &Edition) -> Self {
        let incidents = edition.incidents.iter().map(|one| Arc::clone(&one.incident)).collect();
        let mut vocabulary = Self { incidents, ..Self::default() };
        for published in &edition.incidents {
            for tag in &published.incident.tags {
                *vocabulary.tags.entry(tag.clone()).or_default() += 1;
            }
        }
        let named = edition.incidents.iter().filter(|one| !one.incident.components.is_empty()).count();
        vocabulary.names_components = named * 2 > edition.incidents.len();
        vocabulary
    }

    fn titled(&self) -> &BTreeMap<String, Vec<usize>> {
        self.titled.get_or_init(|| {
            let mut titled: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (number, incident) in self.incidents.iter().enumerate() {
                for word in telling(&incident.title) {
                    titled.entry(word).or_default().push(number);
                }
            }
            titled
        })
    }

    /// The incidents whose titles share words with that of `incident`, the most alike first. Words that stand in many
    /// titles do not count.
    fn alike(&self, incident: &Incident) -> Vec<&Incident> {
        let common = (self.incidents.len() / 20).clamp(ASKED, COMMON);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for word in telling(&incident.title) {
            let others = self.titled().get(&word).filter(|others| others.len() <= common + 1);
            for number in others.into_iter().flatten() {
                *shared.entry(*number).or_default() += 1;
            }
        }
        let mut near: Vec<(usize, usize)> = shared
            .into_iter()
            .filter(|(_, count)| *count >= SHARED)
            .map(|(number, count)| (count, number))
            .collect();
        near.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let incidents =
            near.into_iter().filter_map(|(_, number)| self.incidents.get(number).map(Arc::as_ref));
        incidents.filter(|other| other.path != incident.path).take(ASKED).collect()
    }
}

/// The words of a title that say what it is about.
fn telling(title: &str) -> BTreeSet<String> {
    words(title)
        .filter(|word| word.chars().count() >= TELLING && !word.chars().all(char::is_numeric))
        .collect()
}

/// What to write: names that the text speaks of, and names that incidents of like titles carry.
fn advice(said: &[&str], near: &[&str], otherwise: &str) -> String {
    let near: Vec<&str> = near.iter().copied().filter(|name| !said.contains(name)).take(ASKED).collect();
    match (said, near.as_slice()) {
        ([], []) => otherwise.to_owned(),
        (said, []) => format!("the text speaks of {}", say::alternatives(said)),
        ([], near) => format!("similar incidents carry {}", say::alternatives(near)),
        (said, near) => {
            format!(
                "the text speaks of {}; similar incidents carry {}",
                say::alternatives(said),
                say::alternatives(near)
            )
        }
    }
}

/// No component declared, although components are described or most others declare theirs.
pub(super) fn no_components<'a>(case: &Case<'a>, found: &mut Vec<Diagnostic>) {
    let described = &case.config.components;
    let usual = !described.is_empty() || case.vocabulary.names_components;
    if !case.incident.components.is_empty() || !usual || !case.is_report() {
        return;
    }
    // Only what similar incidents carry: a component called `Issues` is spoken of in every text.
    let mut near = carried(case, |other| &other.components);
    let forms = |name: &&'a str| {
        let known = described.get(*name);
        let more = known.into_iter().flat_map(|one| one.name.iter().chain(&one.aliases)).map(String::as_str);
        (*name, std::iter::once(*name).chain(more).map(spoken).collect())
    };
    let said = suggested(case, &near.iter().map(forms).collect());
    near.sort_by_key(|name| !said.contains(name));
    let finding = case.finding("no-components", Span::at(0), "no component is named in the front matter");
    let otherwise = "write `components: [...]` so that others find this incident";
    found.push(finding.help(advice(&[], &near, otherwise)));
}

/// No tag, although others carry some.
pub(super) fn no_tags(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    if !case.incident.tags.is_empty() || !case.is_report() {
        return;
    }
    let names = case.vocabulary.tags.iter().filter(|(_, count)| **count >= 2);
    let names: BTreeMap<&str, Vec<String>> =
        names.map(|(tag, _)| (tag.as_str(), vec![spoken(tag)])).collect();
    let finding = case.finding("no-tags", Span::at(0), "no tag is given");
    let near = carried(case, |other| &other.tags);
    let otherwise = "write `tags: [...]` in the front matter";
    found.push(finding.help(advice(&suggested(case, &names), &near, otherwise)));
}

/// A name as it stands in running text.
fn spoken(name: &str) -> String {
    name.to_lowercase().replace(['-', '_'], " ")
}

/// The three names that the text says most often.
fn suggested<'n>(case: &Case<'_>, names: &BTreeMap<&'n str, Vec<String>>) -> Vec<&'n str> {
    let mut said: BTreeMap<&str, usize> = BTreeMap::new();
    case.each_text(|text, _| {
        let text = text.to_lowercase().replace(['-', '_'], " ");
        for (id, forms) in names {
            let times = forms.iter().filter(|form| phrase(&text, form).is_some()).count();
            *said.entry(id).or_default() += times;
        }
    });
    let mut named: Vec<(usize, &str)> =
        said.into_iter().filter(|(_, times)| *times > 0).map(|(id, n)| (n, id)).collect();
    named.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    named.into_iter().take(3).map(|(_, id)| id).collect()
}

/// The `names` that incidents of like titles carry, each once.
fn carried<'c>(case: &Case<'c>, names: fn(&Incident) -> &[String]) -> Vec<&'c str> {
    let mut seen = BTreeSet::new();
    let alike = case.vocabulary.alike(case.incident).into_iter();
    alike.flat_map(names).map(String::as_str).filter(|name| seen.insert(*name)).collect()
}
