//! Rules on blameless language, each with a rewording to consider.
//!
//! After the guidance of the field: people act sensibly on what they know at the time, so a name or a "should have"
//! ends the search just where it ought to begin.

use super::Case;
use super::words::{phrase, place, words as words_of};
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
    case.each_text(|text, span| {
        if !case.within(span, &CAUSAL) {
            return;
        }
        for sentence in sentences(text) {
            let Some((at, person)) = person(case, sentence.1) else {
                continue;
            };
            let deed = |verb: &&&str| {
                phrase(sentence.1, verb).is_some_and(|verb| is_deed_of(sentence.1, at + person.len(), verb))
            };
            let Some(verb) = FAILED.iter().find(deed) else {
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
        for (word, help) in BLAMING {
            if let Some(at) = phrase(text, word) {
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

/// "We should have …".
pub(super) fn counterfactual(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    case.each_text(|text, span| {
        for person in PEOPLE {
            for verb in ["should have", "should've", "ought to have"] {
                let words = format!("{person} {verb}");
                let Some(at) = phrase(text, &words) else { continue };
                if is_reproach(text.get(at + words.len()..).unwrap_or_default()) {
                    let message = format!("`{words}` tells what did not happen");
                    let help = "tell what people did and why it made sense then; what should change belongs in the actions";
                    found.push(case.finding("counterfactual", place(span, at, words.len()), message).help(help));
                    return;
                }
            }
        }
    });
}

/// Names and handles in *what went poorly*.
pub(super) fn names_in_poorly(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    case.each_text(|text, span| {
        if !case.within(span, &[SectionKind::WentPoorly]) {
            return;
        }
        if let Some((at, person)) = person(case, text) {
            let message = format!("`{person}` is named where things went poorly");
            let help = "tell it without names: the role is enough";
            found.push(case.finding("poorly-names", place(span, at, person.len()), message).help(help));
        }
    });
}

/// The first handle or known name in `text`.
fn person<'t>(case: &Case<'_>, text: &'t str) -> Option<(usize, &'t str)> {
    let handle = text.match_indices('@').find_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        let name = text.get(at + 1..)?;
        let end = name.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(name.len());
        let alone = !before.is_some_and(|c| c.is_alphanumeric() || c == '.');
        (alone && end > 1 && !name.get(end..)?.starts_with(['/', '.']))
            .then(|| (at, text.get(at..=at + end).unwrap_or_default()))
    });
    handle.or_else(|| {
        let names = case.config.people.values().filter_map(|person| person.name.as_deref());
        names
            .filter_map(|name| {
                text.find(name).map(|at| (at, text.get(at..at + name.len()).unwrap_or_default()))
            })
            .min()
    })
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
