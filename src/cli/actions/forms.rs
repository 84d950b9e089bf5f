//! The list of action items as lines for people and as JSON.

use crate::diag::report::printable;
use crate::diag::words::count;
use crate::measure::actions::Listed;
use crate::measure::days_in_words;
use crate::model::ActionKind;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::fmt::Write;

/// Lines to read: how it stands and the promise, then who, until when, and after which incident.
pub(super) fn table(all: &[Listed<'_>], colour: bool) -> String {
    let (strong, alarm, off) = if colour { ("\x1b[1m", "\x1b[31m", "\x1b[0m") } else { ("", "", "") };
    let mut out = String::new();
    let late = all.iter().filter(|one| one.overdue.is_some()).count();
    let _ = writeln!(out, "{}, {late} overdue", count(all.len(), "action"));
    for one in all {
        let paint = if one.overdue.is_some() { alarm } else { "" };
        let text = one.action.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(
            out,
            "\n{paint}{:<12}{}{strong}{}{off}",
            one.standing(),
            if paint.is_empty() { "" } else { off },
            printable(&text)
        );
        let _ = writeln!(out, "            {}", printable(&facts(one).join(" · ")));
        let _ = writeln!(out, "            {}:{}", printable(&one.incident.name), one.action.line);
    }
    out
}

fn facts(one: &Listed<'_>) -> Vec<String> {
    let mut said = Vec::new();
    if !one.action.owners.is_empty() {
        said.push(one.action.owners.join(", "));
    }
    match (one.action.due, one.overdue) {
        (Some(due), Some(days)) => said.push(format!("due {due}, {} ago", days_in_words(f64::from(days)))),
        (Some(due), None) => said.push(format!("due {due}")),
        (None, _) => {}
    }
    said.extend(one.action.tickets.iter().map(|ticket| ticket.id.clone()));
    said.push(one.incident.title.clone());
    said
}

/// `{"version": 1, "as_of": …, "actions": […]}` in the order of the list; `null` is not known.
pub(super) fn json(all: &[Listed<'_>], as_of: Date) -> serde_json::Result<String> {
    let actions: Vec<Value> = all.iter().map(object).collect();
    let document = json!({ "version": 1, "as_of": as_of, "actions": actions });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn object(one: &Listed<'_>) -> Value {
    let (action, incident) = (one.action, one.incident);
    json!({
        "text": action.text,
        "state": one.state.word(),
        "overdue": one.overdue.is_some(),
        "days_overdue": one.overdue,
        "owners": action.owners,
        "due": action.due,
        "created": one.created,
        "closed": one.closed,
        "days_open": one.age,
        "tickets": action.tickets.iter().map(|ticket| &ticket.id).collect::<Vec<_>>(),
        "kind": action.kind.map(ActionKind::word),
        "priority": action.priority,
        "done_when": action.done_when,
        "reason": action.reason,
        "incident": one.slug,
        "title": incident.title,
        "components": incident.components,
        "severity": incident.severity.as_ref().map(|severity| &severity.label),
        "path": incident.path,
        "line": action.line,
    })
}
