//! Triggers against causes: how often each pair was stated together. As a list, because both are sentences, too long to
//! head the columns of a matrix.

use super::table::{Cell, DataTable};
use crate::measure::incidents::{Cell as Pair, Matrix};

/// A row for each pair that was stated, the most frequent first.
pub fn pairs(figures: &Matrix) -> DataTable {
    let name = |names: &[Option<String>], place: usize| {
        names.get(place).cloned().flatten().unwrap_or_else(|| "All others".to_owned())
    };
    let mut pairs: Vec<&Pair> = figures.cells.iter().collect();
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.count.n()), pair.trigger, pair.cause));
    let mut table = DataTable::new(&["Trigger", "Cause", "Incidents"]);
    for pair in pairs {
        let cause = Cell::words(name(&figures.causes, pair.cause));
        table.push(name(&figures.triggers, pair.trigger), vec![cause, Cell::from(&pair.count)]);
    }
    table
}
