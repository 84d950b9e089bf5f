//! Rules on causes: a chain that goes deep enough and ends in the system, not in a person.

use super::Case;
use super::words::{phrases, words as words_of};
use crate::diag::{Diagnostic, words};
use crate::model::SectionKind;
use std::collections::BTreeSet;

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
    if let Some((_, stop)) = phrases(&text, &STOPS).next() {
        let message = format!("the last why ends in `{stop}`");
        let help = "ask once more: why was that possible, and why did nothing catch it?";
        found.push(case.finding("whys-person", last.span, message).help(help));
    }
}

/// The last why says again what the first question asked about: the chain came back to the symptom.
pub(super) fn ends_in_symptom(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let [first, .., last] = case.incident.whys.as_slice() else {
        return;
    };
    let telling = |text: &str| -> BTreeSet<String> {
        words_of(text).filter(|word| word.chars().count() >= 4 && word != "because").collect()
    };
    let (asked, answered) = (telling(&first.question), telling(&last.answer));
    if asked.len() >= 2 && asked.is_subset(&answered) {
        let help = "go on from the symptom to what in the system made it possible";
        found.push(case.finding("whys-symptom", last.span, "the last why is the symptom again").help(help));
    }
}

/// The trigger is told as the cause: in the front matter, or in two sections that say the same.
pub(super) fn trigger_as_cause(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let help = "the trigger set it off; the cause is why that was enough";
    let Some(trigger) = &case.incident.trigger else {
        return;
    };
    let said = |text: &str| words_of(text).collect::<Vec<_>>();
    let same = |cause: &String| !trigger.text.trim().is_empty() && said(cause) == said(&trigger.text);
    let told = case.sections(SectionKind::RootCause).any(|section| same(&case.words_in(section)));
    if told || case.incident.causes.iter().any(same) {
        found.push(
            case.finding("cause-is-trigger", trigger.span, "trigger and cause are the same").help(help),
        );
    }
}
