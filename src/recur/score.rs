//! How alike two reports are: BM25 over weighted fields, from each to the other, as a share of what a report scores
//! against itself; then what shared signatures and declarations add.

use super::index::{Index, float};
use super::profile::{LabelKind, Profile};
use super::weights::{
    ASPECT_TERMS, Aspect, COMPONENT, LABEL, MARKS, MARKS_COMPARED, MARKS_LEAST, QUERY_TERMS, SATURATION,
};

/// What one report asks of others.
#[derive(Debug, Clone)]
pub(super) struct Query {
    /// Its most telling terms with how telling they are, best first.
    pub(super) terms: Vec<(u32, f32)>,
    /// Its signatures that few share, with how telling they are.
    pub(super) marks: Vec<(u32, f32)>,
    /// What it scores against itself: in all, by looks, by cause.
    whole: [f32; 3],
    /// What all its signatures together are worth.
    marks_whole: f32,
}

/// How alike two reports are. Symmetric: the same from either side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Likeness {
    /// The score that ranks and decides; 1 and a little more for two equal reports.
    pub(super) score: f32,
    /// By symptoms; unknown where one of them tells none.
    pub(super) looks_like: Option<f32>,
    /// By causes; unknown where one of them tells none.
    pub(super) same_cause: Option<f32>,
}

/// What a term of weight `weight` counts: the first mentions much, further ones less and less.
pub(super) fn saturated(weight: f32) -> f32 {
    weight * (SATURATION + 1.0) / (weight + SATURATION)
}

const ASPECTS: [Aspect; 3] = [Aspect::Neither, Aspect::Looks, Aspect::Cause];
/// How many terms each of them should have for a likeness to count in full.
const SLOTS: [usize; 3] = [QUERY_TERMS, ASPECT_TERMS, ASPECT_TERMS];

impl Query {
    /// What `profile` asks of the reports of `index`.
    pub(super) fn of(profile: &Profile, index: &Index) -> Self {
        let mut terms: Vec<(u32, f32, f32)> = profile
            .terms
            .iter()
            .filter_map(|term| {
                let idf = index.word_idf(term.word)?;
                Some((term.word, idf, idf * saturated(term.weight(Aspect::Neither))))
            })
            .collect();
        let best_first = |a: &(u32, f32, f32), b: &(u32, f32, f32)| {
            b.2.total_cmp(&a.2).then_with(|| index.words.text(a.0).cmp(index.words.text(b.0)))
        };
        if terms.len() > QUERY_TERMS {
            terms.select_nth_unstable_by(QUERY_TERMS, best_first);
            terms.truncate(QUERY_TERMS);
        }
        terms.sort_by(best_first);
        let terms: Vec<(u32, f32)> = terms.into_iter().map(|(word, idf, _)| (word, idf)).collect();
        let marks = marks(profile, index);
        let marks_whole: f32 = marks.iter().take(MARKS_COMPARED).map(|(_, idf)| idf).sum();
        let mut query = Self { terms, marks, whole: [0.0; 3], marks_whole: marks_whole.max(MARKS_LEAST) };
        query.whole = query.against(profile, profile);
        for ((whole, aspect), slots) in query.whole.iter_mut().zip(ASPECTS).zip(SLOTS) {
            let tells = |(word, _): &&(u32, f32)| {
                let term = profile.term(*word);
                term.is_some_and(|term| !term.named && term.weight(aspect) > 0.0)
            };
            let filled = query.terms.iter().filter(tells).count();
            // Nothing to ask stays unknown; little to ask leaves places empty, each worth a rare term said once.
            if *whole > 0.0 {
                *whole += float(slots.saturating_sub(filled)) * index.rarest();
            }
        }
        query
    }

    /// What this query of `own` scores in `other`: in all, by looks, by cause.
    fn against(&self, own: &Profile, other: &Profile) -> [f32; 3] {
        let mut sums = [0.0; 3];
        for (word, idf) in &self.terms {
            let (Some(ours), Some(theirs)) = (own.term(*word), other.term(*word)) else {
                continue;
            };
            if ours.named && theirs.named {
                continue;
            }
            for (sum, aspect) in sums.iter_mut().zip(ASPECTS) {
                *sum += idf * saturated(ours.weight(aspect)) * saturated(theirs.weight(aspect));
            }
        }
        sums
    }

    /// The same as shares of the whole; unknown where the whole is nothing.
    fn shares(&self, own: &Profile, other: &Profile) -> [Option<f32>; 3] {
        let mut shares = [None; 3];
        let sums = self.against(own, other);
        for ((share, sum), whole) in shares.iter_mut().zip(sums).zip(self.whole) {
            *share = (whole > 0.0).then(|| sum / whole);
        }
        shares
    }

    /// What a term of this query adds to the score against a report where it has weight `theirs`, as a share.
    pub(super) fn share_of(&self, idf: f32, ours: f32, theirs: f32) -> f32 {
        let [whole, ..] = self.whole;
        if whole > 0.0 { idf * saturated(ours) * saturated(theirs) / whole } else { 0.0 }
    }

    /// What shared signatures worth `sum` make of this report's own, as a share.
    pub(super) fn marks_share(&self, sum: f32) -> f32 {
        (sum / self.marks_whole).min(1.0)
    }
}

/// The signatures of `profile` that few share, most telling first.
fn marks(profile: &Profile, index: &Index) -> Vec<(u32, f32)> {
    let mut marks: Vec<(u32, f32)> =
        profile.marks.iter().filter_map(|(key, _)| Some((*key, index.mark_idf(*key)?))).collect();
    // Where two are as rare, the longer one says more.
    marks.sort_by(|a, b| {
        let (one, other) = (index.marks.text(a.0), index.marks.text(b.0));
        (b.1.total_cmp(&a.1)).then_with(|| (other.len(), one).cmp(&(one.len(), other)))
    });
    marks
}

/// How alike two reports are.
pub(super) fn compare(index: &Index, a: (&Profile, &Query), b: (&Profile, &Query)) -> Likeness {
    let there = a.1.shares(a.0, b.0);
    let back = b.1.shares(b.0, a.0);
    let [text, looks, cause] = [0, 1, 2].map(|aspect| {
        let share = |shares: &[Option<f32>; 3]| shares.get(aspect).copied().flatten();
        Some(f32::midpoint(share(&there)?, share(&back)?))
    });
    let shared: f32 = a.1.marks.iter().filter(|(key, _)| b.0.has_mark(*key)).map(|(_, idf)| idf).sum();
    let marks = MARKS * f32::midpoint(a.1.marks_share(shared), b.1.marks_share(shared));
    let declared = declared(index, a.0, b.0);
    Likeness {
        score: text.unwrap_or(0.0) + marks + declared,
        looks_like: looks.map(|looks| looks + marks),
        same_cause: cause,
    }
}

/// What shared declarations add: of each kind, the most telling one.
fn declared(index: &Index, a: &Profile, b: &Profile) -> f32 {
    let mut best = [0.0_f32; 4];
    for label in a.labels.intersection(&b.labels) {
        let (slot, weight) = match label.kind {
            LabelKind::Component => (0, COMPONENT),
            LabelKind::Tag => (1, LABEL),
            LabelKind::Trigger => (2, LABEL),
            LabelKind::Cause => (3, LABEL),
        };
        if let Some(slot) = best.get_mut(slot) {
            *slot = slot.max(weight * index.label_share(label));
        }
    }
    best.iter().sum()
}
