//! The estimators, each in a file of its own with its source: pure functions from numbers to numbers.
//!
//! They know nothing of incidents. The figures beside this folder bring the numbers, say what is missing, and keep the
//! items that stand behind each.

mod competing;
mod intervals;
mod poisson;
#[cfg(test)]
mod properties;
mod quantile;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod simulation;
mod survival;
mod wilson;

pub use competing::{AalenJohansen, Bands};
pub use intervals::Intervals;
pub use poisson::{Outside, poisson_limits, poisson_tail};
pub use quantile::quantile;
pub use survival::{KaplanMeier, Observation, Outcome, Step};
pub use wilson::{Band, wilson};

/// The 97.5th percentile of the normal distribution: what makes a two-sided interval one of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// A count as a number to calculate with.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of items stay far below the 2^53 up to which this is exact"
)]
pub fn real(count: usize) -> f64 {
    count as f64
}
