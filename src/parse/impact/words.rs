//! The words that figures stand beside.

use crate::model::ImpactKind;

/// Nouns behind a number and what they count. `records` that nobody lost are only records.
const NOUNS: [(&str, ImpactKind); 41] = [
    ("user", ImpactKind::Users),
    ("customer", ImpactKind::Users),
    ("team", ImpactKind::Users),
    ("account", ImpactKind::Users),
    ("people", ImpactKind::Users),
    ("client", ImpactKind::Users),
    ("organization", ImpactKind::Users),
    ("organisation", ImpactKind::Users),
    ("tenant", ImpactKind::Users),
    ("subscriber", ImpactKind::Users),
    ("merchant", ImpactKind::Users),
    ("player", ImpactKind::Users),
    ("site", ImpactKind::Other),
    ("service", ImpactKind::Other),
    ("request", ImpactKind::Requests),
    ("call", ImpactKind::Requests),
    ("query", ImpactKind::Requests),
    ("transaction", ImpactKind::Requests),
    ("attempt", ImpactKind::Requests),
    ("job", ImpactKind::Other),
    ("build", ImpactKind::Other),
    ("deployment", ImpactKind::Other),
    ("order", ImpactKind::Other),
    ("payment", ImpactKind::Other),
    ("invoice", ImpactKind::Other),
    ("booking", ImpactKind::Other),
    ("session", ImpactKind::Other),
    ("file", ImpactKind::Other),
    ("upload", ImpactKind::Other),
    ("record", ImpactKind::DataLoss),
    ("row", ImpactKind::DataLoss),
    ("event", ImpactKind::Other),
    ("email", ImpactKind::Other),
    ("message", ImpactKind::Other),
    ("notification", ImpactKind::Other),
    ("error", ImpactKind::Other),
    ("failure", ImpactKind::Other),
    ("pod", ImpactKind::Other),
    ("node", ImpactKind::Other),
    ("host", ImpactKind::Other),
    ("server", ImpactKind::Other),
];

/// Beginnings of words that say that data did not survive.
pub(super) const GONE: [&str; 7] = ["corrupt", "delet", "destroy", "lost", "missing", "overwr", "wiped"];

/// What a length of time before it was the time of.
pub(super) const HARM: [&str; 9] = [
    "degradation",
    "degraded",
    "delay",
    "delays",
    "disruption",
    "downtime",
    "interruption",
    "outage",
    "unavailability",
];

/// Beginnings of words that say that something did not work, for a time named behind `for`.
pub(super) const FAILED: [&str; 14] = [
    "could not",
    "couldn",
    "degrad",
    "down ",
    "error",
    "fail",
    "inaccessible",
    "offline",
    "outage",
    "slow",
    "unable",
    "unavailable",
    "unreachable",
    "unresponsive",
];

/// Words that make a number a rough one, between `for` and the length of time.
pub(super) const ROUGHLY: [&str; 15] = [
    "a",
    "about",
    "almost",
    "another",
    "approximately",
    "around",
    "at",
    "least",
    "more",
    "nearly",
    "over",
    "roughly",
    "some",
    "than",
    "to",
];

/// What stands behind that which a share is of.
pub(super) const BEHIND: [&str; 25] = [
    "are",
    "at",
    "by",
    "could",
    "did",
    "during",
    "experienced",
    "failed",
    "for",
    "from",
    "had",
    "has",
    "have",
    "in",
    "is",
    "on",
    "saw",
    "that",
    "to",
    "was",
    "were",
    "when",
    "which",
    "who",
    "with",
];

/// Units of money as words.
pub(super) const MONEY: [&str; 8] = ["chf", "dollars", "eur", "euro", "euros", "gbp", "pounds", "usd"];

/// What `word` counts, where it is one of the nouns, one or many of them.
pub(super) fn noun(word: &str) -> Option<ImpactKind> {
    let single = match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').unwrap_or(word).to_owned(),
    };
    NOUNS.iter().find(|(noun, _)| *noun == single).map(|(_, kind)| *kind)
}
