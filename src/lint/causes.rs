//! Rules on causes: a chain that goes deep enough and ends in the system, not in a person.

use super::Case;
use super::words::phrase;
use crate::diag::{Diagnostic, Span, words};
use crate::model::SectionKind;

/// A section of whys with fewer than three.
pub(super) fn few_whys(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let count = case.incident.whys.len();
    let Some(section) = case.sections(SectionKind::Whys).next().filter(|_| count > 0 && count < 3) else {
        return;
    };
    let message = format!("the chain ends after {}", words::count(count, "why"));
    let help = "go on asking until the answer is something the team can change";
    found.push(case.finding("whys-few", section.span, message).help(help));
}

/// What an answer says when it stops at a person.
const STOPS: [&str; 7] = [
    "human error",
    "operator error",
    "forgot",
    "mistake by",
    "made a mistake",
    "did not pay attention",
    "was careless",
];

/// The last why names a person's failure.
pub(super) fn ends_in_person(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let Some(last) = case.incident.whys.last() else {
        return;
    };
    let text = format!("{} {}", last.question, last.answer);
    if let Some(stop) = STOPS.iter().find(|stop| phrase(&text, stop).is_some()) {
        let message = format!("the last why ends in `{stop}`");
        let help = "ask once more: why was that possible, and why did nothing catch it?";
        found.push(case.finding("whys-person", last.span, message).help(help));
    }
}

/// The trigger is told as the cause.
pub(super) fn trigger_as_cause(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let Some(trigger) = &case.incident.trigger else {
        return;
    };
    let same = |cause: &&String| cause.trim().eq_ignore_ascii_case(trigger.text.trim());
    if case.incident.causes.iter().any(|cause| same(&cause)) {
        let span = Span { start: trigger.span.start, end: trigger.span.end };
        let help = "the trigger set it off; the cause is why that was enough";
        found.push(case.finding("cause-is-trigger", span, "trigger and cause are the same").help(help));
    }
}
