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
    let mut columns = Columns::default();
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
        for (label, value) in pairs(line, &mut columns) {
            points.extend(of_pair(context, &label, &value, line, order));
        }
    }
    points
}

/// The points that one label and its value tell.
fn of_pair(
    context: &Context<'_>,
    label: &str,
    value: &str,
    line: &Line<'_>,
    order: Order,
) -> Vec<(Milestone, ClockPoint)> {
    if is_window(label) {
        let mut stamps = times::read(value, order)
            .into_iter()
            .chain(times::all(value, order).into_iter().map(|(_, stamp)| stamp));
        return stamps
            .find(|stamp| stamp.end.is_some())
            .map(|stamp| window(context, stamp, value, line))
            .unwrap_or_default();
    }
    let Some(stamp) = times::read(value, order) else { return Vec::new() };
    // `Start (UTC): …` names the zone beside the label.
    let (name, aside) = label.split_once('(').unwrap_or((label, ""));
    let Some(EntryKind::Milestone(milestone)) = timeline::label_meaning(name) else {
        return Vec::new();
    };
    let zone = times::declared_zone(aside);
    let rest = value.get(stamp.len..).unwrap_or_default();
    let far = rest.len() > 60 && !rest.starts_with('(');
    let at = timeline::lone_moment(stamp, value, context.date, zone.as_ref().unwrap_or(context.zone));
    let at = at.filter(|_| !far);
    at.map(|at| (milestone, ClockPoint { at, from: "label", span: line.span })).into_iter().collect()
}

/// Labels before the time from when to when it lasted: `**Date:** 2025-07-14, 09:12–11:48 UTC`.
const WINDOWS: [&str; 24] = [
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
    "downtime",
    "total downtime",
    "incident duration",
    "outage duration",
    "impact duration",
    "total duration",
    "outage",
    "timeframe",
    "period",
    "mttr",
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

/// The labels in the header of a table that has its points below each other: `| Started | Detected | Resolved |`.
#[derive(Default)]
struct Columns {
    group: u32,
    titles: Vec<String>,
}

/// `Started: 2024-03-14 14:23`, `| **Start time** | 2024-03-14 14:23 |`, two such pairs in one row, or the first row below
/// a header of labels.
fn pairs(line: &Line<'_>, columns: &mut Columns) -> Vec<(String, String)> {
    let Shape::Row { head } = line.shape else {
        return pair(&line.text).into_iter().collect();
    };
    let cells: Vec<String> = line.cells.iter().map(words).collect();
    let titles = std::mem::take(&mut columns.titles);
    if head {
        *columns = Columns { group: line.group, titles: cells.clone() };
    } else if columns.group == line.group
        && titles.iter().filter(|title| timeline::label_meaning(title).is_some()).count() >= 2
    {
        return titles.into_iter().zip(cells).collect();
    }
    if cells.len() > 6 || cells.len() % 2 == 1 {
        return Vec::new();
    }
    cells
        .chunks_exact(2)
        .filter_map(|two| <[String; 2]>::try_from(two.to_vec()).ok())
        .map(|[a, b]| (a, b))
        .collect()
}

fn words(cell: &Cell) -> String {
    plain(&cell.text).trim().to_owned()
}

/// `Started: …`, or `Start – …` where the label is a known one.
fn pair(text: &str) -> Option<(String, String)> {
    let owned = |(label, value): (&str, &str)| (label.trim().to_owned(), value.trim().to_owned());
    let dashed = || {
        let parts = [" - ", " – ", " — "].iter().find_map(|dash| text.split_once(dash))?;
        timeline::label_meaning(parts.0).is_some().then_some(parts)
    };
    let colon = text.split_once(':').filter(|(label, _)| label.len() < 40 && !label.contains(" - "));
    colon.or_else(dashed).map(owned)
}
