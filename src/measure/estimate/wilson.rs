//! An interval for a share: how far "7 of 12" may lie from the rate behind it.
//!
//! E. B. Wilson, *Probable inference, the law of succession, and statistical inference*, JASA 22 (1927) 209–212; the
//! score method without continuity correction. R. G. Newcombe, *Two-sided confidence intervals for the single
//! proportion*, Statistics in Medicine 17 (1998) 857–872, compares seven methods and gives the examples checked below.
//! Unlike the textbook interval it never leaves 0–1 and does not collapse to a point at none or all.

use super::{Z, real};
use serde::Serialize;

/// A 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Band {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The 95 % Wilson score interval of `part` out of `n`; `None` for `n` of 0 or a part larger than the whole.
pub fn wilson(part: usize, n: usize) -> Option<Band> {
    if n == 0 || part > n {
        return None;
    }
    let (share, n) = (real(part) / real(n), real(n));
    let scale = 1.0 + Z * Z / n;
    let centre = (share + Z * Z / (2.0 * n)) / scale;
    let reach = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
    Some(Band { low: (centre - reach).max(0.0), high: (centre + reach).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe (1998), table I, method 3, and statsmodels 0.15.0 `proportion_confint(method="wilson")`.
    #[test]
    fn the_published_examples_come_out() {
        for (part, n, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0000, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let band = wilson(part, n).unwrap();
            assert!((band.low - low).abs() < 5e-5, "{part} of {n}: {band:?}");
            assert!((band.high - high).abs() < 5e-5, "{part} of {n}: {band:?}");
        }
    }

    #[test]
    fn a_share_of_nothing_has_no_interval() {
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(3, 2), None);
    }
}
