//! What an entry tells, from its words, where the author did not mark it.
//!
//! Words decide only where they leave little doubt; everything else stays a note. An entry typed here is marked as
//! inferred, and the clock points taken from it say so.

use crate::model::{EntryKind, Milestone, TimelineEntry};

use EntryKind::{AllClear, Escalated, Identified, Milestone as Point, Note};

/// Phrases by kind. The first kind with a phrase in the text wins, so the sure ones stand first.
const PHRASES: [(EntryKind, &[&str]); 9] = [
    (AllClear, &["all clear", "all-clear", "incident closed", "closed the incident", "incident is closed"]),
    (
        Point(Milestone::Resolved),
        &[
            "verified operational",
            "systems operational",
            "service operational",
            "fully operational",
            "permanently fixed",
            "working as intended",
            "working as expected",
            "everything seems fine",
            "issue is closed",
            "issue closed",
            "confirmed working",
            "back to a functional state",
            "returns to normal",
            "returned to normal",
            "return to normal",
            "solved the issue",
            "solves the issue",
            "service resumes",
            "service resumed",
            "service resumption",
            "healthy again",
            "available again",
            "accessible again",
            "service is restored",
            "incident is resolved",
            "appears to be restored",
            "system recovered",
            "service recovered",
            "works for everyone",
            "incident resolved",
            "resolved the incident",
            "issue resolved",
            "issue is resolved",
            "marked as resolved",
            "fully resolved",
            "outage over",
            "outage ends",
            "outage ended",
            "incident ends",
            "incident ended",
            "incident over",
            "back to normal",
            "fully recovered",
            "fully restored",
            "full recovery",
            "all systems operational",
            "all services operational",
            "everything is back",
            "service is back",
            "services are back",
            "services restored",
            "service restored",
            "service is restored",
            "back online",
            "is back up",
            "are back up",
            "operational again",
            "works again",
            "working again",
            "up and running again",
            "up and running",
            "problem solved",
            "was resolved",
            "is resolved",
            "are resolved",
            "has been resolved",
            "have been resolved",
            "fix confirmed",
            "confirmed fixed",
            "issue fixed",
            "(resolved)",
            "is resolved",
            "issue goes away",
        ],
    ),
    (
        Point(Milestone::Started),
        &[
            "incident begins",
            "incident starts",
            "incident started",
            "incident began",
            "outage begins",
            "outage starts",
            "outage started",
            "outage began",
            "problem starts",
            "problem started",
            "issue starts",
            "issue started",
            "issues start",
            "problems start",
            "started failing",
            "starts failing",
            "start failing",
            "begins failing",
            "began failing",
            "starts to fail",
            "started to fail",
            "begins to fail",
            "began to fail",
            "goes down",
            "went down",
            "becomes unavailable",
            "became unavailable",
            "certificate expired",
            "certificate expires",
            "stopped working",
            "stops working",
            "is unreachable",
            "becomes unreachable",
            "became unreachable",
            "becomes unresponsive",
            "became unresponsive",
            "rapidly using",
        ],
    ),
    (
        Point(Milestone::Detected),
        &[
            "first report",
            "first noticed",
            "first detected",
            "first alert",
            "alert fired",
            "alert fires",
            "alerts fired",
            "alerts fire",
            "alert received",
            "alerts received",
            "received an alert",
            "received alert",
            "receives alert",
            "alert triggered",
            "alarm triggered",
            "alarms triggered",
            "pingdom alert",
            "is alerted",
            "are alerted",
            "was alerted",
            "were alerted",
            "got alerted",
            "alerted by",
            "alerted to",
            "alerted that",
            "pagerduty alert",
            "notices",
            "noticed",
            "reports that",
            "reported that",
            "reports of",
            "users report",
            "user reports",
            "reported by",
            "detected",
            "discovers",
            "discovered",
            "discovery",
            "observed that",
            "problem is identified",
            "issue is identified",
            "team alerted",
            "notified of",
            "notified about",
            "notified that",
            "raised an alert",
            "raises an alert",
            "gitter that",
            "reports an issue",
            "reported an issue",
        ],
    ),
    (
        Point(Milestone::Acknowledged),
        &[
            "acknowledged",
            "acknowledges",
            "starts investigating",
            "started investigating",
            "begins investigating",
            "began investigating",
            "starts looking",
            "started looking",
            "begin investigation",
            "investigation begins",
            "investigation starts",
            "investigation started",
            "start investigating",
        ],
    ),
    (Escalated, &["escalated", "escalates", "escalation", "called in", "calls in", "pages the", "paged the"]),
    (
        Identified,
        &[
            "root cause",
            "cause is found",
            "cause found",
            "found the cause",
            "cause identified",
            "identified the",
            "identified as",
            "identifies the",
            "pinpointed",
        ],
    ),
    (
        Point(Milestone::Mitigated),
        &[
            "mitigated",
            "mitigation",
            "rolled back",
            "rolls back",
            "rollback complete",
            "reverted",
            "workaround",
            "recovering",
            "traffic restored",
            "launch success rate begins",
        ],
    ),
    (Note, &[]),
];

/// Words before a phrase that turn it into its opposite.
const NOT: [&str; 10] = ["not", "n't", "never", "no", "until", "if", "when", "whether", "should", "to be"];

/// The kind that the words of an entry tell.
pub(super) fn by_words(text: &str) -> EntryKind {
    let head: String = text.chars().take(500).collect::<String>().to_lowercase();
    let says = |phrase: &&str| {
        head.match_indices(*phrase).any(|(at, _)| whole(&head, at, phrase.len()) && !denied(&head, at))
    };
    PHRASES.iter().find(|(_, phrases)| phrases.iter().any(says)).map_or(Note, |(kind, _)| *kind)
}

/// Words that tell of the fault itself. They stand in many entries, so they make a start only before all else is known.
const FAULTS: [&str; 40] = [
    "fails",
    "failing",
    "failed",
    "failure",
    "failures",
    "runs out",
    "ran out",
    "out of memory",
    "accidental",
    "accidentally",
    "crash",
    "crashes",
    "crashed",
    "degrading",
    "degraded",
    "degrades",
    "unavailable",
    "unreachable",
    "unresponsive",
    "expired",
    "expires",
    "stops",
    "stopped",
    "drops",
    "dropped",
    "outage",
    "down",
    "deleted",
    "deletes",
    "broken",
    "breaks",
    "broke",
    "errors",
    "timeouts",
    "unable",
    "spike",
    "spikes",
    "saturated",
    "first wave",
    "begins",
];

/// Words that tell that somebody or something noticed, in whichever form.
const NOTICED: [&str; 38] = [
    "alert",
    "alerts",
    "alerted",
    "alarm",
    "alarms",
    "notice",
    "notices",
    "noticed",
    "noticing",
    "witnessed",
    "witnesses",
    "discovers",
    "discovered",
    "spots",
    "spotted",
    "detects",
    "detected",
    "observes",
    "observed",
    "sees",
    "saw",
    "reports",
    "reported",
    "report",
    "paged",
    "pages",
    "pinged",
    "complains",
    "complaints",
    "recognizes",
    "recognises",
    "warns",
    "warning",
    "aware",
    "notified",
    "emails",
    "screenshot",
    "declared",
];

/// Settles the kinds that words gave, seen together: the first sign that somebody noticed is the detection, a fault told
/// before it is the start, and both happen once.
pub(super) fn settle(entries: &mut [TimelineEntry]) {
    let is = |entry: &TimelineEntry, milestone| entry.kind == Point(milestone);
    let marked = |entries: &[TimelineEntry], milestone| {
        entries.iter().any(|entry| is(entry, milestone) && !entry.inferred)
    };
    if !marked(entries, Milestone::Detected) {
        let sign = entries.iter().position(|entry| {
            entry.inferred
                && (is(entry, Milestone::Detected) || (open(entry) && mentions(&entry.text, &NOTICED)))
        });
        once(entries, Milestone::Detected, sign);
    }
    if !marked(entries, Milestone::Started) {
        let detected = entries.iter().position(|entry| is(entry, Milestone::Detected));
        let before = detected.unwrap_or_else(|| usize::from(!entries.is_empty()));
        let early = entries.get(..before).unwrap_or_default();
        let told = early.iter().position(|entry| is(entry, Milestone::Started));
        let fault = early.iter().position(|entry| open(entry) && mentions(&entry.text, &FAULTS));
        once(entries, Milestone::Started, told.or(fault));
    }
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

fn mentions(text: &str, words: &[&str]) -> bool {
    let head: String = text.chars().take(500).collect::<String>().to_lowercase();
    let says = |word: &&str| {
        head.match_indices(*word).any(|(at, _)| whole(&head, at, word.len()) && !denied(&head, at))
    };
    words.iter().any(says)
}

fn whole(text: &str, at: usize, len: usize) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(at + len..).and_then(|text| text.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

fn denied(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let last_two: Vec<&str> = before.split_whitespace().rev().take(2).collect();
    last_two.iter().any(|word| NOT.contains(word) || word.ends_with("n't"))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ] {
            assert_eq!(by_words(text).word(), word, "{text}");
        }
    }
}
