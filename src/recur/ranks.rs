//! One report beside many: the best candidates by one direction, found through the inverted index, then scored in both.
//! Every pair of a large archive that shares a word goes through here, so nothing is searched for and nothing allocated that
//! an array at hand can tell; [`compare`](super::score::compare) is the same in plain words.

use super::Relatives;
use super::profile::Profile;
use super::score::{Query, saturated, score};
use super::weights::{CANDIDATES, MARKS};

/// A candidate with the likeness that ranks it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ranked {
    pub(super) number: usize,
    pub(super) score: f32,
}

/// Arrays that each ranking leaves as empty as it found them, so that the next one can use them again.
#[derive(Debug)]
pub(super) struct Desk {
    /// By report: what the asking one scores in it so far.
    scores: Vec<f32>,
    /// The reports with such a score.
    touched: Vec<usize>,
    /// By report: its place among the candidates, from 1; 0 for all others.
    places: Vec<usize>,
    /// By word: what the asking report holds of it.
    held: Vec<Held>,
    /// What a weight counts, by eighths.
    saturated: Vec<f32>,
}

/// What a report holds of a word: its weight in eighths, 0 where it does not stand there, and whether it names a component.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    eighths: u8,
    named: bool,
}

impl Default for Desk {
    fn default() -> Self {
        let saturated = (0..=u8::MAX).map(|eighths| saturated(f32::from(eighths) / 8.0)).collect();
        Self { scores: Vec::new(), touched: Vec::new(), places: Vec::new(), held: Vec::new(), saturated }
    }
}

impl Desk {
    fn make_room(&mut self, reports: usize, words: usize) {
        self.scores.resize(reports.max(self.scores.len()), 0.0);
        self.places.resize(reports.max(self.places.len()), 0);
        self.held.resize(words.max(self.held.len()), Held::default());
    }

    fn add(&mut self, number: usize, share: f32) {
        if let Some(score) = self.scores.get_mut(number) {
            if *score == 0.0 {
                self.touched.push(number);
            }
            *score += share;
        }
    }

    fn saturated(&self, eighths: u8) -> f32 {
        self.saturated.get(usize::from(eighths)).copied().unwrap_or(0.0)
    }

    /// The best of those touched, in no order; the scores are cleared.
    fn best(&mut self) -> Vec<usize> {
        let score = |number: &usize| self.scores.get(*number).copied().unwrap_or(0.0);
        let best_first = |a: &usize, b: &usize| score(b).total_cmp(&score(a)).then_with(|| b.cmp(a));
        if self.touched.len() > CANDIDATES {
            self.touched.select_nth_unstable_by(CANDIDATES, best_first);
        }
        let best = self.touched.iter().take(CANDIDATES).copied().collect();
        for number in self.touched.drain(..) {
            if let Some(score) = self.scores.get_mut(number) {
                *score = 0.0;
            }
        }
        best
    }

    /// What `theirs` scores in the report that is held.
    fn back(&self, theirs: &Query) -> f32 {
        let mut sum = 0.0;
        for wanted in &theirs.terms {
            let held = self.held.get(wanted.word as usize).copied().unwrap_or_default();
            if held.eighths > 0 && !(wanted.named && held.named) {
                sum += wanted.worth * self.saturated(held.eighths);
            }
        }
        sum
    }

    fn hold(&mut self, profile: &Profile) {
        for term in &profile.terms {
            if let Some(held) = self.held.get_mut(term.word as usize) {
                *held = Held { eighths: term.eighths(), named: term.named };
            }
        }
    }

    fn let_go(&mut self, profile: &Profile) {
        for term in &profile.terms {
            if let Some(held) = self.held.get_mut(term.word as usize) {
                *held = Held::default();
            }
        }
    }
}

impl Relatives {
    /// The best candidates by one direction among those numbered below `below` that `may` be told, scored in both; best
    /// first, the newer one first where equal.
    pub(super) fn rank(
        &self,
        desk: &mut Desk,
        asking: (&Profile, &Query),
        below: usize,
        may: impl Fn(usize) -> bool,
    ) -> Vec<Ranked> {
        desk.make_room(self.len(), self.index.words.len());
        let below = below.min(self.len());
        let best = self.candidates(desk, asking.1, below, may);
        let there = self.there(desk, asking.1, below, &best);
        desk.hold(asking.0);
        let mut ranked: Vec<Ranked> = (best.into_iter().zip(there))
            .filter_map(|(number, there)| {
                let other = (self.index.profiles.get(number)?, self.queries.get(number)?);
                let sums = (there, desk.back(other.1));
                Some(Ranked { number, score: score(&self.index, asking, other, sums) })
            })
            .collect();
        desk.let_go(asking.0);
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| b.number.cmp(&a.number)));
        ranked
    }

    fn candidates(
        &self,
        desk: &mut Desk,
        query: &Query,
        below: usize,
        may: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        for wanted in &query.terms {
            let share = query.share(0, wanted.worth).unwrap_or(0.0);
            for (number, eighths) in self.index.with_term(wanted.word, below) {
                if may(number) {
                    desk.add(number, share * desk.saturated(eighths));
                }
            }
        }
        for (key, idf) in &query.marks {
            let share = query.marks_share(*idf) * MARKS;
            for number in self.index.with_mark(*key, below).filter(|number| may(*number)) {
                desk.add(number, share);
            }
        }
        desk.best()
    }

    /// What `query` scores in each of `best`, over all fields.
    fn there(&self, desk: &mut Desk, query: &Query, below: usize, best: &[usize]) -> Vec<f32> {
        let mut sums = vec![0.0; best.len()];
        let mut mark = |number: usize, place: usize| {
            if let Some(slot) = desk.places.get_mut(number) {
                *slot = place;
            }
        };
        best.iter().enumerate().for_each(|(place, number)| mark(*number, place + 1));
        for wanted in &query.terms {
            for (number, eighths) in self.index.with_term(wanted.word, below) {
                let place = desk.places.get(number).copied().unwrap_or(0).checked_sub(1);
                let Some(sum) = place.and_then(|place| sums.get_mut(place)) else {
                    continue;
                };
                if !(wanted.named && self.names(number, wanted.word)) {
                    *sum += wanted.worth * desk.saturated(eighths);
                }
            }
        }
        for number in best {
            if let Some(slot) = desk.places.get_mut(*number) {
                *slot = 0;
            }
        }
        sums
    }

    /// Whether a word is part of the name of a component that report `number` declares.
    fn names(&self, number: usize, word: u32) -> bool {
        let term = self.index.profiles.get(number).and_then(|profile| profile.term(word));
        term.is_some_and(|term| term.named)
    }
}
