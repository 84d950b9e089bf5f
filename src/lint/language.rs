//! Rules on blameless language, each with a rewording to consider.
//!
//! After the guidance of the field: people act sensibly on what they know at the time, so a name or a "should have"
//! ends the search just where it ought to begin.

use super::Case;
use super::words::{phrases, place, words as words_of};
use crate::diag::Diagnostic;
use crate::model::SectionKind;

const CAUSAL: [SectionKind; 6] = [
    SectionKind::RootCause,
    SectionKind::Whys,
    SectionKind::Trigger,
    SectionKind::ContributingFactors,
    SectionKind::WentPoorly,
    SectionKind::Lessons,
];

/// Verbs that say a person failed.
const FAILED: [&str; 11] = [
    "forgot",
    "forgotten",
    "failed to",
    "neglected",
    "mistakenly",
    "accidentally",
    "overlooked",
    "ignored",
    "misread",
    "screwed up",
    "messed up",
];

/// A person with a verb of failure where causes are told.
pub(super) fn blame_person(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let names = names(case);
    case.each_text(|text, span| {
        if !case.within(span, &CAUSAL) {
            return;
        }
        for sentence in sentences(text) {
            let Some((at, person)) = person(&names, sentence.1) else {
                continue;
            };
            let deed = |(verb, _): &(usize, &str)| is_deed_of(sentence.1, at + person.len(), *verb);
            let Some((_, verb)) = phrases(sentence.1, &FAILED).find(deed) else {
                continue;
            };
            let message = format!("`{person}` … `{verb}` blames a person");
            let help =
                "say what made it possible: what the person saw, what the tool allowed, what was missing";
            found.push(
                case.finding("blame-person", place(span, sentence.0 + at, person.len()), message).help(help),
            );
        }
    });
}

/// Whether the verb at `verb` is what the person does whose name ends at `end`: little stands between, and nothing that
/// begins another clause, as in `@ann noticed that the job failed to start`.
fn is_deed_of(sentence: &str, end: usize, verb: usize) -> bool {
    let between = sentence.get(end..verb).filter(|_| verb >= end);
    between.is_some_and(|between| {
        let clause = ["that", "which", "when", "because", "the", "a", "an", "our", "its", "and", "but"];
        words_of(between).count() <= 5 && !words_of(between).any(|word| clause.contains(&word.as_str()))
    })
}

/// Words that end the search.
const BLAMING: [(&str, &str); 8] = [
    ("human error", "say what made the action look right at the time"),
    ("operator error", "say what made the action look right at the time"),
    ("careless", "say what the person knew and what was hidden"),
    ("carelessness", "say what the person knew and what was hidden"),
    ("negligence", "say which safeguard was missing"),
    ("incompetence", "say what was hard about it"),
    ("stupid mistake", "say what made it easy to do"),
    ("sloppy", "say which check would have caught it"),
];

/// "Human error" and its like.
pub(super) fn blame_word(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    case.each_text(|text, span| {
        let mut told: Vec<&str> = Vec::new();
        for (at, word) in phrases(text, &BLAMING.map(|(word, _)| word)) {
            let help = BLAMING.iter().find(|(one, _)| *one == word).map(|(_, help)| *help);
            if let Some(help) = help.filter(|_| !told.contains(&word)) {
                told.push(word);
                let message = format!("`{word}` is where the search begins, not its end");
                found.push(case.finding("blame-word", place(span, at, word.len()), message).help(help));
            }
        }
    });
}

/// Who can have done otherwise.
const PEOPLE: [&str; 13] = [
    "we",
    "they",
    "he",
    "she",
    "i",
    "engineer",
    "engineers",
    "developer",
    "developers",
    "operator",
    "operators",
    "the team",
    "on-call",
];

/// Participles that do not end in `-ed` or `-en`.
const PARTICIPLES: [&str; 24] = [
    "had",
    "done",
    "made",
    "caught",
    "found",
    "thought",
    "told",
    "kept",
    "gone",
    "put",
    "set",
    "read",
    "sent",
    "held",
    "left",
    "run",
    "built",
    "known",
    "shown",
    "paid",
    "understood",
    "begun",
    "brought",
    "used",
];

/// Whether the words after "should have" make it a reproach: "should have checked", not "should have a talk".
fn is_reproach(after: &str) -> bool {
    let mut next =
        words_of(after).skip_while(|word| word == "not" || word == "never" || word.ends_with("ly"));
    next.next().is_some_and(|word| {
        word == "been"
            || word.len() > 3 && (word.ends_with("ed") || word.ends_with("en"))
            || PARTICIPLES.contains(&word.as_str())
    })
}

/// The one of [`PEOPLE`] that stands as a whole word, and a blank, at the end of `before`.
fn ending_in_person(before: &str) -> Option<&'static str> {
    let before = before.strip_suffix(' ')?;
    PEOPLE.into_iter().find(|person| {
        let start = before.len().checked_sub(person.len());
        let at = start.and_then(|start| Some((before.get(..start)?, before.get(start..)?)));
        at.is_some_and(|(head, tail)| {
            tail.eq_ignore_ascii_case(person) && !head.ends_with(char::is_alphanumeric)
        })
    })
}

/// "We should have …".
pub(super) fn counterfactual(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    case.each_text(|text, span| {
        for (at, verb) in phrases(text, &["should have", "should've", "ought to have"]) {
            let Some(person) = text.get(..at).and_then(ending_in_person) else { continue };
            if is_reproach(text.get(at + verb.len()..).unwrap_or_default()) {
                let message = format!("`{person} {verb}` tells what did not happen");
                let help = "tell what people did and why it made sense then; what should change belongs in the actions";
                let from = at - person.len() - 1;
                found.push(
                    case.finding("counterfactual", place(span, from, at + verb.len() - from), message).help(help),
                );
                return;
            }
        }
    });
}

/// Names and handles in *what went poorly*.
pub(super) fn names_in_poorly(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let names = names(case);
    case.each_text(|text, span| {
        if !case.within(span, &[SectionKind::WentPoorly]) {
            return;
        }
        if let Some((at, person)) = person(&names, text) {
            let message = format!("`{person}` is named where things went poorly");
            let help = "tell it without names: the role is enough";
            found.push(case.finding("poorly-names", place(span, at, person.len()), message).help(help));
        }
    });
}

/// The full names that site.toml knows.
fn names<'a>(case: &Case<'a>) -> Vec<&'a str> {
    case.config.people.values().filter_map(|person| person.name.as_deref()).collect()
}

/// The first handle, or the first of `names`, in `text`.
fn person<'t>(names: &[&str], text: &'t str) -> Option<(usize, &'t str)> {
    let handle = text.match_indices('@').find_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        let name = text.get(at + 1..)?;
        let end = name.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(name.len());
        let alone = !before.is_some_and(|c| c.is_alphanumeric() || c == '.');
        (alone && end > 1 && !name.get(end..)?.starts_with(['/', '.']))
            .then(|| (at, text.get(at..=at + end).unwrap_or_default()))
    });
    let named = || {
        let mut found = phrases(text, names).map(|(at, name)| (at, name, text.get(at..at + name.len())));
        found.find_map(|(at, name, written)| Some((at, written.filter(|one| *one == name)?)))
    };
    handle.or_else(named)
}

/// Sentences with their offsets.
fn sentences(text: &str) -> Vec<(usize, &str)> {
    let mut all = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(['.', '!', '?', ';']) {
        if text.get(at + 1..).is_none_or(|rest| rest.starts_with(char::is_whitespace)) {
            all.push((start, text.get(start..at).unwrap_or_default()));
            start = at + 1;
        }
    }
    all.push((start, text.get(start..).unwrap_or_default()));
    all
}
