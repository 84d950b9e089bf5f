//! The timeline: which lines are entries, when each was, and what it tells.
//!
//! Sections ([`regions`]) give runs of lines, [`collect`] finds entries in them ([`coded`]
//! where they stand in a block of code), [`points`] tells a timeline from a short
//! list of points beside it, [`dates`] carries days and zones down,
//! [`typing`] says what each tells. Where there is no timeline section, runs of timed things elsewhere are one.

mod coded;
mod collect;
mod columns;
mod dates;
mod label;
mod points;
mod regions;
mod status;
#[cfg(test)]
mod tests;
mod tracked;
mod typing;
mod updates;

pub(super) use label::{is_back, meaning as label_meaning};

use super::context::Context;
use super::lines::Lined;
use super::times::{self, Order, Stamp};
use crate::diag::{Diagnostic, Span};
use crate::model::{EntryKind, Milestone, Moment, TimelineEntry, Zone};
use collect::Candidate;
use dates::{Placed, Start};
use points::{Run, count};
use regions::Region;

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    /// The entries in the author's order.
    pub(super) entries: Vec<TimelineEntry>,
    /// Labelled points of a list such as `Key events` that stands beside a main timeline.
    pub(super) points: Vec<TimelineEntry>,
    /// Whether several incidents are told, each with points of its own.
    pub(super) many: bool,
}

/// Reads the timeline of a text. `begun` is when the incident began, where that is stated.
pub(super) fn read(
    context: &Context<'_>,
    lined: &Lined<'_>,
    order: Order,
    begun: Option<&Moment>,
    found: &mut Vec<Diagnostic>,
) -> Timeline {
    let mut main = Vec::new();
    let mut points = Vec::new();
    for region in regions::stated(context, lined, order) {
        let candidates = collect::collect(lined, region.lines.clone(), order);
        let labelled =
            !candidates.is_empty() && candidates.iter().all(|one| one.labelled || one.stamp.is_none());
        (if labelled { &mut points } else { &mut main }).push((region, candidates));
    }
    if count(&main) == 0 {
        main = coded::read(context, lined, order);
    }
    let scopes = points::Scopes::of(context, lined, &points);
    let many = scopes.many();
    if many {
        let runs = timed_runs(context, lined, order);
        (main, points) = scopes.choose(main, points, runs);
    } else if count(&main) == 0 {
        (main, points) = points::choose(points, timed_runs(context, lined, order));
    }
    if count(&main) == 0 {
        main = untimed(context, lined, order);
    }
    let mut entries =
        main.iter().flat_map(|(region, all)| finish(context, lined, region, all, found)).collect::<Vec<_>>();
    typing::settle(&mut entries, begun);
    let mut quiet = Vec::new();
    let points =
        points.iter().flat_map(|(region, all)| finish(context, lined, region, all, &mut quiet)).collect();
    Timeline { entries, points, many }
}

/// Runs of timed things outside the timeline sections.
fn timed_runs(context: &Context<'_>, lined: &Lined<'_>, order: Order) -> Vec<Run> {
    let runs = regions::elsewhere(context, lined, order).into_iter();
    runs.map(|region| {
        let candidates = collect::collect(lined, region.lines.clone(), order);
        (region, candidates)
    })
    .filter(|(region, candidates)| {
        // A title that is the day of them all is one more.
        let timed = candidates.iter().filter(|one| one.stamp.is_some()).count();
        region.sure || timed + usize::from(!region.title.is_empty()) >= regions::RUN
    })
    .collect()
}

/// The list of a timeline section whose author wrote no times.
fn untimed(context: &Context<'_>, lined: &Lined<'_>, order: Order) -> Vec<Run> {
    let stated = regions::stated(context, lined, order).into_iter();
    stated.map(|region| (region.clone(), collect::untimed(lined, region.lines))).collect()
}

fn finish(
    context: &Context<'_>,
    lined: &Lined<'_>,
    region: &Region,
    candidates: &[Candidate],
    found: &mut Vec<Diagnostic>,
) -> Vec<TimelineEntry> {
    let placed = dates::place(candidates, &start_of(context, lined, region, candidates));
    let mut entries = Vec::with_capacity(candidates.len());
    for (one, placed) in candidates.iter().zip(placed) {
        tell(context, one, &placed, found);
        if !placed.day_only {
            entries.push(entry(context, one, placed));
        }
    }
    entries
}

/// Day and zone that hold for the whole region: from its title and the lines before its first entry.
fn start_of(context: &Context<'_>, lined: &Lined<'_>, region: &Region, candidates: &[Candidate]) -> Start {
    let first = candidates.first().map_or(region.lines.end, |one| one.line);
    let intro = lined.all.get(region.lines.start..first).unwrap_or_default();
    let texts = || std::iter::once(region.title.as_str()).chain(intro.iter().map(|line| line.text.as_str()));
    let zone = texts().filter(|text| text.len() < 200).find_map(times::declared_zone);
    let day = texts()
        .find_map(|text| times::find(text, Order::of(text, context.date)).and_then(|(_, stamp)| stamp.date));
    let day = day.and_then(|part| part.date().or_else(|| part.in_year(context.date?.year())));
    let origin = context.front.clock.iter().find(|(point, _)| *point == Milestone::Started);
    Start {
        day: day.or(context.date),
        zone: zone.unwrap_or_else(|| context.zone.clone()),
        origin: origin.map(|(_, point)| point.at.clone()),
    }
}

fn entry(context: &Context<'_>, one: &Candidate, placed: Placed) -> TimelineEntry {
    let marked = one.mark.or_else(|| label::leading(&one.text)).or_else(|| label::inside(&one.text));
    TimelineEntry {
        at: placed.at,
        until: placed.until,
        written: one.written.clone(),
        kind: marked.unwrap_or_else(|| typing::by_words(&one.text)),
        inferred: marked.is_none(),
        text: one.text.clone(),
        span: one.span,
        line: context.lines.line(one.span.start),
    }
}

fn tell(context: &Context<'_>, one: &Candidate, placed: &Placed, found: &mut Vec<Diagnostic>) {
    let line_end = context.source.text.get(one.span.range()).and_then(|text| text.find('\n'));
    let end = line_end
        .map_or(one.span.end, |len| Span::new(one.span.start as usize, one.span.start as usize + len).end);
    let span = Span { start: one.span.start, end };
    if let Some(problem) = one.stamp.as_ref().and_then(|stamp| stamp.problem) {
        let (code, fact, help) = dates::complaint(problem);
        let message = format!("`{}` {fact}", one.written);
        found.push(Diagnostic::warning(code, context.source, span, message).help(help));
    }
    if placed.backwards {
        let message = format!("`{}` stands after a later time", one.written);
        let help = "put the entries in order, or write the day where it changes";
        found.push(Diagnostic::warning("timeline-order", context.source, span, message).help(help));
    }
}

/// A moment from a stamp that stands alone, such as behind a label: its day is its own or `day`.
pub(super) fn lone_moment(
    stamp: Stamp,
    written: &str,
    day: Option<jiff::civil::Date>,
    zone: &Zone,
) -> Option<Moment> {
    lone_span(stamp, written, day, zone).map(|(at, _)| at)
}

/// The same with the end, where the stamp is a span of time.
pub(super) fn lone_span(
    stamp: Stamp,
    written: &str,
    day: Option<jiff::civil::Date>,
    zone: &Zone,
) -> Option<(Moment, Option<Moment>)> {
    let candidate = Candidate::alone(stamp, written);
    let start = Start { day, zone: zone.clone(), origin: None };
    let placed = dates::place(&[candidate], &start).pop()?;
    Some((placed.at?, placed.until))
}

/// The last entry of the second half that says in some words that the fault is gone, where none behind it tells of a
/// fault again; where no entry says so, the last that tells that it was set right.
pub(super) fn sounds_over(entries: &[TimelineEntry]) -> Option<&TimelineEntry> {
    let half = entries.get(entries.len().div_ceil(2)..).unwrap_or_default();
    let last = |calm: fn(&str) -> bool| {
        let end = half.iter().rev().find(|entry| calm(&entry.text) || typing::sounds_bad(&entry.text));
        end.filter(|entry| calm(&entry.text) && !label::sounds_doubtful(&entry.text))
    };
    last(label::sounds_over).or_else(|| last(label::sounds_mended))
}

/// Whether the words of an entry tell that somebody or something noticed.
pub(super) fn sounds_noticed(entry: &TimelineEntry) -> bool {
    typing::is_sign(&entry.text)
}

/// Whether an entry is the point `milestone`.
pub(super) fn is_point(entry: &TimelineEntry, milestone: Milestone) -> bool {
    entry.kind == EntryKind::Milestone(milestone)
}
