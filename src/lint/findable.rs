//! Rules on what others find a postmortem by: the parts of the system and its topics.
//!
//! What is missing is suggested from names that are in use: components of `site.toml`, and tags and components of the
//! other postmortems, where the text speaks of them.

use super::Case;
use super::words::phrase;
use crate::corpus::Edition;
use crate::diag::{Diagnostic, Span, words as say};
use std::collections::BTreeMap;

/// The tags and components in use, each with the number of postmortems that carry it.
#[derive(Debug, Default)]
pub struct Vocabulary {
    tags: BTreeMap<String, usize>,
    components: BTreeMap<String, usize>,
    /// Whether most postmortems name their components.
    names_components: bool,
}

impl Vocabulary {
    /// Those of `edition`.
    pub fn of(edition: &Edition) -> Self {
        let mut vocabulary = Self::default();
        for published in &edition.incidents {
            for tag in &published.incident.tags {
                *vocabulary.tags.entry(tag.clone()).or_default() += 1;
            }
            for component in &published.incident.components {
                *vocabulary.components.entry(component.clone()).or_default() += 1;
            }
        }
        let named = edition.incidents.iter().filter(|one| !one.incident.components.is_empty()).count();
        vocabulary.names_components = named * 2 > edition.incidents.len();
        vocabulary
    }
}

/// No component declared, although components are described or most others declare theirs.
pub(super) fn no_components(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let described = &case.config.components;
    let usual = !described.is_empty() || case.vocabulary.names_components;
    if !case.incident.components.is_empty() || !usual || !case.is_report() {
        return;
    }
    let mut names: BTreeMap<&str, Vec<String>> =
        case.vocabulary.components.keys().map(|name| (name.as_str(), vec![spoken(name)])).collect();
    for (id, component) in described {
        let all = std::iter::once(id).chain(&component.name).chain(&component.aliases);
        names.insert(id, all.map(|name| spoken(name)).collect());
    }
    let finding = case.finding("no-components", Span::at(0), "no component is named in the front matter");
    found.push(match suggested(case, &names).as_slice() {
        [] => finding.help("write `components: [...]` so that others find this incident"),
        some => finding.help(format!("the text speaks of {}", say::alternatives(some))),
    });
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
    found.push(match suggested(case, &names).as_slice() {
        [] => finding.help("write `tags: [...]` in the front matter"),
        some => finding.help(format!("others in use that the text speaks of: {}", say::alternatives(some))),
    });
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
