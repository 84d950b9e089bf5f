//! Every form of a word that occurs, with the term it is indexed under: what completion, spelling and marking work on.

use super::letters::Letters;
use crate::diag::words::distance;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Shortest word that is taken for a slip or for what was meant, in letters.
pub(super) const MAY_BE_MEANT: usize = 4;

/// A surface, its term, and how often it stands in the texts.
pub(super) type Met = (Box<str>, Box<str>, u32);

/// Surfaces and their terms, both ways.
#[derive(Debug, Clone, Default)]
pub struct Surfaces {
    table: Arc<Table>,
    /// Those of the table that occur no more.
    gone: BTreeSet<Box<str>>,
    /// Those that came since.
    more: Arc<Table>,
}

#[derive(Debug, Default)]
struct Table {
    /// Sorted by surface.
    all: Vec<Met>,
    /// Places in `all`, sorted by term.
    by_term: Vec<u32>,
    /// The letters of each one of `all` that has nothing else.
    letters: Vec<Option<Letters>>,
}

impl Table {
    fn new(all: Vec<Met>) -> Self {
        let term = |n: &u32| all.get(*n as usize).map(|(_, term, _)| term);
        let mut by_term: Vec<u32> = (0u32..).zip(&all).map(|(n, _)| n).collect();
        by_term.sort_by(|a, b| term(a).cmp(&term(b)));
        let of = |surface: &str| surface.chars().all(char::is_alphabetic).then(|| Letters::of(surface));
        let letters = all.iter().map(|(surface, ..)| of(surface)).collect();
        Self { all, by_term, letters }
    }

    fn get(&self, surface: &str) -> Option<&Met> {
        let at = self.all.binary_search_by(|(known, ..)| (**known).cmp(surface)).ok()?;
        self.all.get(at)
    }

    fn starting(&self, prefix: &str) -> impl Iterator<Item = &Met> {
        let from = self.all.partition_point(|(surface, ..)| &**surface < prefix);
        let rest = self.all.get(from..).unwrap_or_default().iter();
        rest.take_while(move |(surface, ..)| surface.starts_with(prefix))
    }

    /// Those that may be `slips` away from a word with these letters.
    fn about(&self, typed: Letters, slips: usize) -> impl Iterator<Item = &Met> {
        let letters = self.letters.iter().zip(&self.all);
        letters
            .filter(move |(letters, _)| letters.is_some_and(|one| one.may_be(typed, slips)))
            .map(|(_, met)| met)
    }

    fn of_term(&self, term: &str) -> impl Iterator<Item = &Met> {
        let at = |n: &u32| self.all.get(*n as usize);
        let term_at = move |n: &u32| at(n).map_or("", |(_, term, _)| term);
        let from = self.by_term.partition_point(|n| term_at(n) < term);
        let rest = self.by_term.get(from..).unwrap_or_default().iter();
        rest.take_while(move |n| term_at(n) == term).filter_map(at)
    }
}

impl Surfaces {
    /// `all` that were met, sorted.
    pub(super) fn new(all: Vec<Met>) -> Self {
        Self { table: Arc::new(Table::new(all)), ..Self::default() }
    }

    /// Those of the same texts without the ones that `gone` was met in, and with the ones that `new` was met in.
    pub(super) fn after(&self, gone: &[Met], new: Vec<Met>) -> Self {
        let new = Table::new(new);
        let times = |table: &Table, surface: &str| table.get(surface).map_or(0, |(.., times)| *times);
        let none_left = |(surface, _, times_gone): &&Met| {
            times(&self.table, surface) <= *times_gone && times(&new, surface) == 0
        };
        let gone = gone.iter().filter(none_left).map(|(surface, ..)| surface.clone()).collect();
        let more = new.all.into_iter().filter(|(surface, ..)| self.table.get(surface).is_none()).collect();
        Self { table: Arc::clone(&self.table), gone, more: Arc::new(Table::new(more)) }
    }

    /// What came and what went since the table was made: pairs of surface and term.
    pub(super) fn differences(
        &self,
    ) -> (impl Iterator<Item = (&str, &str)>, impl Iterator<Item = (&str, &str)>) {
        let went = self.gone.iter().filter_map(|surface| self.table.get(surface));
        (self.more.all.iter().map(pair), went.map(pair))
    }

    /// Whether nothing came or went since the table was made.
    pub(super) fn is_whole(&self) -> bool {
        self.gone.is_empty() && self.more.all.is_empty()
    }

    fn is_there(&self, met: &Met) -> bool {
        self.gone.is_empty() || !self.gone.contains(&met.0)
    }

    /// The term of `surface`, if the surface occurs.
    pub fn term_of(&self, surface: &str) -> Option<&str> {
        let known = self.table.get(surface).filter(|met| self.is_there(met));
        known.or_else(|| self.more.get(surface)).map(|(_, term, _)| &**term)
    }

    /// Whether any surface has this term.
    pub fn is_term(&self, term: &str) -> bool {
        self.of_term(term).next().is_some()
    }

    /// Every term with its surfaces, sorted by term.
    pub(super) fn by_term(&self) -> Vec<(&str, Vec<&str>)> {
        let mut pairs: Vec<(&str, &str)> = self.iter().map(|(surface, term)| (term, surface)).collect();
        pairs.sort_unstable();
        let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
        for (term, surface) in pairs {
            match all.last_mut() {
                Some((last, surfaces)) if *last == term => surfaces.push(surface),
                _ => all.push((term, vec![surface])),
            }
        }
        all
    }

    /// Surfaces that begin with `prefix`, with their terms, in no order.
    pub fn starting(&self, prefix: &str) -> impl Iterator<Item = (&str, &str)> {
        let known = self.table.starting(prefix).filter(|met| self.is_there(met));
        known.chain(self.more.starting(prefix)).map(pair)
    }

    /// All surfaces of `term`, in no order.
    pub fn of_term(&self, term: &str) -> impl Iterator<Item = &str> {
        let known = self.table.of_term(term).filter(|met| self.is_there(met));
        known.chain(self.more.of_term(term)).map(|(surface, ..)| &**surface)
    }

    /// How often the surfaces of `term` stood in the texts when the table was made; of those that came since, how often now.
    pub(super) fn times(&self, term: &str) -> u32 {
        let all = self.table.of_term(term).chain(self.more.of_term(term));
        all.fold(0, |all, (.., times)| all.saturating_add(*times))
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
        let letters = Letters::of(typed);
        let about = self.table.about(letters, budget).filter(|met| self.is_there(met));
        let about = about.chain(self.more.about(letters, budget)).map(pair);
        let near = about.filter(|(surface, _)| length > 4 || same_letters(surface, typed));
        near.filter_map(|(surface, term)| Some((distance(typed, surface, budget)?, surface, term))).collect()
    }

    fn unsorted(&self) -> impl Iterator<Item = (&str, &str)> {
        let known = self.table.all.iter().filter(|met| self.is_there(met));
        known.chain(&self.more.all).map(pair)
    }

    /// Every pair, sorted by surface.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut all: Vec<(&str, &str)> = self.unsorted().collect();
        if !self.more.all.is_empty() {
            all.sort_unstable();
        }
        all.into_iter()
    }
}

fn pair((surface, term, _): &Met) -> (&str, &str) {
    (surface, term)
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
        Surfaces::new(pairs.map(|(a, b)| (a.into(), b.into(), 1)).to_vec())
    }

    #[test]
    fn what_came_and_went_is_told_from_what_still_stands_elsewhere() {
        let met = |a: &str, b: &str, times| (a.into(), b.into(), times);
        let all =
            Surfaces::new(vec![met("node", "node", 3), met("nodes", "node", 1), met("pool", "pool", 2)]);
        let gone = [met("node", "node", 1), met("nodes", "node", 1), met("pool", "pool", 2)];
        let after = all.after(&gone, vec![met("pool", "pool", 1), met("queue", "queue", 1)]);
        assert_eq!(after.iter().map(|(a, _)| a).collect::<Vec<_>>(), ["node", "pool", "queue"]);
        assert_eq!(after.term_of("nodes"), None);
        assert_eq!(after.of_term("node").collect::<Vec<_>>(), ["node"]);
        assert_eq!(after.starting("qu").count(), 1);
        assert!(!after.is_whole() && all.is_whole());
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
