//! Every form of a word that occurs, with the term it is indexed under: what completion, spelling and marking work on.

use crate::diag::words::distance;

/// Shortest word that is taken for a slip or for what was meant, in letters.
pub(super) const MAY_BE_MEANT: usize = 4;

/// Surfaces and their terms, both ways.
#[derive(Debug, Clone, Default)]
pub struct Surfaces {
    /// Sorted by surface.
    pairs: Vec<(Box<str>, Box<str>)>,
    /// Places in `pairs`, sorted by term.
    by_term: Vec<u32>,
}

impl Surfaces {
    /// `pairs` of surface and term, sorted.
    pub(super) fn new(pairs: Vec<(Box<str>, Box<str>)>) -> Self {
        let mut by_term: Vec<u32> = (0u32..).zip(&pairs).map(|(n, _)| n).collect();
        by_term
            .sort_by(|a, b| pairs.get(*a as usize).map(|p| &p.1).cmp(&pairs.get(*b as usize).map(|p| &p.1)));
        Self { pairs, by_term }
    }

    /// The term of `surface`, if the surface occurs.
    pub fn term_of(&self, surface: &str) -> Option<&str> {
        let at = self.pairs.binary_search_by(|(known, _)| (**known).cmp(surface)).ok()?;
        self.pairs.get(at).map(|(_, term)| &**term)
    }

    /// Whether any surface has this term.
    pub fn is_term(&self, term: &str) -> bool {
        self.of_term(term).next().is_some()
    }

    /// Every term with its surfaces, sorted by term.
    pub(super) fn by_term(&self) -> Vec<(&str, Vec<&str>)> {
        let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
        for (surface, term) in self.by_term.iter().filter_map(|n| self.pairs.get(*n as usize)) {
            match all.last_mut() {
                Some((last, surfaces)) if *last == &**term => surfaces.push(surface),
                _ => all.push((term, vec![surface])),
            }
        }
        all
    }

    /// Surfaces that begin with `prefix`, with their terms.
    pub fn starting(&self, prefix: &str) -> impl Iterator<Item = (&str, &str)> {
        let from = self.pairs.partition_point(|(surface, _)| &**surface < prefix);
        let rest = self.pairs.get(from..).unwrap_or_default().iter();
        rest.take_while(move |(surface, _)| surface.starts_with(prefix))
            .map(|(surface, term)| (&**surface, &**term))
    }

    /// All surfaces of `term`.
    pub fn of_term(&self, term: &str) -> impl Iterator<Item = &str> {
        let term_at = |n: u32| self.pairs.get(n as usize).map_or("", |(_, term)| term);
        let from = self.by_term.partition_point(|n| term_at(*n) < term);
        let same =
            self.by_term.get(from..).unwrap_or_default().iter().take_while(move |n| term_at(**n) == term);
        same.filter_map(|n| self.pairs.get(*n as usize)).map(|(surface, _)| &**surface)
    }

    /// Surfaces a slip of the hand away from `typed`, with their terms and distance. Words of four letters allow only a
    /// swap of neighbours, so that one short word never becomes another; from five one slip, from eight two.
    pub fn near(&self, typed: &str) -> Vec<(usize, &str, &str)> {
        let length = typed.chars().count();
        let budget = match length {
            0..4 => return Vec::new(),
            4..8 => 1,
            _ => 2,
        };
        let fits = |surface: &str| {
            let letters = surface.chars().count();
            letters.abs_diff(length) <= budget
                && surface.chars().all(char::is_alphabetic)
                && (length > 4 || same_letters(surface, typed))
        };
        let near = self.pairs.iter().filter(|(surface, _)| fits(surface));
        near.filter_map(|(surface, term)| Some((distance(typed, surface, budget)?, &**surface, &**term)))
            .collect()
    }

    /// Every pair, sorted by surface.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(surface, term)| (&**surface, &**term))
    }
}

fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surfaces() -> Surfaces {
        let pairs = [
            ("lot", "lot"),
            ("node", "node"),
            ("nodes", "node"),
            ("pool", "pool"),
            ("replication", "replic"),
        ];
        Surfaces::new(pairs.map(|(a, b)| (a.into(), b.into())).to_vec())
    }

    #[test]
    fn both_ways() {
        let all = surfaces();
        assert_eq!(all.starting("no").map(|(surface, _)| surface).collect::<Vec<_>>(), ["node", "nodes"]);
        assert_eq!(all.of_term("node").collect::<Vec<_>>(), ["node", "nodes"]);
        assert_eq!(all.of_term("absent").count(), 0);
    }

    #[test]
    fn a_slip_is_forgiven_and_another_word_is_not() {
        let all = surfaces();
        let near = |typed| all.near(typed).into_iter().map(|(_, surface, _)| surface).collect::<Vec<_>>();
        assert_eq!(near("lost"), [""; 0]);
        assert_eq!(near("ndoe"), ["node"]);
        assert_eq!(near("replicaton"), ["replication"]);
    }
}
