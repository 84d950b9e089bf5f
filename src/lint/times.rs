//! Rules on times: zones, order, and the promise to publish soon.

use super::Case;
use crate::diag::{Diagnostic, Span, words};
use crate::model::{Milestone, Precision, Status, Zone};

/// Times whose zone nothing tells.
pub(super) fn unknown_zone(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let unknown = case.incident.timeline.iter().filter(|entry| {
        entry.at.as_ref().is_some_and(|at| at.zone == Zone::Unknown && at.precision != Precision::Day)
    });
    let entries: Vec<_> = unknown.collect();
    if let Some(first) = entries.first() {
        let message = format!(
            "{} without a time zone",
            words::count(entries.len(), "timeline entry").replace("entrys", "entries")
        );
        let help = "write `All times in UTC` above the timeline, or `timezone:` in the front matter";
        let end = first.span.start as usize + first.written.len();
        found.push(
            case.finding("unknown-zone", Span::new(first.span.start as usize, end), message).help(help),
        );
    }
}

/// A clock point before an earlier one.
pub(super) fn clock_order(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let known: Vec<_> = Milestone::ALL
        .into_iter()
        .filter_map(|milestone| case.incident.clock.get(milestone).map(|point| (milestone, point)))
        .collect();
    for (later, end) in &known {
        for (earlier, start) in known.iter().filter(|(earlier, _)| earlier < later) {
            // Teams acknowledge before they know, and mitigate before they understand; only these pairs cannot be.
            let cannot_be = *earlier == Milestone::Started || *later == Milestone::Resolved;
            if cannot_be && end.at.since(&start.at).is_some_and(|passed| passed.is_negative()) {
                let message = format!(
                    "{} at {} is before {} at {}",
                    later.word(),
                    end.at.shown(),
                    earlier.word(),
                    start.at.shown()
                );
                found.push(case.finding("clock-order", end.span, message));
                return;
            }
        }
    }
}

/// Published later than the policy, or not yet although the time is up.
pub(super) fn published_late(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let within = case.config.policy.publish_within.0;
    let clock = &case.incident.clock;
    let hours = |lag: jiff::SignedDuration| format!("{} h", lag.as_hours());
    if let (Some(lag), Some(published)) = (clock.publication_lag(), &clock.published) {
        if lag > within {
            let message =
                format!("published {} after the resolution; the policy is {}", hours(lag), hours(within));
            found.push(case.finding("published-late", published.span, message));
        }
        return;
    }
    let Some(resolved) = clock.resolved.as_ref().filter(|_| case.incident.status != Status::Final) else {
        return;
    };
    let waiting = case.as_of.to_datetime(jiff::civil::Time::midnight()).duration_since(resolved.at.local);
    if clock.published.is_none() && waiting > within {
        let message = format!(
            "still a {} {} after the resolution; the policy is {}",
            case.incident.status.word(),
            hours(waiting),
            hours(within)
        );
        found.push(case.finding("published-late", resolved.span, message));
    }
}
