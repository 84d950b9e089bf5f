//! Where a timeline stands: in its sections, or in runs of timed things where there is no such section.

use super::updates;
use crate::model::SectionKind;
use crate::parse::context::Context;
use crate::parse::lines::{Line, Lined, Shape};
use crate::parse::times::{self, Order, Stamp};
use std::ops::Range;

/// Timed things in a row that make a timeline without a section.
pub(super) const RUN: usize = 3;

/// As many of them as one counts that leaves no doubt.
const SURE: usize = 1_000;

/// A run of lines that holds a timeline.
#[derive(Debug, Clone)]
pub(super) struct Region {
    /// Its lines, without the title.
    pub(super) lines: Range<usize>,
    /// The title of its section, which may name zone and day.
    pub(super) title: String,
    /// Whether its section is opened by a label instead of a heading.
    pub(super) label: bool,
    /// Whether few entries, even one, are a timeline all the same.
    pub(super) sure: bool,
}

/// The timeline sections. Headings that are times go on below a section of the same level: `## Timeline` … `## Feb 21, 13:00`.
pub(super) fn stated(context: &Context<'_>, lined: &Lined<'_>, order: Order) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    let mut read_to = 0;
    for section in context.sections.iter().filter(|section| section.kind == Some(SectionKind::Timeline)) {
        let mut run = lined.inside(section.extent);
        let title_end = section.span.end.max(section.span.start + 1);
        run.start += lined
            .all
            .get(run.clone())
            .unwrap_or_default()
            .iter()
            .take_while(|line| is_title(line, title_end))
            .count();
        run.start = run.start.max(read_to);
        while let Some(line) = lined.get(run.end) {
            if !matches!(line.shape, Shape::Heading(_)) || times::read(&line.text, order).is_none() {
                break;
            }
            run.end += 1 + lines_to_heading(lined, run.end + 1);
        }
        if run.start < run.end {
            read_to = run.end;
            let label = section.notation != "heading";
            regions.push(Region { lines: run, title: section.title.clone(), label, sure: true });
        }
    }
    regions
}

/// The title itself: a heading, or the label line of a section that has no heading.
fn is_title(line: &Line<'_>, title_end: u32) -> bool {
    line.span.start < title_end && (matches!(line.shape, Shape::Heading(_)) || line.span.end <= title_end)
}

fn lines_to_heading(lined: &Lined<'_>, from: usize) -> usize {
    let rest = lined.all.get(from..).unwrap_or_default();
    rest.iter().take_while(|line| !matches!(line.shape, Shape::Heading(_))).count()
}

/// Runs of at least [`RUN`] timed items, rows, headings or lines where no section is a timeline. A bare date does not
/// count where dates mean something else: in causes, promises, lessons and references.
pub(super) fn elsewhere(context: &Context<'_>, lined: &Lined<'_>, order: Order) -> Vec<Region> {
    let mut regions = Vec::new();
    let mut run: Option<(Range<usize>, usize)> = None;
    let mut close = |run: &mut Option<(Range<usize>, usize)>| {
        if let Some((mut range, count)) = run.take()
            && count >= RUN
        {
            // What stands below the last heading is its story.
            let last = range.end.checked_sub(1).and_then(|last| lined.get(last));
            if last.is_some_and(|line| matches!(line.shape, Shape::Heading(_))) {
                range.end += lines_to_heading(lined, range.end);
            }
            let day = lined.get(0).filter(|line| range.start == 1 && is_day_title(line, order));
            let title = day.map(|line| line.text.clone()).unwrap_or_default();
            regions.push(Region { lines: range, title, label: false, sure: count >= SURE });
        }
    };
    for (at, line) in lined.all.iter().enumerate() {
        // The rows of a table belong together: `14:4x` below `14:36` is one of them.
        if let Some((range, count)) = &mut run
            && range.end == at
            && *count >= RUN
            && at.checked_sub(1).and_then(|last| lined.get(last)).is_some_and(|last| {
                last.group == line.group
                    && [last, line].iter().all(|one| one.shape == Shape::Row { head: false })
            })
        {
            range.end = at + 1;
            continue;
        }
        let kind = kind_at(context, line.span.start);
        let update = updates::at(lined, at, order);
        let timed = !line.quoted && (is_timed(line, order, kind) || update.is_some());
        let breaks = matches!(line.shape, Shape::Heading(_)) && !timed;
        if breaks {
            close(&mut run);
        } else if timed {
            // A day that is the title is the day of all below it, and no entry.
            let title = at == 0 && is_day_title(line, order);
            let from = at + usize::from(title);
            let (range, count) = run.get_or_insert((from..from, 0));
            range.end = at + 1;
            *count += if update.is_some_and(|update| update.sure) { SURE } else { 1 };
        }
    }
    close(&mut run);
    regions
}

/// Whether a line is a heading that says a day and nothing else.
fn is_day_title(line: &Line<'_>, order: Order) -> bool {
    let day = || times::read(&line.text, order).filter(Stamp::is_day);
    matches!(line.shape, Shape::Heading(_)) && day().is_some_and(|stamp| stamp.len == line.text.len())
}

fn is_timed(line: &Line<'_>, order: Order, kind: Option<SectionKind>) -> bool {
    use SectionKind::{
        About, Actions, Appendix, ContributingFactors, Lessons, Related, RootCause, Timeline, Trigger, Whys,
    };
    let stamp = times::read(line.text.trim_start_matches(['|', ' ']), order);
    let decoy = [About, Actions, Appendix, Related, Timeline, Whys, Lessons].map(Some).contains(&kind);
    let strict = [RootCause, ContributingFactors, Trigger].map(Some).contains(&kind);
    match line.shape {
        _ if decoy => false,
        Shape::Row { head: true } => false,
        Shape::Text { .. } => stamp.is_some_and(|stamp| stamp.time.is_some()),
        _ => stamp.is_some_and(|stamp: Stamp| {
            stamp.has_time() || (!strict && stamp.date.is_some_and(|date| date.year.is_some()))
        }),
    }
}

/// The kind of the innermost known section around `at`; sections stand in order, and few levels matter.
fn kind_at(context: &Context<'_>, at: u32) -> Option<SectionKind> {
    let last = context.sections.partition_point(|section| section.extent.start <= at);
    let around = context.sections.get(last.saturating_sub(8)..last).unwrap_or_default();
    around.iter().rev().find(|section| section.extent.end > at && section.kind.is_some())?.kind
}
