//! Incidents each month by severity, with near misses in a row of their own.

use super::columns::{self, Column, HEIGHT};
use super::svg::{Drawing, LEFT};
use super::table::{Cell, DataTable};
use super::{Chart, KeyEntry, count};
use crate::measure::FEW;
use crate::measure::estimate::Outside;
use crate::measure::incidents::{Expectation, Monthly, SeverityColumn, Tally};

const ID: &str = "monthly";
const TITLE: &str = "Incidents each month, by severity";

/// Months shown; the table holds all.
const SHOWN: usize = 24;

/// The chart of incidents over the months.
pub fn monthly(figures: &Monthly) -> Chart {
    let finding = finding(figures);
    let months = &figures.months;
    let recent = months.get(months.len().saturating_sub(SHOWN)..).unwrap_or_default();
    let all: usize = recent.iter().map(|month| month.n() + month.near_misses.n()).sum();
    let svg = (all >= FEW).then(|| draw(figures, recent, &finding));
    let mut key: Vec<KeyEntry> = figures
        .severities
        .iter()
        .map(|severity| KeyEntry { class: class(severity.as_ref()), label: label(severity.as_ref()) })
        .collect();
    key.push(KeyEntry { class: "f2", label: "Near miss (dot above the month)".to_owned() });
    Chart { id: ID, title: TITLE, finding, svg, key, table: table(figures) }
}

fn draw(figures: &Monthly, recent: &[Tally], finding: &str) -> String {
    let mut drawing = Drawing::new(HEIGHT, ID, TITLE, finding);
    let column = |month: &Tally| Column {
        label: month.month.to_string(),
        // The least severe stand at the bottom, as they are the most.
        parts: figures
            .severities
            .iter()
            .zip(&month.incidents)
            .map(|(severity, n)| (class(severity.as_ref()), n.n()))
            .rev()
            .collect(),
    };
    let columns: Vec<Column> = recent.iter().map(column).collect();
    columns::draw(&mut drawing, &columns);
    for (index, _) in recent.iter().enumerate().filter(|(_, month)| month.near_misses.n() > 0) {
        let (from, width) = columns::place(index, recent.len());
        drawing.dot("f2", from + width / 2.0, 6.0, 4.0);
    }
    drawing.across("rule", LEFT, 100.0, 10.0);
    drawing.finish()
}

fn class(severity: Option<&SeverityColumn>) -> &'static str {
    match severity.map(|severity| severity.rank) {
        Some(0 | 1) => "k1",
        Some(2) => "k2",
        Some(3) => "k3",
        Some(_) => "k4",
        None => "f0",
    }
}

fn label(severity: Option<&SeverityColumn>) -> String {
    severity.map_or_else(|| "Severity not stated".to_owned(), |severity| severity.label.clone())
}

fn finding(figures: &Monthly) -> String {
    let all: usize = figures.months.iter().map(Tally::n).sum();
    let near: usize = figures.months.iter().map(|month| month.near_misses.n()).sum();
    let misses = if near == 1 { "near miss" } else { "near misses" };
    let words = format!(
        "{} and {near} {misses} in {}.",
        count(all, "incident"),
        count(figures.months.len(), "month")
    );
    match &figures.expectation {
        None => format!("{words} Too few incidents or whole months to tell chance from change."),
        Some(expectation) => format!("{words} {}", chance(expectation)),
    }
}

fn chance(expectation: &Expectation) -> String {
    let (low, high) = expectation.limits;
    let usual = format!(
        "At {:.1} a month, {low} to {high} are no surprise (95 %, Poisson, last {} whole months)",
        expectation.mean, expectation.months
    );
    if expectation.outside.is_empty() {
        return format!("{usual}; no month lies outside.");
    }
    let outside: Vec<String> = expectation
        .outside
        .iter()
        .map(|one| match one.side {
            Outside::Above => format!("{} above", one.month),
            Outside::Below => format!("{} below", one.month),
        })
        .collect();
    format!(
        "{usual}; outside: {}. By chance alone {:.1} would be.",
        outside.join(", "),
        expectation.by_chance
    )
}

fn table(figures: &Monthly) -> DataTable {
    let labels: Vec<String> = figures.severities.iter().map(|severity| label(severity.as_ref())).collect();
    let mut columns = vec!["Month"];
    columns.extend(labels.iter().map(String::as_str));
    columns.push("Near misses");
    let mut table = DataTable::new(&columns);
    for month in &figures.months {
        let counts = month.incidents.iter().chain([&month.near_misses]);
        table.push(month.month.to_string(), counts.map(Cell::from).collect());
    }
    table
}
