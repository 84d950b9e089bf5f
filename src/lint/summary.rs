//! Rules on the summary: one paragraph that says when it happened and whom it hurt.

use super::Case;
use super::words::words;
use crate::diag::{Diagnostic, Span, words as say};
use crate::model::text::{BlockKind, plain};
use crate::model::{Kind, Section, SectionKind};

/// Words of a summary that can still be read in one go.
const LONGEST: usize = 200;

/// A summary that goes on for more than a paragraph's worth of words.
pub(super) fn long(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let sections = case.sections(SectionKind::Summary);
    for section in sections.filter(|section| section.title.to_lowercase().contains("summary")) {
        let paragraphs = paragraphs(case, section.span.end, own(case, section));
        let length: usize = paragraphs.iter().map(|text| text.split_whitespace().count()).sum();
        if length > LONGEST {
            let message =
                format!("the summary has {length} words in {}", say::count(paragraphs.len(), "paragraph"));
            let help = "one paragraph that says what broke, for whom, how long, and what fixed it";
            found.push(case.finding("summary-long", section.span, message).help(help));
        }
    }
}

/// Words that say when.
const WHEN: [&str; 47] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "minute",
    "minutes",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "morning",
    "afternoon",
    "evening",
    "night",
    "noon",
    "midnight",
    "yesterday",
    "today",
];

/// Words that say whom it hurt, or that it hurt nobody.
const WHOM: [&str; 52] = [
    "user",
    "users",
    "customer",
    "customers",
    "client",
    "clients",
    "visitor",
    "visitors",
    "people",
    "everyone",
    "nobody",
    "guest",
    "guests",
    "member",
    "members",
    "student",
    "students",
    "developer",
    "developers",
    "team",
    "teams",
    "anyone",
    "impact",
    "impacted",
    "affected",
    "affecting",
    "unavailable",
    "down",
    "downtime",
    "outage",
    "unable",
    "inaccessible",
    "unreachable",
    "offline",
    "lost",
    "loss",
    "failed",
    "failing",
    "fail",
    "errors",
    "error",
    "slow",
    "slower",
    "degraded",
    "delayed",
    "late",
    "requests",
    "could",
    "couldn't",
    "broken",
    "stopped",
    "merchants",
];

/// A summary that says neither when it happened nor whom it hurt, in a document whose head does not say it either.
pub(super) fn thin(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    if !case.is_report() || case.incident.kind != Kind::Incident {
        return;
    }
    let Some(section) = case.sections(SectionKind::Summary).find(|one| one.notation == "heading") else {
        return;
    };
    let text = paragraphs(case, section.span.end, section.extent).join(" ");
    if text.is_empty() {
        return;
    }
    let all: Vec<String> = words(&text).collect();
    let any = |known: &[&str]| all.iter().any(|word| known.contains(&word.as_str()));
    let clock = case.incident.clock.started.is_some() || case.incident.clock.detected.is_some();
    let when = clock || any(&WHEN) || all.iter().any(|word| word.len() >= 3 && word.parse::<u32>().is_ok());
    let whom = !case.incident.impact.is_empty() || case.has(SectionKind::Impact) || any(&WHOM);
    let lacks = match (when, whom) {
        (true, true) => return,
        (false, true) => "when it happened",
        (true, false) => "whom it hurt",
        (false, false) => "when it happened or whom it hurt",
    };
    let message = format!("the summary does not say {lacks}");
    let help = "what broke, for whom, from when to when, and what fixed it";
    found.push(case.finding("summary-thin", section.span, message).help(help));
}

/// The words of the paragraphs directly in `extent`, after its title.
/// What belongs to a summary itself: where it is the first heading of the file, all others may stand below it.
fn own(case: &Case<'_>, section: &Section) -> Span {
    let later = case.incident.sections.iter().filter(|one| one.span.start > section.span.start);
    let known = later.filter(|one| one.kind.is_some_and(|kind| kind != SectionKind::Summary));
    let end = known.map(|one| one.extent.start).next().unwrap_or(section.extent.end);
    Span { end: end.min(section.extent.end), ..section.extent }
}

fn paragraphs(case: &Case<'_>, after: u32, extent: Span) -> Vec<String> {
    let blocks = &case.incident.document.blocks;
    let inside = blocks.iter().filter(|one| one.span.start >= after && extent.contains(one.span.start));
    inside
        .filter_map(|block| match &block.kind {
            BlockKind::Paragraph(text) => Some(plain(text)),
            _ => None,
        })
        .collect()
}
