//! One line of an incident's timeline.

use super::{Milestone, Moment};
use crate::diag::Span;

/// What an entry tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A clock point.
    Milestone(Milestone),
    /// Someone else was called in.
    Escalated,
    /// The cause was found.
    Identified,
    /// Everything is confirmed well.
    AllClear,
    /// Anything else.
    Note,
}

impl EntryKind {
    /// The word for readers and data; `start` for the milestone *started*.
    pub fn word(self) -> &'static str {
        match self {
            Self::Milestone(Milestone::Started) => "start",
            Self::Milestone(milestone) => milestone.word(),
            Self::Escalated => "escalated",
            Self::Identified => "identified",
            Self::AllClear => "all-clear",
            Self::Note => "note",
        }
    }
}

/// One entry, as the author gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// When; `None` where the time is impossible, half-known, or has no date anywhere.
    pub at: Option<Moment>,
    /// The end of a range (`14:00–14:20`).
    pub until: Option<Moment>,
    /// The time exactly as written.
    pub written: String,
    /// What happened, as plain text without the time.
    pub text: String,
    /// What it tells.
    pub kind: EntryKind,
    /// Whether `kind` was read from words; `false` where the author marked it.
    pub inferred: bool,
    /// The whole entry in the source. Its start finds the entry's block again when the page is rendered.
    pub span: Span,
    /// Line in the source file, from 1.
    pub line: u32,
}

impl TimelineEntry {
    /// Stands between the columns of a table whose row the entry is.
    pub(crate) const BETWEEN: &str = " — ";
}
