//! The clock points: from front matter, then labels (`**Started**: …`, key events, tables of facts), then the timeline.
//!
//! Nothing is computed from lengths or guessed from order: a point the text does not state stays unknown. Where two
//! statements disagree, front matter wins and the disagreement is told.

use super::facts::Context;
use super::impact::Length;
use super::lines::{Line, Lined, Shape};
use super::timeline::{self, Timeline};
use super::times::{self, Order};
use crate::diag::{Diagnostic, Span};
use crate::model::{Clock, ClockPoint, EntryKind, Impact, ImpactKind, Milestone, SectionKind, TimelineEntry};
use jiff::SignedDuration;

/// Difference up to which two statements of one point agree.
const SLACK: SignedDuration = SignedDuration::from_mins(5);

/// Reads the clock of a text.
pub(super) fn read(
    context: &Context<'_>,
    lined: &Lined<'_>,
    order: Order,
    timeline: &Timeline,
    found: &mut Vec<Diagnostic>,
) -> Clock {
    let mut clock = Clock { published: context.front.published.clone(), ..Clock::default() };
    for (milestone, point) in &context.front.clock {
        *clock.slot(*milestone) = Some(point.clone());
    }
    let labels = labels(context, lined, order);
    for milestone in Milestone::ALL {
        let stated = labels.iter().find(|(known, _)| *known == milestone).map(|(_, point)| point.clone());
        let stated = stated.or_else(|| of_entries(&timeline.points, milestone, "label"));
        let told = of_entries(&timeline.entries, milestone, "timeline: explicit mark");
        let firm = stated.or(told);
        let slot = clock.slot(milestone);
        match (&slot, firm) {
            (Some(known), Some(firm)) => conflict(context, milestone, known, &firm, found),
            (None, firm) => *slot = firm.or_else(|| by_words(&timeline.entries, milestone)),
            _ => {}
        }
    }
    drop_disordered(&mut clock);
    clock
}

/// The point that marked entries give: the last one for ends, the first for all others.
fn of_entries(entries: &[TimelineEntry], milestone: Milestone, from: &'static str) -> Option<ClockPoint> {
    pick(
        entries.iter().filter(|entry| !entry.inferred && timeline::is_point(entry, milestone)),
        milestone,
        from,
    )
}

fn by_words(entries: &[TimelineEntry], milestone: Milestone) -> Option<ClockPoint> {
    let typed = entries.iter().filter(|entry| entry.inferred && timeline::is_point(entry, milestone));
    let found = pick(typed, milestone, "timeline: words");
    if milestone == Milestone::Resolved && found.is_none() {
        let clear = entries.iter().filter(|entry| entry.kind == EntryKind::AllClear);
        return pick(clear, milestone, "timeline: words");
    }
    found
}

fn pick<'a>(
    entries: impl Iterator<Item = &'a TimelineEntry>,
    milestone: Milestone,
    from: &'static str,
) -> Option<ClockPoint> {
    let mut points = entries.filter_map(|entry| {
        let last = milestone == Milestone::Resolved || milestone == Milestone::Mitigated;
        let at = if last {
            entry.until.as_ref().filter(|_| !entry.inferred).or(entry.at.as_ref())
        } else {
            entry.at.as_ref()
        };
        Some(ClockPoint { at: at?.clone(), from, span: entry.span })
    });
    if matches!(milestone, Milestone::Resolved | Milestone::Mitigated) {
        points.last()
    } else {
        points.next()
    }
}

/// Points that labels outside the timeline give: lines, items and rows of two cells.
fn labels(context: &Context<'_>, lined: &Lined<'_>, order: Order) -> Vec<(Milestone, ClockPoint)> {
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
        let Some(EntryKind::Milestone(milestone)) = timeline::label_meaning(&label) else {
            continue;
        };
        let Some(stamp) = times::read(&value, order) else {
            continue;
        };
        let far = stamp.len < value.len() && value.len() - stamp.len > 60;
        let at = timeline::lone_moment(stamp, &value, context.date, context.zone).filter(|_| !far);
        points.extend(at.map(|at| (milestone, ClockPoint { at, from: "label", span: line.span })));
    }
    points
}

/// `Started: 2024-03-14 14:23`, `| **Start time** | 2024-03-14 14:23 |`.
fn pair(line: &Line<'_>) -> Option<(String, String)> {
    if let Shape::Row { .. } = line.shape {
        let [label, value] = line.cells else { return None };
        let words = |cell: &crate::model::text::Cell| crate::model::text::plain(&cell.text).trim().to_owned();
        return Some((words(label), words(value)));
    }
    let (label, value) = line.text.split_once(':')?;
    (label.len() < 40).then(|| (label.to_owned(), value.trim().to_owned()))
}

fn conflict(
    context: &Context<'_>,
    milestone: Milestone,
    known: &ClockPoint,
    other: &ClockPoint,
    found: &mut Vec<Diagnostic>,
) {
    let Some(apart) = other.at.since(&known.at) else {
        return;
    };
    if apart.abs() <= SLACK {
        return;
    }
    let word = milestone.word();
    let message =
        format!("front matter says `{word}` {}, the text says {}", known.at.shown(), other.at.shown());
    let help = "make both the same; until then front matter is believed";
    found.push(
        Diagnostic::warning("clock-conflict", context.source, first_line(context, other.span), message)
            .help(help),
    );
}

fn first_line(context: &Context<'_>, span: Span) -> Span {
    let end =
        span.of(&context.source.text).find('\n').map_or(span.end as usize, |len| span.start as usize + len);
    Span::new(span.start as usize, end)
}

/// Words may be wrong: a point typed from words that would stand before the one it follows is left out.
fn drop_disordered(clock: &mut Clock) {
    let guessed = |point: &ClockPoint| point.from == "timeline: words";
    if let (Some(started), Some(detected)) = (&clock.started, &clock.detected)
        && detected.at.since(&started.at).is_some_and(|gap| gap.is_negative())
        && guessed(started)
    {
        clock.started = None;
    }
    let first = clock.detected.as_ref().or(clock.started.as_ref());
    if let (Some(first), Some(resolved)) = (first, &clock.resolved)
        && resolved.at.since(&first.at).is_some_and(|gap| gap.is_negative())
        && guessed(resolved)
    {
        clock.resolved = None;
    }
}

/// Tells where the headline duration and the clock clearly disagree: by more than a quarter and ten minutes.
pub(super) fn check_duration(
    context: &Context<'_>,
    clock: &Clock,
    impact: &[Impact],
    found: &mut Vec<Diagnostic>,
) {
    let firm =
        |point: &Option<ClockPoint>| point.as_ref().is_some_and(|point| point.from != "timeline: words");
    if !firm(&clock.started) || !firm(&clock.resolved) {
        return;
    }
    let headline = impact.iter().find(|figure| figure.kind == ImpactKind::Duration);
    let (Some(figure), Some(measured)) = (headline, clock.duration()) else {
        return;
    };
    let Some(Length { exact: true, length: stated }) = Length::read(&figure.value) else {
        return;
    };
    let apart = (stated - measured).abs();
    if apart > SignedDuration::from_mins(10) && apart.as_mins() * 4 > stated.as_mins().max(measured.as_mins())
    {
        let minutes = measured.as_mins();
        let message = format!(
            "`{}` is stated, but {} h {} min lie between start and resolution",
            figure.value,
            minutes / 60,
            minutes % 60
        );
        let help = "correct the duration, or the time that is wrong";
        found.push(
            Diagnostic::warning(
                "duration-conflict",
                context.source,
                first_line(context, figure.span),
                message,
            )
            .help(help),
        );
    }
}
