//! Was it seen before, and did it come back? And which other incidents the authors relate to it.

use crate::model::{Incident, LinkKind};
use crate::plan::shown;
use crate::plan::view::{Item, NameLink, Views};
use serde::Serialize;
use std::collections::BTreeSet;

/// One other occurrence.
#[derive(Debug, Serialize)]
pub struct Seen<'v> {
    /// The incident.
    pub item: &'v Item,
    /// The time between, `93 d`.
    pub gap: Option<String>,
    /// What its author or this one says of it.
    pub why: Option<String>,
}

/// The box.
#[derive(Debug, Serialize)]
pub struct SeenBox<'v> {
    /// What it says in one line: `Seen 2 times before, and 1 time since`.
    pub title: String,
    /// The family, as stated.
    pub family: Option<NameLink>,
    /// Earlier ones, newest first; at most five.
    pub before: Vec<Seen<'v>>,
    /// Later ones, oldest first; at most five.
    pub since: Vec<Seen<'v>>,
}

/// Another incident with the reason it is named.
#[derive(Debug, Serialize)]
pub struct RelatedItem<'v> {
    /// The incident.
    pub item: &'v Item,
    /// Key of the reason: the kind of the link.
    pub kind: String,
    /// The author's words on it.
    pub why: Option<String>,
}

const SHOWN: usize = 5;

/// Related incidents on one page.
const RELATED: usize = 12;

impl Views<'_> {
    pub(super) fn seen(&self, number: usize, incident: &Incident) -> Option<SeenBox<'_>> {
        let near = self.site.relations.incidents.get(number)?;
        let family = incident.family.as_ref().and_then(|name| self.site.relations.families.of(name));
        let again = |kind| matches!(kind, LinkKind::Recurrence | LinkKind::SameCause);
        let linked = near.mentions().filter(|mention| again(mention.kind)).map(|mention| mention.other);
        let members = family.into_iter().flat_map(|family| family.members.iter().copied());
        let others: BTreeSet<usize> = linked.chain(members).filter(|other| *other != number).collect();
        if others.is_empty() && family.is_none() {
            return None;
        }
        let why = |other: usize| {
            near.mentions().find(|mention| mention.other == other).and_then(|mention| mention.why.clone())
        };
        let seen = |other: &usize| {
            Some(Seen { item: self.item(*other)?, gap: self.days_apart(number, *other), why: why(*other) })
        };
        let (before, since): (Vec<usize>, Vec<usize>) = others.into_iter().partition(|other| *other < number);
        Some(SeenBox {
            title: self.seen_title(before.len(), since.len()),
            family: family.map(|family| NameLink::of("families", family, None, self.site.config)),
            before: before.iter().rev().take(SHOWN).filter_map(seen).collect(),
            since: since.iter().take(SHOWN).filter_map(seen).collect(),
        })
    }

    fn seen_title(&self, before: usize, since: usize) -> String {
        let words = &self.words;
        match (before, since) {
            (0, 0) => words.get("first_of_its_kind").to_owned(),
            (0, since) => words.count("first_and_since", since, 0),
            (before, 0) => words.count("seen_before", before, 0),
            (before, since) => {
                format!("{}, {}", words.count("seen_before", before, 0), words.count("and_since", since, 0))
            }
        }
    }

    fn days_apart(&self, one: usize, other: usize) -> Option<String> {
        let day = |number: usize| Some(self.site.incident(number)?.incident.date.as_ref()?.date);
        Some(shown::days(shown::days_between(day(one)?, day(other)?).abs()))
    }

    pub(super) fn related(&self, number: usize) -> Vec<RelatedItem<'_>> {
        let Some(near) = self.site.relations.incidents.get(number) else { return Vec::new() };
        let wanted = near.mentions().filter(|mention| mention.kind != LinkKind::NotRelated).take(RELATED);
        wanted
            .filter_map(|mention| {
                let named_here = near.names.iter().any(|own| own.other == mention.other);
                let direction = if named_here { "named" } else { "names_this" };
                let kind = if mention.stated { mention.kind.word() } else { direction };
                let kind = format!("kind_{}", kind.replace('-', "_"));
                Some(RelatedItem { item: self.item(mention.other)?, kind, why: mention.why.clone() })
            })
            .collect()
    }
}
