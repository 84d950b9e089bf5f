//! Axes: round steps for counts, days and lengths of time.

use super::Say;
use super::svg::{Anchor, Drawing, LEFT};
use crate::measure::estimate::real;

/// Rules of a vertical axis of counts: from zero in equal round steps to at least `most`, four or five of them.
pub(super) fn rules(most: usize) -> Vec<usize> {
    let most = most.max(4);
    let mut size = 1;
    let step = loop {
        let fits = |step: &usize| most.div_ceil(*step) <= 4;
        if let Some(step) = [1, 2, 3, 5].map(|digit| digit * size).into_iter().find(fits) {
            break step;
        }
        size *= 10;
    };
    (0..=most.div_ceil(step)).map(|n| n * step).collect()
}

/// A vertical axis of counts, drawn with its rules.
pub(super) struct CountAxis {
    top: f64,
    bottom: f64,
    most: f64,
}

impl CountAxis {
    /// Draws the rules for counts up to `most` between two heights.
    pub(super) fn draw(drawing: &mut Drawing, top: f64, bottom: f64, most: usize) -> Self {
        let rules = rules(most);
        let axis = Self { top, bottom, most: real(rules.last().copied().unwrap_or(1)) };
        for rule in rules {
            let y = axis.y(rule);
            drawing.across("rule", LEFT, 100.0, y);
            drawing.text("soft", LEFT - 0.8, y + 4.0, Anchor::End, &rule.to_string());
        }
        axis
    }

    /// The height of a count.
    pub(super) fn y(&self, count: usize) -> f64 {
        self.bottom - (self.bottom - self.top) * self.share(count)
    }

    /// A count as a share of the axis.
    pub(super) fn share(&self, count: usize) -> f64 {
        real(count) / self.most
    }
}

/// Draws a vertical axis of shares between two heights.
pub(super) fn share_axis(drawing: &mut Drawing, top: f64, bottom: f64) {
    for quarter in 0..=4 {
        let y = bottom - (bottom - top) * f64::from(quarter) / 4.0;
        drawing.across("rule", LEFT, 100.0, y);
        drawing.text("soft", LEFT - 0.8, y + 4.0, Anchor::End, &format!("{} %", quarter * 25));
    }
}

/// Draws marks below a horizontal axis of days that ends at `last`.
pub(super) fn day_axis(drawing: &mut Drawing, y: f64, last: u32) {
    const MARKS: [u32; 9] = [7, 14, 30, 90, 180, 365, 730, 1_825, 3_650];
    let place = |days: u32| LEFT + (100.0 - LEFT) * f64::from(days) / f64::from(last.max(1));
    let mut free = 0.0;
    for days in MARKS.into_iter().filter(|days| *days <= last) {
        let x = place(days);
        if x >= free && x < 94.0 {
            drawing.text("soft", x, y, Anchor::Middle, &format!("{days} d"));
            free = x + 14.0;
        }
    }
    if free <= 100.0 {
        drawing.text("soft", 100.0, y, Anchor::End, &format!("{last} d"));
    }
}

/// A logarithmic axis of seconds: from a minute, or less where a value is shorter, to the longest.
pub(super) struct LogAxis {
    least: f64,
    most: f64,
}

impl LogAxis {
    /// The axis that holds lengths up to `most` seconds.
    pub(super) fn to(most: f64) -> Self {
        Self { least: 60.0, most: most.max(3_600.0) * 1.1 }
    }

    /// Where a length lies, in percent of the width.
    pub(super) fn x(&self, seconds: f64) -> f64 {
        let share = (seconds.max(self.least) / self.least).ln() / (self.most / self.least).ln();
        LEFT + 8.0 + (97.0 - LEFT - 8.0) * share
    }

    /// The marks that fit: a length and its name.
    pub(super) fn marks(&self, say: &Say<'_>) -> Vec<(f64, String)> {
        const MARKS: [f64; 7] = [60.0, 600.0, 3_600.0, 21_600.0, 86_400.0, 604_800.0, 31_557_600.0];
        let names = say.list("chart_strips_axis");
        MARKS.into_iter().zip(names).filter(|(seconds, _)| *seconds <= self.most).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_round_start_at_zero_and_hold_the_largest_count() {
        for most in [0, 1, 4, 5, 9, 23, 100, 1_234] {
            let rules = rules(most);
            assert_eq!(rules[0], 0);
            assert!(rules[rules.len() - 1] >= most, "{most}: {rules:?}");
            assert!((4..=5).contains(&rules.len()), "{most}: {rules:?}");
        }
        assert_eq!(rules(23), [0, 10, 20, 30]);
    }

    #[test]
    fn longer_times_lie_further_right_and_none_leaves_the_drawing() {
        let axis = LogAxis::to(86_400.0 * 30.0);
        assert!(axis.x(1.0) >= LEFT && axis.x(60.0) < axis.x(3_600.0));
        assert!(axis.x(86_400.0 * 30.0) <= 97.0);
    }
}
