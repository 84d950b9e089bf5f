//! Action tables: which column holds what, by the words of its header, in the languages of the survey.

use super::item::{Reader, Words, closing_day};
use super::kind::kind_of;
use super::{Group, due, owner, state};
use crate::diag::Span;
use crate::model::text::{Cell, Inline, InlineKind, plain};
use crate::model::{ActionItem, ActionState};
use crate::parse::lines::Line;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Action,
    Owner,
    Due,
    Ticket,
    State,
    Priority,
    Kind,
    DoneWhen,
    Created,
    Closed,
    Public,
    Other,
}

/// Words of a header and what they mean; the first that a header contains wins.
const HEADERS: [(&[&str], Column); 11] = [
    (&["done when", "definition of done", "acceptance", "success"], Column::DoneWhen),
    (&["created", "opened", "agreed"], Column::Created),
    (&["closed", "completed on", "finished", "done on"], Column::Closed),
    (&["due", "expected", "deadline", "eta", "target", "frist", "by when", "when", "date"], Column::Due),
    (
        &["owner", "assignee", "responsible", "who", "eier", "ansvarlig", "dri", "person", "team", "lead"],
        Column::Owner,
    ),
    (&["status", "state", "progress", "done?", "done"], Column::State),
    (
        &["ticket", "bug", "issue", "tracking", "jira", "referanse", "reference", "link", "pr", "tracker"],
        Column::Ticket,
    ),
    (&["priority", "prio", "urgency"], Column::Priority),
    (&["type", "kind", "category"], Column::Kind),
    (&["public", "visibility"], Column::Public),
    (
        &[
            "action",
            "aksjon",
            "tiltak",
            "task",
            "item",
            "follow",
            "todo",
            "to do",
            "what",
            "description",
            "improvement",
            "maßnahme",
        ],
        Column::Action,
    ),
];

/// The columns of an action table.
#[derive(Debug, Clone)]
pub(super) struct Columns(Vec<Column>);

impl Columns {
    /// Reads a header; `None` where no column holds actions. In an action section (`trusted`) the first column does
    /// when none is named.
    pub(super) fn of(titles: &[String], trusted: bool) -> Option<Self> {
        let mut columns: Vec<Column> = titles.iter().map(|title| of_title(title)).collect();
        let mut seen = false;
        for column in &mut columns {
            if *column == Column::Action && std::mem::replace(&mut seen, true) {
                *column = Column::Other;
            }
        }
        if !seen {
            let free = columns.iter().position(|column| *column == Column::Other)?;
            if !trusted {
                return None;
            }
            *columns.get_mut(free)? = Column::Action;
        }
        Some(Self(columns))
    }

    /// Whether a table outside an action section is one all the same: it names actions and an owner, state or ticket.
    pub(super) fn is_sure(&self) -> bool {
        let has = |wanted: &[Column]| self.0.iter().any(|column| wanted.contains(column));
        has(&[Column::Action]) && has(&[Column::Owner, Column::State, Column::Ticket, Column::Due])
    }

    /// Reads a row.
    pub(super) fn row(
        &self,
        line: &Line<'_>,
        reader: &Reader<'_>,
        group: &Group,
        number: u32,
    ) -> Option<ActionItem> {
        let cells = || self.0.iter().copied().zip(line.cells);
        let cell = |wanted: Column| cells().find(|(column, _)| *column == wanted).map(|(_, cell)| cell);
        let action = cell(Column::Action)?;
        let words = Words::of(&action.text, reader.config);
        if words.text.chars().all(|c| matches!(c, '-' | ':' | ' ' | '.')) && words.tickets.is_empty() {
            return None;
        }
        let mut item = reader.item(words, None, group, line.span, number)?;
        Self::fill(&mut item, cells(), reader);
        Some(item)
    }

    /// Reads a row that is no row of a table any more, from the texts between its pipes.
    pub(super) fn lost_row(
        &self,
        cells: &[&str],
        reader: &Reader<'_>,
        group: &Group,
        span: Span,
        number: u32,
    ) -> Option<ActionItem> {
        let texts: Vec<Cell> = cells.iter().map(|text| cell_of(text, span)).collect();
        let at = self.0.iter().position(|column| *column == Column::Action)?;
        let words = Words::of(&texts.get(at)?.text, reader.config);
        let mut item = reader.item(words, None, group, span, number)?;
        Self::fill(&mut item, self.0.iter().copied().zip(&texts), reader);
        Some(item)
    }

    fn fill<'a>(item: &mut ActionItem, cells: impl Iterator<Item = (Column, &'a Cell)>, reader: &Reader<'_>) {
        for (column, cell) in cells {
            let text = plain(&cell.text).trim().to_owned();
            if text.is_empty() {
                continue;
            }
            let date = || due::read(&text, reader.order, reader.incident);
            match column {
                Column::Owner if state::is_word(&text) => {}
                Column::Owner => item.owners = owner::split(&text),
                // `Done` where the day was: nobody waits for it any more.
                Column::Due if date().is_none() && state::is_word(&text) => {
                    Self::status(item, cell, &text, reader);
                }
                Column::Due => item.due = date().or(item.due),
                Column::Created => item.created = date(),
                Column::Closed => item.closed = date(),
                Column::Ticket | Column::State => Self::status(item, cell, &text, reader),
                Column::Priority => item.priority = Some(text),
                Column::Kind => item.kind = kind_of(&text).or(item.kind),
                Column::DoneWhen => item.done_when = Some(text),
                Column::Public => item.public = Some(super::stated::for_public(&text)),
                Column::Action | Column::Other => {}
            }
        }
    }

    /// A status or ticket cell: both may hold either (`n/a DONE`, `Done in #12`, `cancelled: not worth it`).
    fn status(item: &mut ActionItem, cell: &Cell, text: &str, reader: &Reader<'_>) {
        let words = Words::of(&cell.text, reader.config);
        for ticket in words.tickets {
            if !item.tickets.contains(&ticket) {
                item.tickets.push(ticket);
            }
        }
        if let Some((state, mark)) = state::of_words(text, state::COLUMN, reader.config) {
            item.state = state;
            item.closed = closing_day(state, &mark).or(item.closed);
            item.state_from = mark;
            if state == ActionState::Cancelled {
                let reason = text
                    .split_once([':', '-', '–', '('])
                    .map(|(_, reason)| reason.trim().trim_end_matches(')'));
                item.reason =
                    reason.filter(|reason| !reason.is_empty()).map(str::to_owned).or(item.reason.take());
            }
        }
    }
}

fn cell_of(text: &str, span: Span) -> Cell {
    Cell { span, text: vec![Inline { span, kind: InlineKind::Text(text.into()) }] }
}

fn of_title(title: &str) -> Column {
    let title = title.trim().to_lowercase();
    let whole = |word: &str| {
        title.match_indices(word).any(|(at, _)| {
            !title.get(..at).and_then(|text| text.chars().next_back()).is_some_and(char::is_alphanumeric)
        })
    };
    let found = HEADERS.iter().find(|(words, _)| words.iter().any(|word| whole(word)));
    found.map_or(Column::Other, |(_, column)| *column)
}
