//! What an action is for: to prevent, to detect, to mitigate, or to work in another way.

use crate::model::ActionKind;

/// What an action is for, by the words of its group or column.
pub(super) fn kind_of(title: &str) -> Option<ActionKind> {
    let lower = title.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match () {
        () if has(&["prevent", "forebygg"]) => Some(ActionKind::Prevent),
        () if has(&["detect", "alerting", "monitoring"]) => Some(ActionKind::Detect),
        () if has(&["mitigat", "recover"]) => Some(ActionKind::Mitigate),
        () if has(&["process", "documentation", "training", "communication"]) => Some(ActionKind::Process),
        () => None,
    }
}
