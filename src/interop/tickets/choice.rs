//! Which tickets are asked for: those that action items name, and of them those that may have changed.

use crate::config::SiteConfig;
use crate::corpus::Edition;
use crate::model::{TicketRecord, Tickets};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A ticket to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What its tracker calls it: `ENG-441`, `org/repo#123`.
    pub key: String,
    /// What was known of it.
    pub known: Option<Arc<TicketRecord>>,
}

/// The tickets that action items of `edition` name, by tracker and key, and those that no tracker of `site.toml` owns.
pub fn wanted(
    edition: &Edition,
    config: &SiteConfig,
    tickets: &Tickets,
) -> (BTreeMap<String, Vec<Wanted>>, BTreeSet<String>) {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut nobodys = BTreeSet::new();
    let incidents = edition.incidents.iter().map(|published| &published.incident);
    for ticket in incidents.flat_map(|incident| &incident.actions).flat_map(|action| &action.tickets) {
        match config.tracker_of(&ticket.id, ticket.url.as_deref()) {
            Some((tracker, key)) => {
                keys.entry(tracker.to_owned()).or_default().insert(key);
            }
            None => {
                nobodys.insert(ticket.id.clone());
            }
        }
    }
    let with_known =
        |tracker: &String, key: String| Wanted { known: tickets.get(tracker, &key).cloned(), key };
    let wanted = keys
        .into_iter()
        .map(|(tracker, keys)| {
            let all = keys.into_iter().map(|key| with_known(&tracker, key)).collect();
            (tracker, all)
        })
        .collect();
    (wanted, nobodys)
}

/// Looks this fresh are not repeated, so that a run that was cut off goes on where it was.
const FRESH: SignedDuration = SignedDuration::from_mins(10);
/// A ticket closed this long before it was last looked at hardly changes any more…
const SETTLED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// …and is looked at again after this time only.
const SELDOM: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Those of `all` that may have changed by `now`, the one looked at longest ago first.
pub fn choose(all: Vec<Wanted>, now: Timestamp) -> Vec<Wanted> {
    let mut chosen: Vec<Wanted> = all
        .into_iter()
        .filter(|one| one.known.as_deref().is_none_or(|known| may_differ(known, now)))
        .collect();
    chosen.sort_by(|a, b| looked(a).cmp(&looked(b)).then_with(|| a.key.cmp(&b.key)));
    chosen
}

fn looked(one: &Wanted) -> Option<Timestamp> {
    one.known.as_ref().map(|known| known.fetched_at)
}

fn may_differ(known: &TicketRecord, now: Timestamp) -> bool {
    let age = now.duration_since(known.fetched_at);
    if age < FRESH && age > -FRESH && known.visibility_error.is_none() {
        return false;
    }
    let closed = known.state.is_closed();
    let settled = closed && known.closed_at.is_some_and(|at| known.fetched_at.duration_since(at) > SETTLED);
    !settled || age > SELDOM || known.visibility_error.is_some()
}
