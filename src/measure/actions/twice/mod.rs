//! Promises made more than once: the same ticket, or nearly the same words, in at least two incidents.

mod alike;
mod groups;
mod words;

use super::promise::Promise;
use crate::measure::figure::Count;
use crate::model::ActionState;
use foldhash::{HashMap, HashMapExt};
use groups::Groups;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;
use words::Texts;

/// One promise made in several incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeated {
    /// The promise in the words of the first.
    pub text: String,
    /// The ticket all share, where it is one.
    pub ticket: Option<String>,
    /// Each time it was made, the earliest incident first.
    pub asked: Count,
    /// In how many incidents.
    pub incidents: usize,
    /// The day it was first made.
    pub first_asked: Option<Date>,
    /// Of those times, how many are still open.
    pub open: Count,
    /// Of those times, how many are of unknown state.
    pub unknown: Count,
}

pub(super) fn asked_twice(all: &[Promise<'_>]) -> Vec<Repeated> {
    let mut groups = Groups::new(all.len());
    join_tickets(all, &mut groups);
    alike::join(&Texts::of(all.iter().map(|one| one.action.text.as_str())), &mut groups);
    let mut found: Vec<Repeated> =
        groups.into_members().into_iter().filter_map(|members| repeated(all, &members)).collect();
    found.sort_by(|a, b| b.incidents.cmp(&a.incidents).then_with(|| a.asked.items.cmp(&b.asked.items)));
    found
}

fn repeated(all: &[Promise<'_>], members: &[usize]) -> Option<Repeated> {
    let members: Vec<&Promise<'_>> = members.iter().filter_map(|place| all.get(*place)).collect();
    let first = members.first()?;
    let incidents = members.iter().map(|one| one.item.of_incident()).collect::<BTreeSet<_>>().len();
    let having = |wanted: fn(&Promise<'_>) -> bool| -> Count {
        members.iter().filter(|one| wanted(one)).map(|one| one.item).collect()
    };
    let shared = first.action.tickets.iter().find(|ticket| {
        let has = |one: &&Promise<'_>| {
            one.action.tickets.iter().any(|other| other.id.eq_ignore_ascii_case(&ticket.id))
        };
        members.iter().all(has)
    });
    (incidents >= 2).then(|| Repeated {
        text: first.action.text.clone(),
        ticket: shared.map(|ticket| ticket.id.clone()),
        asked: members.iter().map(|one| one.item).collect::<Count>(),
        incidents,
        first_asked: members.iter().filter_map(|one| one.created).min(),
        open: having(|one| one.state.is_open()),
        unknown: having(|one| one.state == ActionState::Unknown),
    })
}

fn join_tickets(all: &[Promise<'_>], groups: &mut Groups) {
    let mut first: HashMap<String, usize> = HashMap::new();
    for (place, one) in all.iter().enumerate() {
        for ticket in &one.action.tickets {
            let holder = *first.entry(ticket.id.to_ascii_lowercase()).or_insert(place);
            groups.join(holder, place);
        }
    }
}
