//! Figures of the impact, with their units: front matter, labels (`**Users affected**: 1,200`), and phrases of the impact
//! section such as `~38% of evaluation requests` or `3.7M failed requests`.

use super::context::Context;
use super::front_matter::Value;
use super::lines::{Line, Lined, Shape};
use crate::model::text::plain;
use crate::model::{Impact, ImpactKind, SectionKind};
use jiff::SignedDuration;

const KINDS: [ImpactKind; 8] = [
    ImpactKind::Users,
    ImpactKind::Percent,
    ImpactKind::ErrorRate,
    ImpactKind::Requests,
    ImpactKind::Revenue,
    ImpactKind::DataLoss,
    ImpactKind::SlaViolated,
    ImpactKind::Duration,
];

/// Most figures taken from prose.
const MOST: usize = 20;

/// Reads all figures.
pub(super) fn read(context: &Context<'_>, lined: &Lined<'_>) -> Vec<Impact> {
    let mut figures = stated(context);
    for line in lined.all.iter().filter(|line| !line.quoted) {
        if let Some(figure) = labelled(line)
            && !figures.iter().any(|known| known.kind == figure.kind && figure.kind != ImpactKind::Other)
        {
            figures.push(figure);
        }
    }
    let mut told = 0;
    let sections = context.sections.iter().filter(|section| section.kind == Some(SectionKind::Impact));
    let mut read_to = 0;
    for section in sections {
        let run = lined.inside(section.extent);
        for line in lined.all.get(run.start.max(read_to)..run.end).unwrap_or_default() {
            if told < MOST && !line.quoted && !figures.iter().any(|known| known.span == line.span) {
                let before = figures.len();
                phrases(line, &mut figures);
                told += figures.len() - before;
            }
        }
        read_to = read_to.max(run.end);
    }
    figures
}

/// `impact: {users: 1200, percent: 38 %}` or `impact: text`, and `duration: 2h`.
fn stated(context: &Context<'_>) -> Vec<Impact> {
    let mut figures = Vec::new();
    if let Some(field) = context.front.get(&["impact"])
        && let Value::Map(fields) = &field.value.value
    {
        for field in fields {
            let key = field.key.value.to_lowercase();
            let kind = KINDS.into_iter().find(|kind| kind.word() == key).unwrap_or(ImpactKind::Other);
            let (label, value) = (field.key.value.clone(), field.value.value.shown());
            if !value.is_empty() {
                figures.push(Impact { kind, label, value, from: "front matter", span: field.value.span });
            }
        }
    }
    if let Some(field) = context.front.get(&["duration"]) {
        let value = field.value.value.shown();
        if !value.trim().is_empty() {
            let (kind, label) = (ImpactKind::Duration, "duration".into());
            figures.push(Impact { kind, label, value, from: "front matter", span: field.value.span });
        }
    }
    figures
}

/// Labels and what the value behind them counts.
const LABELS: [(&str, ImpactKind); 20] = [
    ("duration", ImpactKind::Duration),
    ("outage duration", ImpactKind::Duration),
    ("incident duration", ImpactKind::Duration),
    ("total duration", ImpactKind::Duration),
    ("downtime", ImpactKind::Duration),
    ("total downtime", ImpactKind::Duration),
    ("time to resolve", ImpactKind::Duration),
    ("time to recovery", ImpactKind::Duration),
    ("users affected", ImpactKind::Users),
    ("affected users", ImpactKind::Users),
    ("customers affected", ImpactKind::Users),
    ("affected customers", ImpactKind::Users),
    ("users", ImpactKind::Users),
    ("error rate", ImpactKind::ErrorRate),
    ("failed requests", ImpactKind::Requests),
    ("requests failed", ImpactKind::Requests),
    ("revenue", ImpactKind::Revenue),
    ("lost revenue", ImpactKind::Revenue),
    ("data loss", ImpactKind::DataLoss),
    ("sla violated", ImpactKind::SlaViolated),
];

fn labelled(line: &Line<'_>) -> Option<Impact> {
    let (label, value) = match (line.shape, line.cells) {
        (Shape::Row { .. }, [label, value]) => (plain(&label.text), plain(&value.text)),
        (Shape::Row { .. }, _) => return None,
        _ => line.text.split_once(':').map(|(label, value)| (label.to_owned(), value.to_owned()))?,
    };
    let (label, value) = (label.trim(), value.trim());
    let (_, kind) = LABELS.iter().find(|(known, _)| known.eq_ignore_ascii_case(label))?;
    let says = !value.is_empty()
        && value.len() < 120
        && !["?", "n/a", "tbd", "unknown"].contains(&value.to_lowercase().as_str());
    says.then(|| Impact {
        kind: *kind,
        label: label.to_owned(),
        value: value.to_owned(),
        from: "label",
        span: line.span,
    })
}

/// Nouns behind a number and what they count.
const NOUNS: [(&str, ImpactKind); 22] = [
    ("users", ImpactKind::Users),
    ("customers", ImpactKind::Users),
    ("teams", ImpactKind::Users),
    ("accounts", ImpactKind::Users),
    ("people", ImpactKind::Users),
    ("clients", ImpactKind::Users),
    ("organizations", ImpactKind::Users),
    ("sites", ImpactKind::Other),
    ("services", ImpactKind::Other),
    ("requests", ImpactKind::Requests),
    ("calls", ImpactKind::Requests),
    ("transactions", ImpactKind::Requests),
    ("jobs", ImpactKind::Other),
    ("builds", ImpactKind::Other),
    ("orders", ImpactKind::Other),
    ("records", ImpactKind::DataLoss),
    ("rows", ImpactKind::DataLoss),
    ("events", ImpactKind::Other),
    ("emails", ImpactKind::Other),
    ("messages", ImpactKind::Other),
    ("errors", ImpactKind::Other),
    ("pods", ImpactKind::Other),
];

/// `~38% of evaluation requests`, `3.7M failed requests`, `$12,000`.
fn phrases(line: &Line<'_>, figures: &mut Vec<Impact>) {
    let words: Vec<&str> = line.text.split_whitespace().take(400).collect();
    for (at, word) in words.iter().enumerate() {
        let bare = word.trim_matches(['(', ')', ',', '.', ';', ':', '*']);
        if !is_figure(bare) {
            continue;
        }
        let money = bare.starts_with(['$', '€', '£']);
        let percent =
            bare.ends_with('%') || words.get(at + 1).is_some_and(|next| next.trim_matches([',', '.']) == "%");
        let after = || words.iter().skip(at + 1).take(4);
        let noun = after().enumerate().find_map(|(far, next)| {
            let next = next.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            NOUNS.iter().find(|(noun, _)| *noun == next).map(|(_, kind)| (far + 1, *kind))
        });
        let kind = match noun {
            _ if money => ImpactKind::Revenue,
            _ if percent => ImpactKind::Percent,
            Some((far, kind)) if far <= 3 => kind,
            _ => continue,
        };
        let reach = noun.map_or(usize::from(percent && !bare.ends_with('%')), |(far, _)| far);
        let label = words.get(at + 1..=at + reach).unwrap_or_default().join(" ");
        let label = label.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        figures.push(Impact { kind, label, value: bare.to_owned(), from: "words", span: line.span });
    }
}

/// A number as people write it: `1,200`, `3.7M`, `~38%`, `$12k`.
fn is_figure(word: &str) -> bool {
    let word = word.trim_start_matches(['~', '<', '>', '≈', '$', '€', '£', '+']);
    let number = word.trim_end_matches(['%', 'k', 'K', 'M', 'm', 'B', '+']);
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        && word.len() - number.len() <= 2
}

/// A length of time in words: `2h 41m`, `33 minutes`, `~1 hour`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length {
    /// Whether nothing says that it is only about so long.
    pub(super) exact: bool,
    /// How long.
    pub(super) length: SignedDuration,
}

impl Length {
    /// Reads all of `text` as a length; `None` where other words stand there too.
    pub(super) fn read(text: &str) -> Option<Self> {
        let bare = text.trim().trim_end_matches('.').trim_start_matches(['~', '≈']);
        let mut seconds = 0_i64;
        let mut number = String::new();
        let mut unit = String::new();
        let mut units = 0;
        for c in bare.chars().chain([' ', '0']) {
            if c.is_ascii_digit() && !unit.is_empty() {
                seconds =
                    seconds.checked_add(number.parse::<i64>().ok()?.checked_mul(seconds_of(&unit)?)?)?;
                units += 1;
                (number, unit) = (String::new(), String::new());
            }
            match c {
                '0'..='9' if number.len() < 7 => number.push(c),
                c if c.is_alphabetic() => unit.extend(c.to_lowercase()),
                ' ' | ',' => {}
                _ => return None,
            }
        }
        let exact = !text.contains(['~', '≈']);
        (units > 0).then_some(Self { exact, length: SignedDuration::from_secs(seconds) })
    }
}

fn seconds_of(unit: &str) -> Option<i64> {
    let unit = unit.trim_end_matches("and");
    Some(match unit {
        "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" => 60,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3600,
        "d" | "day" | "days" => 86400,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_only_where_nothing_else_is_said() {
        for (text, minutes) in [
            ("2h 41m", Some(161)),
            ("20 hours 20 minutes.", Some(1220)),
            ("~54 minutes", Some(54)),
            ("33h 15m (during support hours)", None),
            ("?", None),
            ("a while", None),
        ] {
            assert_eq!(Length::read(text).map(|one| one.length.as_mins()), minutes, "{text}");
        }
    }

    #[test]
    fn numbers_are_told_from_other_words() {
        for (word, figure) in
            [("3.7M", true), ("~38%", true), ("$12,000", true), ("v1.2", false), ("503s", false)]
        {
            assert_eq!(is_figure(word), figure, "{word}");
        }
    }
}
