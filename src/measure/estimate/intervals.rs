//! Time covered by intervals that may overlap: two incidents at once do not make an hour count twice.
//!
//! Intervals are half-open and in whole seconds. The union is made once; asking how much of a month it covers walks
//! over the parts that touch that month alone.

/// Intervals without overlap, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Intervals {
    parts: Vec<(i64, i64)>,
}

impl Intervals {
    /// The union of `intervals`, in whatever order; those that end before they begin are left out.
    pub fn union(mut intervals: Vec<(i64, i64)>) -> Self {
        intervals.retain(|(from, to)| from < to);
        intervals.sort_unstable();
        let mut parts: Vec<(i64, i64)> = Vec::with_capacity(intervals.len());
        for (from, to) in intervals {
            match parts.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => parts.push((from, to)),
            }
        }
        Self { parts }
    }

    /// Seconds covered between `from` and `to`.
    pub fn within(&self, from: i64, to: i64) -> i64 {
        let first = self.parts.partition_point(|part| part.1 <= from);
        self.parts
            .iter()
            .skip(first)
            .take_while(|part| part.0 < to)
            .map(|part| part.1.min(to) - part.0.max(from))
            .sum()
    }

    /// Seconds covered in all.
    pub fn total(&self) -> i64 {
        self.parts.iter().map(|(from, to)| to - from).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_covered_twice_counts_once() {
        let all = Intervals::union(vec![(100, 200), (0, 50), (150, 300), (300, 310), (7, 7), (9, 8)]);
        assert_eq!(all.total(), 50 + 210);
        assert_eq!(all.within(40, 160), 10 + 60);
        assert_eq!(all.within(50, 100), 0);
    }
}
