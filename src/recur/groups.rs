//! Disjoint groups of numbers: connected ones, and ones in which everybody is like at least half of the others.

use std::collections::{BTreeMap, HashMap};

/// Groups in which each number is like at least half of the others, of two or more, by their smallest number.
///
/// The strongest of `pairs` come first and join first; two groups join only where the whole still fulfils that, so that
/// likeness does not chain. Numbers lie below `count`.
///
/// How many likes everybody has within the own group is kept, so that a join looks only at the likes of the smaller side.
pub(super) fn close_groups(pairs: &[(usize, usize)], count: usize) -> Vec<Vec<usize>> {
    let mut likes = Likes::new(pairs, count);
    let mut groups = Groups::new(count);
    // Two groups that may not join may not until one of them has grown.
    let mut refused: HashMap<(usize, usize), usize> = HashMap::new();
    for (one, other) in pairs {
        let ((a, first), (b, second)) = (groups.group(*one), groups.group(*other));
        let (size, both) = (first.len() + second.len(), (a.min(b), a.max(b)));
        if a == b || refused.get(&both) == Some(&size) {
            continue;
        }
        match likes.gained(&groups, *one, *other) {
            Some(gained) => {
                likes.gain(&gained);
                groups.join(*one, *other);
            }
            None => {
                refused.insert(both, size);
            }
        }
    }
    groups.all()
}

/// Who is like whom.
struct Likes {
    of: Vec<Vec<usize>>,
    /// Of those, how many are in the same group.
    within: Vec<usize>,
}

impl Likes {
    fn new(pairs: &[(usize, usize)], count: usize) -> Self {
        let mut of: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (one, other) in pairs {
            for (from, to) in [(one, other), (other, one)] {
                if let Some(likes) = of.get_mut(*from) {
                    likes.push(*to);
                }
            }
        }
        for likes in &mut of {
            likes.sort_unstable();
            likes.dedup();
        }
        Self { of, within: vec![0; count] }
    }

    /// The likes that members gain where the groups of two numbers join; `None` where one would have too few.
    fn gained(&self, groups: &Groups, one: usize, other: usize) -> Option<BTreeMap<usize, usize>> {
        let (mut small, mut large) = (groups.group(one), groups.group(other));
        if small.1.len() > large.1.len() {
            std::mem::swap(&mut small, &mut large);
        }
        let others = small.1.len() + large.1.len() - 1;
        let enough = |number: usize, more: usize| {
            2 * (self.within.get(number).copied().unwrap_or_default() + more) >= others
        };
        let mut gained: BTreeMap<usize, usize> = BTreeMap::new();
        for number in small.1 {
            let likes = self.of.get(*number).into_iter().flatten();
            let across = likes.filter(|liked| groups.group(**liked).0 == large.0);
            let own = across.map(|liked| *gained.entry(*liked).or_default() += 1).count();
            if !enough(*number, own) {
                return None;
            }
            gained.insert(*number, own);
        }
        let more = |number: &usize| gained.get(number).copied().unwrap_or_default();
        large.1.iter().all(|number| enough(*number, more(number))).then_some(gained)
    }

    fn gain(&mut self, gained: &BTreeMap<usize, usize>) {
        for (number, more) in gained {
            if let Some(within) = self.within.get_mut(*number) {
                *within += more;
            }
        }
    }
}

/// Disjoint groups of numbers.
pub(super) struct Groups {
    /// By number: the place of its group; its own where it is alone.
    of: Vec<usize>,
    /// Those of two or more.
    large: Vec<Vec<usize>>,
}

impl Groups {
    pub(super) fn new(count: usize) -> Self {
        Self { of: (0..count).collect(), large: vec![Vec::new(); count] }
    }

    fn group(&self, number: usize) -> (usize, &[usize]) {
        let place = self.of.get(number).copied().unwrap_or(number);
        let group = self.large.get(place).filter(|group| !group.is_empty()).map(Vec::as_slice);
        let alone = || self.of.get(number..=number).unwrap_or_default();
        (place, group.unwrap_or_else(alone))
    }

    /// Whether a number has a group to itself.
    pub(super) fn is_alone(&self, number: usize) -> bool {
        self.group(number).1.len() < 2
    }

    /// Joins the groups of two numbers; the smaller one moves.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let ((at, first), (bt, second)) = (self.group(a), self.group(b));
        if at == bt {
            return;
        }
        let (keep, drop, kept, moved) =
            if first.len() < second.len() { (bt, at, b, first) } else { (at, bt, a, second) };
        let moved = moved.to_vec();
        for number in &moved {
            if let Some(slot) = self.of.get_mut(*number) {
                *slot = keep;
            }
        }
        if let Some(group) = self.large.get_mut(drop) {
            *group = Vec::new();
        }
        if let Some(group) = self.large.get_mut(keep) {
            if group.is_empty() {
                group.push(kept);
            }
            group.extend(moved);
        }
    }

    /// All groups of two or more, each ascending, by their smallest number.
    pub(super) fn all(self) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = self.large.into_iter().filter(|group| !group.is_empty()).collect();
        for group in &mut all {
            group.sort_unstable();
        }
        all.sort();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// The same by counting everything anew for every pair.
    fn slowly(pairs: &[(usize, usize)], count: usize) -> Vec<Vec<usize>> {
        let alike: BTreeSet<(usize, usize)> = pairs.iter().map(|(a, b)| (*a.min(b), *a.max(b))).collect();
        let mut groups = Groups::new(count);
        for (one, other) in pairs {
            if groups.group(*one).0 == groups.group(*other).0 {
                continue;
            }
            let joined = [groups.group(*one).1, groups.group(*other).1].concat();
            let likes = |a: &usize| joined.iter().filter(|b| alike.contains(&(*a.min(b), *a.max(b)))).count();
            if joined.iter().all(|one| 2 * likes(one) >= joined.len() - 1) {
                groups.join(*one, *other);
            }
        }
        groups.all()
    }

    #[test]
    fn a_chain_does_not_become_one_group() {
        assert_eq!(close_groups(&[(0, 1), (1, 2), (2, 3), (3, 4)], 6), [vec![0, 1, 2], vec![3, 4]]);
        assert_eq!(close_groups(&[(0, 1), (1, 2), (0, 2)], 3), [vec![0, 1, 2]]);
    }

    proptest! {
        #[test]
        fn the_groups_are_those_of_counting_everything(
            pairs in prop::collection::vec((0_usize..14, 0_usize..14), 0..90),
        ) {
            let pairs: Vec<_> = pairs.into_iter().filter(|(a, b)| a != b).collect();
            prop_assert_eq!(close_groups(&pairs, 14), slowly(&pairs, 14));
        }
    }
}
