//! What hangs together with one incident: mentions in both directions, and the ones before and after it in time.

use crate::corpus::Edition;
use crate::model::LinkKind;
use std::collections::BTreeSet;

/// One incident's mention of another, seen from either end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Number of the incident at the other end.
    pub other: usize,
    /// How the author relates them.
    pub kind: LinkKind,
    /// Whether the kind was stated in `related`.
    pub stated: bool,
    /// The author's reason.
    pub why: Option<String>,
}

/// What hangs together with one incident.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The incidents it names, in the order of first mention.
    pub names: Vec<Mention>,
    /// The incidents that name it, oldest first.
    pub named_by: Vec<Mention>,
    /// The incident before it.
    pub earlier: Option<usize>,
    /// The incident after it.
    pub later: Option<usize>,
}

impl Neighbours {
    /// Mentions in both directions, each other incident once; what this incident's own author states comes first.
    pub fn mentions(&self) -> impl Iterator<Item = &Mention> {
        let named: BTreeSet<usize> = self.names.iter().map(|mention| mention.other).collect();
        self.names.iter().chain(self.named_by.iter().filter(move |mention| !named.contains(&mention.other)))
    }
}

pub(super) fn of(edition: &Edition) -> Vec<Neighbours> {
    let count = edition.incidents.len();
    let mut all: Vec<Neighbours> = (0..count)
        .map(|number| Neighbours {
            earlier: number.checked_sub(1),
            later: Some(number + 1).filter(|later| *later < count),
            ..Neighbours::default()
        })
        .collect();
    for (number, published) in edition.incidents.iter().enumerate() {
        for link in published.links.iter() {
            let mention =
                |other| Mention { other, kind: link.kind, stated: link.stated, why: link.why.clone() };
            if let Some(one) = all.get_mut(number) {
                one.names.push(mention(link.to));
            }
            if let Some(other) = all.get_mut(link.to) {
                other.named_by.push(mention(number));
            }
        }
    }
    all
}
