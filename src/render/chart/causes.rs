//! Triggers against causes, as a table: how often each pair was stated together.

use super::table::{Cell, DataTable};
use crate::measure::incidents::Matrix;

/// A row for each trigger, a column for each cause; pairs that never met are empty.
pub fn causes(figures: &Matrix) -> DataTable {
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "All others".to_owned());
    let causes: Vec<String> = figures.causes.iter().map(name).collect();
    let mut columns = vec!["Trigger"];
    columns.extend(causes.iter().map(String::as_str));
    let mut table = DataTable::new(&columns);
    for (row, trigger) in figures.triggers.iter().enumerate() {
        let cell = |column: usize| {
            let met = figures.cells.iter().find(|cell| cell.trigger == row && cell.cause == column);
            met.map_or_else(Cell::default, |cell| Cell::from(&cell.count))
        };
        table.push(name(trigger), (0..causes.len()).map(cell).collect());
    }
    table
}
