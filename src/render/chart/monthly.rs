//! Incidents each month by severity, with near misses in a row of their own.

use super::columns::{self, Column, HEIGHT};
use super::svg::{Drawing, LEFT};
use super::table::{Cell, DataTable};
use super::{Chart, KeyEntry, Say};
use crate::measure::FEW;
use crate::measure::estimate::Outside;
use crate::measure::incidents::{Expectation, Monthly, SeverityColumn, Tally};

const ID: &str = "monthly";

/// Months shown; the table holds all.
const SHOWN: usize = 24;

/// The chart of incidents over the months.
pub fn monthly(say: &Say<'_>, figures: &Monthly) -> Chart {
    let finding = finding(say, figures);
    let title = say.title(ID);
    let months = &figures.months;
    let recent = months.get(months.len().saturating_sub(SHOWN)..).unwrap_or_default();
    let all: usize = recent.iter().map(|month| month.n() + month.near_misses.n()).sum();
    let svg = (all >= FEW).then(|| draw(figures, recent, &title, &finding));
    let mut key: Vec<KeyEntry> = figures
        .severities
        .iter()
        .map(|severity| KeyEntry { class: class(severity.as_ref()), label: label(say, severity.as_ref()) })
        .collect();
    key.push(KeyEntry { class: "f2", label: say.get("chart_monthly_near") });
    Chart { id: ID, title, finding, svg, key, table: table(say, figures) }
}

fn draw(figures: &Monthly, recent: &[Tally], title: &str, finding: &str) -> String {
    let mut drawing = Drawing::new(HEIGHT, ID, title, finding);
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

fn label(say: &Say<'_>, severity: Option<&SeverityColumn>) -> String {
    severity.map_or_else(|| say.get("chart_monthly_unrated"), |severity| severity.label.clone())
}

fn finding(say: &Say<'_>, figures: &Monthly) -> String {
    let all: usize = figures.months.iter().map(Tally::n).sum();
    let near: usize = figures.months.iter().map(|month| month.near_misses.n()).sum();
    let (incidents, misses) = (say.count("incidents_n", all), say.count("n_near_misses", near));
    let words = say.fill(
        "chart_monthly_found",
        &[("incidents", &incidents), ("misses", &misses), ("n", &figures.months.len())],
    );
    let chance = match &figures.expectation {
        None => say.get("chart_monthly_few"),
        Some(expectation) => chance(say, expectation),
    };
    format!("{words} {chance}")
}

fn chance(say: &Say<'_>, expectation: &Expectation) -> String {
    let (low, high) = expectation.limits;
    let mean = say.units.decimal(expectation.mean, 1);
    let usual = say.fill(
        "chart_monthly_usual",
        &[("mean", &mean), ("low", &low), ("high", &high), ("months", &expectation.months)],
    );
    if expectation.outside.is_empty() {
        return say.fill("chart_monthly_none", &[("x", &usual)]);
    }
    let outside = expectation.outside.iter().map(|one| {
        let key = match one.side {
            Outside::Above => "chart_monthly_above",
            Outside::Below => "chart_monthly_below",
        };
        say.fill(key, &[("x", &one.month)])
    });
    let months = outside.collect::<Vec<_>>().join(", ");
    let chance = say.units.decimal(expectation.by_chance, 1);
    say.fill("chart_monthly_outside", &[("x", &usual), ("months", &months), ("chance", &chance)])
}

fn table(say: &Say<'_>, figures: &Monthly) -> DataTable {
    let mut columns = vec![say.get("chart_monthly_month")];
    columns.extend(figures.severities.iter().map(|severity| label(say, severity.as_ref())));
    columns.push(say.get("near_misses"));
    let mut table = DataTable { columns, ..DataTable::default() };
    for month in &figures.months {
        let counts = month.incidents.iter().chain([&month.near_misses]);
        table.push(month.month.to_string(), counts.map(Cell::from).collect());
    }
    table
}
