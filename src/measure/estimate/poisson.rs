//! Whether a month with many incidents is more than chance.
//!
//! If incidents fall independently at a steady rate, the count of a month has a Poisson distribution. The limits are
//! its 2.5th and 97.5th percentiles; a count outside them is worth a look, one inside is not news. The counts are whole
//! numbers, so that fewer than one month in twenty falls outside by chance alone; [`poisson_tail`] says how many.

use super::real;
use serde::Serialize;

/// The side on which a count lies outside the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outside {
    /// Fewer than chance explains.
    Below,
    /// More than chance explains.
    Above,
}

/// The smallest and largest count that are no surprise where `mean` are expected; `None` where `mean` is no number of
/// events.
pub fn poisson_limits(mean: f64) -> Option<(usize, usize)> {
    let low = percentile(mean, 0.025)?;
    let high = percentile(mean, 0.975)?;
    Some((low, high))
}

/// The chance that a count falls outside `limits` where `mean` are expected.
pub fn poisson_tail(mean: f64, limits: (usize, usize)) -> f64 {
    let inside: f64 = Terms::of(mean).take(limits.1 + 1).skip(limits.0).sum();
    (1.0 - inside).clamp(0.0, 1.0)
}

fn percentile(mean: f64, p: f64) -> Option<usize> {
    if !mean.is_finite() || !(0.0..=1e6).contains(&mean) {
        return None;
    }
    let mut sum = 0.0;
    Terms::of(mean).take(2_000_000).position(|term| {
        sum += term;
        sum >= p
    })
}

/// The chances of 0, 1, 2, … events; kept as logarithms, as the first underflow where many are expected.
struct Terms {
    mean: f64,
    count: usize,
    log: f64,
}

impl Terms {
    fn of(mean: f64) -> Self {
        Self { mean, count: 0, log: -mean }
    }
}

impl Iterator for Terms {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        let term = self.log.exp();
        self.count += 1;
        self.log += self.mean.ln() - real(self.count).ln();
        Some(term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `SciPy` 1.17.1, `poisson.ppf([0.025, 0.975], mean)`.
    #[test]
    fn the_limits_agree_with_scipy() {
        for (mean, low, high) in SCIPY {
            assert_eq!(poisson_limits(mean), Some((low, high)), "{mean}");
        }
    }

    const SCIPY: [(f64, usize, usize); 6] =
        [(0.3, 0, 2), (1.0, 0, 3), (2.5, 0, 6), (10.0, 4, 17), (40.0, 28, 53), (900.0, 842, 959)];

    #[test]
    fn chance_alone_leaves_the_limits_less_than_once_in_twenty() {
        for mean in [0.3, 1.0, 2.5, 10.0, 40.0] {
            let limits = poisson_limits(mean).unwrap();
            let tail = poisson_tail(mean, limits);
            assert!(tail > 0.0 && tail < 0.05, "{mean}: {tail}");
        }
    }

    #[test]
    fn where_nothing_is_expected_nothing_is_no_surprise() {
        assert_eq!(poisson_limits(0.0), Some((0, 0)));
        assert_eq!(poisson_limits(f64::NAN), None);
    }
}
