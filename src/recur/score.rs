//! How alike two reports are: BM25 over weighted fields, from each to the other, as a share of what a report scores
//! against itself; then what shared signatures and declarations add.

use super::index::{Index, float};
use super::profile::{LabelKind, Profile};
use super::weights::{
    ASPECT_TERMS, Aspect, COMPONENT, LABEL, MARKS, MARKS_COMPARED, MARKS_LEAST, QUERY_TERMS, SATURATION,
};

/// A term that a report asks others for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// Its number in the lexicon of words.
    pub(super) word: u32,
    /// How telling it is.
    pub(super) idf: f32,
    /// What it is worth in the report that asks: over all fields, by looks, by cause.
    pub(super) worth: [f32; 3],
    /// Whether it is part of the name of a component there.
    pub(super) named: bool,
}

/// What one report asks of others.
#[derive(Debug, Clone)]
pub(super) struct Query {
    /// Its most telling terms, best first.
    pub(super) terms: Vec<Wanted>,
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

impl Wanted {
    /// What it is worth over all fields.
    pub(super) fn in_all(&self) -> f32 {
        let [all, ..] = self.worth;
        all
    }
}

impl Query {
    /// What `profile` asks of the reports of `index`.
    pub(super) fn of(profile: &Profile, index: &Index) -> Self {
        let mut terms: Vec<Wanted> = profile
            .terms
            .iter()
            .filter_map(|term| {
                let idf = index.word_idf(term.word)?;
                let worth = ASPECTS.map(|aspect| idf * saturated(term.weight(aspect)));
                Some(Wanted { word: term.word, idf, worth, named: term.named })
            })
            .collect();
        let text = |one: &Wanted| index.words.text(one.word);
        let best_first =
            |a: &Wanted, b: &Wanted| b.in_all().total_cmp(&a.in_all()).then_with(|| text(a).cmp(text(b)));
        if terms.len() > QUERY_TERMS {
            terms.select_nth_unstable_by(QUERY_TERMS, best_first);
            terms.truncate(QUERY_TERMS);
        }
        terms.sort_by(best_first);
        terms.shrink_to_fit();
        let marks = marks(profile, index);
        let marks_whole: f32 = marks.iter().take(MARKS_COMPARED).map(|(_, idf)| idf).sum();
        let mut query = Self { terms, marks, whole: [0.0; 3], marks_whole: marks_whole.max(MARKS_LEAST) };
        query.whole = query.against(profile);
        for (place, (whole, slots)) in query.whole.iter_mut().zip(SLOTS).enumerate() {
            let worth = |one: &Wanted| one.worth.get(place).copied().unwrap_or(0.0);
            let filled = query.terms.iter().filter(|one| !one.named && worth(one) > 0.0).count();
            // Nothing to ask stays unknown; little to ask leaves places empty, each worth a rare term said once.
            if *whole > 0.0 {
                *whole += float(slots.saturating_sub(filled)) * index.rarest();
            }
        }
        query
    }

    /// What this query scores in `other`: in all, by looks, by cause.
    fn against(&self, other: &Profile) -> [f32; 3] {
        let mut sums = [0.0; 3];
        for Wanted { word, worth, named, .. } in &self.terms {
            let Some(theirs) = other.term(*word).filter(|theirs| !(*named && theirs.named)) else {
                continue;
            };
            for ((sum, worth), aspect) in sums.iter_mut().zip(worth).zip(ASPECTS) {
                *sum += worth * saturated(theirs.weight(aspect));
            }
        }
        sums
    }

    /// What this query scores, of what it scores against its own report; unknown where that is nothing.
    pub(super) fn share(&self, aspect: usize, sum: f32) -> Option<f32> {
        let whole = self.whole.get(aspect).copied().filter(|whole| *whole > 0.0)?;
        Some(sum / whole)
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
    let there = a.1.against(b.0);
    let back = b.1.against(a.0);
    let marks = a.1.marks.iter().filter(|(key, _)| b.0.has_mark(*key)).map(|(_, idf)| idf).sum();
    let both = |aspect: usize| {
        let (there, back) = (there.get(aspect)?, back.get(aspect)?);
        Some(f32::midpoint(a.1.share(aspect, *there)?, b.1.share(aspect, *back)?))
    };
    let ([there, ..], [back, ..]) = (there, back);
    Likeness {
        score: score(index, a, b, Sums { there, back, marks }),
        looks_like: both(1).map(|looks| looks + shared_marks(a.1, b.1, marks)),
        same_cause: both(2),
    }
}

/// What two reports have in common, in the worth of terms and signatures.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    /// What the first one's query scores in the second, over all fields.
    pub(super) there: f32,
    /// And the second one's in the first.
    pub(super) back: f32,
    /// What the signatures that both bear are worth.
    pub(super) marks: f32,
}

/// The score that ranks two reports.
pub(super) fn score(index: &Index, a: (&Profile, &Query), b: (&Profile, &Query), sums: Sums) -> f32 {
    let shares = a.1.share(0, sums.there).zip(b.1.share(0, sums.back));
    let text = shares.map_or(0.0, |(there, back)| f32::midpoint(there, back));
    text + shared_marks(a.1, b.1, sums.marks) + declared(index, a.0, b.0)
}

/// What shared signatures worth `sum` add, as shares of those of either.
fn shared_marks(a: &Query, b: &Query, sum: f32) -> f32 {
    MARKS * f32::midpoint(a.marks_share(sum), b.marks_share(sum))
}

/// What shared declarations add: of each kind, the most telling one.
fn declared(index: &Index, a: &Profile, b: &Profile) -> f32 {
    let mut best = [0.0_f32; 4];
    for number in a.labels.iter().filter(|number| b.labels.binary_search(number).is_ok()) {
        let (slot, weight) = match index.label(*number).map(|label| label.kind) {
            None => continue,
            Some(LabelKind::Component) => (0, COMPONENT),
            Some(LabelKind::Tag) => (1, LABEL),
            Some(LabelKind::Trigger) => (2, LABEL),
            Some(LabelKind::Cause) => (3, LABEL),
        };
        if let Some(slot) = best.get_mut(slot) {
            *slot = slot.max(weight * index.label_share(*number));
        }
    }
    best.iter().sum()
}
