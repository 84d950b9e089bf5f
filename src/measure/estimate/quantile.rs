//! Quantiles of a sample, by linear interpolation between its order statistics.
//!
//! Definition 7 of R. J. Hyndman and Y. Fan, *Sample quantiles in statistical packages*, The American Statistician 50
//! (1996) 361–365: the default of R, `NumPy` and spreadsheets. With n sorted values the p-quantile lies at place
//! 1 + (n − 1)p.

use super::real;

/// The `p`-quantile of values sorted in ascending order; `None` where there is no value or `p` is not within 0–1.
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let place = real(last) * p;
    let below = whole(place);
    let lower = sorted.get(below)?;
    let upper = sorted.get(below + 1).unwrap_or(lower);
    Some(lower + (place - real(below)) * (upper - lower))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a list: never negative, never beyond its length"
)]
fn whole(place: f64) -> usize {
    place.floor() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `NumPy` 2.4.6 `quantile` with its default method, which is definition 7.
    #[test]
    fn quantiles_agree_with_numpy() {
        let mut sample = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0];
        sample.sort_by(f64::total_cmp);
        for (p, expected) in [(0.0, 1.0), (0.25, 2.25), (0.5, 3.5), (0.75, 5.0), (0.9, 6.3), (1.0, 9.0)] {
            let found = quantile(&sample, p).unwrap();
            assert!((found - expected).abs() < 1e-12, "{p}: {found}");
        }
    }

    #[test]
    fn nothing_has_no_median_and_one_value_is_every_quantile() {
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[7.0], 0.9), Some(7.0));
        assert_eq!(quantile(&[7.0], 1.1), None);
    }
}
