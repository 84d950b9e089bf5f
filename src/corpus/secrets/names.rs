//! Names that give something hidden away: of reports, of people, and what the settings forbid.

use crate::config::SiteConfig;
use crate::corpus::draft::Corpus;
use crate::corpus::edition::Edition;
use crate::corpus::scrub::is_telling as is_account;
use crate::corpus::slug::{slugify, without_extension};
use crate::model::Incident;
use std::collections::{BTreeMap, BTreeSet};

/// A name that no text has by chance: a title of four words, a file called by its day or number.
pub(super) fn is_telling(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let has = |kind: fn(&u8) -> bool| name.bytes().any(|b| kind(&b));
    words >= 4 && name.len() >= 20
        || words == 1
            && name.len() >= 8
            && has(u8::is_ascii_digit)
            && has(u8::is_ascii_alphabetic)
            && name.contains(['-', '_'])
}

/// Ids of hidden reports that look like ids, and are no name of something published.
pub(super) fn hidden_ids<'c>(
    corpus: &'c Corpus,
    edition: &Edition,
    published: &BTreeSet<&str>,
) -> BTreeSet<&'c String> {
    let mut open = BTreeSet::new();
    for one in edition.incidents.iter().chain(&edition.pages) {
        open.extend([one.slug.to_lowercase(), one.incident.id.to_lowercase()]);
        open.extend(one.incident.aliases.iter().map(|alias| alias.to_lowercase()));
    }
    let wholes = corpus.drafts.iter().map(|draft| &draft.whole);
    let hidden = wholes.filter(|one| one.id_stated && !published.contains(&*one.path)).map(|one| &one.id);
    let numbered =
        |id: &&String| id.bytes().any(|b| b.is_ascii_digit()) && id.bytes().any(|b| b.is_ascii_alphabetic());
    hidden.filter(numbered).filter(|id| !open.contains(&id.to_lowercase())).collect()
}

pub(super) fn hidden_names(incident: &Incident, names: &mut BTreeMap<String, String>) {
    let path = incident.path.to_string();
    let mut add = |name: String| {
        names.insert(name, path.clone());
    };
    if incident.title.split_whitespace().count() >= 2 {
        add(incident.title.clone());
        add(incident.title.replace('&', "&amp;").replace('<', "&lt;"));
    }
    if incident.id_stated {
        add(incident.id.clone());
    }
    incident
        .slug
        .iter()
        .chain(&incident.aliases)
        .filter(|name| name.len() >= 8)
        .for_each(|name| add(name.clone()));
    let stem = without_extension(incident.path.rsplit('/').next().unwrap_or_default());
    if !matches!(stem, "index" | "README" | "_index") && stem.len() >= 8 {
        add(stem.to_owned());
        add(slugify(stem));
    }
}

pub(super) fn handles(config: &SiteConfig, names: &mut BTreeMap<String, String>) {
    let short = |name: &String| name.split_whitespace().count() < 2;
    let named = config.people.values().filter_map(|person| person.name.clone()).filter(short);
    let handles = config.people.keys().map(|handle| format!("@{handle}"));
    let accounts =
        config.people.iter().filter(|(handle, one)| is_account(&handle.to_lowercase(), one.name.as_deref()));
    let accounts = accounts.map(|(handle, _)| handle.clone());
    names.extend(handles.chain(accounts).chain(named).map(|name| (name, "site.toml".to_owned())));
}

/// What the settings forbid whoever says it: full names, internal hosts, and words of the author's choice.
pub(super) fn settings(config: &SiteConfig) -> impl Iterator<Item = (String, String)> {
    let full = |name: &&String| name.split_whitespace().count() >= 2;
    let people = config.people.values().filter_map(|person| person.name.as_ref()).filter(full);
    let public = &config.audience.public;
    let all = people.chain(&public.internal_hosts).chain(&public.forbidden_words);
    all.filter(|word| !word.trim().is_empty()).map(|word| (word.clone(), "site.toml".to_owned()))
}
