//! One report beside many: the best candidates by one direction, found through the inverted index, then scored in both.
//! Every pair of a large archive that shares a word goes through here, so each list is walked once, nothing is searched for
//! and nothing allocated that an array at hand can tell; [`compare`](super::score::compare) is the same in plain words.

use super::Relatives;
use super::profile::{Held, Profile};
use super::score::{Query, Sums, Wanted, saturated, score};
use super::weights::{CANDIDATES, MARKS};

/// A candidate with the likeness that ranks it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ranked {
    pub(super) number: usize,
    pub(super) score: f32,
}

impl Ranked {
    /// Best first, the newer one first where equal.
    pub(super) fn order(&self, other: &Self) -> std::cmp::Ordering {
        other.score.total_cmp(&self.score).then_with(|| other.number.cmp(&self.number))
    }
}

/// Arrays that each ranking leaves as empty as it found them, so that the next one can use them again.
#[derive(Debug)]
pub(super) struct Desk {
    /// By report: what it has in common with the asking one so far, as that one sees it.
    shared: Vec<Shared>,
    /// The reports that have something.
    touched: Vec<usize>,
    /// The best of them.
    best: Vec<Ranked>,
    /// By word: what the asking report holds of it.
    held: Vec<Held>,
    /// What a weight counts, by eighths.
    saturated: [f32; 256],
}

/// What a report has in common with the asking one: the worth of terms and of signatures.
#[derive(Debug, Clone, Copy, Default)]
struct Shared {
    terms: f32,
    marks: f32,
}

impl Default for Desk {
    fn default() -> Self {
        let mut counts = [0.0; 256];
        for (eighths, count) in (0..=u8::MAX).zip(&mut counts) {
            *count = saturated(f32::from(eighths) / 8.0);
        }
        let (shared, touched, best, held) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { shared, touched, best, held, saturated: counts }
    }
}

impl Desk {
    fn make_room(&mut self, reports: usize, words: usize) {
        self.shared.resize(reports.max(self.shared.len()), Shared::default());
        self.held.resize(words.max(self.held.len()), Held::default());
    }

    fn add(&mut self, number: usize, terms: f32, marks: f32) {
        if let Some(shared) = self.shared.get_mut(number) {
            if shared.terms == 0.0 && shared.marks == 0.0 {
                self.touched.push(number);
            }
            shared.terms += terms;
            shared.marks += marks;
        }
    }

    fn shared(&self, number: usize) -> Shared {
        self.shared.get(number).copied().unwrap_or_default()
    }

    /// What a term counts in a report that holds so much of it. What names a component in both is one likeness, counted once,
    /// as a declaration.
    fn counts(&self, wanted: &Wanted, held: Held) -> f32 {
        let saturated = self.saturated.get(usize::from(held.eighths)).copied().unwrap_or(0.0);
        if wanted.named && held.named { 0.0 } else { wanted.in_all() * saturated }
    }

    /// Gathers the best of those touched that `may` be told, as `query` sees them.
    fn choose(&mut self, query: &Query, may: impl Fn(usize) -> bool) {
        let mut bar = Ranked { number: 0, score: f32::NEG_INFINITY };
        for place in 0..self.touched.len() {
            let Some(number) = self.touched.get(place).copied() else {
                continue;
            };
            let Shared { terms, marks } = self.shared(number);
            let score = query.share(0, terms).unwrap_or(0.0) + MARKS * query.marks_share(marks);
            let one = Ranked { number, score };
            // Most are far below those at hand.
            if one.order(&bar).is_lt() && may(number) {
                self.best.push(one);
                if self.best.len() == 2 * CANDIDATES {
                    bar = cut(&mut self.best).unwrap_or(bar);
                }
            }
        }
        cut(&mut self.best);
    }

    fn clear(&mut self) {
        for number in self.touched.drain(..) {
            if let Some(shared) = self.shared.get_mut(number) {
                *shared = Shared::default();
            }
        }
        self.best.clear();
    }

    /// What `theirs` scores in the report that is held.
    fn back(&self, theirs: &Query) -> f32 {
        let held = |wanted: &Wanted| self.held.get(wanted.word as usize).copied().unwrap_or_default();
        theirs.terms.iter().map(|wanted| self.counts(wanted, held(wanted))).fold(0.0, |sum, one| sum + one)
    }

    fn hold(&mut self, profile: &Profile, given: bool) {
        for term in &profile.terms {
            if let Some(held) = self.held.get_mut(term.word as usize) {
                *held = if given { term.held() } else { Held::default() };
            }
        }
    }
}

/// Keeps the best [`CANDIDATES`], in no order, and tells the last of them if there were more.
fn cut(best: &mut Vec<Ranked>) -> Option<Ranked> {
    if best.len() <= CANDIDATES {
        return None;
    }
    let (_, last, _) = best.select_nth_unstable_by(CANDIDATES - 1, Ranked::order);
    let last = *last;
    best.truncate(CANDIDATES);
    Some(last)
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
        self.share(desk, asking.1, below.min(self.len()));
        desk.choose(asking.1, may);
        desk.hold(asking.0, true);
        let score = |one: &Ranked| {
            let other = (self.index.profiles.get(one.number)?, self.queries.get(one.number)?);
            let Shared { terms, marks } = desk.shared(one.number);
            let sums = Sums { there: terms, back: desk.back(other.1), marks };
            Some(Ranked { score: score(&self.index, asking, other, sums), ..*one })
        };
        let mut ranked: Vec<Ranked> = desk.best.iter().filter_map(score).collect();
        desk.hold(asking.0, false);
        desk.clear();
        ranked.sort_unstable_by(Ranked::order);
        ranked
    }

    /// Puts on the desk what each report has in common with the asking one.
    fn share(&self, desk: &mut Desk, query: &Query, below: usize) {
        for wanted in &query.terms {
            for (number, held) in self.index.with_term(wanted.word, below) {
                let counts = desk.counts(wanted, held);
                if counts > 0.0 {
                    desk.add(number, counts, 0.0);
                }
            }
        }
        for (key, idf) in &query.marks {
            for number in self.index.with_mark(*key, below) {
                desk.add(number, 0.0, *idf);
            }
        }
    }
}
