//! What authors say about pairs of incidents.

use crate::corpus::{Edition, Link};
use crate::model::{Incident, LinkKind};
use std::sync::Arc;

/// What links incidents, by number. Most say nothing of others, and have no place here.
#[derive(Debug, Default)]
pub(super) struct Stated {
    count: usize,
    /// Those that link to others, with their links; ascending.
    links: Vec<(usize, Arc<[Link]>)>,
    /// Whom somebody mentions, and who; ascending.
    mentions: Vec<(usize, usize)>,
    /// Those whose authors name a family; ascending.
    families: Vec<(usize, Arc<Incident>)>,
}

impl Stated {
    pub(super) fn of(edition: &Edition) -> Self {
        let mut stated = Self { count: edition.incidents.len(), ..Self::default() };
        for (number, published) in edition.incidents.iter().enumerate() {
            if !published.links.is_empty() {
                stated.mentions.extend(published.links.iter().map(|link| (link.to, number)));
                stated.links.push((number, Arc::clone(&published.links)));
            }
            if named(&published.incident).is_some() {
                stated.families.push((number, Arc::clone(&published.incident)));
            }
        }
        stated.mentions.sort_unstable();
        stated.mentions.dedup();
        stated
    }

    /// The links of incident `number`.
    pub(super) fn links(&self, number: usize) -> &[Link] {
        of(&self.links, number).map_or(&[], |links| links)
    }

    /// All that link to others, with their links; ascending.
    pub(super) fn linking(&self) -> impl Iterator<Item = (usize, &[Link])> {
        self.links.iter().map(|(number, links)| (*number, &**links))
    }

    /// The incidents that mention incident `number`, ascending.
    pub(super) fn mentioned_by(&self, number: usize) -> impl Iterator<Item = usize> {
        let first = self.mentions.partition_point(|(to, _)| *to < number);
        let all = self.mentions.get(first..).unwrap_or_default().iter();
        all.take_while(move |(to, _)| *to == number).map(|(_, by)| *by)
    }

    /// The family that the author of incident `number` names.
    pub(super) fn family(&self, number: usize) -> Option<&str> {
        named(of(&self.families, number)?)
    }

    /// All whose authors name a family, with its name; ascending.
    pub(super) fn named(&self) -> impl Iterator<Item = (usize, &str)> {
        self.families.iter().filter_map(|(number, incident)| Some((*number, named(incident)?)))
    }

    /// How many incidents there are.
    pub(super) fn len(&self) -> usize {
        self.count
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

/// The family that its author names.
fn named(incident: &Incident) -> Option<&str> {
    incident.family.as_deref().map(str::trim).filter(|name| !name.is_empty())
}

fn of<T>(list: &[(usize, T)], number: usize) -> Option<&T> {
    let place = list.binary_search_by_key(&number, |(number, _)| *number).ok()?;
    list.get(place).map(|(_, value)| value)
}
