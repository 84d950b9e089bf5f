//! What the public edition of a document loses beyond its internal blocks: people, tickets, internal hosts.

use crate::config::SiteConfig;
use crate::model::Incident;

/// `incident` as the public may read it.
pub(super) fn for_public(mut incident: Incident, _config: &SiteConfig) -> Incident {
    incident.authors.clear();
    incident.reviewers.clear();
    incident.participants.clear();
    incident.extra.clear();
    for action in &mut incident.actions {
        action.owners.clear();
        action.tickets.clear();
    }
    incident
}
