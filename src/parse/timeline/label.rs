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
    LABELS.iter().find(|(name, _)| *name == label).map(|(_, kind)| *kind)
}

/// A label before the first time of a line, as in the bullets of `Key events`: the kind if the label is a known one,
/// where the time begins, and the time. An unknown label counts where nothing follows the time.
pub(super) fn before_time(text: &str, order: Order) -> Option<(Option<EntryKind>, usize, Stamp)> {
    let (at, stamp) = times::find(text, order).filter(|(at, _)| *at > 0)?;
    let label = text.get(..at)?.trim_end_matches([' ', ':', '-', '–', '—', '(', ',', '~']);
    let label = label.strip_suffix(" at").or_else(|| label.strip_suffix(" on")).unwrap_or(label);
    let kind = meaning(label);
    let rest = text.get(at + stamp.len..).unwrap_or_default().trim_matches([' ', ')', '.', ',']);
    let short = label.split_whitespace().count() <= 6 && !label.contains(['.', ';']);
    ((kind.is_some() || rest.is_empty()) && short && !label.is_empty()).then_some((kind, at, stamp))
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
        assert_eq!(leading("Detected: alerts fire"), Some(Point(Detected)));
        assert_eq!(leading("Resolved"), Some(Point(Resolved)));
        assert_eq!(leading("The team resolved it: good"), None);
        let (kind, at, _) = before_time("Repaired 2022-01-22 13:59", Order::DayFirst).expect("a label");
        assert_eq!((kind, at), (Some(Point(Mitigated)), 9));
        assert!(before_time("we saw at 10:00 that all was lost", Order::DayFirst).is_none());
    }
}
