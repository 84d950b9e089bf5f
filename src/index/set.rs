//! Documents as one bit each: how many of a result have a value is then counted sixty-four at a time.

/// Some documents, by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Set(Vec<u64>);

impl Set {
    /// `numbers`, of documents below `count`; others are passed over.
    pub(super) fn of(numbers: impl IntoIterator<Item = u32>, count: usize) -> Self {
        let mut words = vec![0; count.div_ceil(64)];
        for number in numbers {
            if let Some(word) = words.get_mut(number as usize / 64) {
                *word |= 1 << (number % 64);
            }
        }
        Self(words)
    }

    /// Whether the document with this number is among them.
    pub(super) fn has(&self, number: u32) -> bool {
        self.0.get(number as usize / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// How many are in both.
    pub(super) fn common(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones() as usize).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_both_is_counted() {
        let (a, b) = (Set::of([0, 63, 64, 199], 200), Set::of([1, 63, 64, 65, 199, 4_000], 200));
        assert_eq!((a.common(&b), b.common(&a), a.common(&a)), (3, 3, 4));
        assert!(a.has(199) && !a.has(198) && !a.has(4_000) && !b.has(4_000));
        assert_eq!(Set::of([1], 0).common(&a), 0);
    }
}
