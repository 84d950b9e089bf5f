//! Clock points that stand behind a label: lines, items and rows of two cells.

use crate::model::text::{Cell, plain};
use crate::model::{ClockPoint, EntryKind, Milestone, Precision, SectionKind};
use crate::parse::context::Context;
use crate::parse::lines::{Line, Lined, Shape};
use crate::parse::timeline;
use crate::parse::times::{self, Order, Stamp};

/// Points that labels outside the timeline give.
pub(super) fn points(context: &Context<'_>, lined: &Lined<'_>, order: Order) -> Vec<(Milestone, ClockPoint)> {
    let mut points = Vec::new();
    let mut timelines = context
        .sections
        .iter()
        .filter(|section| section.kind == Some(SectionKind::Timeline))
        .map(|section| section.extent)
        .peekable();
    for line in lined.all.iter().filter(|line| !line.quoted) {
        while timelines.next_if(|extent| extent.end <= line.span.start).is_some() {}
        if timelines.peek().is_some_and(|extent| extent.contains(line.span.start)) {
            continue;
        }
        let Some((label, value)) = pair(line) else {
            continue;
        };
        let Some(stamp) = times::read(&value, order) else {
            continue;
        };
        if is_window(&label) {
            points.extend(window(context, stamp, &value, line));
            continue;
        }
        let Some(EntryKind::Milestone(milestone)) = timeline::label_meaning(&label) else {
            continue;
        };
        let far = stamp.len < value.len() && value.len() - stamp.len > 60;
        let at = timeline::lone_moment(stamp, &value, context.date, context.zone).filter(|_| !far);
        points.extend(at.map(|at| (milestone, ClockPoint { at, from: "label", span: line.span })));
    }
    points
}

/// Labels before the time from when to when it lasted: `**Date:** 2025-07-14, 09:12–11:48 UTC`.
const WINDOWS: [&str; 14] = [
    "date",
    "when",
    "date and time",
    "date/time",
    "date & time",
    "time",
    "time window",
    "window",
    "incident window",
    "incident time",
    "outage window",
    "impact window",
    "duration",
    "time of incident",
];

fn is_window(label: &str) -> bool {
    let label = label.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    WINDOWS.contains(&label.as_str())
}

/// Start and end of a span of time behind such a label; a time alone says too little.
fn window(context: &Context<'_>, stamp: Stamp, value: &str, line: &Line<'_>) -> Vec<(Milestone, ClockPoint)> {
    let Some((start, Some(end))) = timeline::lone_span(stamp, value, context.date, context.zone) else {
        return Vec::new();
    };
    let timed = [&start, &end].iter().all(|at| at.precision != Precision::Day);
    let in_order = end.since(&start).is_none_or(|gap| gap.is_positive());
    let point = |at| ClockPoint { at, from: "label", span: line.span };
    if timed && in_order {
        vec![(Milestone::Started, point(start)), (Milestone::Resolved, point(end))]
    } else {
        Vec::new()
    }
}

/// `Started: 2024-03-14 14:23`, `| **Start time** | 2024-03-14 14:23 |`.
fn pair(line: &Line<'_>) -> Option<(String, String)> {
    if let Shape::Row { .. } = line.shape {
        let [label, value] = line.cells else { return None };
        let words = |cell: &Cell| plain(&cell.text).trim().to_owned();
        return Some((words(label), words(value)));
    }
    let (label, value) = line.text.split_once(':')?;
    (label.len() < 40).then(|| (label.to_owned(), value.trim().to_owned()))
}
