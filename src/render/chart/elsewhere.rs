//! Incidents that status pages and pagers know and no report tells of, as a table.

use super::promises::shown;
use super::{Cell, Chart, DataTable, Row, count};
use crate::measure::Elsewhere;

/// What is missing, the latest first, with where to read of it and how to begin.
pub fn elsewhere(known: &Elsewhere) -> Chart {
    let mut table = DataTable::new(&["Without a report", "Day", "Impact", "Source", "Begin with"]);
    for one in &known.missing {
        let date = one.date.map_or_else(|| "not known".to_owned(), |date| date.to_string());
        let impact = one.impact.clone().unwrap_or_else(|| "–".to_owned());
        let cells = [date, impact, one.source.clone(), format!("kb new --from {}", one.key)];
        let head = Cell { text: one.title.clone(), far: one.url.clone(), ..Cell::default() };
        table.rows.push(Row { head, cells: cells.map(Cell::words).to_vec() });
    }
    let asked =
        known.asked.map_or_else(String::new, |at| format!(" Last asked on {}.", at.strftime("%Y-%m-%d")));
    let have = |n: usize| format!("{n} {}", if n == 1 { "has" } else { "have" });
    let finding = format!(
        "Status pages and pagers know {}; {} a report here, {} none.{asked} Announced maintenance does not \
         count.",
        count(known.known, "incident"),
        have(known.told),
        have(known.missing.len())
    );
    shown("elsewhere", "Known elsewhere, not written about", finding, table)
}
