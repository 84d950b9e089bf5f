//! Backlogs made by a fixed generator, of which the truth is known: what the honest estimators find, and what the
//! tempting ones do.

use super::{AalenJohansen, KaplanMeier, Observation, Outcome, quantile, real};

/// `SplitMix64` (G. L. Steele, D. Lea and C. H. Flood, 2014): the same numbers on every machine.
struct Generator(u64);

impl Generator {
    /// A number between 0 and 1, neither included.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        (f64::from(u32::try_from(z >> 32).unwrap()) + 0.5) / 4_294_967_296.0
    }

    /// A waiting time with `rate` ends a day.
    fn wait(&mut self, rate: f64) -> f64 {
        -self.uniform().ln() / rate
    }
}

/// Tenths of a day, so that rounding to whole days does not blur the comparison.
fn tenths(days: f64) -> u32 {
    format!("{:.0}", days * 10.0).parse().unwrap()
}

const ITEMS: usize = 20_000;

/// Half of all items take longer than 27.6 days; items were created evenly over the last 110 days.
#[test]
fn the_median_of_closed_items_alone_is_far_too_short() {
    let mut generator = Generator(7);
    let rate = 2_f64.ln() / 27.6;
    let mut closed = Vec::new();
    let mut observations = Vec::new();
    for _ in 0..ITEMS {
        let age = generator.uniform() * 110.335;
        let takes = generator.wait(rate);
        if takes <= age {
            closed.push(takes);
        }
        observations.push(Observation {
            days: tenths(takes.min(age)),
            outcome: if takes <= age { Outcome::Done } else { Outcome::Censored },
        });
    }
    closed.sort_by(f64::total_cmp);
    let misleading = quantile(&closed, 0.5).unwrap();
    let honest = f64::from(KaplanMeier::of(&observations).quantile(0.5).unwrap()) / 10.0;
    assert!((misleading - 17.6).abs() < 0.6, "{misleading}");
    assert!((honest - 27.6).abs() < 0.6, "{honest}");
}

/// Of these items 72 % are finished and 27 % dropped by day 180.
#[test]
fn taking_the_dropped_for_unfinished_promises_far_too_much() {
    let mut generator = Generator(11);
    let (finish, drop) = (0.017_882_643, 0.006_654_473);
    let observations: Vec<Observation> = (0..ITEMS)
        .map(|_| {
            let age = 180.0 + 220.0 * generator.uniform();
            let (done, cancelled) = (generator.wait(finish), generator.wait(drop));
            let (days, outcome) = match () {
                () if age < done.min(cancelled) => (age, Outcome::Censored),
                () if done < cancelled => (done, Outcome::Done),
                () => (cancelled, Outcome::Cancelled),
            };
            Observation { days: tenths(days), outcome }
        })
        .collect();
    let wrong: Vec<Observation> = observations
        .iter()
        .map(|one| match one.outcome {
            Outcome::Cancelled => Observation { outcome: Outcome::Censored, ..*one },
            _ => *one,
        })
        .collect();
    let claimed = 1.0 - KaplanMeier::of(&wrong).lasting(1_800).unwrap();
    let bands = AalenJohansen::of(&observations).on(1_800).unwrap();
    let counted = observations.iter().filter(|one| one.outcome == Outcome::Done && one.days <= 1_800);
    let truth = real(counted.count()) / real(ITEMS);
    assert!((claimed - 0.96).abs() < 0.01, "{claimed}");
    assert!((bands.done - 0.72).abs() < 0.01, "{bands:?}");
    assert!(
        (bands.done - truth).abs() < 1e-9,
        "all were watched for 180 days, so that counting gives the truth"
    );
}
