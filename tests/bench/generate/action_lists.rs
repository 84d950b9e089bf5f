//! How action items look on the page: a table, a task list, bullets with and without marks, groups under headings.

use super::actions::{Item, State};
use super::calendar::Date;
use super::prose::Page;

fn iso(day: Option<i64>) -> String {
    day.map_or_else(String::new, |day| Date::from_days(day).iso())
}

/// A table, in one of two layouts.
pub(crate) fn table(page: &mut Page, items: &[Item]) {
    let owners_by_name = page.rng.chance(30);
    let wide = page.rng.chance(50);
    page.push(if wide {
        "| Action | Owner | Due | Ticket | Status | Done on |\n|---|---|---|---|---|---|\n"
    } else {
        "| Status | What | Who | By when | Ticket |\n|:--|:--|:--|:--|:--|\n"
    });
    for item in items {
        let owner = item.owner.map_or_else(String::new, |person| {
            if owners_by_name { person.name.clone() } else { format!("@{}", person.handle) }
        });
        let status = match item.state {
            State::Done => page.rng.pick(&["Done", "✅ Done", "done", "closed"]),
            State::Cancelled => page.rng.pick(&["Cancelled: no longer needed", "Cancelled", "Won't do"]),
            State::InProgress => "In progress",
            State::Proposed => "Proposed",
            State::Open | State::Unknown => page.rng.pick(&["Open", "To do", "open"]),
        };
        let ticket = item.ticket.as_deref().unwrap_or_default();
        let (text, due) = (&item.text, iso(item.due));
        let row = if wide {
            format!("| {text} | {owner} | {due} | {ticket} | {status} | {} |\n", iso(item.done))
        } else {
            format!("| {status} | {text} | {owner} | {due} | {ticket} |\n")
        };
        page.push(&row);
    }
}

/// `(@owner, due 2024-03-21)` with what is known, or nothing.
fn details(item: &Item) -> String {
    let owner = item.owner.map(|person| format!("@{}", person.handle));
    let due = item.due.map(|day| format!("due {}", Date::from_days(day).iso()));
    let known: Vec<String> = [owner, due].into_iter().flatten().collect();
    if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) }
}

fn ticket(item: &Item) -> String {
    item.ticket.as_ref().map_or_else(String::new, |ticket| format!(" {ticket}"))
}

/// A line of a task list.
pub(crate) fn task(page: &mut Page, item: &Item) {
    let tick = if item.state == State::Done { 'x' } else { ' ' };
    let text = if item.state == State::Cancelled { format!("~~{}~~", item.text) } else { item.text.clone() };
    let mark = match item.state {
        State::Done => {
            item.done.map_or_else(String::new, |day| format!(", done {}", Date::from_days(day).iso()))
        }
        State::Cancelled => " (cancelled: superseded)".to_owned(),
        State::InProgress => " (in progress)".to_owned(),
        State::Proposed => " (proposed)".to_owned(),
        State::Open | State::Unknown => String::new(),
    };
    page.push(&format!("- [{tick}] {text}{}{}{mark}\n", details(item), ticket(item)));
}

/// A bullet whose state stands in words or signs.
pub(crate) fn marked(page: &mut Page, item: &Item) {
    let owner = item.owner.map_or_else(String::new, |person| format!(" Owner: @{}.", person.handle));
    let due = item.due.map_or_else(String::new, |day| format!(" Due: {}.", Date::from_days(day).short()));
    let (text, ticket) = (&item.text, ticket(item));
    let line = match item.state {
        State::Done if page.rng.chance(50) => format!("✅ {text}.{owner}{due}{ticket}"),
        State::Done => format!("{text}.{owner}{due}{ticket} - DONE {}", iso(item.done)),
        State::Cancelled => format!("~~{text}~~ (cancelled).{owner}{due}{ticket}"),
        State::InProgress => format!("{text} (in progress).{owner}{due}{ticket}"),
        State::Proposed => format!("{text} (proposed).{owner}{due}{ticket}"),
        State::Open | State::Unknown => format!("{text} (open).{owner}{due}{ticket}"),
    };
    page.push(&format!("- {line}\n"));
}

/// A bullet that does not tell its state.
pub(crate) fn unmarked(page: &mut Page, item: &Item) {
    page.push(&format!("- {}{}\n", item.text, details(item)));
}

/// Sorted items under a heading for each state.
pub(crate) fn groups(page: &mut Page, items: &[Item]) {
    let mut current = None;
    for item in items {
        if current != Some(item.state) {
            current = Some(item.state);
            let heading = match item.state {
                State::Done => "Completed",
                State::Cancelled => "Cancelled",
                State::InProgress => "In progress",
                State::Proposed => "Proposed",
                State::Open | State::Unknown => "Planned",
            };
            page.push(&format!("\n### {heading}\n\n"));
        }
        page.push(&format!("- {}{}{}\n", item.text, details(item), ticket(item)));
    }
}
