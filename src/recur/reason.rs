//! Why one report is suggested for another, in words made from what added to the score.

use super::index::Index;
use super::profile::{Label, LabelKind, Profile};
use super::score::{Query, Wanted};
use super::weights::Aspect;
use serde::Serialize;
use std::fmt;

/// Most terms named in one reason.
const TERMS: usize = 5;
/// Most signatures named.
const MARKS: usize = 2;
/// A term that adds less than this share of all that terms add is not why.
const LEAST: f32 = 0.03;

/// One reason. Its `Display` is what readers see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Reason {
    /// Both bear this rare token, message or log line.
    Signature {
        /// As the asking report writes it.
        text: String,
    },
    /// Both declare this component.
    Component {
        /// Its id.
        name: String,
        /// How many incidents declare it.
        incidents: usize,
        /// Of how many.
        of: usize,
    },
    /// Both declare this trigger.
    Trigger {
        /// In lower case.
        text: String,
    },
    /// Both declare this cause category.
    Cause {
        /// In lower case.
        text: String,
    },
    /// Both have this tag.
    Tag {
        /// In lower case.
        name: String,
    },
    /// Words that stand in both and in few others.
    Terms {
        /// As the asking report writes them, the most telling first.
        terms: Vec<String>,
    },
    /// The author of one mentions the other.
    Linked,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signature { text } => write!(f, "shares `{text}`"),
            Self::Component { name, incidents, of } => {
                write!(f, "same component: {name} ({incidents} of {of} incidents)")
            }
            Self::Trigger { text } => write!(f, "same trigger: {text}"),
            Self::Cause { text } => write!(f, "same cause: {text}"),
            Self::Tag { name } => write!(f, "same tag: {name}"),
            Self::Terms { terms } => write!(f, "shared terms: {}", terms.join(", ")),
            Self::Linked => f.write_str("linked by the author"),
        }
    }
}

/// Why `other` is like `asking`, the strongest reason first. `text` gives the form shown by number.
pub(super) fn reasons<'t>(
    index: &Index,
    asking: (&Profile, &Query),
    other: (&Profile, &Query),
    text: impl Fn(u32) -> &'t str,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut said = Vec::new();
    for shown in shared_marks(asking, other.0) {
        let folded = text(shown).to_lowercase();
        let part = said.iter().any(|said: &String| said.contains(&folded));
        if said.len() < MARKS && !part {
            said.push(folded);
            reasons.push(Reason::Signature { text: text(shown).replace('`', "") });
        }
    }
    reasons.extend(declared(index, asking.0, other.0));
    let terms = shared_terms(asking, other, &text, &said);
    if terms.len() > 1 {
        reasons.push(Reason::Terms { terms });
    }
    reasons
}

/// The forms of the shared signatures, most telling first.
fn shared_marks(asking: (&Profile, &Query), other: &Profile) -> Vec<u32> {
    let form = |key: u32| asking.0.marks.iter().find(|(known, _)| *known == key).map(|(_, shown)| *shown);
    let shared = asking.1.marks.iter().filter(|(key, _)| other.has_mark(*key));
    shared.filter_map(|(key, _)| form(*key)).collect()
}

/// What both declare, of each kind the rarest.
fn declared(index: &Index, a: &Profile, b: &Profile) -> Vec<Reason> {
    let shared = a.labels.iter().filter(|number| b.labels.binary_search(number).is_ok());
    let mut rarest: Vec<_> =
        shared.filter_map(|number| Some((index.label(*number)?, index.labelled(*number)))).collect();
    rarest.sort_by_key(|(label, uses)| (label.kind, *uses, &label.value));
    rarest.dedup_by_key(|(label, _)| label.kind);
    let reason = |(label, incidents): (&Label, usize)| {
        let value = label.value.clone();
        match label.kind {
            LabelKind::Component => Reason::Component { name: value, incidents, of: index.profiles.len() },
            LabelKind::Tag => Reason::Tag { name: value },
            LabelKind::Trigger => Reason::Trigger { text: value },
            LabelKind::Cause => Reason::Cause { text: value },
        }
    };
    rarest.into_iter().map(reason).collect()
}

/// The terms that add most to the score, in the forms of the asking report. Parts of a name that is listed whole, and
/// what a signature says already, are left out.
fn shared_terms<'t>(
    asking: (&Profile, &Query),
    other: (&Profile, &Query),
    text: &impl Fn(u32) -> &'t str,
    said: &[String],
) -> Vec<String> {
    let mut shares: Vec<(f32, u32)> = Vec::new();
    let both = asking.1.terms.iter().chain(&other.1.terms);
    for Wanted { word, idf, .. } in both {
        let (Some(ours), Some(theirs)) = (asking.0.term(*word), other.0.term(*word)) else {
            continue;
        };
        if ours.named && theirs.named {
            continue;
        }
        let weights = (ours.weight(Aspect::Neither), theirs.weight(Aspect::Neither));
        let in_query = |query: &Query| query.terms.iter().any(|known| known.word == *word);
        let there = if in_query(asking.1) { asking.1.share_of(*idf, weights.0, weights.1) } else { 0.0 };
        let back = if in_query(other.1) { other.1.share_of(*idf, weights.0, weights.1) } else { 0.0 };
        if !shares.iter().any(|(_, known)| *known == ours.shown) {
            shares.push((there + back, ours.shown));
        }
    }
    let sum: f32 = shares.iter().map(|(share, _)| share).sum();
    shares.retain(|(share, _)| *share >= LEAST * sum.max(f32::EPSILON));
    shares.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| text(a.1).cmp(text(b.1))));
    let wholes: Vec<&str> = shares.iter().map(|(_, shown)| text(*shown)).collect();
    let mut terms: Vec<String> = Vec::new();
    for word in &wholes {
        let part = wholes.iter().any(|whole| whole.len() > word.len() && whole.contains(*word));
        let repeated = said.iter().any(|said| said.contains(*word));
        if !part && !repeated && terms.len() < TERMS {
            terms.push((*word).to_owned());
        }
    }
    terms
}
