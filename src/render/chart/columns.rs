//! Columns, stacked of parts: the form of several charts.

use super::scale::CountAxis;
use super::svg::{Anchor, Drawing, LEFT};
use crate::measure::estimate::real;

/// One column: its name and its parts, from the bottom up.
pub(super) struct Column {
    pub(super) label: String,
    /// Class and count of each part.
    pub(super) parts: Vec<(&'static str, usize)>,
}

/// Letters along the axis at most: more would run into each other on a phone.
const LETTERS: usize = 42;

const TOP: f64 = 16.0;
const BOTTOM: f64 = 176.0;

/// Height of a drawing of columns.
pub(super) const HEIGHT: f64 = 200.0;

/// Draws the columns with their axis.
pub(super) fn draw(drawing: &mut Drawing, columns: &[Column]) {
    let tallest = columns.iter().map(|column| column.parts.iter().map(|part| part.1).sum()).max();
    let axis = CountAxis::draw(drawing, TOP, BOTTOM, tallest.unwrap_or(0));
    let longest = columns.iter().map(|column| column.label.chars().count()).max().unwrap_or(0);
    let every = columns.len().div_ceil((LETTERS / longest.max(1)).max(1)).max(1);
    for (index, column) in columns.iter().enumerate() {
        let (from, width) = place(index, columns.len());
        let mut below = 0;
        for (class, count) in &column.parts {
            let (low, high) = (axis.y(below), axis.y(below + count));
            // Parts stand a little apart, so that neighbouring colours need not contrast.
            let height = (low - high - 1.5).max(0.0);
            if *count > 0 {
                drawing.rect(class, from + width * 0.15, width * 0.7, high, height.max(0.8));
            }
            below += count;
        }
        if index % every == 0 {
            drawing.text("soft", from + width / 2.0, BOTTOM + 18.0, Anchor::Middle, &column.label);
        }
    }
    drawing.across("axis", LEFT, 100.0, BOTTOM);
}

/// Where column `index` of `n` begins, and how wide its room is, in percent.
pub(super) fn place(index: usize, n: usize) -> (f64, f64) {
    let width = (100.0 - LEFT) / real(n.max(1));
    (LEFT + width * real(index), width)
}

/// A line down through the whole height, with words at its head: in the first row, or in a lower one
/// where words of the mark before may stand.
pub(super) fn mark(drawing: &mut Drawing, x: f64, row: u32, words: &str) {
    drawing.down("axis", x, TOP - 4.0, BOTTOM);
    let anchor = if x > 70.0 { Anchor::End } else { Anchor::Start };
    let shift = if x > 70.0 { -0.6 } else { 0.6 };
    drawing.text("soft", x + shift, TOP - 4.0 + 15.0 * f64::from(row), anchor, words);
}
