//! Labels that say what an entry tells: `**Detected**: …`, `Resolved - …`, `First detected 2022-01-22 11:57`.

mod words;

use crate::model::{EntryKind, Milestone};
use crate::parse::times::{self, Order, Stamp};
use crate::parse::wording::{self, Phrases};

use words::{BEGINS, CALM_DENIALS, CORES, DOUBTS, EVENTS, FRAME, LABELS, MENDED, OVER, STOPS};

/// Most words of a label that is known: `Hora de inicio del incidente`.
const LONGEST: usize = 5;

/// What the words of a label before a time mean.
pub(in crate::parse) fn meaning(label: &str) -> Option<EntryKind> {
    let words = words(label);
    of_words(&words).or_else(|| listed(EVENTS, &words.join(" ")))
}

/// What the words of a mark in an entry mean.
pub(super) fn mark(label: &str) -> Option<EntryKind> {
    of_words(&words(label))
}

fn words(label: &str) -> Vec<String> {
    let words = label.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty());
    words.take(LONGEST + 1).map(str::to_lowercase).collect()
}

fn of_words(words: &[String]) -> Option<EntryKind> {
    let known = || listed(LABELS, &words.join(" ")).or_else(|| composed(words));
    if words.len() > LONGEST { None } else { known() }
}

fn listed(list: &[(&str, EntryKind)], label: &str) -> Option<EntryKind> {
    list.iter().find(|(name, _)| *name == label).map(|(_, kind)| *kind)
}

/// Whether an entry says in some words that the fault is gone; others may say it of something else.
pub(in crate::parse) fn sounds_over(text: &str) -> bool {
    OVER.said(&wording::head(text))
}

/// Whether an entry says that what was wrong has been set right.
pub(in crate::parse) fn sounds_mended(text: &str) -> bool {
    MENDED.said(&wording::head(text))
}

/// Whether an entry asks, hopes or denies, or looks back on it all: what it says of relief did not happen then.
pub(super) fn sounds_doubtful(text: &str) -> bool {
    let head = wording::head(text);
    let calm = CALM_DENIALS.iter().fold(head, |head, phrase| head.replace(phrase, " "));
    let mut words = calm.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'));
    calm.contains('?')
        || words.any(|word| DOUBTS.contains(&word) || word.ends_with("n't") || word.ends_with("n’t"))
}

/// Whether an entry begins with the words that service is back, which mark the end of the impact.
pub(in crate::parse) fn is_back(text: &str) -> bool {
    let lower = text.trim_start_matches(['*', ' ']).to_lowercase();
    ["service restored", "impact ended", "impact end"].iter().any(|label| lower.starts_with(label))
}

/// `Time of detection`, `Outage start time`, `Date discovered`: one known verb among words that only frame it.
fn composed(words: &[String]) -> Option<EntryKind> {
    let mut cores = words.iter().filter(|word| !FRAME.contains(&word.as_str()));
    let core = cores.next()?;
    let kind = CORES.iter().find(|(word, _)| word == core).map(|(_, kind)| *kind);
    kind.filter(|_| cores.next().is_none())
}

/// The mark inside an entry's text: in capitals as it stands, in small letters however it is written.
pub(super) fn inside(text: &str) -> Option<EntryKind> {
    let lower = text.to_lowercase();
    let marked = |marks: &Phrases| marks.written(text) || marks.written(&lower);
    let begins = marked(&BEGINS).then_some(EntryKind::Milestone(Milestone::Started));
    let stops = || marked(&STOPS).then_some(EntryKind::Milestone(Milestone::Resolved));
    begins.or_else(stops).or_else(|| trailing(text))
}

/// A known label in brackets at the end of an entry: `Shelves are lit again [RESOLVED]`.
fn trailing(text: &str) -> Option<EntryKind> {
    let text = text.trim_end_matches(['*', '_', '.', ' ']);
    let open = if text.ends_with(']') { '[' } else { '(' };
    let (before, label) = text.strip_suffix([']', ')'])?.rsplit_once(open)?;
    mark(label).filter(|_| before.chars().any(char::is_alphanumeric))
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
    mark(text.get(..end.unwrap_or(text.len()))?.trim_matches(['*', ' ', '[', ']', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Milestone::{Detected, Mitigated, Resolved, Started};
    use EntryKind::Milestone as Point;

    #[test]
    fn a_label_tells_the_kind_and_other_words_do_not() {
        for (label, kind) in [
            ("Time of detection", Some(Point(Detected))),
            ("Outage start time", Some(Point(Started))),
            ("Date discovered", Some(Point(Detected))),
            ("Time resolved", Some(Point(Resolved))),
            ("Initial detection", Some(Point(Detected))),
            ("Time of recovery", Some(Point(Resolved))),
            ("Hora de inicio del incidente", Some(Point(Started))),
            ("Fin de la panne", Some(Point(Resolved))),
            ("Beginn der Störung", Some(Point(Started))),
            ("Time to detect", None),
            ("Detected by", None),
            ("Start of the migration", None),
            ("Incident", None),
        ] {
            assert_eq!(meaning(label), kind, "{label}");
        }
        assert_eq!(inside("OUTAGE BEGINS — shelves go dark"), Some(Point(Started)));
        assert_eq!(inside("Ann reloads the proxy (end of the incident)"), Some(Point(Resolved)));
        assert_eq!(inside("New lamps arrive. **<END OF OUTAGE>**"), Some(Point(Resolved)));
        assert_eq!(inside("A lamp is unplugged <START OF IMPACT>"), Some(Point(Started)));
        assert_eq!(inside("The outage begins to worry us"), None);
        assert_eq!(inside("Shelves are lit again **[RESOLVED]**"), Some(Point(Resolved)));
        assert_eq!(inside("Ann asks Bo (still at lunch)"), None);
        assert_eq!(leading("Detected: alerts fire"), Some(Point(Detected)));
        assert_eq!(leading("Resolved"), Some(Point(Resolved)));
        assert_eq!(leading("The team resolved it: good"), None);
        let (kind, at, _) = before_time("Repaired 2022-01-22 13:59", Order::DayFirst).expect("a label");
        assert_eq!((kind, at), (Some(Point(Mitigated)), 9));
        assert!(before_time("we saw at 10:00 that all was lost", Order::DayFirst).is_none());
    }
}
