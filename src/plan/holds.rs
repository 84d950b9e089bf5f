//! Whether a plan still holds after a change: most edits touch what a page says, not which pages there are.

use super::Site;
use crate::corpus::Published;
use crate::model::Incident;
use std::sync::Arc;

/// Whether `now` has the pages that `before` had, each with the same number. Their relations, settings and theme must
/// be the same.
pub fn holds(before: &Site<'_>, now: &Site<'_>) -> bool {
    let (families, known) = (&now.recurrences.families().all, &before.recurrences.families().all);
    let same_families = families.len() == known.len()
        && families
            .iter()
            .zip(known)
            .all(|(a, b)| a.slug == b.slug && a.incidents.len() == b.incidents.len());
    same_families
        && same(&before.edition.incidents, &now.edition.incidents)
        && same(&before.edition.pages, &now.edition.pages)
}

fn same(before: &[Published], now: &[Published]) -> bool {
    before.len() == now.len()
        && before.iter().zip(now).all(|(before, now)| {
            before.slug == now.slug
                && (Arc::ptr_eq(&before.incident, &now.incident) || alike(&before.incident, &now.incident))
        })
}

/// Whether two versions of a document lead to the same pages: its own, those at its earlier addresses, and those of the
/// lists of actions, which are as many as there are actions of each sort.
fn alike(before: &Incident, now: &Incident) -> bool {
    let closed = |incident: &Incident| -> Vec<_> {
        let all = incident.actions.iter();
        all.map(|one| (one.state.is_closed(), one.closed)).collect()
    };
    before.path == now.path
        && before.name == now.name
        && before.aliases == now.aliases
        && before.date == now.date
        && closed(before) == closed(now)
}
