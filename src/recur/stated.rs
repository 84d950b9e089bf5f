//! What authors say about pairs of incidents.

use crate::corpus::{Edition, Link};
use crate::model::LinkKind;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The mentions of each incident, by number.
#[derive(Debug, Default)]
pub(super) struct Stated {
    links: Vec<Arc<[Link]>>,
    mentioned_by: BTreeMap<usize, BTreeSet<usize>>,
    families: Vec<Option<String>>,
}

impl Stated {
    pub(super) fn of(edition: &Edition) -> Self {
        let mut stated = Self {
            links: edition.incidents.iter().map(|one| Arc::clone(&one.links)).collect(),
            mentioned_by: BTreeMap::new(),
            families: edition.incidents.iter().map(|one| one.incident.family.clone()).collect(),
        };
        for (number, published) in edition.incidents.iter().enumerate() {
            for link in published.links.iter() {
                stated.mentioned_by.entry(link.to).or_default().insert(number);
            }
        }
        stated
    }

    /// The links of incident `number`.
    pub(super) fn links(&self, number: usize) -> &[Link] {
        self.links.get(number).map_or(&[], |links| links)
    }

    /// The incidents that mention incident `number`, ascending.
    pub(super) fn mentioned_by(&self, number: usize) -> impl Iterator<Item = usize> {
        self.mentioned_by.get(&number).into_iter().flatten().copied()
    }

    /// The family that the author of incident `number` names.
    pub(super) fn family(&self, number: usize) -> Option<&str> {
        let family = self.families.get(number)?.as_deref()?.trim();
        (!family.is_empty()).then_some(family)
    }

    /// How many incidents there are.
    pub(super) fn len(&self) -> usize {
        self.links.len()
    }

    /// The link between two incidents, whoever states it: *not related* before all others, a stated kind before a
    /// mere mention, then the later author's word.
    pub(super) fn link(&self, one: usize, other: usize) -> Option<&Link> {
        let (first, last) = (one.min(other), one.max(other));
        let from = |a: usize, b: usize| self.links(a).iter().find(|link| link.to == b);
        [from(last, first), from(first, last)].into_iter().flatten().min_by_key(|link| {
            match (link.stated, link.kind) {
                (_, LinkKind::NotRelated) => 0,
                (true, LinkKind::SeeAlso) => 2,
                (true, _) => 1,
                (false, _) => 3,
            }
        })
    }

    /// Whether no author has said what the two have to do with each other, so that kb may suggest something.
    pub(super) fn leaves_open(&self, one: usize, other: usize) -> bool {
        matches!(self.between(one, other), None | Some(LinkKind::SeeAlso))
    }

    /// The kind of that link.
    pub(super) fn between(&self, one: usize, other: usize) -> Option<LinkKind> {
        self.link(one, other).map(|link| link.kind)
    }
}
