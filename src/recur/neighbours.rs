//! How like each incident is to the one nearest to it. What is much like another one already is like many things: an alert
//! that goes off every month, a provider's notice.

use super::ranks::Ranked;

/// The two nearest of each incident, by number, so that one of them can be left out.
#[derive(Debug, Default)]
pub(super) struct Neighbours(Vec<[Option<Ranked>; 2]>);

impl Neighbours {
    /// Nobody's, of `count` incidents.
    pub(super) fn new(count: usize) -> Self {
        Self(vec![[None; 2]; count])
    }

    /// Says how like incident `number` is to another one.
    pub(super) fn meet(&mut self, number: usize, other: Ranked) {
        let Some([first, second]) = self.0.get_mut(number) else {
            return;
        };
        let nearer = |known: &Option<Ranked>| known.is_none_or(|known| other.score > known.score);
        if nearer(first) {
            (*first, *second) = (Some(other), *first);
        } else if nearer(second) {
            *second = Some(other);
        }
    }

    /// How like incident `number` is to the nearest one, `but` for one of them.
    pub(super) fn nearest(&self, number: usize, but: Option<usize>) -> f32 {
        let mut known = self.0.get(number).into_iter().flatten().flatten();
        known.find(|one| Some(one.number) != but).map_or(0.0, |one| one.score)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_counts_and_if_it_is_left_out_the_next_one_does() {
        let mut neighbours = Neighbours::new(2);
        for (number, score) in [(5, 0.2), (6, 0.4), (7, 0.3), (8, 0.1)] {
            neighbours.meet(0, Ranked { number, score });
        }
        let nearest = |number, but| neighbours.nearest(number, but).to_string();
        assert_eq!([nearest(0, None), nearest(0, Some(6)), nearest(0, Some(7))], ["0.4", "0.3", "0.4"]);
        assert_eq!([nearest(1, None), nearest(9, None)], ["0", "0"], "nobody near");
    }
}
