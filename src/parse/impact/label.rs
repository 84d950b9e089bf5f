//! Figures behind a label: `**Users affected**: 1,200`, `| Revenue lost | 4,200 EUR |`.

use crate::model::text::plain;
use crate::model::{Impact, ImpactKind};
use crate::parse::lines::{Line, Shape};

/// Words of a label that only say that it is about an incident.
const AROUND: [&str; 16] = [
    "affected",
    "approx",
    "approximate",
    "estimated",
    "impact",
    "impacted",
    "incident",
    "number",
    "of",
    "our",
    "outage",
    "overall",
    "service",
    "the",
    "total",
    "unique",
];

/// What is left of a label without them, and what the value behind it counts.
const LABELS: [(&str, ImpactKind); 34] = [
    ("duration", ImpactKind::Duration),
    ("length", ImpactKind::Duration),
    ("downtime", ImpactKind::Duration),
    ("time to resolve", ImpactKind::Duration),
    ("time to resolution", ImpactKind::Duration),
    ("time to recover", ImpactKind::Duration),
    ("time to recovery", ImpactKind::Duration),
    ("time to restore", ImpactKind::Duration),
    ("users", ImpactKind::Users),
    ("customers", ImpactKind::Users),
    ("accounts", ImpactKind::Users),
    ("clients", ImpactKind::Users),
    ("tenants", ImpactKind::Users),
    ("organizations", ImpactKind::Users),
    ("organisations", ImpactKind::Users),
    ("error rate", ImpactKind::ErrorRate),
    ("failure rate", ImpactKind::ErrorRate),
    ("failed requests", ImpactKind::Requests),
    ("requests failed", ImpactKind::Requests),
    ("requests lost", ImpactKind::Requests),
    ("lost requests", ImpactKind::Requests),
    ("requests", ImpactKind::Requests),
    ("revenue", ImpactKind::Revenue),
    ("lost revenue", ImpactKind::Revenue),
    ("revenue lost", ImpactKind::Revenue),
    ("revenue loss", ImpactKind::Revenue),
    ("financial loss", ImpactKind::Revenue),
    ("financial", ImpactKind::Revenue),
    ("data loss", ImpactKind::DataLoss),
    ("data lost", ImpactKind::DataLoss),
    ("lost data", ImpactKind::DataLoss),
    ("sla violated", ImpactKind::SlaViolated),
    ("sla breached", ImpactKind::SlaViolated),
    ("sla breach", ImpactKind::SlaViolated),
];

/// Labels that tell what they count only together with a word that was taken off: `Accounts: staging` counts nothing.
const BARE: [&str; 6] = ["accounts", "clients", "length", "organisations", "organizations", "tenants"];

/// Longest value that is a figure, in bytes; beyond it is a story.
const LONGEST: usize = 120;

/// The figure that `line` holds, if it is one.
pub(super) fn figure(line: &Line<'_>) -> Option<Impact> {
    let (label, value) = match (line.shape, line.cells) {
        (Shape::Row { .. }, [label, value]) => (plain(&label.text), plain(&value.text)),
        (Shape::Row { .. }, _) => return None,
        _ => line.text.split_once(':').map(|(label, value)| (label.to_owned(), value.to_owned()))?,
    };
    let (label, value) = (label.trim(), value.trim());
    let kind = kind(label)?;
    let says = !value.is_empty()
        && value.len() < LONGEST
        && !["?", "n/a", "tbd", "unknown"].contains(&value.to_lowercase().as_str());
    says.then(|| Impact {
        kind,
        label: label.to_owned(),
        value: value.to_owned(),
        from: "label",
        span: line.span,
    })
}

fn kind(label: &str) -> Option<ImpactKind> {
    if label.len() > 48 {
        return None;
    }
    let label = label.to_lowercase();
    let words: Vec<&str> = label.split_whitespace().collect();
    let core: Vec<&str> = words.iter().copied().filter(|word| !AROUND.contains(word)).collect();
    let text = core.join(" ");
    let (name, kind) = LABELS.iter().find(|(known, _)| *known == text)?;
    (core.len() < words.len() || !BARE.contains(name)).then_some(*kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_whatever_stands_around_them() {
        for (label, expected) in [
            ("Duration", Some(ImpactKind::Duration)),
            ("Total outage duration", Some(ImpactKind::Duration)),
            ("Impact duration", Some(ImpactKind::Duration)),
            ("Number of affected customers", Some(ImpactKind::Users)),
            ("Impacted users", Some(ImpactKind::Users)),
            ("Revenue impact", Some(ImpactKind::Revenue)),
            ("Financial impact", Some(ImpactKind::Revenue)),
            ("Requests lost", Some(ImpactKind::Requests)),
            ("Tenants affected", Some(ImpactKind::Users)),
            ("Tenants", None),
            ("Impact", None),
            ("Time to detection", None),
            ("Services affected", None),
        ] {
            assert_eq!(kind(label), expected, "{label}");
        }
    }
}
