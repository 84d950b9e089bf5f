//! A ticket as pages show it: its name, what its tracker said and when, and whether the row says otherwise.

use super::Views;
use crate::model::{ActionItem, Ticket, TicketRecord};
use crate::plan::shown;
use serde::Serialize;

/// A ticket.
#[derive(Debug, Clone, Serialize)]
pub struct TicketLink {
    /// As written.
    pub id: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// What its tracker calls it today, where that is another name.
    pub now: Option<String>,
    /// `open`, `in-progress`, `done`, `cancelled` or `proposed`, where its tracker said so.
    pub state: Option<&'static str>,
    /// The tracker's own word for that.
    pub own: Option<String>,
    /// How the row stands, where the ticket says otherwise.
    pub row: Option<&'static str>,
    /// `missing`, `forbidden` or `gone`, where the last sync could not see it.
    pub unseen: Option<&'static str>,
}

impl Views<'_> {
    pub(super) fn ticket(&self, ticket: &Ticket) -> TicketLink {
        let seen = ticket.seen.as_ref();
        let record = seen.map(|seen| &*seen.record);
        let known = record.filter(|record| record.is_known());
        let url = ticket.url.clone().or_else(|| record?.url.clone());
        // `org/repo#12` may be written `#12`.
        let renamed = |record: &&TicketRecord| {
            !record.key.to_lowercase().ends_with(&ticket.id.to_lowercase()) && record.is_known()
        };
        let word = |record: &TicketRecord| record.reason.clone();
        TicketLink {
            id: ticket.id.clone(),
            url: url.filter(|url| url.starts_with("https://") || url.starts_with("http://")),
            now: record.filter(renamed).map(|record| record.key.clone()),
            state: known.map(|record| record.state.word()),
            own: known.and_then(word).filter(|own| {
                let state = known.map(|record| format!("state_{}", record.state.word())).unwrap_or_default();
                !own.eq_ignore_ascii_case(self.words.get(&state))
            }),
            row: seen.and_then(|seen| seen.row).map(crate::model::ActionState::word),
            unseen: record.and_then(|record| record.visibility_error).map(crate::model::Unseen::word),
        }
    }

    /// How old what trackers said of `actions` is, in words; absent where nobody asked them.
    pub(super) fn tickets_read<'t>(&self, actions: impl Iterator<Item = &'t ActionItem>) -> Option<String> {
        let seen = actions.flat_map(|action| &action.tickets).filter_map(|ticket| ticket.seen.as_ref());
        let oldest = seen.map(|seen| seen.record.fetched_at).min()?;
        let zone = self.site.config.timezone.as_deref().and_then(|name| jiff::tz::TimeZone::get(name).ok());
        let day = zone.unwrap_or(jiff::tz::TimeZone::UTC).to_datetime(oldest).date();
        let days = usize::try_from(shown::days_between(day, self.site.as_of)).unwrap_or_default();
        Some(match days {
            0 => self.words.get("tickets_read_today").to_owned(),
            days => self.words.count("tickets_read", days, 0),
        })
    }
}
