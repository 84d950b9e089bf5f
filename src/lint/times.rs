//! Rules on times: zones, order, and the promise to publish soon.

use super::Case;
use crate::diag::{Diagnostic, Span, words};
use crate::model::{Incident, Milestone, Precision, Status, Zone};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Times whose zone nothing tells.
pub(super) fn unknown_zone(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    // Told as what it is while reading.
    if case.incident.zone_from == "contradiction" {
        return;
    }
    let unknown = case.incident.timeline.iter().filter(|entry| {
        entry.at.as_ref().is_some_and(|at| at.zone == Zone::Unknown && at.precision != Precision::Day)
    });
    let entries: Vec<_> = unknown.collect();
    if let Some(first) = entries.first() {
        let message = format!("{} without a time zone", words::count(entries.len(), "timeline entry"));
        let help = "write `All times in UTC` above the timeline, or `timezone:` in the front matter";
        let end = first.span.start as usize + first.written.len();
        found.push(
            case.finding("unknown-zone", Span::new(first.span.start as usize, end), message).help(help),
        );
    }
}

/// What reading told of the order of timelines, by file, and everything else.
pub(super) fn orders_by_file(
    found: Vec<Diagnostic>,
) -> (BTreeMap<Arc<str>, Vec<Diagnostic>>, Vec<Diagnostic>) {
    let (orders, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.code == "timeline-order");
    let mut by_file: BTreeMap<Arc<str>, Vec<Diagnostic>> = BTreeMap::new();
    for one in orders {
        by_file.entry(Arc::clone(&one.file)).or_default().push(one);
    }
    (by_file, others)
}

/// What is worth telling of the order of a timeline. It begins anew under each title, since some files tell of several
/// incidents (the paragraph that opens a text has none); a timeline that runs from the newest entry to the oldest is told of once.
pub(super) fn sieved(incident: &Incident, mut orders: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let pairs = incident.timeline.iter().zip(incident.timeline.iter().skip(1));
    let before: BTreeMap<u32, u32> = pairs.map(|(one, next)| (next.span.start, one.span.start)).collect();
    let titled = incident.sections.iter().filter(|section| !section.title.is_empty());
    let titles: BTreeSet<u32> = titled.map(|section| section.span.start).collect();
    orders.retain(|order| {
        let earlier = before.get(&order.span.start).copied().unwrap_or(order.span.start);
        titles.range(earlier..order.span.start).next().is_none()
    });
    let all = orders.len() >= 2 && orders.len() + 1 == incident.timeline.len();
    if all || (orders.len() >= 3 && orders.len() * 2 > incident.timeline.len()) {
        orders.truncate(1);
        for order in &mut orders {
            order.message = "the timeline runs from the newest entry to the oldest".into();
            order.help =
                Some("put the first event first: readers follow what people knew, step by step".into());
        }
    }
    orders
}

/// A clock point before an earlier one.
pub(super) fn clock_order(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    if case.tells_many() {
        return;
    }
    let known: Vec<_> = Milestone::ALL
        .into_iter()
        .filter_map(|milestone| case.incident.clock.get(milestone).map(|point| (milestone, point)))
        // What was read from words may be read wrongly.
        .filter(|(_, point)| !matches!(point.from, "timeline: words" | "text"))
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
