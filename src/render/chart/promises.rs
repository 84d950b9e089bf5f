//! Figures of promises that are read as tables: how well they are written, where they stand, which were made twice.

use super::{Cell, Chart, Say};
use crate::measure::actions::{InState, Repeated, Slice, Turnover};
use crate::measure::{ActionFigures, Item};

/// What was opened and closed in each quarter.
pub fn turnover(say: &Say<'_>, figures: &ActionFigures) -> Chart {
    let mut table = say.table("chart_turnover_columns");
    for one in &figures.flow.quarters {
        let ratio = one.ratio().map_or_else(|| "–".to_owned(), |ratio| say.units.decimal(ratio, 2));
        let counts = [&one.opened, &one.done, &one.cancelled].map(Cell::from);
        table.push(one.quarter.to_string(), counts.into_iter().chain([Cell::words(ratio)]).collect());
    }
    let sum = |of: fn(&Turnover) -> usize| figures.flow.quarters.iter().map(of).sum::<usize>();
    let finding = say.fill(
        "chart_turnover_found",
        &[
            ("actions", &say.count("actions_n", sum(|one| one.opened.n()))),
            ("done", &sum(|one| one.done.n())),
            ("cancelled", &sum(|one| one.cancelled.n())),
        ],
    );
    say.shown("turnover", finding, table)
}

/// Whether items say who, until when, where, and how one will know; and what they are for.
pub fn quality(say: &Say<'_>, figures: &ActionFigures) -> Chart {
    let quality = &figures.quality;
    let mut table = say.table("chart_quality_columns");
    let shares = [&quality.owner, &quality.due, &quality.ticket, &quality.done_when];
    for (name, share) in say.list("chart_quality_rows").into_iter().zip(shares) {
        let counts = [&share.yes, &share.no].map(|items| Cell::from(items.as_slice()));
        table.push(name, counts.into_iter().chain([Cell::words(say.units.share(share))]).collect());
    }
    for kind in &quality.kinds {
        let key = format!("chart_quality_{}", kind.kind.map_or("none", |kind| kind.word()));
        table.push(say.get(&key), vec![Cell::from(&kind.count), Cell::words("–"), Cell::words("–")]);
    }
    let [owner, due, ticket, test] = shares.map(|share| say.units.share(share));
    let finding = say.fill(
        "chart_quality_found",
        &[("owner", &owner), ("due", &due), ("ticket", &ticket), ("test", &test)],
    );
    say.shown("quality", finding, table)
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
    /// The figure.
    fn id(self) -> &'static str {
        match self {
            Self::Component => "parts",
            Self::Team => "teams",
            Self::Severity => "severities",
            Self::Priority => "priorities",
            Self::Kind => "kinds",
        }
    }
}

/// How actions stand, by one property: the largest first, severities in their own order.
pub fn parts(say: &Say<'_>, by: By, slices: &[Slice]) -> Chart {
    let id = by.id();
    let mut table = say.table("chart_by_columns");
    table.columns.insert(0, say.get(&format!("chart_{id}_head")));
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
            Cell::words(say.units.share(&slice.completion)),
        ];
        table.push(slice.name.clone().unwrap_or_else(|| say.get("chart_none_named")), cells);
    }
    let named = slices.iter().filter(|slice| slice.name.is_some()).count();
    let both = if by == By::Component { "chart_by_both" } else { "chart_by_found" };
    let finding = match named {
        0 => say.get(&format!("chart_{id}_none")),
        n => say.fill(both, &[("x", &say.count(&format!("chart_{id}_n"), n))]),
    };
    say.shown(id, finding, table)
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
pub fn twice(say: &Say<'_>, repeated: &[Repeated]) -> Chart {
    let mut table = say.table("chart_twice_columns");
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
        0 => say.get("chart_twice_none"),
        n => say.fill("chart_twice_found", &[("n", &n), ("open", &open)]),
    };
    say.shown("twice", finding, table)
}
