//! Tables by year and month for one component: how many incidents, and how long it was down. They are shown as tables,
//! shaded, not drawn.

use super::table::{Cell, DataTable};
use crate::measure::incidents::{Calendar, Downtime};
use crate::measure::{Count, Month, length_in_words};
use std::collections::BTreeMap;

const COLUMNS: [&str; 13] =
    ["Year", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How many incidents each month, a row for each year; empty months are empty fields.
pub fn calendar(figures: &Calendar) -> DataTable {
    let counts = figures.months.iter().map(|one| (one.month, Cell::from(&one.count)));
    by_year(counts.collect())
}

/// How long the component was down each month, a row for each year.
pub fn downtime(figures: &Downtime) -> DataTable {
    let cell = |seconds: i64, count: &Count| {
        Cell::of(length_in_words(f64::from(u32::try_from(seconds).unwrap_or(u32::MAX))), count.items.clone())
    };
    let down = figures.months.iter().map(|one| (one.month, cell(one.seconds, &one.count)));
    by_year(down.collect())
}

fn by_year(mut cells: BTreeMap<Month, Cell>) -> DataTable {
    let mut table = DataTable::new(&COLUMNS);
    let years = cells.keys().next().zip(cells.keys().next_back()).map(|(first, last)| first.year..=last.year);
    for year in years.into_iter().flatten() {
        let row = (1..=12).map(|month| cells.remove(&Month { year, month }).unwrap_or_default());
        table.push(year.to_string(), row.collect());
    }
    table
}
