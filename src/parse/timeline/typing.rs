//! What an entry tells, from its words, where the author did not mark it.
//!
//! Words decide only where they leave little doubt; everything else stays a note. An entry typed here is marked as
//! inferred, and the clock points taken from it say so.

use crate::model::{EntryKind, Milestone};

use EntryKind::{AllClear, Escalated, Identified, Milestone as Point, Note};

/// Phrases by kind. The first kind with a phrase in the text wins, so the sure ones stand first.
const PHRASES: [(EntryKind, &[&str]); 9] = [
    (AllClear, &["all clear", "all-clear", "incident closed", "closed the incident", "incident is closed"]),
    (
        Point(Milestone::Resolved),
        &[
            "incident resolved", "resolved the incident", "issue resolved", "issue is resolved", "marked as resolved",
            "fully resolved", "outage over", "outage ends", "outage ended", "incident ends", "incident ended",
            "incident over", "back to normal", "fully recovered", "fully restored", "full recovery",
            "all systems operational", "all services operational", "everything is back", "service is back",
            "services are back", "services restored", "service restored", "service is restored", "back online", "is back up", "are back up",
            "operational again", "works again", "working again", "up and running again", "up and running",
            "problem solved", "was resolved", "is resolved", "are resolved", "has been resolved", "have been resolved",
            "fix confirmed", "confirmed fixed", "issue fixed", "issue goes away",
        ],
    ),
    (
        Point(Milestone::Started),
        &[
            "incident begins", "incident starts", "incident started", "incident began", "outage begins",
            "outage starts", "outage started", "outage began", "problem starts", "problem started", "issue starts",
            "issue started", "issues start", "problems start", "started failing", "starts failing", "start failing",
            "begins failing", "began failing", "starts to fail", "started to fail", "begins to fail",
            "began to fail", "goes down", "went down", "becomes unavailable", "became unavailable", "certificate expired",
            "certificate expires", "stopped working", "stops working", "is unreachable", "becomes unreachable",
            "became unreachable", "becomes unresponsive", "became unresponsive", "rapidly using",
        ],
    ),
    (
        Point(Milestone::Detected),
        &[
            "first report", "first noticed", "first detected", "first alert", "alert fired", "alert fires",
            "alerts fired", "alerts fire", "alert received", "alerts received", "received an alert",
            "received alert", "receives alert", "alert triggered", "alarm triggered", "alarms triggered", "pingdom alert", "is alerted",
            "are alerted", "was alerted", "were alerted", "got alerted", "alerted by", "alerted to", "alerted that",
            "pagerduty alert", "notices", "noticed", "reports that", "reported that", "reports of", "users report",
            "user reports", "reported by", "detected", "discovers", "discovered", "discovery", "observed that",
            "problem is identified", "issue is identified", "team alerted", "notified of", "notified about", "notified that",
            "raised an alert", "raises an alert", "gitter that", "reports an issue", "reported an issue",
        ],
    ),
    (
        Point(Milestone::Acknowledged),
        &[
            "acknowledged", "acknowledges", "starts investigating", "started investigating", "begins investigating",
            "began investigating", "starts looking", "started looking", "begin investigation", "investigation begins",
            "investigation starts", "investigation started", "start investigating",
        ],
    ),
    (Escalated, &["escalated", "escalates", "escalation", "called in", "calls in", "pages the", "paged the"]),
    (
        Identified,
        &[
            "root cause", "cause is found", "cause found", "found the cause", "cause identified", "identified the",
            "identified as", "identifies the", "pinpointed",
        ],
    ),
    (
        Point(Milestone::Mitigated),
        &[
            "mitigated", "mitigation", "rolled back", "rolls back", "rollback complete", "reverted", "workaround",
            "recovering", "traffic restored", "launch success rate begins",
        ],
    ),
    (Note, &[]),
];

/// Words before a phrase that turn it into its opposite.
const NOT: [&str; 10] =
    ["not", "n't", "never", "no", "until", "if", "when", "whether", "should", "to be"];

/// The kind that the words of an entry tell.
pub(super) fn by_words(text: &str) -> EntryKind {
    let head: String = text.chars().take(240).collect::<String>().to_lowercase();
    let says = |phrase: &&str| {
        head.match_indices(*phrase).any(|(at, _)| whole(&head, at, phrase.len()) && !denied(&head, at))
    };
    PHRASES.iter().find(|(_, phrases)| phrases.iter().any(|phrase| says(&phrase))).map_or(Note, |(kind, _)| *kind)
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
