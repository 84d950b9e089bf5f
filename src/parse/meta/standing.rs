//! How bad it was, how far the document is, what it tells of, and who may read it.

use super::labels::Labels;
use crate::config::SeverityScale;
use crate::diag::{Diagnostic, Located, Source, Span, words};
use crate::model::{Audience, Kind, Severity, Status};
use crate::parse::front_matter::{FrontMatter, truth};
use std::collections::BTreeMap;

/// The scale of severities, by every word that means a level.
#[derive(Debug, Clone)]
pub(in crate::parse) struct Scale {
    words: BTreeMap<String, Severity>,
    lowest: u8,
}

/// Labels that stand before a severity.
const SEVERITY_LABELS: [&str; 9] = [
    "severity",
    "sev",
    "severity level",
    "incident severity",
    "priority",
    "incident priority",
    "alvorlighetsgrad",
    "schweregrad",
    "severity and impact",
];

impl Scale {
    /// Levels, their labels and their aliases.
    pub(in crate::parse) fn new(scale: &SeverityScale) -> Self {
        let mut words = BTreeMap::new();
        let mut by_level = BTreeMap::new();
        for (place, level) in scale.levels.iter().enumerate() {
            let rank = u8::try_from(place + 1).unwrap_or(u8::MAX);
            by_level.insert(level.as_str(), Severity { rank, label: level.clone() });
        }
        let said = scale.labels.iter().map(|(level, word)| (word, level)).chain(&scale.aliases);
        for (word, level) in said {
            if let Some(severity) = by_level.get(level.as_str()) {
                words.insert(letters(word), severity.clone());
            }
        }
        words.extend(by_level.into_values().map(|severity| (letters(&severity.label), severity)));
        Self { words, lowest: u8::try_from(scale.levels.len() + 1).unwrap_or(u8::MAX) }
    }

    /// The level that `text` names, alone or as its first word: `SEV-1 – users affected`, `Major (degraded)`.
    fn level(&self, text: &str) -> Option<Severity> {
        let first =
            text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').find(|word| !word.is_empty());
        let pair: Vec<&str> = text.split_whitespace().take(2).collect();
        [Some(text), first, Some(pair.concat().as_str())]
            .into_iter()
            .flatten()
            .find_map(|text| self.words.get(&letters(text)).cloned())
    }
}

/// A word as severities are compared: `SEV-2`, `sev 2` and `Sev2` are one.
fn letters(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Front matter, then a label in the text, with which of them it was. A word on no scale is kept as written, and told.
pub(super) fn severity(
    front: &FrontMatter,
    labels: &Labels,
    scale: &Scale,
    source: &Source,
    found: &mut Vec<Diagnostic>,
) -> Option<(Severity, &'static str)> {
    if let Some(stated) = front.text("severity") {
        let level = scale.level(stated.value).unwrap_or_else(|| {
            found.push(unknown_severity(stated, scale, source));
            Severity { rank: scale.lowest, label: stated.value.to_owned() }
        });
        return Some((level, "front matter"));
    }
    let labelled = || labels.get(&SEVERITY_LABELS).and_then(|value| scale.level(&value.value));
    let stated = front.text("impact").and_then(|impact| scale.level(impact.value));
    stated.map(|level| (level, "front matter")).or_else(|| labelled().map(|level| (level, "label")))
}

fn unknown_severity(stated: Located<&str>, scale: &Scale, source: &Source) -> Diagnostic {
    let message = format!("severity `{}` is on no scale", stated.value);
    let finding = Diagnostic::warning("unknown-severity", source, stated.span, message);
    match words::nearest(&letters(stated.value), scale.words.keys()) {
        Some(near) => finding.help(format!("did you mean `{near}`")),
        None => finding.help("list it under `[severity]` in `site.toml`"),
    }
}

/// How far the document is. A word kb does not know is read as `review`: neither hidden nor agreed.
pub(super) fn status(front: &FrontMatter, source: &Source, found: &mut Vec<Diagnostic>) -> Status {
    if front.truth("draft") == Some(true) {
        return Status::Draft;
    }
    let Some(stated) = front.text("status") else {
        return Status::Final;
    };
    match letters(stated.value).as_str() {
        "draft" | "wip" | "workinprogress" | "unfinished" => Status::Draft,
        "review" | "inreview" | "reviewing" | "inprogress" | "open" | "pending" => Status::Review,
        "final" | "published" | "complete" | "completed" | "done" | "closed" | "resolved" | "approved"
        | "reviewed" => Status::Final,
        other => {
            let known = ["draft", "review", "final"];
            let message = format!("unknown status `{}`", stated.value);
            let help = words::nearest(other, known).map_or_else(
                || format!("known are {}", words::alternatives(&known)),
                |near| format!("did you mean `{near}`"),
            );
            found.push(Diagnostic::warning("unknown-status", source, stated.span, message).help(help));
            Status::Review
        }
    }
}

/// Incident, near miss or page.
pub(super) fn kind(front: &FrontMatter, source: &Source, found: &mut Vec<Diagnostic>) -> Kind {
    let is_index = source.path.rsplit('/').next().is_some_and(|file| file.starts_with("_index."));
    if is_index || front.text("type").is_some_and(|text| letters(text.value) == "page") {
        return Kind::Page;
    }
    if front.truth("near_miss") == Some(true)
        || front.text("type").is_some_and(|text| letters(text.value) == "nearmiss")
    {
        return Kind::NearMiss;
    }
    let Some(stated) = front.text("kind") else {
        // `type` means many things to site generators; only a slip of one of our words is worth a word.
        let slip = front.text("type").and_then(|text| {
            words::nearest(text.value, ["near-miss", "page"].iter().copied()).map(|near| (text, near))
        });
        if let Some((stated, near)) = slip {
            let message = format!("unknown type `{}`", stated.value);
            let finding = Diagnostic::warning("unknown-kind", source, stated.span, message);
            found.push(finding.help(format!("did you mean `{near}`")));
        }
        return Kind::Incident;
    };
    match letters(stated.value).as_str() {
        "incident" | "outage" | "postmortem" => Kind::Incident,
        "nearmiss" => Kind::NearMiss,
        "page" => Kind::Page,
        _ => {
            let known = ["incident", "near-miss", "page"];
            let message = format!("unknown kind `{}`", stated.value);
            let finding = Diagnostic::warning("unknown-kind", source, stated.span, message);
            found.push(finding.help(format!("known are {}", words::alternatives(&known))));
            Kind::Incident
        }
    }
}

/// Who may read it. Whatever is not plainly public is internal.
pub(super) fn visibility(front: &FrontMatter, source: &Source, found: &mut Vec<Diagnostic>) -> Audience {
    let mut wrong = |text: &str, span: Span| {
        let message = format!(
            "visibility `{text}` is neither `public` nor `internal`; the document is taken as internal"
        );
        found.push(Diagnostic::error("visibility", source, span, message));
        Audience::Internal
    };
    let said: Vec<Audience> = front
        .fields
        .iter()
        .filter_map(|field| {
            let text = field.value.value.text().unwrap_or_default();
            let meant = match letters(&field.key.value).as_str() {
                "visibility" => match letters(text).as_str() {
                    "public" => Some(Audience::Public),
                    "internal" | "private" | "confidential" | "restricted" => Some(Audience::Internal),
                    _ => None,
                },
                "public" => {
                    truth(text).map(|public| if public { Audience::Public } else { Audience::Internal })
                }
                _ => return None,
            };
            Some(meant.unwrap_or_else(|| wrong(text, field.value.span)))
        })
        .collect();
    // Twice the same key is told elsewhere; which of them was meant, nobody knows.
    let twice = ["visibility", "public"]
        .iter()
        .any(|key| front.fields.iter().filter(|field| letters(&field.key.value) == *key).count() > 1);
    if twice || said.is_empty() || said.contains(&Audience::Internal) {
        Audience::Internal
    } else {
        Audience::Public
    }
}
