//! A whole file: front matter, sections, timeline, actions, whys, impact, clock, references.

use super::{cpu, editions, spans};
use kb::model::{Audience, Incident};
use std::sync::Arc;

/// Reads the file and checks every place it names, and the times it understood.
pub fn run(data: &[u8]) {
    read(&String::from_utf8_lossy(data));
}

/// The incidents of a file for which all of that holds: none where it is hidden, else one.
pub(super) fn read(text: &str) -> Vec<Arc<Incident>> {
    let most = 300 + u64::try_from(text.len() / 1024).unwrap_or(u64::MAX) * 20;
    let read = cpu::within(most, "reading", || editions::of(&[("2024/a.md", text)], Audience::Internal));
    spans::of_findings(&read.found, text);
    for published in read.value.incidents.iter().chain(&read.value.pages) {
        let incident = &published.incident;
        spans::of_incident(incident, text);
        for entry in &incident.timeline {
            for moment in entry.at.iter().chain(&entry.until) {
                assert!((1970..2101).contains(&moment.local.year()), "{moment:?} from {:?}", entry.written);
                assert!(!moment.shown().is_empty() && !moment.rfc3339().is_empty());
            }
        }
        for action in &incident.actions {
            let said = !action.text.trim().is_empty() || !action.tickets.is_empty();
            assert!(said, "an action item that says nothing: {action:?}");
        }
    }
    read.value.incidents.iter().map(|published| Arc::clone(&published.incident)).collect()
}

/// Each line of the input between `start` and `end`.
pub(super) fn lines(data: &[u8], start: &str, end: &str) -> String {
    String::from_utf8_lossy(data).lines().flat_map(|line| [start, line, end].map(str::to_owned)).collect()
}
