//! Whether an item says who will do it, until when, where it is tracked, and how one will know that it is done.

use super::promise::Promise;
use crate::measure::figure::{Count, Share};
use crate::model::{ActionItem, ActionKind};
use serde::Serialize;

/// How well items are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quality {
    /// Names an owner.
    pub owner: Share,
    /// Names a due date.
    pub due: Share,
    /// Names a ticket.
    pub ticket: Share,
    /// Says how one will know that it is done.
    pub done_when: Share,
    /// What the items are for; `None` where they do not say.
    pub kinds: Vec<OfKind>,
}

/// Items of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfKind {
    /// The kind.
    pub kind: Option<ActionKind>,
    /// How many.
    pub count: Count,
}

const KINDS: [Option<ActionKind>; 5] = [
    Some(ActionKind::Prevent),
    Some(ActionKind::Detect),
    Some(ActionKind::Mitigate),
    Some(ActionKind::Process),
    None,
];

pub(super) fn quality(all: &[Promise<'_>]) -> Quality {
    let share = |definition, says: fn(&ActionItem) -> bool| {
        let mut share = Share::new(definition);
        for one in all {
            share.put(one.item, Some(says(one.action)));
        }
        share
    };
    let of_kind = |kind| OfKind {
        kind,
        count: all.iter().filter(|one| one.action.kind == kind).map(|one| one.item).collect(),
    };
    Quality {
        owner: share("names an owner, among all items", |action| !action.owners.is_empty()),
        due: share("names a due date, among all items", |action| action.due.is_some()),
        ticket: share("names a ticket, among all items", |action| !action.tickets.is_empty()),
        done_when: share("says how one will know that it is done, among all items", |action| {
            action.done_when.is_some()
        }),
        kinds: KINDS.map(of_kind).to_vec(),
    }
}
