//! Action tables: which column holds what, by the words of its header, in the languages of the survey.

use super::item::{Words, closing_day};
use super::kind::kind_of;
use super::reader::Reader;
use super::{Group, due, owner, state, ticket};
use crate::diag::Span;
use crate::model::text::{Cell, Inline, InlineKind, plain};
use crate::model::{ActionItem, ActionState, Ticket};
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
    Notes,
    Other,
}

/// Words of a header and what they mean; the first that a header contains wins.
const HEADERS: [(&[&str], Column); 12] = [
    (&["done when", "definition of done", "acceptance", "success", "completion criteria"], Column::DoneWhen),
    (&["created", "opened", "agreed"], Column::Created),
    (&["closed", "completed on", "finished", "done on"], Column::Closed),
    (
        &[
            "due",
            "expected",
            "deadline",
            "eta",
            "target",
            "frist",
            "by when",
            "when",
            "timeline",
            "timeframe",
            "date",
            "termin",
            "échéance",
            "fecha",
            "prazo",
            "期限",
            "截止",
            "срок",
            "scadenza",
            "plazo",
            "기한",
        ],
        Column::Due,
    ),
    (
        &[
            "owner",
            "assignee",
            "assigned",
            "responsible",
            "responsibility",
            "accountable",
            "point of contact",
            "who",
            "eier",
            "ansvarlig",
            "dri",
            "person",
            "team",
            "lead",
            "verantwortlich",
            "responsable",
            "responsável",
            "担当",
            "責任者",
            "负责人",
            "담당",
            "ответственный",
            "исполнитель",
            "właściciel",
            "proprietario",
        ],
        Column::Owner,
    ),
    (
        &[
            "status",
            "state",
            "progress",
            "done?",
            "done",
            "completed",
            "complete",
            "statut",
            "estado",
            "stand",
            "ステータス",
            "状況",
            "状态",
            "進捗",
            "상태",
            "статус",
            "stato",
            "durum",
        ],
        Column::State,
    ),
    (
        &[
            "ticket",
            "bug",
            "issue",
            "tracking",
            "jira",
            "referanse",
            "reference",
            "link",
            "pr",
            "tracker",
            "チケット",
        ],
        Column::Ticket,
    ),
    (&["priority", "prio", "urgency"], Column::Priority),
    (&["type", "kind", "category"], Column::Kind),
    (&["public", "visibility"], Column::Public),
    (&["note", "comment", "remark", "kommentar", "bemerkung", "примечание", "備考"], Column::Notes),
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
            "acción",
            "ação",
            "mesure",
            "アクション",
            "措施",
            "行动",
            "対策",
            "조치",
            "действие",
            "задача",
            "działanie",
            "zadanie",
            "azione",
            "medida",
            "行動",
        ],
        Column::Action,
    ),
];

/// What a header may call the action, and where it stands, in a section of promises; elsewhere such tables tell of causes and
/// of what was tried.
const PROMISED: [&str; 13] = [
    "solution",
    "recommendation",
    "fix",
    "measure",
    "mitigation",
    "remediation",
    "countermeasure",
    "deliverable",
    "change",
    "control",
    "next step",
    "safeguard",
    "work",
];
/// Headers that may stand above anything: `| Item | Status |` also counts the damage.
const VAGUE: [&str; 3] = ["item", "what", "description"];
const OUTCOMES: [&str; 2] = ["outcome", "result"];

/// The columns of an action table.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    all: Vec<Column>,
    /// Whether a header says which column holds the actions.
    named: bool,
    /// Whether that header says so of nothing else: "Item" may stand above anything.
    plain: bool,
}

impl Columns {
    /// Reads a header; `None` where no column holds actions. In an action section (`trusted`) the first column does
    /// when none is named.
    pub(super) fn of(titles: &[String], trusted: bool) -> Option<Self> {
        let titles: Vec<String> = titles.iter().map(|title| title.trim().to_lowercase()).collect();
        let mut columns: Vec<Column> = titles.iter().map(|title| of_title(title)).collect();
        let mut seen = false;
        for column in &mut columns {
            if *column == Column::Action && std::mem::replace(&mut seen, true) {
                *column = Column::Other;
            }
        }
        if trusted {
            for (column, title) in
                columns.iter_mut().zip(&titles).filter(|(column, _)| **column == Column::Other)
            {
                if !seen && PROMISED.iter().any(|word| names(title, word)) {
                    *column = Column::Action;
                    seen = true;
                } else if OUTCOMES.iter().any(|word| names(title, word)) {
                    *column = Column::State;
                }
            }
        }
        let named = seen;
        if !seen {
            let free = columns.iter().position(|column| *column == Column::Other);
            let ticket = columns.contains(&Column::Ticket);
            match free.and_then(|free| columns.get_mut(free)) {
                _ if !trusted => return None,
                Some(free) => *free = Column::Action,
                None if ticket => {}
                None => return None,
            }
        }
        let action =
            columns.iter().position(|column| *column == Column::Action).and_then(|at| titles.get(at));
        let plain = !action.is_some_and(|title| VAGUE.iter().any(|word| names(title, word)));
        Some(Self { all: columns, named, plain })
    }

    /// Whether a table outside an action section is one all the same: it names actions and an owner, date, state or ticket,
    /// or two of them where the header may stand above anything: `| Who | What |` also tells what somebody did.
    pub(super) fn is_sure(&self) -> bool {
        let has = |wanted: Column| self.all.contains(&wanted);
        let told = [Column::Owner, Column::Due, Column::State, Column::Ticket];
        let told = told.into_iter().filter(|wanted| has(*wanted)).count();
        has(Column::Action) && told >= if self.plain { 1 } else { 2 }
    }

    /// Reads a row.
    pub(super) fn row(
        &self,
        line: &Line<'_>,
        reader: &Reader<'_>,
        group: &Group,
        number: u32,
    ) -> Option<ActionItem> {
        let cells = || self.all.iter().copied().zip(line.cells);
        let cell = |wanted: Column| cells().find(|(column, _)| *column == wanted).map(|(_, cell)| cell);
        // `#12 — tell when the queue stops` under "Issue" says what is to be done where no other column is said to.
        let told = |cell: &&Cell| Words::of(&cell.text, reader.config).text.split_whitespace().count() >= 3;
        let ticket = cell(Column::Ticket).filter(|_| !self.named);
        let action = ticket.filter(told).or_else(|| cell(Column::Action)).or(ticket)?;
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
        let at = self.all.iter().position(|column| *column == Column::Action)?;
        let words = Words::of(&texts.get(at)?.text, reader.config);
        let mut item = reader.item(words, None, group, span, number)?;
        Self::fill(&mut item, self.all.iter().copied().zip(&texts), reader);
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
                Column::Ticket => {
                    Self::status(item, cell, &text, reader);
                    Self::coded(item, cell);
                }
                Column::State => {
                    Self::status(item, cell, &text, reader);
                    // What nobody can tell the meaning of is no blank either: such an item is not open because others are marked.
                    if item.state == ActionState::Unknown {
                        item.state_from.written = text;
                    }
                }
                Column::Priority => item.priority = Some(text),
                Column::Notes if item.state == ActionState::Unknown && state::is_word(&text) => {
                    Self::status(item, cell, &text, reader);
                }
                // `| | Action |` with a sign in the first column.
                Column::Other if item.state == ActionState::Unknown && state::is_mark(&text) => {
                    Self::status(item, cell, &text, reader);
                }
                Column::Kind => item.kind = kind_of(&text).or(item.kind),
                Column::DoneWhen => item.done_when = Some(text),
                Column::Public => item.public = Some(super::stated::for_public(&text)),
                Column::Action | Column::Notes | Column::Other => {}
            }
        }
    }

    /// `` `ENG-12` `` in a column of tickets is one; elsewhere what stands as code is none.
    fn coded(item: &mut ActionItem, cell: &Cell) {
        for inline in &cell.text {
            if let InlineKind::Code(word) = &inline.kind
                && ticket::is_ticket(word.trim())
            {
                item.tickets.push(Ticket::written(word.trim().to_owned(), None));
            }
        }
    }

    /// A status or ticket cell: both may hold either (`n/a DONE`, `Done in #12`, `cancelled: not worth it`).
    fn status(item: &mut ActionItem, cell: &Cell, text: &str, reader: &Reader<'_>) {
        let first = || {
            text.split([';', '('])
                .flat_map(|part| part.split(" - "))
                .flat_map(|part| part.split(['–', '—']))
                .next()
        };
        let whole = state::of_words(text, state::COLUMN, reader.config);
        let told = whole.or_else(|| state::of_words(first()?, state::COLUMN, reader.config));
        // `Closed, superseded by #61`: what took the place of a dropped item with a ticket of its own is another.
        let dropped = told.as_ref().is_some_and(|(state, _)| *state == ActionState::Cancelled);
        if !dropped || item.tickets.is_empty() {
            for ticket in Words::of(&cell.text, reader.config).tickets {
                if !item.tickets.contains(&ticket) {
                    item.tickets.push(ticket);
                }
            }
        }
        if let Some((state, mark)) = told {
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
    let found = HEADERS.iter().find(|(words, _)| words.iter().any(|word| names(title, word)));
    found.map_or(Column::Other, |(_, column)| *column)
}

/// Whether a header in lower case names `word`; a short one must stand whole: `PR` is not in "Preventive measure".
fn names(title: &str, word: &str) -> bool {
    title.match_indices(word).any(|(at, _)| {
        let before = title.get(..at).and_then(|text| text.chars().next_back());
        let after = title.get(at + word.len()..).unwrap_or_default();
        let ends = !after.strip_prefix('s').unwrap_or(after).starts_with(char::is_alphanumeric);
        !before.is_some_and(char::is_alphanumeric) && (word.len() > 3 || ends)
    })
}
