//! What is said of a promise on lines of their own, below it: `Owner: Ann`, `**Due:** 2024-05-01`, `Status: done`.

use super::item::Words;
use super::kind::kind_of;
use super::reader::Reader;
use super::{due, item, owner, state};
use crate::model::text::{Inline, InlineKind, plain};
use crate::model::{ActionItem, ActionState};

/// What a field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Owner,
    Due,
    State,
    Ticket,
    Priority,
    Kind,
    DoneWhen,
    /// Something that nothing is kept of.
    Else,
}

/// Labels, and whether they say it whatever stands behind them; the others are words of sentences too.
const LABELS: [(Field, bool, &[&str]); 11] = [
    (
        Field::Owner,
        true,
        &[
            "owner",
            "owners",
            "assignee",
            "assignees",
            "assigned to",
            "assigned",
            "responsible",
            "dri",
            "poc",
            "point of contact",
            "verantwortlich",
            "eier",
            "ansvarlig",
            "responsable",
            "担当",
        ],
    ),
    (Field::Owner, false, &["team", "lead", "driver", "who"]),
    (
        Field::Due,
        true,
        &["due", "due date", "due by", "deadline", "eta", "target date", "completion date", "frist", "期限"],
    ),
    (Field::Due, false, &["target", "when", "by when", "timeline", "timeframe", "by"]),
    (Field::State, true, &["status", "state", "ステータス"]),
    (Field::State, false, &["progress"]),
    (
        Field::Ticket,
        false,
        &[
            "ticket",
            "tickets",
            "issue",
            "issues",
            "jira",
            "tracking",
            "tracking issue",
            "tracking ticket",
            "tracked in",
            "tracker",
            "link",
            "pr",
            "github issue",
            "linear",
            "bug",
        ],
    ),
    (Field::Priority, true, &["priority", "prio", "urgency"]),
    (Field::Kind, true, &["type", "kind", "category"]),
    (
        Field::DoneWhen,
        true,
        &[
            "done when",
            "acceptance",
            "acceptance criteria",
            "success criteria",
            "definition of done",
            "verification",
        ],
    ),
    (
        Field::Else,
        true,
        &[
            "effort",
            "estimate",
            "estimated effort",
            "complexity",
            "id",
            "created",
            "description",
            "details",
            "rationale",
            "reasoning",
            "expected outcome",
            "expected impact",
        ],
    ),
];

/// Longest value of a field that is no sentence, in words.
const VALUE_WORDS: usize = 8;

/// The fields a line holds, if it holds nothing else: one, or several with `·` or `|` between them.
pub(super) fn of(inlines: &[Inline], reader: &Reader<'_>) -> Vec<(Field, String)> {
    let text = plain(inlines);
    let parts = text.split(['·', '|', '•']).map(str::trim).filter(|part| !part.is_empty());
    let fields: Option<Vec<(Field, String)>> = parts.map(|part| one(part, reader)).collect();
    fields.unwrap_or_default()
}

/// Cuts the lines that are fields off the end of a paragraph: the words before them, and each of those lines.
pub(super) fn cut<'t>(inlines: &'t [Inline], reader: &Reader<'_>) -> (&'t [Inline], Vec<&'t [Inline]>) {
    let (mut words, mut told) = (inlines, Vec::new());
    while let Some(at) = words.iter().rposition(|inline| is_break(&inline.kind))
        && let (before, [_, line @ ..]) = words.split_at(at)
        && !of(line, reader).is_empty()
    {
        words = before;
        told.push(line);
    }
    (words, told)
}

fn is_break(kind: &InlineKind) -> bool {
    matches!(kind, InlineKind::SoftBreak | InlineKind::HardBreak)
}

fn one(part: &str, reader: &Reader<'_>) -> Option<(Field, String)> {
    let (label, value) = part.split_once([':', '：'])?;
    let label = label.trim().trim_matches(['*', '_']).to_lowercase();
    let value = value.trim().trim_matches(['*', '_']).trim();
    let (field, sure, _) = LABELS.iter().find(|(_, _, labels)| labels.contains(&label.as_str()))?;
    let short =
        value.split_whitespace().count() <= VALUE_WORDS || matches!(field, Field::DoneWhen | Field::Else);
    let digit = || value.contains(|c: char| c.is_ascii_digit());
    let fits = *sure
        || value.is_empty()
        || match field {
            Field::Owner => owner::split(value).iter().all(|name| owner::is_name(name, reader.config)),
            Field::State => state::of_words(value, "word", reader.config).is_some(),
            _ => digit(),
        };
    (short && fits).then(|| (*field, value.to_owned()))
}

/// Gives an item what the fields of a line say; what its own words say stands.
pub(super) fn fill(item: &mut ActionItem, inlines: &[Inline], reader: &Reader<'_>) {
    for (field, value) in of(inlines, reader).into_iter().filter(|(_, value)| !value.is_empty()) {
        match field {
            Field::Owner if item.owners.is_empty() => item.owners = owner::split(&value),
            Field::Due => item.due = item.due.or_else(|| due::read(&value, reader.order, reader.incident)),
            Field::State => status(item, &value, reader),
            Field::Ticket => {
                let words = Words::of(inlines, reader.config);
                item.tickets.extend(words.tickets);
                item.tickets.dedup();
            }
            Field::Priority => item.priority = item.priority.take().or(Some(value)),
            Field::Kind => item.kind = item.kind.or_else(|| kind_of(&value)),
            Field::DoneWhen => item.done_when = item.done_when.take().or(Some(value)),
            Field::Owner | Field::Else => {}
        }
    }
}

fn status(item: &mut ActionItem, value: &str, reader: &Reader<'_>) {
    let weak = item.state == ActionState::Unknown
        || ["sibling", "past tense", "group heading"].contains(&item.state_from.from);
    if let Some((state, mark)) = state::of_words(value, state::COLUMN, reader.config).filter(|_| weak) {
        item.closed = item::closing_day(state, &mark).or(item.closed);
        (item.state, item.state_from) = (state, mark);
    }
}
