//! What an entry tells, from its words, where the author did not mark it.
//!
//! Words decide only where they leave little doubt; everything else stays a note. An entry typed here is marked as
//! inferred, and the clock points taken from it say so.

mod languages;
mod phrases;
mod signs;

use crate::model::{EntryKind, Milestone, Moment, Precision, TimelineEntry};
use crate::parse::wording::{self, Phrases};
use std::sync::LazyLock;

use languages::{FOREIGN, FOREIGN_FAULTS, FOREIGN_NOTICED};
use phrases::{CALM, FAULTS, IDENTIFIED, NOTICED, PHRASES};
use signs::{ORIGINS, SIGNS, TENDED};

use EntryKind::{Escalated, Identified, Milestone as Point, Note};

static LISTS: LazyLock<wording::Lists> =
    LazyLock::new(|| wording::Lists::new(kinds().map(|(_, phrases)| *phrases)));

fn kinds() -> impl Iterator<Item = &'static (EntryKind, &'static [&'static str])> {
    PHRASES.iter().chain(FOREIGN)
}

/// The kind that the words of an entry tell.
pub(super) fn by_words(text: &str) -> EntryKind {
    let said = LISTS.said(&wording::head(text)).and_then(|list| kinds().nth(list));
    said.map_or(Note, |(kind, _)| *kind)
}

/// Settles the kinds that words gave, seen together: the first sign that somebody noticed is the detection, a fault told
/// before it is the start, and both happen once.
pub(super) fn settle(entries: &mut [TimelineEntry], begun: Option<&Moment>) {
    // By the clock on the wall too: a label may name another zone than the timeline, and mean the same.
    let early = |entry: &TimelineEntry| {
        let both = entry.at.as_ref().zip(begun).filter(|(at, begun)| at.local < begun.local);
        both.and_then(|(at, begun)| at.since(begun)).is_some_and(|gap| gap.is_negative())
    };
    let is = |entry: &TimelineEntry, milestone| entry.kind == Point(milestone);
    let marked = |entries: &[TimelineEntry], milestone| {
        entries.iter().any(|entry| is(entry, milestone) && !entry.inferred)
    };
    if !marked(entries, Milestone::Detected) {
        // Nobody notices what has not begun: where the author marks the beginning, signs count from there.
        let first = entries.iter().position(|entry| !entry.inferred && is(entry, Milestone::Started));
        let sign = |late: bool| {
            entries.iter().enumerate().position(|(at, entry)| {
                entry.inferred
                    && first.is_none_or(|first| at >= first)
                    && !(late && early(entry))
                    && (is(entry, Milestone::Detected)
                        || (open(entry) && mentions(&entry.text, &[&NOTICED, &FOREIGN_NOTICED])))
                    && !mentions(&entry.text, &[&CALM, &TENDED])
            })
        };
        // Where all signs stand before the stated start, it is that of something else: of the worst of it.
        let sign = sign(true).or_else(|| sign(false));
        // What is identified in the first entry of all is the fault, not its cause.
        let fault =
            || entries.first().filter(|one| open(one) && mentions(&one.text, &[&IDENTIFIED])).map(|_| 0);
        once(entries, Milestone::Detected, sign.or_else(fault));
    }
    if !marked(entries, Milestone::Started) {
        let detected = entries.iter().position(|entry| is(entry, Milestone::Detected));
        // Where nothing tells of the detection, a fault counts that stands before any relief.
        let relief = || {
            entries.iter().position(|entry| is(entry, Milestone::Mitigated) || is(entry, Milestone::Resolved))
        };
        // Nor of relief: then one in the first half.
        let before = detected.or_else(relief).unwrap_or_else(|| entries.len().div_ceil(2));
        let early = entries.get(..before).unwrap_or_default();
        let is_told = |entry: &TimelineEntry| is(entry, Milestone::Started);
        let is_fault =
            |entry: &TimelineEntry| open(entry) && mentions(&entry.text, &[&FAULTS, &FOREIGN_FAULTS]);
        let place = |fits: &dyn Fn(&TimelineEntry) -> bool| early.iter().position(fits);
        // A day alone rather tells of the cause, where a fault has a time of day: `08-01 the certificate expired`.
        let timed =
            |entry: &TimelineEntry| entry.at.as_ref().is_some_and(|at| at.precision != Precision::Day);
        let chosen = place(&|entry| timed(entry) && is_told(entry))
            .or_else(|| place(&|entry| timed(entry) && is_fault(entry)))
            .or_else(|| place(&|entry| timed(entry) && open(entry) && mentions(&entry.text, &[&ORIGINS])))
            .or_else(|| place(&is_told))
            .or_else(|| place(&is_fault));
        once(entries, Milestone::Started, chosen);
    }
    if !entries.iter().any(|entry| is(entry, Milestone::Detected)) {
        once(entries, Milestone::Detected, stirs(entries));
    }
}

/// Where nobody is said to notice, the first who speaks of the fault or acts on it has noticed it, unless the entry of
/// its start tells of that.
fn stirs(entries: &[TimelineEntry]) -> Option<usize> {
    let start = entries.iter().position(|entry| entry.kind == Point(Milestone::Started));
    let at_once = start.and_then(|start| entries.get(start)).is_some_and(|entry| is_sign(&entry.text));
    let acts = |entry: &TimelineEntry| {
        entry.kind == Point(Milestone::Acknowledged) || (open(entry) && mentions(&entry.text, &[&SIGNS]))
    };
    let first = entries.iter().enumerate().position(|(at, entry)| {
        start.is_none_or(|start| at > start) && acts(entry) && entry.inferred && entry.at.is_some()
    });
    first.filter(|_| !at_once)
}

/// Whether words may still give this entry another kind.
fn open(entry: &TimelineEntry) -> bool {
    entry.inferred && matches!(entry.kind, Note | Identified | Escalated | Point(Milestone::Acknowledged))
}

/// Makes the entry at `chosen` the only one of kind `milestone` among those typed from words.
fn once(entries: &mut [TimelineEntry], milestone: Milestone, chosen: Option<usize>) {
    for (at, entry) in entries.iter_mut().enumerate().filter(|(_, entry)| entry.inferred) {
        if Some(at) == chosen {
            entry.kind = Point(milestone);
        } else if entry.kind == Point(milestone) {
            entry.kind = Note;
        }
    }
}

/// Whether the words of an entry tell of a fault or of a sign of one; who tends to alerts tells of none.
pub(super) fn sounds_bad(text: &str) -> bool {
    !mentions(text, &[&TENDED]) && sounds_of_fault(text)
}

/// Whether somebody or something is said to notice.
pub(super) fn is_sign(text: &str) -> bool {
    mentions(text, &[&NOTICED, &FOREIGN_NOTICED]) && !mentions(text, &[&CALM, &TENDED])
}

fn sounds_of_fault(text: &str) -> bool {
    mentions(text, &[&FAULTS, &FOREIGN_FAULTS]) || mentions(text, &[&NOTICED, &FOREIGN_NOTICED])
}

fn mentions(text: &str, lists: &[&Phrases]) -> bool {
    let head = wording::head(text);
    lists.iter().any(|list| list.said(&head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alerts_that_are_tended_to_tell_of_no_fault() {
        assert!(sounds_bad("An alert speaks of dark shelves"));
        assert!(!sounds_bad("Alerts added for dark shelves"));
        assert!(!sounds_bad("All alarms cleared"));
    }

    #[test]
    fn words_type_an_entry_only_where_they_leave_little_doubt() {
        for (text, word) in [
            ("Alert fired for the hub", "detected"),
            ("Ann notices that pods are pending", "detected"),
            ("The outage starts", "start"),
            ("Verified all systems operational", "resolved"),
            ("The issue is not resolved yet", "note"),
            ("Escalated to the database team", "escalated"),
            ("We restarted a node", "note"),
            ("Rolled back the deploy", "mitigated"),
            ("The outage came to an end", "resolved"),
            ("Pages are reachable again", "resolved"),
            ("Monitoring says that the queue is now fine", "resolved"),
            ("The node is gone and everything is working", "resolved"),
        ] {
            assert_eq!(by_words(text).word(), word, "{text}");
        }
    }
}
