//! What must hold for any numbers.

use super::{AalenJohansen, Intervals, KaplanMeier, Observation, Outcome, poisson_limits, quantile, wilson};
use proptest::prelude::*;

fn observation() -> impl Strategy<Value = Observation> {
    let outcome = prop_oneof![Just(Outcome::Censored), Just(Outcome::Done), Just(Outcome::Cancelled),];
    (0_u32..400, outcome).prop_map(|(days, outcome)| Observation { days, outcome })
}

proptest! {
    #[test]
    fn the_three_bands_sum_to_one(items in prop::collection::vec(observation(), 1..200)) {
        for bands in &AalenJohansen::of(&items).steps {
            prop_assert!((bands.open + bands.done + bands.cancelled - 1.0).abs() < 1e-9);
            prop_assert!(bands.open >= -1e-12 && bands.done >= 0.0 && bands.cancelled >= 0.0);
        }
    }

    #[test]
    fn open_is_the_same_in_both_estimates(items in prop::collection::vec(observation(), 1..200)) {
        let curve = KaplanMeier::of(&items);
        let endings = AalenJohansen::of(&items);
        prop_assert_eq!(curve.steps.len(), endings.steps.len());
        for (step, bands) in curve.steps.iter().zip(&endings.steps) {
            prop_assert!((step.share - bands.open).abs() < 1e-9);
        }
    }

    #[test]
    fn the_order_of_items_does_not_matter(
        (items, shuffled) in prop::collection::vec(observation(), 0..200)
            .prop_flat_map(|items| (Just(items.clone()), Just(items).prop_shuffle()))
    ) {
        prop_assert_eq!(KaplanMeier::of(&items), KaplanMeier::of(&shuffled));
        prop_assert_eq!(AalenJohansen::of(&items), AalenJohansen::of(&shuffled));
    }

    #[test]
    fn where_all_have_ended_the_curve_is_the_empirical_one(
        mut days in prop::collection::vec(0_u32..400, 1..200),
        tenth in 1_usize..=10,
    ) {
        let items: Vec<Observation> =
            days.iter().map(|&days| Observation { days, outcome: Outcome::Done }).collect();
        days.sort_unstable();
        // The smallest value that at least the share p does not exceed: definition 1 of Hyndman and Fan.
        let place = (days.len() * tenth).div_ceil(10) - 1;
        let p = f64::from(u32::try_from(tenth).unwrap()) / 10.0;
        prop_assert_eq!(KaplanMeier::of(&items).quantile(p), Some(days[place]));
    }

    #[test]
    fn the_curve_falls_and_lies_within_its_band(items in prop::collection::vec(observation(), 1..200)) {
        let mut before = 1.0;
        for step in &KaplanMeier::of(&items).steps {
            prop_assert!(step.share <= before && step.share >= -1e-12);
            if let Some(band) = step.band {
                prop_assert!(0.0 <= band.low && band.low <= step.share + 1e-9);
                prop_assert!(step.share <= band.high + 1e-9 && band.high <= 1.0);
            }
            before = step.share;
        }
    }

    #[test]
    fn the_union_never_exceeds_the_month(
        intervals in prop::collection::vec((0_i64..100_000, -500_i64..20_000), 0..100),
        from in 0_i64..90_000,
        length in 1_i64..10_000,
    ) {
        let intervals: Vec<(i64, i64)> = intervals.iter().map(|(from, long)| (*from, from + long)).collect();
        let union = Intervals::union(intervals.clone());
        let covered = union.within(from, from + length);
        prop_assert!((0..=length).contains(&covered));
        let sum: i64 = intervals.iter().map(|(from, to)| (to - from).max(0)).sum();
        prop_assert!(union.total() <= sum);
        prop_assert_eq!(union.within(-1_000_000, 1_000_000), union.total());
        let halves = union.within(from, from + length / 2) + union.within(from + length / 2, from + length);
        prop_assert_eq!(halves, covered);
    }

    #[test]
    fn an_interval_holds_its_share(n in 1_usize..5_000, part in 0.0_f64..=1.0) {
        let part = (0..=n).rev().find(|one| super::real(*one) <= part * super::real(n)).unwrap();
        let band = wilson(part, n).unwrap();
        let share = super::real(part) / super::real(n);
        prop_assert!(0.0 <= band.low && band.low <= share + 1e-12);
        prop_assert!(share <= band.high + 1e-12 && band.high <= 1.0);
    }

    #[test]
    fn quantiles_lie_between_the_ends_and_grow(
        mut values in prop::collection::vec(-1e6_f64..1e6, 1..100),
        p in 0.0_f64..=1.0,
        q in 0.0_f64..=1.0,
    ) {
        values.sort_by(f64::total_cmp);
        let (low, high) = (p.min(q), p.max(q));
        let (low, high) = (quantile(&values, low).unwrap(), quantile(&values, high).unwrap());
        prop_assert!(values[0] <= low && low <= high + 1e-6 && high <= values[values.len() - 1] + 1e-6);
    }

    #[test]
    fn chance_has_limits_around_its_mean(mean in 0.0_f64..2_000.0) {
        let (low, high) = poisson_limits(mean).unwrap();
        prop_assert!(super::real(low) <= mean && mean <= super::real(high) + 1.0);
    }
}
