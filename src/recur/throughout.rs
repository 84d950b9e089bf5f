//! Suggestions throughout an archive: all are ranked at once, then each incident is looked at with what was known on its day.

use super::Relatives;
use super::family::Pair;
use super::neighbours::Neighbours;
use super::ranks::{Desk, Ranked};
use super::similar::Similar;
use super::weights::{LEAST, STRONG};
use rayon::prelude::*;

/// So many incidents are ranked in a row on one desk at least.
const ROW: usize = 64;

/// What comparing all with all gives.
#[derive(Debug, Default)]
pub(super) struct Throughout {
    /// What to suggest for each incident.
    pub(super) before: Vec<Vec<Similar>>,
    /// All pairs that are strongly alike.
    pub(super) strong: Vec<Pair>,
    /// How like each is to those nearest to it, of any day.
    pub(super) neighbours: Neighbours,
}

impl Relatives {
    /// Compares all with all.
    pub(super) fn throughout(&self) -> Throughout {
        if !self.infer {
            return Throughout { before: vec![Vec::new(); self.len()], ..Throughout::default() };
        }
        let all = (0..self.len()).into_par_iter().with_min_len(ROW);
        let ranked: Vec<Vec<Ranked>> =
            all.map_init(Desk::default, |desk, number| self.ranked(desk, number)).collect();
        let strong = ranked.iter().enumerate().flat_map(|(number, earlier)| {
            let strong = earlier.iter().take_while(|one| one.score >= STRONG);
            strong.map(move |one| Pair::new(one.score, one.number, number))
        });
        let strong = strong.collect();
        let (backgrounds, neighbours) = self.backgrounds(&ranked);
        let each = ranked.par_iter().zip(backgrounds).enumerate().map(|(number, (earlier, background))| {
            let place = |other: usize| earlier.iter().position(|one| one.number == other);
            let nearest = |other| place(other).and_then(|place| background.get(place)).copied();
            self.suggest(number, earlier, |other| nearest(other).unwrap_or(0.0))
        });
        Throughout { before: each.collect(), strong, neighbours }
    }

    /// For each incident and each earlier one that is alike enough: how like that one was to its nearest before. Then who is
    /// near to whom in the end. An incident without a day comes last and is nobody's neighbour.
    fn backgrounds(&self, ranked: &[Vec<Ranked>]) -> (Vec<Vec<f32>>, Neighbours) {
        let mut neighbours = Neighbours::new(ranked.len());
        let mut backgrounds = vec![Vec::new(); ranked.len()];
        let (dated, undated): (Vec<usize>, Vec<usize>) =
            (0..ranked.len()).partition(|number| self.is_dated(*number));
        for number in dated.into_iter().chain(undated) {
            let (Some(earlier), Some(background)) = (ranked.get(number), backgrounds.get_mut(number)) else {
                continue;
            };
            let alike = earlier.iter().take_while(|one| one.score >= LEAST);
            *background = alike.map(|one| neighbours.nearest(one.number, None)).collect();
            if !self.is_dated(number) {
                continue;
            }
            for one in earlier {
                neighbours.meet(one.number, Ranked { number, ..*one });
                if self.is_dated(one.number) {
                    neighbours.meet(number, *one);
                }
            }
        }
        (backgrounds, neighbours)
    }
}
