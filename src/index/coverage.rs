//! Incidents with all words, and below or among them those with the telling ones.
//!
//! Reports say the same thing in other words, so an incident that lacks one word of a question can be the one that was
//! meant. What lacks words counts less, by the share of the question's weight it covers; a word's weight is its idf, so
//! that a rare word counts for more than a common one. Quotations, words with a field and groups are meant as written:
//! what lacks one is out, unless nothing has them all.

use super::evaluate::{Parts, Wanted};
use super::ranking::{Scored, both};
use super::score::idf;
use super::tally::Tally;

/// The least share of the question's weight an incident must cover.
const LEAST: f32 = 1.0 / 3.0;

/// What was found, with what it lacks.
#[derive(Default)]
pub(super) struct Found {
    /// Everything, in order of number.
    pub(super) ranked: Scored,
    /// Those of it that have all words.
    pub(super) whole: Scored,
    /// The words, each with the documents that have it; empty where nothing can be lacking.
    pub(super) words: Vec<(String, Scored)>,
}

impl Found {
    /// Documents that have all that was asked for.
    pub(super) fn all(found: Scored) -> Self {
        Self { whole: found.clone(), ranked: found, words: Vec::new() }
    }

    /// All documents of an index of `count` that `parts` find.
    pub(super) fn of(parts: Parts, whole: Scored, count: usize) -> Self {
        if parts.wanted.len() < 2 {
            return Self::all(whole);
        }
        let ranked = ranked(&parts, count);
        let named = parts.wanted.into_iter().filter(|wanted| !wanted.words.is_empty());
        Self { ranked, whole, words: named.map(|wanted| (wanted.words, wanted.found)).collect() }
    }

    /// Only what is in `within`.
    pub(super) fn within(mut self, within: &Scored) -> Self {
        self.ranked = both(&self.ranked, within);
        self.whole = both(&self.whole, within);
        self
    }

    /// The words that the document lacks.
    pub(super) fn lacking(&self, number: u32) -> Vec<String> {
        let lacking = self.words.iter().filter(|(_, has)| !contains(has, number));
        lacking.map(|(words, _)| words.clone()).collect()
    }
}

fn ranked(parts: &Parts, count: usize) -> Scored {
    let mut sum = Tally::new(count);
    parts.wanted.iter().flat_map(|wanted| &wanted.found).for_each(|(number, score)| sum.add(*number, *score));
    let scores = sum.into_scored();
    let scores = parts.filtered(parts.nearer(required(scores, &parts.wanted)));
    let weight = |wanted: &Wanted| {
        // A word that occurs nowhere is lacking everywhere and says nothing.
        if wanted.found.is_empty() {
            0.0
        } else {
            idf(count, u32::try_from(wanted.found.len()).unwrap_or(u32::MAX))
        }
    };
    let mut covered = vec![0.0_f32; count];
    let mut all = 0.0;
    for wanted in &parts.wanted {
        let weight = weight(wanted);
        all += weight;
        for (number, _) in &wanted.found {
            if let Some(sum) = covered.get_mut(*number as usize) {
                *sum += weight;
            }
        }
    }
    let share = |number: u32| covered.get(number as usize).map_or(0.0, |sum| sum / all);
    let kept = scores.into_iter().map(|(number, score)| (number, score, share(number)));
    kept.filter(|(.., share)| *share >= LEAST).map(|(number, score, share)| (number, score * share)).collect()
}

/// What of `found` has all that is meant as written; everything where nothing has.
fn required(found: Scored, wanted: &[Wanted]) -> Scored {
    let mut left = found.clone();
    for one in wanted.iter().filter(|one| one.required) {
        left.retain(|(number, _)| contains(&one.found, *number));
    }
    if left.is_empty() { found } else { left }
}

/// Whether `number` is in `found`.
pub(super) fn contains(found: &Scored, number: u32) -> bool {
    found.binary_search_by_key(&number, |(number, _)| *number).is_ok()
}
