//! Scores of many documents while they are added up: a place for every document instead of lists that are merged.

use super::ranking::Scored;

/// What no score is: a document that was not met.
const UNMET: f32 = f32::NEG_INFINITY;

/// Scores by number.
pub(super) struct Tally {
    scores: Vec<f32>,
    /// The numbers that were met, each once, in no order.
    met: Vec<u32>,
}

impl Tally {
    /// For documents with numbers below `count`; others are passed over.
    pub(super) fn new(count: usize) -> Self {
        Self { scores: vec![UNMET; count], met: Vec::new() }
    }

    /// Adds `more` to the score of a document.
    pub(super) fn add(&mut self, number: u32, more: f32) {
        self.change(number, |score| if is_met(score) { score + more } else { more });
    }

    /// Gives a document `score` where it has none that is better.
    pub(super) fn raise(&mut self, number: u32, score: f32) {
        self.change(number, |known| known.max(score));
    }

    fn change(&mut self, number: u32, to: impl FnOnce(f32) -> f32) {
        let Some(score) = self.scores.get_mut(number as usize) else { return };
        if !is_met(*score) {
            self.met.push(number);
        }
        *score = to(*score);
    }

    /// Hands out every score, in no order; afterwards nothing was met.
    pub(super) fn drain(&mut self, mut visit: impl FnMut(u32, f32)) {
        for number in self.met.drain(..) {
            if let Some(score) = self.scores.get_mut(number as usize) {
                visit(number, std::mem::replace(score, UNMET));
            }
        }
    }

    /// The documents that were met with their scores, by number; afterwards nothing was met.
    pub(super) fn take(&mut self) -> Scored {
        let mut found = Scored::with_capacity(self.met.len());
        if self.met.len() * 8 > self.scores.len() {
            let all = (0u32..).zip(&mut self.scores).filter(|(_, score)| is_met(**score));
            found.extend(all.map(|(number, score)| (number, std::mem::replace(score, UNMET))));
            self.met.clear();
        } else {
            self.met.sort_unstable();
            self.drain(|number, score| found.push((number, score)));
        }
        found
    }

    /// The documents that were met with their scores, by number.
    pub(super) fn into_scored(mut self) -> Scored {
        self.take()
    }
}

fn is_met(score: f32) -> bool {
    score > UNMET
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::ranking::{add, best};

    #[test]
    fn few_or_many_are_what_merged_lists_would_be() {
        for count in [12, 1_000] {
            let lists: [Scored; 3] =
                [vec![(1, 0.5), (7, 1.25)], vec![(0, 2.0), (7, 0.75)], vec![(7, 0.1), (11, 0.0)]];
            let (mut sum, mut most) = (Tally::new(count), Tally::new(count));
            for (number, score) in lists.iter().flatten() {
                sum.add(*number, *score);
                most.raise(*number, *score);
            }
            sum.add(u32::MAX, 1.0);
            let merged = |join: fn(Scored, Scored) -> Scored| lists.iter().cloned().fold(Scored::new(), join);
            assert_eq!(sum.take(), merged(add));
            assert!(sum.into_scored().is_empty());
            let mut drained = Scored::new();
            most.drain(|number, score| drained.push((number, score)));
            drained.sort_by_key(|one| one.0);
            assert_eq!(drained, merged(best));
            assert!(most.into_scored().is_empty());
        }
    }
}
