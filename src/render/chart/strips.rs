//! Lengths of time, a dot for each incident on a logarithmic axis, a row for each severity or component.

use super::scale::LogAxis;
use super::svg::{Anchor, Drawing, LEFT};
use super::table::{Cell, DataTable};
use super::{Chart, Say};
use crate::measure::incidents::Row;
use crate::measure::{FEW, Spread};

const ROW: f64 = 36.0;

/// How far apart dots are, in hundredths of the axis: those that would lie on one another are drawn once.
const APART: f64 = 0.25;
/// From so many on a row's dots are sure to.
const MANY: usize = 100;

/// Rows shown; the table holds all.
const SHOWN: usize = 12;

/// The strip of one time of each row, which `spread` picks; `id` names the chart and its words.
pub fn strips(say: &Say<'_>, id: &'static str, rows: &[Row], spread: fn(&Row) -> &Spread) -> Chart {
    let finding = finding(say, id, rows, spread);
    let title = say.title(id);
    let mut shown: Vec<&Row> = rows.iter().filter(|row| spread(row).n() > 0).collect();
    if shown.len() > SHOWN {
        shown.sort_by_key(|row| std::cmp::Reverse(spread(row).n()));
        shown.truncate(SHOWN);
    }
    let all: usize = shown.iter().map(|row| spread(row).n()).sum();
    let svg = (all >= FEW).then(|| draw(say, (id, &title, &finding), &shown, spread));
    let key = say.key("chart_strips_key", &["median", "f1 faint"]);
    Chart { id, title, finding, svg, key, table: table(say, rows, spread) }
}

fn draw(
    say: &Say<'_>,
    (id, title, finding): (&str, &str, &str),
    rows: &[&Row],
    spread: fn(&Row) -> &Spread,
) -> String {
    let height = ROW * crate::measure::estimate::real(rows.len()) + 24.0;
    let mut drawing = Drawing::new(height, id, title, finding);
    let longest = rows.iter().filter_map(|row| spread(row).ends()).map(|(_, most)| most.value);
    let axis = LogAxis::to(longest.fold(0.0, f64::max));
    let mut free = 0.0;
    for (seconds, name) in axis.marks(say) {
        let x = axis.x(seconds);
        drawing.down("rule", x, 4.0, height - 20.0);
        if x >= free {
            drawing.text("soft", x, height - 4.0, Anchor::Middle, &name);
            free = x + 13.0;
        }
    }
    let mut y = ROW / 2.0;
    for row in rows {
        drawing.text("", 0.0, y - 8.0, Anchor::Start, &name(say, row));
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

fn name(say: &Say<'_>, row: &Row) -> String {
    row.name.clone().unwrap_or_else(|| say.get("chart_not_stated"))
}

fn finding(say: &Say<'_>, id: &str, rows: &[Row], spread: fn(&Row) -> &Spread) -> String {
    if rows.is_empty() {
        return say.get("chart_strips_none");
    }
    let medians: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let median = say.units.length(spread(row).quantiles()?.median);
            Some(format!("{} {median} (n {})", name(say, row), spread(row).n()))
        })
        .take(SHOWN)
        .collect();
    let what = say.get(&format!("chart_{id}_is"));
    if medians.is_empty() {
        let n = rows.iter().map(|row| spread(row).n()).sum();
        let incidents = say.count("incidents_n", n);
        return say.fill("chart_strips_few", &[("what", &what), ("incidents", &incidents)]);
    }
    let crowded = rows.iter().any(|row| spread(row).n() > MANY);
    let many = if crowded { say.get("chart_strips_many") } else { String::new() };
    let medians = medians.join(", ");
    say.fill("chart_strips_found", &[("many", &many), ("what", &what), ("medians", &medians)])
}

fn table(say: &Say<'_>, rows: &[Row], spread: fn(&Row) -> &Spread) -> DataTable {
    let mut table = say.table("chart_strips_columns");
    table.columns.insert(0, String::new());
    for row in rows {
        let spread = spread(row);
        let words = |value: Option<f64>| {
            Cell::words(value.map_or_else(|| "–".to_owned(), |value| say.units.length(value)))
        };
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
        table.push(name(say, row), cells);
    }
    table
}
