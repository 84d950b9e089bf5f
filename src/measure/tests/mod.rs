//! Stories: a few incidents, and what the figures make of them.

mod actions;
mod incidents;
mod shape;

use super::{Closings, Statistics, measure};
use crate::config::SiteConfig;
use crate::corpus::{Corpus, Draft, publish};
use crate::diag::Span;
use crate::model::{
    ActionItem, ActionState, Audience, ClockPoint, Dated, Incident, Milestone, Moment, Severity, StateMark,
    Ticket, Zone,
};
use jiff::civil::{Date, date};

/// The day all stories are told on, unless they say otherwise.
const TODAY: Date = date(2025, 1, 1);

/// Reads `2024-03-14` or `2024-03-14 14:23`.
fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// An incident of a day, in a file named after it.
fn incident(on: &str, name: &str) -> Incident {
    Incident {
        path: format!("{on}-{name}.md").into(),
        id: name.to_owned(),
        title: name.to_owned(),
        date: Some(Dated { date: day(on), from: "front matter" }),
        ..Incident::default()
    }
}

fn severe(mut incident: Incident, rank: u8) -> Incident {
    incident.severity = Some(Severity { rank, label: format!("SEV{rank}") });
    incident
}

/// Sets clock points, as times of day in UTC on `on`; a time may lie beyond midnight by naming its day.
fn clocked(mut incident: Incident, points: &[(Milestone, &str)]) -> Incident {
    for (milestone, at) in points {
        *incident.clock.slot(*milestone) = Some(point(at, Zone::UTC));
    }
    incident
}

fn point(at: &str, zone: Zone) -> ClockPoint {
    ClockPoint { at: Moment::new(at.parse().unwrap(), zone), from: "front matter", span: Span::default() }
}

/// An action in a state.
fn action(text: &str, state: ActionState) -> ActionItem {
    ActionItem {
        text: text.to_owned(),
        owners: Vec::new(),
        due: None,
        created: None,
        closed: None,
        tickets: Vec::new(),
        state,
        state_from: StateMark { from: "checkbox", written: String::new() },
        reason: None,
        kind: None,
        priority: None,
        done_when: None,
        section: String::new(),
        public: None,
        span: Span::default(),
        line: 1,
    }
}

fn ticket(id: &str) -> Ticket {
    Ticket::written(id, None)
}

fn figures(incidents: Vec<Incident>) -> Statistics {
    figures_on(incidents, TODAY, &Closings::default())
}

fn figures_on(incidents: Vec<Incident>, as_of: Date, closings: &Closings) -> Statistics {
    let config = SiteConfig::default();
    let drafts = incidents.into_iter().map(|one| Draft::seal(one, None)).collect();
    let corpus = Corpus::gather(drafts, Vec::new(), &config).value;
    let edition = publish(&corpus, Audience::Internal, &config, false);
    measure(&edition, &config, as_of, closings)
}
