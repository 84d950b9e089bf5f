//! One update of a status page, and what the word means that it begins with.

use super::label;
use crate::model::{EntryKind, Milestone};
use crate::parse::times::Stamp;

/// One update.
pub(super) struct Update {
    /// Its time.
    pub(super) stamp: Stamp,
    /// The time as written.
    pub(super) written: String,
    /// Its last line.
    pub(super) last: usize,
    /// What it says, its word included.
    pub(super) text: String,
    /// What its word means.
    pub(super) mark: Option<EntryKind>,
    /// Whether one alone leaves no doubt that it is an update.
    pub(super) sure: bool,
}

/// What the word means that an update begins with.
pub(super) fn meaning(word: &str) -> Option<EntryKind> {
    match word {
        "monitoring" => Some(EntryKind::Milestone(Milestone::Mitigated)),
        "completed" => Some(EntryKind::Milestone(Milestone::Resolved)),
        "update" | "in progress" | "investigating" => None,
        word => label::meaning(word),
    }
}
