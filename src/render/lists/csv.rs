//! Action items as a table for spreadsheets (RFC 4180): a row for each, the names of the columns first.

use crate::measure::actions::Listed;
use crate::model::ActionKind;
use crate::render::chart::push_line;

const COLUMNS: [&str; 20] = [
    "state",
    "days_overdue",
    "action",
    "owners",
    "due",
    "created",
    "closed",
    "days_open",
    "tickets",
    "kind",
    "priority",
    "done_when",
    "reason",
    "incident",
    "incident_date",
    "severity",
    "components",
    "slug",
    "path",
    "line",
];

/// The actions as CSV. Lists are joined with `; `, and what is not known is empty.
pub fn csv(all: &[Listed<'_>]) -> String {
    let mut out = String::new();
    push_line(COLUMNS.into_iter(), &mut out);
    for one in all {
        push_line(fields(one).iter().map(String::as_str), &mut out);
    }
    out
}

fn fields(one: &Listed<'_>) -> [String; 20] {
    let (action, incident) = (one.action, one.incident);
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let shown = |value: Option<String>| value.unwrap_or_default();
    let tickets: Vec<&str> = action.tickets.iter().map(|ticket| ticket.id.as_str()).collect();
    [
        one.standing().to_owned(),
        shown(one.overdue.map(|days| days.to_string())),
        action.text.clone(),
        action.owners.join("; "),
        shown(action.due.map(|day| day.to_string())),
        shown(one.created.map(|day| day.to_string())),
        shown(one.closed.map(|day| day.to_string())),
        shown(one.age.map(|days| days.to_string())),
        tickets.join("; "),
        action.kind.map_or("", ActionKind::word).to_owned(),
        said(&action.priority),
        said(&action.done_when),
        said(&action.reason),
        incident.title.clone(),
        shown(incident.date.as_ref().map(|dated| dated.date.to_string())),
        shown(incident.severity.as_ref().map(|severity| severity.label.clone())),
        incident.components.join("; "),
        one.slug.to_owned(),
        incident.path.to_string(),
        action.line.to_string(),
    ]
}
