//! Figures of promises that are read as tables: how well they are written, where they stand, which were made twice.

use super::{Cell, Chart, DataTable, count};
use crate::measure::actions::{InState, Repeated, Slice, Turnover};
use crate::measure::{ActionFigures, Item, share_in_words};

/// What was opened and closed in each quarter.
pub fn turnover(figures: &ActionFigures) -> Chart {
    let mut table = DataTable::new(&["Quarter", "Opened", "Done", "Cancelled", "Closed for each opened"]);
    for one in &figures.flow.quarters {
        let ratio = one.ratio().map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}"));
        let counts = [&one.opened, &one.done, &one.cancelled].map(Cell::from);
        table.push(one.quarter.to_string(), counts.into_iter().chain([Cell::words(ratio)]).collect());
    }
    let sum = |of: fn(&Turnover) -> usize| figures.flow.quarters.iter().map(of).sum::<usize>();
    let finding = format!(
        "{} made, {} done and {} cancelled on a known day. What was closed on no known day is in no quarter.",
        count(sum(|one| one.opened.n()), "action"),
        sum(|one| one.done.n()),
        sum(|one| one.cancelled.n()),
    );
    shown("turnover", "Opened and closed each quarter", finding, table)
}

/// Whether items say who, until when, where, and how one will know; and what they are for.
pub fn quality(figures: &ActionFigures) -> Chart {
    let quality = &figures.quality;
    let mut table = DataTable::new(&["Of all actions", "Say so", "Do not", "Share"]);
    let rows = [
        ("Name an owner", &quality.owner),
        ("Name a due date", &quality.due),
        ("Name a ticket", &quality.ticket),
        ("Say how one will know it is done", &quality.done_when),
    ];
    for (name, share) in rows {
        let counts = [&share.yes, &share.no].map(|items| Cell::from(items.as_slice()));
        table.push(name, counts.into_iter().chain([Cell::words(share_in_words(share))]).collect());
    }
    for kind in &quality.kinds {
        let name = kind.kind.map_or_else(
            || "Do not say what they are for".to_owned(),
            |kind| format!("Are there to {}", verb(kind.word())),
        );
        table.push(name, vec![Cell::from(&kind.count), Cell::words("–"), Cell::words("–")]);
    }
    let finding = format!(
        "An owner: {}. A due date: {}. A ticket: {}. A test of being done: {}.",
        share_in_words(&quality.owner),
        share_in_words(&quality.due),
        share_in_words(&quality.ticket),
        share_in_words(&quality.done_when)
    );
    shown("quality", "What actions say", finding, table)
}

fn verb(kind: &str) -> &str {
    if kind == "process" { "change how we work" } else { kind }
}

/// A property that actions are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Of the incident; one action may count in several.
    Component,
    /// Of the incident.
    Team,
    /// Of the incident.
    Severity,
    /// As the row says it.
    Priority,
    /// What the action is for.
    Kind,
}

impl By {
    /// The figure, its title, and what heads its rows.
    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Component => ("parts", "How actions stand, by component", "Component"),
            Self::Team => ("teams", "How actions stand, by team", "Team"),
            Self::Severity => ("severities", "How actions stand, by severity", "Severity"),
            Self::Priority => ("priorities", "How actions stand, by priority", "Priority"),
            Self::Kind => ("kinds", "How actions stand, by what they are for", "Kind"),
        }
    }
}

/// How actions stand, by one property: the largest first, severities in their own order.
pub fn parts(by: By, slices: &[Slice]) -> Chart {
    let (id, title, name) = by.names();
    let mut table = DataTable::new(&[
        name,
        "All",
        "Done",
        "Open",
        "Overdue",
        "Proposed",
        "Cancelled",
        "Not stated",
        "Completion",
    ]);
    let mut sorted: Vec<&Slice> = slices.iter().collect();
    let size = |slice: &Slice| if by == By::Severity { 0 } else { slice.n() };
    sorted.sort_by_key(|slice| (slice.name.is_none(), std::cmp::Reverse(size(slice))));
    for slice in sorted {
        let of = |words: &[&str]| items(&slice.states, words);
        let cells = vec![
            of(&[]),
            of(&["done"]),
            of(&["open", "in-progress"]),
            Cell::from(&slice.overdue),
            of(&["proposed"]),
            of(&["cancelled"]),
            of(&["unknown"]),
            Cell::words(share_in_words(&slice.completion)),
        ];
        table.push(slice.name.clone().unwrap_or_else(|| "None named".to_owned()), cells);
    }
    let named = slices.iter().filter(|slice| slice.name.is_some()).count();
    let finding = match named {
        0 => format!("No action has a {}.", name.to_lowercase()),
        n if by == By::Component => format!(
            "{}. An action that belongs to two counts in both. Open holds the overdue ones.",
            count(n, &name.to_lowercase())
        ),
        n => format!("{}. Open holds the overdue ones.", count(n, &name.to_lowercase())),
    };
    shown(id, title, finding, table)
}

/// The items in one of the states with these words; all of them where none is given.
fn items(states: &[InState], words: &[&str]) -> Cell {
    let wanted = states.iter().filter(|one| words.is_empty() || words.contains(&one.state.word()));
    let items: Vec<_> = wanted.flat_map(|one| one.count.items.iter().copied()).collect();
    Cell::from(items.as_slice())
}

/// The incidents after which it was asked for.
fn incidents(one: &Repeated) -> Cell {
    let mut all: Vec<Item> = one.asked.items.iter().map(|item| Item::incident(item.of_incident())).collect();
    all.dedup();
    Cell::of(one.incidents.to_string(), all)
}

/// What was asked for in more than one incident.
pub fn twice(repeated: &[Repeated]) -> Chart {
    let mut table = DataTable::new(&[
        "Action",
        "Ticket",
        "Incidents",
        "First asked",
        "Asked",
        "Still open",
        "Not stated",
    ]);
    for one in repeated {
        let first = one.first_asked.map_or_else(|| "–".to_owned(), |day| day.to_string());
        let cells = vec![
            Cell::words(one.ticket.clone().unwrap_or_else(|| "–".to_owned())),
            incidents(one),
            Cell::words(first),
            Cell::from(&one.asked),
            Cell::from(&one.open),
            Cell::from(&one.unknown),
        ];
        table.push(one.text.clone(), cells);
    }
    let open = repeated.iter().filter(|one| one.open.n() > 0).count();
    let finding = match repeated.len() {
        0 => "Nothing was promised after two incidents.".to_owned(),
        n => format!(
            "{} made after more than one incident: the same ticket, or nearly the same words. Of them {open} still open.",
            count(n, "promise")
        ),
    };
    shown("twice", "Asked for more than once", finding, table)
}

/// A figure that is its table.
pub(super) fn shown(id: &'static str, title: &'static str, finding: String, table: DataTable) -> Chart {
    Chart { id, title, finding, svg: None, key: Vec::new(), table }
}
