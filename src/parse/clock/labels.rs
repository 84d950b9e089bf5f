//! Clock points that stand behind a label: lines, items and rows of two cells.

use crate::diag::Span;
use crate::model::text::{BlockKind, Cell, plain};
use crate::model::{ClockPoint, EntryKind, Milestone, Precision, SectionKind, Zone};
use crate::parse::context::Context;
use crate::parse::lines::{self, Line, Lined, Shape};
use crate::parse::timeline;
use crate::parse::times::{self, Order, Stamp};

/// Points that labels give.
#[derive(Debug, Default)]
pub(in crate::parse) struct Labelled {
    /// The points, in the order of the text.
    pub(super) points: Vec<(Milestone, ClockPoint)>,
    /// `Service restored: 11:40`: the end where nothing is called so.
    pub(super) back: Option<ClockPoint>,
}

impl Labelled {
    /// The first point that is `milestone`.
    pub(in crate::parse) fn get(&self, milestone: Milestone) -> Option<&ClockPoint> {
        self.points.iter().find(|(known, _)| *known == milestone).map(|(_, point)| point)
    }
}

/// Points that labels outside the timeline give, and spans of time that a label holds in it.
pub(in crate::parse) fn read(context: &Context<'_>, lined: &Lined<'_>, order: Order) -> Labelled {
    let mut found = Labelled::default();
    let mut columns = Columns::default();
    let mut above: Option<&str> = None;
    let mut timelines = context
        .sections
        .iter()
        .filter(|section| section.kind == Some(SectionKind::Timeline))
        .map(|section| section.extent)
        .peekable();
    let top = context.sections.first().map_or(u32::MAX, |section| section.span.start);
    for line in &lined.all {
        while timelines.next_if(|extent| extent.end <= line.span.start).is_some() {}
        let entries = timelines.peek().is_some_and(|extent| extent.contains(line.span.start));
        let title = above.take();
        // A frame of pairs may be drawn with the mark of a quotation, above everything else.
        if line.quoted && line.span.start > top {
            continue;
        }
        if matches!(line.shape, Shape::Heading(_) | Shape::Term) {
            above = Some(line.text.as_str()).filter(|_| !entries);
        } else if let Some(title) = title.filter(|_| is_time(&line.text, order)) {
            found.add(of_pair(context, title, &line.text, line.span, order), title);
            continue;
        }
        for (label, value) in pairs(line, &mut columns) {
            if !entries || is_window(&label) {
                found.add(of_pair(context, &label, &value, line.span, order), &label);
            }
        }
    }
    for (span, text) in indented(context) {
        if let Some((label, value)) = pair(text) {
            found.add(of_pair(context, &label, &value, span, order), &label);
        }
    }
    found
}

/// The lines of fields that stand indented below their title, which makes code of them, in a text without headings.
fn indented<'a>(context: &Context<'a>) -> impl Iterator<Item = (Span, &'a str)> {
    let bare = !context.document.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_)));
    let blocks = context.document.blocks.iter().filter(move |_| bare);
    let text = &context.source.text;
    blocks.filter(|block| block.is_indented(text)).flat_map(move |block| {
        let lines = lines::trimmed(block.span.of(text), block.span.start as usize);
        lines.map(|(start, line)| (Span::new(start, start + line.len()), line))
    })
}

impl Labelled {
    fn add(&mut self, points: Vec<(Milestone, ClockPoint)>, label: &str) {
        if timeline::is_back(label) && self.back.is_none() {
            self.back = points.first().map(|(_, point)| point.clone());
        }
        self.points.extend(points);
    }
}

/// Whether a line is a time and nothing else, as below `## Start time`.
fn is_time(text: &str, order: Order) -> bool {
    times::read(text, order).is_some_and(|stamp| stamp.len == text.trim_end_matches('.').len())
}

/// The points that one label and its value tell.
fn of_pair(
    context: &Context<'_>,
    label: &str,
    value: &str,
    span: Span,
    order: Order,
) -> Vec<(Milestone, ClockPoint)> {
    // `Start (UTC): …` names the zone beside the label.
    let (name, aside) = label.split_once('(').unwrap_or((label, ""));
    let zone = times::declared_zone(aside);
    let zone = zone.as_ref().unwrap_or(context.zone);
    if is_window(name) {
        let both = of_window(context, name, value, zone, span, order);
        if !both.is_empty() {
            return both;
        }
    }
    if IMPACT.contains(&name.trim().to_lowercase().as_str())
        && let Some(stamp) = times::read(value, order).filter(|stamp| stamp.end.is_some())
    {
        return window(context, stamp, value, zone, span);
    }
    let Some((stamp, bracketed)) = times::read(value, order)
        .map(|stamp| (stamp, false))
        .or_else(|| Some((in_brackets(value, order)?, true)))
    else {
        return Vec::new();
    };
    let milestone = match timeline::label_meaning(name) {
        Some(EntryKind::Milestone(milestone)) => milestone,
        Some(EntryKind::AllClear) => Milestone::Resolved,
        _ => return Vec::new(),
    };
    let rest = value.get(stamp.len..).unwrap_or_default();
    // What goes on behind a mark explains the time.
    let far = !bracketed && rest.len() > 60 && !rest.starts_with(['(', '（', '※', ';', '–', '—']);
    let at = timeline::lone_moment(stamp, value, context.date, zone).filter(|_| !far);
    at.map(|at| (milestone, ClockPoint { at, from: "label", span })).into_iter().collect()
}

/// The one time of a value that tells how it came about first: `Detection: a customer called (09:30)`.
fn in_brackets(value: &str, order: Order) -> Option<Stamp> {
    let all = times::all(value, order);
    let [(at, stamp)] = <[_; 1]>::try_from(all).ok()?;
    let opened = value.get(..at)?.trim_end().ends_with(['(', '（']);
    let closed =
        value.get(at + stamp.len..)?.trim_start_matches(|c: char| c.is_ascii_uppercase() || c == ' ');
    (opened && closed.starts_with([')', '）']) && stamp.time.is_some() && stamp.end.is_none())
        .then_some(stamp)
}

/// Labels whose value may begin with the span of time that the impact lasted.
const IMPACT: [&str; 6] = ["impact", "影響", "影响", "auswirkung", "impacto", "影響範囲"];

/// The words of labels before the time from when to when it lasted: `**Date:** 2025-07-14, 09:12–11:48 UTC`,
/// `Total outage duration`, `Start/End`.
const WINDOWS: [&str; 40] = [
    "date",
    "when",
    "time",
    "window",
    "duration",
    "downtime",
    "outage",
    "timeframe",
    "period",
    "mttr",
    "start",
    "end",
    "interval",
    "span",
    "dauer",
    "zeitraum",
    "duración",
    "duração",
    "durée",
    "periodo",
    "período",
    "varighet",
    "horário",
    "horario",
    "hora",
    "heure",
    "uhrzeit",
    "発生日時",
    "障害発生日時",
    "影響期間",
    "影響時間",
    "障害期間",
    "発生期間",
    "停止期間",
    "停止時間",
    "影响时间",
    "影响时段",
    "故障时间",
    "故障时段",
    "время",
];

/// Words that may stand beside them.
const OF: [&str; 21] = [
    "d",
    "exposition",
    "and",
    "of",
    "the",
    "incident",
    "impact",
    "total",
    "service",
    "disruption",
    "degradation",
    "full",
    "customer",
    "user",
    "active",
    "local",
    "utc",
    "de",
    "la",
    "del",
    "der",
];

/// Whether a label stands before the time from when to when it lasted.
pub(in crate::parse) fn is_window(label: &str) -> bool {
    let words: Vec<String> = label
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let held = |words: &[&str], word: &String| words.contains(&word.as_str());
    // `Start` alone is a point, `Start/End` and `Start–End` are two.
    let edge = words.iter().filter(|word| held(&["start", "end"], word)).count();
    words.len() <= 5
        && edge != 1
        && words.iter().any(|word| held(&WINDOWS, word))
        && words.iter().all(|word| held(&WINDOWS, word) || held(&OF, word))
}

fn of_window(
    context: &Context<'_>,
    label: &str,
    value: &str,
    zone: &Zone,
    span: Span,
    order: Order,
) -> Vec<(Milestone, ClockPoint)> {
    // `Start/End: 14:02 / 15:40`: elsewhere a slash tells the same time once more.
    let both = value.contains(" / ") && label.to_lowercase().contains("end");
    let joined = both.then(|| value.replacen(" / ", " - ", 1));
    let value = joined.as_deref().unwrap_or(value);
    let stamps = times::read(value, order)
        .into_iter()
        .chain(times::all(value, order).into_iter().map(|(_, stamp)| stamp));
    let mut spans = stamps.filter(|stamp| stamp.end.is_some());
    spans.next().map(|stamp| window(context, stamp, value, zone, span)).unwrap_or_default()
}

/// Start and end of a span of time behind such a label; a time alone says too little.
fn window(
    context: &Context<'_>,
    stamp: Stamp,
    value: &str,
    zone: &Zone,
    span: Span,
) -> Vec<(Milestone, ClockPoint)> {
    let Some((start, Some(end))) = timeline::lone_span(stamp, value, context.date, zone) else {
        return Vec::new();
    };
    let timed = [&start, &end].iter().all(|at| at.precision != Precision::Day);
    let in_order = end.since(&start).is_none_or(|gap| gap.is_positive());
    let point = |at| ClockPoint { at, from: "label", span };
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
        return parts(&line.text).into_iter().filter_map(pair).collect();
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

/// The parts of a line that hold a pair each: `Start: 14:02 / End: 15:40`, `Started: 14:02 | Severity: high`.
fn parts(text: &str) -> Vec<&str> {
    let marks = [" | ", " / ", " · ", "; ", ", "];
    marks
        .iter()
        .fold(vec![text], |parts, mark| parts.into_iter().flat_map(|part| split(part, mark)).collect())
}

/// `text` cut at each `mark` that a known label and a colon follow.
fn split<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    let mut from = 0;
    let mut parts = Vec::new();
    for (at, _) in text.match_indices(mark) {
        let label = text.get(at + mark.len()..).and_then(|rest| rest.split_once(':')).map(|(label, _)| label);
        if mark == " | " || label.and_then(timeline::label_meaning).is_some() {
            parts.extend(text.get(from..at));
            from = at + mark.len();
        }
    }
    parts.extend(text.get(from..));
    parts
}

/// `Started: …`, or `Start – …` where the label is a known one.
fn pair(text: &str) -> Option<(String, String)> {
    let owned = |(label, value): (&str, &str)| (label.trim().to_owned(), value.trim().to_owned());
    let dashed = || {
        let parts = [" - ", " – ", " — "].iter().find_map(|dash| text.split_once(dash))?;
        timeline::label_meaning(parts.0).is_some().then_some(parts)
    };
    let colon = text.split_once([':', '：']).filter(|(label, _)| label.len() < 40 && !label.contains(" - "));
    colon.or_else(dashed).map(owned)
}
