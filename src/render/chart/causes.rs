//! Triggers against causes: how often each pair was stated together. As a list, because both are sentences, too long to
//! head the columns of a matrix.

use super::table::Cell;
use super::{Chart, Say};
use crate::measure::incidents::{Cell as Pair, Matrix};

/// A row for each pair that was stated, the most frequent first.
pub fn causes(say: &Say<'_>, figures: &Matrix) -> Chart {
    let name = |names: &[Option<String>], place: usize| {
        names.get(place).cloned().flatten().unwrap_or_else(|| say.get("chart_all_others"))
    };
    let mut pairs: Vec<&Pair> = figures.cells.iter().collect();
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.count.n()), pair.trigger, pair.cause));
    let mut table = say.table("chart_causes_columns");
    for pair in pairs {
        let cause = Cell::words(name(&figures.causes, pair.cause));
        table.push(name(&figures.triggers, pair.trigger), vec![cause, Cell::from(&pair.count)]);
    }
    let n = figures.missing.n();
    let finding = match figures.cells.iter().map(|pair| pair.count.n()).max() {
        None => say.count("chart_causes_none", n),
        Some(most) => say.fill("chart_causes_found", &[("most", &most), ("n", &n)]),
    };
    say.shown("causes", finding, table)
}
