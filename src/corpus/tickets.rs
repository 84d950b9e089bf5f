//! What trackers say of action items: the ticket wins for state and closing date, the row for owner and due date.
//!
//! It is taken over before the gate, so that every reader, count and page goes by it; the tickets themselves stay where
//! they always stood, and no public edition has any.

use super::draft::{Draft, Open};
use crate::config::SiteConfig;
use crate::model::{ActionItem, ActionState, Incident, Seen, StateMark, TicketRecord, Tickets};
use jiff::tz::TimeZone;
use std::sync::Arc;

/// What trackers said, with the settings that tell whose ticket is whose.
#[derive(Debug)]
pub struct Hearing<'a> {
    tickets: &'a Tickets,
    config: &'a SiteConfig,
    zone: TimeZone,
}

impl<'a> Hearing<'a> {
    /// Days of closing are those of the site's zone.
    pub fn new(tickets: &'a Tickets, config: &'a SiteConfig) -> Self {
        let zone = config.timezone.as_deref().and_then(|name| TimeZone::get(name).ok());
        Self { tickets, config, zone: zone.unwrap_or(TimeZone::UTC) }
    }
}

impl Draft {
    /// The same, knowing what trackers said.
    #[must_use]
    pub fn hearing(mut self, hearing: &Hearing<'_>) -> Self {
        if !hearing.tickets.is_empty() {
            hearing.incident(&mut self.whole);
            if let Open::Less(less) = &mut self.open {
                hearing.incident(less);
            }
        }
        self
    }
}

impl Hearing<'_> {
    fn incident(&self, incident: &mut Arc<Incident>) {
        let named = incident.actions.iter().flat_map(|action| &action.tickets);
        if !named.clone().any(|ticket| self.record(&ticket.id, ticket.url.as_deref()).is_some()) {
            return;
        }
        for action in &mut Arc::make_mut(incident).actions {
            self.action(action);
        }
    }

    fn record(&self, id: &str, url: Option<&str>) -> Option<&Arc<TicketRecord>> {
        let (tracker, key) = self.config.tracker_of(id, url)?;
        self.tickets.get(tracker, &key)
    }

    fn action(&self, action: &mut ActionItem) {
        // What was only inferred the row does not say.
        let inferred = matches!(action.state_from.from, "sibling" | "past tense" | "none");
        let row = if inferred { ActionState::Unknown } else { action.state };
        let mut known: Vec<Arc<TicketRecord>> = Vec::new();
        for ticket in &mut action.tickets {
            let Some(record) = self.record(&ticket.id, ticket.url.as_deref()) else { continue };
            ticket.url = ticket.url.take().or_else(|| record.url.clone());
            ticket.seen = Some(Seen { record: Arc::clone(record), row: None });
            if record.is_known() {
                known.push(Arc::clone(record));
            }
        }
        let Some(state) = together(&known) else { return };
        let seen = action.tickets.iter_mut().filter_map(|ticket| ticket.seen.as_mut());
        for one in seen.filter(|one| one.record.is_known() && disagree(row, state)) {
            one.row = Some(row);
        }
        self.take_over(action, state, &known);
    }

    fn take_over(&self, action: &mut ActionItem, state: ActionState, known: &[Arc<TicketRecord>]) {
        let deciding = known.iter().find(|record| record.state == state).or_else(|| known.first());
        if state != action.state {
            let written = deciding.map(|record| record.key.clone()).unwrap_or_default();
            action.state_from = StateMark { from: "ticket", written };
            action.state = state;
        }
        if state.is_closed() {
            let last = known.iter().filter_map(|record| record.closed_at).max();
            action.closed = action.closed.or_else(|| last.map(|at| self.zone.to_datetime(at).date()));
        } else {
            action.closed = None;
        }
        if action.due.is_none() {
            action.due = known.iter().filter_map(|record| record.due).max();
        }
        if action.owners.is_empty() {
            action.owners.extend(known.iter().filter_map(|record| record.assignee.clone()));
            action.owners.dedup();
        }
    }
}

/// How an action stands that is tracked in several tickets: finished when all are, dropped when all are.
fn together(known: &[Arc<TicketRecord>]) -> Option<ActionState> {
    let any = |state| known.iter().any(|record| record.state == state);
    let all = |state| known.iter().all(|record| record.state == state);
    match known {
        [] => None,
        _ if all(ActionState::Cancelled) => Some(ActionState::Cancelled),
        _ if known.iter().all(|record| record.state.is_closed()) => Some(ActionState::Done),
        _ if all(ActionState::Proposed) => Some(ActionState::Proposed),
        _ if any(ActionState::InProgress) || known.iter().any(|record| record.state.is_closed()) => {
            Some(ActionState::InProgress)
        }
        _ => Some(ActionState::Open),
    }
}

/// Whether a row says something else than its ticket: what it leaves open it does not say.
fn disagree(row: ActionState, ticket: ActionState) -> bool {
    let row_says = !matches!(row, ActionState::Unknown | ActionState::Proposed);
    row_says && row != ticket && (row.is_closed() || ticket.is_closed())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states(all: &[ActionState]) -> Option<ActionState> {
        let record = |state: &ActionState| {
            let text = format!(
                r#"{{"tracker":"t","key":"A-1","state":"{}","fetched_at":"2026-01-01T00:00:00Z"}}"#,
                state.word()
            );
            Arc::new(serde_json::from_str(&text).unwrap())
        };
        together(&all.iter().map(record).collect::<Vec<_>>())
    }

    #[test]
    fn several_tickets_make_one_state() {
        use ActionState::{Cancelled, Done, InProgress, Open};
        assert_eq!(states(&[]), None);
        assert_eq!(states(&[Done, Done]), Some(Done));
        assert_eq!(states(&[Done, Cancelled]), Some(Done));
        assert_eq!(states(&[Cancelled, Cancelled]), Some(Cancelled));
        assert_eq!(states(&[Done, Open]), Some(InProgress));
        assert_eq!(states(&[Open, Open]), Some(Open));
    }

    #[test]
    fn only_what_is_said_can_disagree() {
        use ActionState::{Cancelled, Done, InProgress, Open, Unknown};
        for (row, ticket, expected) in [
            (Done, InProgress, true),
            (Open, Done, true),
            (Done, Cancelled, true),
            (Open, InProgress, false),
            (Unknown, Done, false),
            (Done, Done, false),
        ] {
            assert_eq!(disagree(row, ticket), expected, "{row:?} {ticket:?}");
        }
    }
}
