//! Labels that say what an entry tells: `**Detected**: …`, `Resolved - …`, `First detected 2022-01-22 11:57`.

use crate::model::{EntryKind, Milestone};
use crate::parse::times::{self, Order, Stamp};

use EntryKind::{AllClear, Escalated, Identified, Milestone as Point};
use Milestone::{Acknowledged, Detected, Mitigated, Resolved, Started};

/// Labels and what they mean; compared with a label's words in lower case.
const LABELS: [(&str, EntryKind); 68] = [
    ("started", Point(Started)),
    ("fault occurs", Point(Started)),
    ("fault occurred", Point(Started)),
    ("fault begins", Point(Started)),
    ("fault started", Point(Started)),
    ("fault detected", Point(Detected)),
    ("team aware", Point(Detected)),
    ("issue detected", Point(Detected)),
    ("issue resolved", Point(Resolved)),
    ("start", Point(Started)),
    ("start time", Point(Started)),
    ("started at", Point(Started)),
    ("incident start", Point(Started)),
    ("incident started", Point(Started)),
    ("incident begins", Point(Started)),
    ("incident began", Point(Started)),
    ("began", Point(Started)),
    ("outage start", Point(Started)),
    ("outage started", Point(Started)),
    ("impact start", Point(Started)),
    ("impact started", Point(Started)),
    ("problem starts", Point(Started)),
    ("start of incident", Point(Started)),
    ("start of impact", Point(Started)),
    ("first impact", Point(Started)),
    ("incident start time", Point(Started)),
    ("detected", Point(Detected)),
    ("detected at", Point(Detected)),
    ("first detected", Point(Detected)),
    ("first detection", Point(Detected)),
    ("first reported", Point(Detected)),
    ("first report", Point(Detected)),
    ("first noticed", Point(Detected)),
    ("detection", Point(Detected)),
    ("incident detected", Point(Detected)),
    ("reported", Point(Detected)),
    ("alerted", Point(Detected)),
    ("time of detection", Point(Detected)),
    ("acknowledged", Point(Acknowledged)),
    ("first response", Point(Acknowledged)),
    ("acknowledgement", Point(Acknowledged)),
    ("responded", Point(Acknowledged)),
    ("mitigated", Point(Mitigated)),
    ("mitigation", Point(Mitigated)),
    ("repaired", Point(Mitigated)),
    ("service restored", Point(Mitigated)),
    ("impact end", Point(Mitigated)),
    ("impact ended", Point(Mitigated)),
    ("resolved", Point(Resolved)),
    ("resolved at", Point(Resolved)),
    ("resolution", Point(Resolved)),
    ("recovery", Point(Resolved)),
    ("recovered", Point(Resolved)),
    ("closed", Point(Resolved)),
    ("time of resolution", Point(Resolved)),
    ("incident resolved", Point(Resolved)),
    ("fixed", Point(Resolved)),
    ("end", Point(Resolved)),
    ("end time", Point(Resolved)),
    ("ended", Point(Resolved)),
    ("incident end", Point(Resolved)),
    ("incident ended", Point(Resolved)),
    ("incident end time", Point(Resolved)),
    ("escalated", Escalated),
    ("escalation", Escalated),
    ("identified", Identified),
    ("all clear", AllClear),
    ("all-clear", AllClear),
];

/// What the words of a label mean.
pub(in crate::parse) fn meaning(label: &str) -> Option<EntryKind> {
    let words: Vec<String> = label
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.len() > 4 {
        return None;
    }
    let label = words.join(" ");
    let known = LABELS.iter().find(|(name, _)| *name == label).map(|(_, kind)| *kind);
    known.or_else(|| composed(&words))
}

/// Whether an entry begins with the words that service is back, which mark the end of the impact.
pub(in crate::parse) fn is_back(text: &str) -> bool {
    let lower = text.trim_start_matches(['*', ' ']).to_lowercase();
    ["service restored", "impact ended", "impact end"].iter().any(|label| lower.starts_with(label))
}

/// Words of a label that say only that it stands before a time, or of what.
const FRAME: [&str; 16] = [
    "time",
    "date",
    "timestamp",
    "at",
    "of",
    "on",
    "the",
    "when",
    "was",
    "it",
    "incident",
    "outage",
    "issue",
    "impact",
    "problem",
    "first",
];

/// Verbs of a label's core in all their forms.
const CORES: [(&str, EntryKind); 22] = [
    ("start", Point(Started)),
    ("started", Point(Started)),
    ("starts", Point(Started)),
    ("began", Point(Started)),
    ("begin", Point(Started)),
    ("begins", Point(Started)),
    ("beginning", Point(Started)),
    ("onset", Point(Started)),
    ("occurred", Point(Started)),
    ("detected", Point(Detected)),
    ("detection", Point(Detected)),
    ("discovered", Point(Detected)),
    ("discovery", Point(Detected)),
    ("noticed", Point(Detected)),
    ("reported", Point(Detected)),
    ("acknowledged", Point(Acknowledged)),
    ("mitigated", Point(Mitigated)),
    ("end", Point(Resolved)),
    ("ended", Point(Resolved)),
    ("resolved", Point(Resolved)),
    ("restored", Point(Resolved)),
    ("fixed", Point(Resolved)),
];

/// `Time of detection`, `Outage start time`, `Date discovered`: one known verb among words that only frame it.
fn composed(words: &[String]) -> Option<EntryKind> {
    let mut cores = words.iter().filter(|word| !FRAME.contains(&word.as_str()));
    let core = cores.next()?;
    let kind = CORES.iter().find(|(word, _)| word == core).map(|(_, kind)| *kind);
    kind.filter(|_| cores.next().is_none())
}

/// What authors write into an entry, in capitals or beside it, to mark the beginning and the end of all: `**OUTAGE
/// BEGINS**`, `(start of incident)`, `this is when the incident started`.
const MARKS: [(&str, EntryKind); 24] = [
    ("OUTAGE BEGINS", Point(Started)),
    ("OUTAGE STARTS", Point(Started)),
    ("OUTAGE START", Point(Started)),
    ("INCIDENT BEGINS", Point(Started)),
    ("INCIDENT STARTS", Point(Started)),
    ("INCIDENT START", Point(Started)),
    ("IMPACT BEGINS", Point(Started)),
    ("IMPACT STARTS", Point(Started)),
    ("OUTAGE ENDS", Point(Resolved)),
    ("OUTAGE STOPS", Point(Resolved)),
    ("OUTAGE END", Point(Resolved)),
    ("INCIDENT ENDS", Point(Resolved)),
    ("INCIDENT STOPS", Point(Resolved)),
    ("INCIDENT END", Point(Resolved)),
    ("IMPACT ENDS", Point(Resolved)),
    ("start of incident", Point(Started)),
    ("start of the incident", Point(Started)),
    ("start of outage", Point(Started)),
    ("start of the outage", Point(Started)),
    ("this is when the incident started", Point(Started)),
    ("this is when the outage started", Point(Started)),
    ("end of incident", Point(Resolved)),
    ("end of the incident", Point(Resolved)),
    ("end of the outage", Point(Resolved)),
];

/// The mark inside an entry's text.
pub(super) fn inside(text: &str) -> Option<EntryKind> {
    let lower = text.to_lowercase();
    let whole = |head: &str, mark: &str| {
        head.match_indices(mark).any(|(at, _)| {
            let after = head.get(at + mark.len()..).and_then(|rest| rest.chars().next());
            let before = head.get(..at).and_then(|head| head.chars().next_back());
            !after.is_some_and(char::is_alphanumeric) && !before.is_some_and(char::is_alphanumeric)
        })
    };
    let said = |mark: &str| {
        if mark.chars().any(char::is_uppercase) { whole(text, mark) } else { whole(&lower, mark) }
    };
    MARKS.iter().find(|(mark, _)| said(mark)).map(|(_, kind)| *kind)
}

/// A label before the first time of a line, as in the bullets of `Key events`: the kind if the label is a known one,
/// where the time begins, and the time. An unknown label counts where nothing follows the time, or where a colon
/// stands between the two: `**First wave**: 15:30–18:00, shelves dark`.
pub(super) fn before_time(text: &str, order: Order) -> Option<(Option<EntryKind>, usize, Stamp)> {
    let (at, stamp) = times::find(text, order).filter(|(at, _)| *at > 0)?;
    let label = text.get(..at)?.trim_end_matches([' ', ':', '-', '–', '—', '(', ',', '~']);
    let label = label.strip_suffix(" at").or_else(|| label.strip_suffix(" on")).unwrap_or(label);
    let kind = meaning(label);
    let colon = text.get(..at)?.trim_end_matches([' ', '*', '~']).ends_with(':');
    let rest = text.get(at + stamp.len..).unwrap_or_default().trim_matches([' ', ')', '.', ',']);
    let short = label.split_whitespace().count() <= 6 && !label.contains(['.', ';']);
    ((kind.is_some() || rest.is_empty() || (colon && stamp.time.is_some())) && short && !label.is_empty())
        .then_some((kind, at, stamp))
}

/// A known label at the start of an entry's text: `Detected: …`, `Resolved – …`, or the text is the label.
pub(super) fn leading(text: &str) -> Option<EntryKind> {
    let end = text.find([':', '–', '—', '.']).or_else(|| text.find(" - "));
    meaning(text.get(..end.unwrap_or(text.len()))?.trim_matches(['*', ' ', '[', ']', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_tells_the_kind_and_other_words_do_not() {
        for (label, kind) in [
            ("Time of detection", Some(Point(Detected))),
            ("Outage start time", Some(Point(Started))),
            ("Date discovered", Some(Point(Detected))),
            ("Time resolved", Some(Point(Resolved))),
            ("Time to detect", None),
            ("Start of the migration", None),
            ("Incident", None),
        ] {
            assert_eq!(meaning(label), kind, "{label}");
        }
        assert_eq!(inside("OUTAGE BEGINS — shelves go dark"), Some(Point(Started)));
        assert_eq!(inside("Ann reloads the proxy (end of the incident)"), Some(Point(Resolved)));
        assert_eq!(inside("The outage begins to worry us"), None);
        assert_eq!(leading("Detected: alerts fire"), Some(Point(Detected)));
        assert_eq!(leading("Resolved"), Some(Point(Resolved)));
        assert_eq!(leading("The team resolved it: good"), None);
        let (kind, at, _) = before_time("Repaired 2022-01-22 13:59", Order::DayFirst).expect("a label");
        assert_eq!((kind, at), (Some(Point(Mitigated)), 9));
        assert!(before_time("we saw at 10:00 that all was lost", Order::DayFirst).is_none());
    }
}
