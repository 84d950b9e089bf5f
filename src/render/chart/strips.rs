//! Lengths of time, a dot for each incident on a logarithmic axis, a row for each severity or component.

use super::scale::LogAxis;
use super::svg::{Anchor, Drawing, LEFT};
use super::table::{Cell, DataTable};
use super::{Chart, count, key};
use crate::measure::incidents::Row;
use crate::measure::{FEW, Spread, length_in_words};

const ROW: f64 = 36.0;

/// How far apart dots are, in hundredths of the axis: those that would lie on one another are drawn once.
const APART: f64 = 0.25;
/// From so many on a row's dots are sure to.
const MANY: usize = 100;

/// Rows shown; the table holds all.
const SHOWN: usize = 12;

/// The strip of one time of each row, which `spread` picks; `id` and `title` name the chart.
pub fn strips(id: &'static str, title: &'static str, rows: &[Row], spread: fn(&Row) -> &Spread) -> Chart {
    let finding = finding(rows, spread);
    let mut shown: Vec<&Row> = rows.iter().filter(|row| spread(row).n() > 0).collect();
    if shown.len() > SHOWN {
        shown.sort_by_key(|row| std::cmp::Reverse(spread(row).n()));
        shown.truncate(SHOWN);
    }
    let all: usize = shown.iter().map(|row| spread(row).n()).sum();
    let svg = (all >= FEW).then(|| draw(id, title, &finding, &shown, spread));
    let key = key(&[("median", "Median"), ("f1 faint", "Middle half")]);
    Chart { id, title, finding, svg, key, table: table(rows, spread) }
}

fn draw(id: &str, title: &str, finding: &str, rows: &[&Row], spread: fn(&Row) -> &Spread) -> String {
    let height = ROW * crate::measure::estimate::real(rows.len()) + 24.0;
    let mut drawing = Drawing::new(height, id, title, finding);
    let longest = rows.iter().filter_map(|row| spread(row).ends()).map(|(_, most)| most.value);
    let axis = LogAxis::to(longest.fold(0.0, f64::max));
    let mut free = 0.0;
    for (seconds, name) in axis.marks() {
        let x = axis.x(seconds);
        drawing.down("rule", x, 4.0, height - 20.0);
        if x >= free {
            drawing.text("soft", x, height - 4.0, Anchor::Middle, name);
            free = x + 13.0;
        }
    }
    let mut y = ROW / 2.0;
    for row in rows {
        strip(&mut drawing, &axis, row, spread(row), y);
        y += ROW;
    }
    drawing.finish()
}

fn strip(drawing: &mut Drawing, axis: &LogAxis, row: &Row, spread: &Spread, y: f64) {
    let class = match row.rank {
        Some(1) => "k1",
        Some(2) => "k2",
        Some(3) => "k3",
        Some(_) => "k4",
        None => "f2",
    };
    drawing.text("", 0.0, y - 8.0, Anchor::Start, &name(row));
    drawing.across("rule", LEFT, 99.0, y + 4.0);
    let quantiles = spread.quantiles();
    if let Some(quantiles) = quantiles {
        let (from, to) = (axis.x(quantiles.lower_quarter), axis.x(quantiles.upper_quarter));
        drawing.rect("f1 faint", from, to - from, y - 2.0, 12.0);
    }
    let mut free = f64::MIN;
    for x in spread.values.iter().map(|one| axis.x(one.value)) {
        if x >= free {
            drawing.dot(class, x, y + 4.0, 4.0);
            free = x + APART;
        }
    }
    if let Some(quantiles) = quantiles {
        drawing.tick("median", axis.x(quantiles.median), y - 6.0, 20.0);
    }
}

fn name(row: &Row) -> String {
    row.name.clone().unwrap_or_else(|| "Not stated".to_owned())
}

fn finding(rows: &[Row], spread: fn(&Row) -> &Spread) -> String {
    let Some(first) = rows.first() else {
        return "No incident gives both times.".to_owned();
    };
    let medians: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let quantiles = spread(row).quantiles()?;
            Some(format!("{} {} (n {})", name(row), length_in_words(quantiles.median), spread(row).n()))
        })
        .take(SHOWN)
        .collect();
    let definition = spread(first).definition;
    if medians.is_empty() {
        let n = rows.iter().map(|row| spread(row).n()).sum();
        return format!("{definition}: known of {}, too few in any row for a median.", count(n, "incident"));
    }
    let many = if rows.iter().any(|row| spread(row).n() > MANY) {
        "; where they would lie on one another, one is drawn"
    } else {
        ""
    };
    format!(
        "Each dot is an incident{many}. Median of {definition}: {}. No mean is given: one long incident would make it.",
        medians.join(", ")
    )
}

fn table(rows: &[Row], spread: fn(&Row) -> &Spread) -> DataTable {
    let columns = ["", "n", "Not known", "Shortest", "Median", "90th percentile", "Longest"];
    let mut table = DataTable::new(&columns);
    for row in rows {
        let spread = spread(row);
        let words = |value: Option<f64>| Cell::words(value.map_or_else(|| "–".to_owned(), length_in_words));
        let quantiles = spread.quantiles();
        let ends = spread.ends();
        let items = spread.values.iter().map(|one| one.item).collect();
        let cells = vec![
            Cell::of(spread.n().to_string(), items),
            Cell::of(spread.missing.len().to_string(), spread.missing.clone()),
            words(ends.map(|ends| ends.0.value)),
            words(quantiles.map(|all| all.median)),
            words(quantiles.map(|all| all.p90)),
            words(ends.map(|ends| ends.1.value)),
        ];
        table.push(name(row), cells);
    }
    table
}
