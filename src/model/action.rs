//! What a team promised to do.

use super::ticket::Ticket;
use crate::diag::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionState {
    /// Suggested, not yet agreed.
    Proposed,
    /// Agreed, not begun.
    Open,
    /// Begun.
    InProgress,
    /// Finished.
    Done,
    /// Dropped, with or without a reason.
    Cancelled,
    /// The source does not say: never counted as open, never as done.
    Unknown,
}

impl ActionState {
    /// All states, in the order of a promise's life.
    pub const ALL: [Self; 6] =
        [Self::Proposed, Self::Open, Self::InProgress, Self::Done, Self::Cancelled, Self::Unknown];

    /// The word for data: `in-progress`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Open => "open",
            Self::InProgress => "in-progress",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Unknown => "unknown",
        }
    }

    /// Whether the promise still stands and is known to be unfinished.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::InProgress)
    }

    /// Whether it has ended, kept or not.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled)
    }
}

/// What an action is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionKind {
    /// Keeps it from happening again.
    Prevent,
    /// Makes it harm less.
    Mitigate,
    /// Shows it sooner.
    Detect,
    /// Changes how people work.
    Process,
}

impl ActionKind {
    /// The word for data and readers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Prevent => "prevent",
            Self::Mitigate => "mitigate",
            Self::Detect => "detect",
            Self::Process => "process",
        }
    }
}

/// The mark that decided a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateMark {
    /// What kind of mark: `checkbox`, `strike-through`, `emoji`, `word`, `status column`, `group heading`,
    /// `past tense`, `front matter`, `sibling`, `ticket`, `none`.
    pub from: &'static str,
    /// The mark as written, such as `[x]` or `(Done!)`.
    pub written: String,
}

/// One action item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionItem {
    /// The promise as plain text, without ticket link, owner and marks.
    pub text: String,
    /// Who will do it, as written: handles without `@`, or names.
    pub owners: Vec<String>,
    /// Until when.
    pub due: Option<Date>,
    /// When it was agreed, where the row says so.
    pub created: Option<Date>,
    /// When it was finished or dropped, where the row says so.
    pub closed: Option<Date>,
    /// Where it is tracked.
    pub tickets: Vec<Ticket>,
    /// Where it stands.
    pub state: ActionState,
    /// What decided that.
    pub state_from: StateMark,
    /// Why it was dropped.
    pub reason: Option<String>,
    /// What it is for.
    pub kind: Option<ActionKind>,
    /// As written in the row.
    pub priority: Option<String>,
    /// How one will know it is finished.
    pub done_when: Option<String>,
    /// The heading or group it stands under.
    pub section: String,
    /// Whether the author marked this item `public: false` or `public: true`; `None` follows the incident.
    pub public: Option<bool>,
    /// The whole item in the source. Its start finds the item's block again when the page is rendered.
    pub span: Span,
    /// Line in the source file, from 1.
    pub line: u32,
}
