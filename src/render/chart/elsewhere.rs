//! Incidents that status pages and pagers know and no report tells of, as a table.

use super::{Cell, Chart, Row, Say};
use crate::measure::Elsewhere;

/// What is missing, the latest first, with where to read of it and how to begin.
pub fn elsewhere(say: &Say<'_>, known: &Elsewhere) -> Chart {
    let mut table = say.table("chart_elsewhere_columns");
    for one in &known.missing {
        let date = one.date.map_or_else(|| say.get("chart_not_known"), |date| date.to_string());
        let impact = one.impact.clone().unwrap_or_else(|| "–".to_owned());
        let cells = [date, impact, one.source.clone(), format!("kb new --from {}", one.key)];
        let head = Cell { text: one.title.clone(), far: one.url.clone(), ..Cell::default() };
        table.rows.push(Row { id: "", head, cells: cells.map(Cell::words).to_vec() });
    }
    let asked = known.asked.map_or_else(String::new, |at| {
        format!(" {}", say.fill("chart_elsewhere_asked", &[("x", &at.strftime("%Y-%m-%d"))]))
    });
    let have = |n: usize| say.count("chart_elsewhere_have", n);
    let (told, missing) = (have(known.told), have(known.missing.len()));
    let incidents = say.count("incidents_n", known.known);
    let finding = say.fill(
        "chart_elsewhere_found",
        &[("incidents", &incidents), ("told", &told), ("missing", &missing), ("asked", &asked)],
    );
    say.shown("elsewhere", finding, table)
}
