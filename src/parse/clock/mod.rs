//! The clock points: from front matter, then labels (`**Started**: …`, key events, tables of facts), then marked entries
//! of the timeline, then sentences that tell them, then the words of entries, then days that sentences tell.
//!
//! Nothing is computed from lengths or guessed from order: a point the text does not state stays unknown. Where two
//! statements disagree, front matter wins and the disagreement is told. A log of several incidents has no clock of its own:
//! the start of one and the end of another make no duration.

mod conflicts;
mod frames;
mod labels;
mod prose;
#[cfg(test)]
mod tests;
mod words;

pub(super) use conflicts::check_duration;
pub(super) use labels::{Labelled, is_window, read as labelled};

use super::context::Context;
use super::lines::Lined;
use super::timeline::{self, Timeline};
use super::times::Order;
use crate::diag::Diagnostic;
use crate::model::{Clock, ClockPoint, EntryKind, Milestone, Moment, Precision, TimelineEntry};
use jiff::civil::Date;

/// Reads the clock of a text.
pub(super) fn read(
    context: &Context<'_>,
    lined: &Lined<'_>,
    order: Order,
    labels: &Labelled,
    timeline: &Timeline,
    found: &mut Vec<Diagnostic>,
) -> Clock {
    let mut clock = Clock { published: context.front.published.clone(), ..Clock::default() };
    for (milestone, point) in &context.front.clock {
        *clock.slot(*milestone) = Some(point.clone());
    }
    if timeline.many {
        return clock;
    }
    let prose = prose::points(context, lined, order, &timeline.entries);
    for milestone in Milestone::ALL {
        let among = |points: &[(Milestone, ClockPoint)]| {
            points.iter().find(|(known, _)| *known == milestone).map(|(_, point)| point.clone())
        };
        let stated = labels.get(milestone).cloned();
        let stated = stated.or_else(|| of_entries(&timeline.points, milestone, "label"));
        let told = of_entries(&timeline.entries, milestone, "timeline: explicit mark");
        let firm = stated.or(told);
        let slot = clock.slot(milestone);
        match (&slot, firm) {
            (Some(known), Some(firm)) => conflicts::between(context, milestone, known, &firm, found),
            (None, firm) => {
                *slot = firm
                    .or_else(|| among(&prose.firm))
                    .or_else(|| by_words(&timeline.entries, milestone))
                    .or_else(|| among(&prose.loose));
            }
            _ => {}
        }
    }
    if clock.resolved.is_none() {
        // The author's own last word that service is back, where nothing is called resolved.
        let back = timeline.entries.iter().filter(|entry| timeline::is_back(&entry.text));
        clock.resolved = pick(back, Milestone::Resolved, "timeline: words").or_else(|| labels.back.clone());
    }
    if clock.detected.is_none() {
        clock.detected = noticed_at_once(&timeline.entries, clock.started.as_ref());
    }
    if clock.resolved.is_none() {
        let over = timeline::sounds_over(&timeline.entries).into_iter();
        clock.resolved = pick(over, Milestone::Resolved, "timeline: words");
    }
    for (milestone, day) in prose.days {
        let fits = day_fits(&clock, milestone, &day);
        let slot = clock.slot(milestone);
        if slot.is_none() && fits {
            *slot = Some(day);
        }
    }
    drop_disordered(&mut clock);
    clock
}

/// The detection that the entry of the start tells: `14:02 Shelves go dark, and an alert is posted`.
fn noticed_at_once(entries: &[TimelineEntry], started: Option<&ClockPoint>) -> Option<ClockPoint> {
    let started = started.filter(|point| point.at.precision != Precision::Day)?;
    let entry = entries.iter().find(|entry| entry.span == started.span)?;
    timeline::sounds_noticed(entry).then(|| ClockPoint {
        at: started.at.clone(),
        from: "timeline: words",
        span: entry.span,
    })
}

/// Whether a day that a sentence tells lies on the right side of the points that are known; beside one of that very day
/// whose time is known it says nothing.
fn day_fits(clock: &Clock, milestone: Milestone, day: &ClockPoint) -> bool {
    let day = day.at.local.date();
    let fits = |point: &Option<ClockPoint>, side: fn(Date, Date) -> bool| {
        point.as_ref().is_none_or(|point| {
            let known = point.at.local.date();
            side(day, known) || (day == known && point.at.precision == Precision::Day)
        })
    };
    let before = |day: Date, known: Date| day < known;
    let after = |day: Date, known: Date| day > known;
    match milestone {
        Milestone::Started => fits(&clock.detected, before) && fits(&clock.resolved, before),
        Milestone::Detected => fits(&clock.started, after) && fits(&clock.resolved, before),
        _ => fits(&clock.started, after) && fits(&clock.detected, after),
    }
}

/// When it began, where front matter or a label says so: before, nobody noticed anything.
pub(super) fn begun<'a>(context: &'a Context<'_>, labels: &'a Labelled) -> Option<&'a Moment> {
    let stated = context.front.clock.iter().find(|(milestone, _)| *milestone == Milestone::Started);
    stated.map(|(_, point)| point).or_else(|| labels.get(Milestone::Started)).map(|point| &point.at)
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

/// Words may be wrong: a point typed from words that would stand before the one it follows is left out.
fn drop_disordered(clock: &mut Clock) {
    let guessed = |point: &ClockPoint| ["text", "timeline: words"].contains(&point.from);
    if let (Some(started), Some(detected)) = (&clock.started, &clock.detected)
        && detected.at.since(&started.at).is_some_and(|gap| gap.is_negative())
    {
        // A sentence that says when it began is surer than the words of an entry that sound like a report.
        if started.from == "text" && detected.from == "timeline: words" {
            clock.detected = None;
        } else if guessed(started) {
            clock.started = None;
        }
    }
    let first = clock.started.as_ref().or(clock.detected.as_ref());
    if let (Some(first), Some(resolved)) = (first, &clock.resolved)
        && resolved.at.since(&first.at).is_some_and(|gap| gap.is_negative())
        && guessed(resolved)
    {
        clock.resolved = None;
    }
}
