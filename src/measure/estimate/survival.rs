//! How long things last when some are not over yet: the Kaplan–Meier estimate.
//!
//! E. L. Kaplan and P. Meier, *Nonparametric estimation from incomplete observations*, JASA 53 (1958) 457–481. The
//! variance is Greenwood's (1926); the 95 % band is taken on the log(−log) scale, which keeps it within 0–1
//! (J. D. Kalbfleisch and R. L. Prentice, *The Statistical Analysis of Failure Time Data*, 1980, §1.4). Things that end
//! and things last seen on the same day: the end counts first, as is usual.

use super::{Band, Z, real};
use serde::Serialize;

/// How an observed thing stands at the end of its observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Not over yet: all that is known is that it lasted at least so long.
    Censored,
    /// Over because it was finished.
    Done,
    /// Over because it was dropped.
    Cancelled,
}

/// One thing, watched for some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Observation {
    /// Days from its beginning to its end, or to the last day it was seen.
    pub days: u32,
    /// What was seen then.
    pub outcome: Outcome,
}

/// The observations of one day, put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) days: u32,
    pub(super) at_risk: usize,
    pub(super) done: usize,
    pub(super) cancelled: usize,
}

/// Groups observations by day, in order. The days hold what happened on them and how many were still there before.
pub(super) fn days(observations: &[Observation]) -> Vec<Day> {
    let mut sorted = observations.to_vec();
    sorted.sort_unstable();
    let mut left = sorted.len();
    let mut days = Vec::new();
    for same in sorted.chunk_by(|a, b| a.days == b.days) {
        let count = |wanted| same.iter().filter(|one| one.outcome == wanted).count();
        days.push(Day {
            days: same.first().map_or(0, |one| one.days),
            at_risk: left,
            done: count(Outcome::Done),
            cancelled: count(Outcome::Cancelled),
        });
        left -= same.len();
    }
    days
}

/// One step of the curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Step {
    /// Days since the beginning.
    pub days: u32,
    /// How many had lasted until this day.
    pub at_risk: usize,
    /// How many ended on it.
    pub ended: usize,
    /// Estimated share that lasts longer.
    pub share: f64,
    /// Its 95 % band; unknown once nothing is left.
    pub band: Option<Band>,
}

/// The curve: one step for each day on which something ended.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct KaplanMeier {
    /// How many were watched.
    pub n: usize,
    /// How many ended while watched.
    pub ended: usize,
    /// The longest observation, in days; beyond it nothing is known.
    pub longest: u32,
    /// The steps, by day.
    pub steps: Vec<Step>,
}

impl KaplanMeier {
    /// The estimate from `observations`, in whatever order. Both ways to end are ends; see
    /// [`AalenJohansen`](super::AalenJohansen) for telling them apart.
    pub fn of(observations: &[Observation]) -> Self {
        let mut curve = Self {
            n: observations.len(),
            longest: observations.iter().map(|one| one.days).max().unwrap_or(0),
            ..Self::default()
        };
        let (mut share, mut greenwood) = (1.0, 0.0);
        for day in days(observations) {
            let ended = day.done + day.cancelled;
            if ended == 0 {
                continue;
            }
            let (at_risk, lost) = (real(day.at_risk), real(ended));
            share *= 1.0 - lost / at_risk;
            greenwood += lost / (at_risk * (at_risk - lost));
            curve.ended += ended;
            curve.steps.push(Step {
                days: day.days,
                at_risk: day.at_risk,
                ended,
                share,
                band: band(share, greenwood),
            });
        }
        curve
    }

    /// Estimated share that lasts longer than `days`; `None` beyond the longest observation, unless all had ended.
    pub fn lasting(&self, days: u32) -> Option<f64> {
        let share = self.step(days).map_or(1.0, |step| step.share);
        (days <= self.longest || share <= 0.0).then_some(share)
    }

    /// The step in force on day `days`.
    pub fn step(&self, days: u32) -> Option<&Step> {
        let passed = self.steps.partition_point(|step| step.days <= days);
        self.steps.get(passed.checked_sub(1)?)
    }

    /// The first day by which at least the share `p` has ended; `None` where fewer have.
    pub fn quantile(&self, p: f64) -> Option<u32> {
        // The tolerance absorbs the rounding of a product of fractions that ought to be exactly 1 − p.
        let reached = |step: &&Step| step.share <= 1.0 - p + 1e-12;
        self.steps.iter().find(reached).map(|step| step.days)
    }
}

fn band(share: f64, greenwood: f64) -> Option<Band> {
    if share <= 0.0 || share >= 1.0 {
        return None;
    }
    let log = share.ln();
    let reach = Z * greenwood.sqrt() / log.abs();
    let at = |shift: f64| (-((-log).ln() + shift).exp()).exp();
    Some(Band { low: at(reach), high: at(-reach) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weeks in remission under 6-mercaptopurine; `false` where the patient was still in remission. Freireich and
    /// others, Blood 21 (1963) 699–716; used by Gehan (1965) and by textbooks ever since.
    const REMISSION: [(u32, bool); 21] = [
        (6, true),
        (6, true),
        (6, true),
        (6, false),
        (7, true),
        (9, false),
        (10, true),
        (10, false),
        (11, false),
        (13, true),
        (16, true),
        (17, false),
        (19, false),
        (20, false),
        (22, true),
        (23, true),
        (25, false),
        (32, false),
        (32, false),
        (34, false),
        (35, false),
    ];

    fn remission() -> Vec<Observation> {
        let outcome = |ended| if ended { Outcome::Done } else { Outcome::Censored };
        REMISSION.map(|(days, ended)| Observation { days, outcome: outcome(ended) }).to_vec()
    }

    #[test]
    fn the_textbook_example_comes_out() {
        let curve = KaplanMeier::of(&remission());
        assert_eq!((curve.n, curve.ended, curve.longest), (21, 9, 35));
        let shares: Vec<(u32, usize, String)> =
            curve.steps.iter().map(|step| (step.days, step.at_risk, format!("{:.3}", step.share))).collect();
        let expected = [
            (6, 21, "0.857"),
            (7, 17, "0.807"),
            (10, 15, "0.753"),
            (13, 12, "0.690"),
            (16, 11, "0.627"),
            (22, 7, "0.538"),
            (23, 6, "0.448"),
        ];
        assert_eq!(shares, expected.map(|(days, left, share)| (days, left, share.to_owned())));
        assert_eq!(curve.quantile(0.5), Some(23));
        assert_eq!(curve.quantile(0.9), None, "fewer than nine in ten ended");
    }

    /// lifelines 0.30.3, `KaplanMeierFitter(alpha=0.05)`, on the same data.
    #[test]
    fn the_band_agrees_with_lifelines() {
        let curve = KaplanMeier::of(&remission());
        for (days, low, high) in LIFELINES {
            let band = curve.step(days).and_then(|step| step.band).unwrap();
            assert!((band.low - low).abs() < 1e-9, "{days}: {band:?}");
            assert!((band.high - high).abs() < 1e-9, "{days}: {band:?}");
        }
    }

    const LIFELINES: [(u32, f64, f64); 7] = [
        (6, 0.619_717_955_3, 0.951_551_747_6),
        (7, 0.563_146_564_6, 0.922_809_019_2),
        (10, 0.503_199_510_8, 0.889_361_835_2),
        (13, 0.431_610_222_5, 0.849_065_963_3),
        (16, 0.367_510_856_0, 0.804_912_189_5),
        (22, 0.267_778_936_8, 0.746_790_717_6),
        (23, 0.188_052_006_0, 0.680_142_628_5),
    ];

    #[test]
    fn before_the_first_end_all_last_and_beyond_the_last_look_nothing_is_known() {
        let curve = KaplanMeier::of(&remission());
        assert_eq!(curve.lasting(5), Some(1.0));
        assert!(curve.lasting(35).is_some());
        assert_eq!(curve.lasting(36), None);
        assert_eq!(KaplanMeier::of(&[]).quantile(0.5), None);
    }
}
