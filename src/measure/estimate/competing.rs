//! How things end when they can end in two ways: the Aalen–Johansen estimate of cumulative incidence.
//!
//! O. O. Aalen and S. Johansen, *An empirical transition matrix for non-homogeneous Markov chains based on censored
//! observations*, Scandinavian Journal of Statistics 5 (1978) 141–150; for competing outcomes see H. Putter, M. Fiocco
//! and R. B. Geskus, *Tutorial in biostatistics: competing risks and multi-state models*, Statistics in Medicine 26
//! (2007) 2389–2430. Treating what was dropped as merely not finished yet answers another question, and overstates.

use super::real;
use super::survival::{Observation, days};
use serde::Serialize;

/// The three shares on one day; they sum to one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bands {
    /// Days since the beginning.
    pub days: u32,
    /// Neither finished nor dropped.
    pub open: f64,
    /// Finished.
    pub done: f64,
    /// Dropped.
    pub cancelled: f64,
}

/// The three bands over time: one entry for each day on which something ended.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct AalenJohansen {
    /// How many were watched.
    pub n: usize,
    /// The longest observation, in days; beyond it nothing is known.
    pub longest: u32,
    /// The bands, by day.
    pub steps: Vec<Bands>,
}

impl AalenJohansen {
    /// The estimate from `observations`, in whatever order.
    pub fn of(observations: &[Observation]) -> Self {
        let mut estimate = Self {
            n: observations.len(),
            longest: observations.iter().map(|one| one.days).max().unwrap_or(0),
            steps: Vec::new(),
        };
        let mut now = Bands { days: 0, open: 1.0, done: 0.0, cancelled: 0.0 };
        for day in days(observations).iter().filter(|day| day.done + day.cancelled > 0) {
            let before = now.open;
            let at_risk = real(day.at_risk);
            now.days = day.days;
            now.done += before * real(day.done) / at_risk;
            now.cancelled += before * real(day.cancelled) / at_risk;
            now.open = before * (1.0 - real(day.done + day.cancelled) / at_risk);
            estimate.steps.push(now);
        }
        estimate
    }

    /// The bands on day `days`; `None` beyond the longest observation, unless all had ended.
    pub fn on(&self, days: u32) -> Option<Bands> {
        let passed = self.steps.partition_point(|step| step.days <= days);
        let start = Bands { days, open: 1.0, done: 0.0, cancelled: 0.0 };
        let bands = passed
            .checked_sub(1)
            .and_then(|last| self.steps.get(last))
            .map_or(start, |step| Bands { days, ..*step });
        (days <= self.longest || bands.open <= 0.0).then_some(bands)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::estimate::Outcome;

    fn watched(rows: &[(u32, Outcome)]) -> Vec<Observation> {
        let row = |&(days, outcome): &(u32, Outcome)| Observation { days, outcome };
        rows.iter().map(row).collect()
    }

    /// statsmodels 0.15.0, `CumIncidenceRight`, on the same twelve items, with ties between the outcomes.
    #[test]
    fn the_incidences_agree_with_statsmodels() {
        use Outcome::{Cancelled, Censored, Done};
        let items = watched(&[
            (2, Done),
            (2, Cancelled),
            (3, Done),
            (5, Done),
            (5, Done),
            (5, Cancelled),
            (8, Censored),
            (8, Done),
            (10, Cancelled),
            (12, Censored),
            (15, Done),
            (20, Censored),
        ]);
        let estimate = AalenJohansen::of(&items);
        for (days, done, cancelled) in STATSMODELS {
            let bands = estimate.on(days).unwrap();
            assert!((bands.done - done).abs() < 1e-9, "{days}: {bands:?}");
            assert!((bands.cancelled - cancelled).abs() < 1e-9, "{days}: {bands:?}");
        }
    }

    const STATSMODELS: [(u32, f64, f64); 6] = [
        (2, 0.083_333_333_333, 0.083_333_333_333),
        (3, 0.166_666_666_667, 0.083_333_333_333),
        (5, 0.333_333_333_333, 0.166_666_666_667),
        (8, 0.416_666_666_667, 0.166_666_666_667),
        (10, 0.416_666_666_667, 0.270_833_333_333),
        (15, 0.572_916_666_667, 0.270_833_333_333),
    ];

    #[test]
    fn before_anything_ends_all_is_open() {
        let estimate = AalenJohansen::of(&watched(&[(4, Outcome::Done), (9, Outcome::Censored)]));
        assert_eq!(estimate.on(3).map(|bands| bands.open), Some(1.0));
        assert_eq!(estimate.on(10), None);
    }
}
