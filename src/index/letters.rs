//! Which words have about the letters of another, told without comparing them letter by letter: of all words of an archive a
//! slip of the hand can have been meant for a handful.

/// How many letters a word has, and roughly which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letters {
    count: usize,
    /// One bit for each letter that occurs; several letters share a bit.
    kinds: u32,
}

impl Letters {
    /// The letters of `word`, with whatever else it has.
    pub(super) fn of(word: &str) -> Self {
        let one_more = |Self { count, kinds }, letter: char| Self {
            count: count + 1,
            kinds: kinds | (1 << (u32::from(letter) % 32)),
        };
        word.chars().fold(Self { count: 0, kinds: 0 }, one_more)
    }

    /// Whether `slips` may lie between the two: each adds a letter, takes one away, does both, or swaps two.
    pub(super) fn may_be(self, other: Self, slips: usize) -> bool {
        let differ = (self.kinds ^ other.kinds).count_ones() as usize;
        self.count.abs_diff(other.count) <= slips && differ <= 2 * slips
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_slip_makes_of_a_word_is_near_it() {
        let of = Letters::of;
        for slip in ["replicaton", "replicationn", "replikation", "rpelication", "replication"] {
            assert!(of(slip).may_be(of("replication"), 1), "{slip}");
        }
        assert!(
            !of("replicatn").may_be(of("replication"), 1) && of("replicatn").may_be(of("replication"), 2)
        );
        assert!(!of("queue").may_be(of("shard"), 2));
    }
}
