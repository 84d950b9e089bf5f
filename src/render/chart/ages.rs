//! How old the open actions are, against what the policy allows.

use super::columns::{self, Column, HEIGHT};
use super::svg::Drawing;
use super::table::{Cell, DataTable};
use super::{Chart, count, key};
use crate::measure::actions::{AgeBin, OpenAge};
use crate::measure::{FEW, days_in_words};
use std::fmt::Write as _;

const ID: &str = "ages";
const TITLE: &str = "Age of open actions";

/// The chart of the ages.
pub fn ages(figures: &OpenAge) -> Chart {
    let finding = finding(figures);
    let svg = (figures.days.n() >= FEW).then(|| {
        let mut drawing = Drawing::new(HEIGHT, ID, TITLE, &finding);
        let columns: Vec<Column> = figures
            .bins
            .iter()
            .map(|bin| Column { label: short(bin), parts: vec![("f2", bin.count.n())] })
            .collect();
        columns::draw(&mut drawing, &columns);
        for ((days, levels), row) in policy(figures).into_iter().zip((0..3).cycle()) {
            if let Some(x) = place(figures, days) {
                columns::mark(&mut drawing, x, row, &levels);
            }
        }
        drawing.finish()
    });
    let mut table = DataTable::new(&["Age", "Open"]);
    for bin in &figures.bins {
        table.push(range(bin), vec![Cell::from(&bin.count)]);
    }
    Chart { id: ID, title: TITLE, finding, svg, key: key(&[("f2", "Open")]), table }
}

/// The limits of the policy, each once, with the severities it is for.
fn policy(figures: &OpenAge) -> Vec<(i64, String)> {
    let mut limits: Vec<(i64, String)> = Vec::new();
    for (level, days) in &figures.policy {
        match limits.iter_mut().find(|limit| limit.0 == *days) {
            Some(limit) => {
                limit.1.push_str(", ");
                limit.1.push_str(level);
            }
            None => limits.push((*days, level.clone())),
        }
    }
    limits
}

/// Where an age lies among the columns: within its range, in proportion.
fn place(figures: &OpenAge, days: i64) -> Option<f64> {
    let days = i32::try_from(days).ok()?;
    let index = figures.bins.iter().position(|bin| bin.to.is_none_or(|to| days <= to))?;
    let bin = figures.bins.get(index)?;
    let (from, width) = columns::place(index, figures.bins.len());
    let length = bin.to.map_or(365, |to| to + 1 - bin.from);
    let within = f64::from(days + 1 - bin.from) / f64::from(length.max(1));
    Some(from + width * within.clamp(0.0, 1.0))
}

fn finding(figures: &OpenAge) -> String {
    let n = figures.days.n();
    let mut words = format!("{} open", count(n, "action"));
    if let Some(quantiles) = figures.days.quantiles() {
        let median = days_in_words(quantiles.median);
        let _ = write!(
            words,
            "; half are older than {median}, one in ten older than {}",
            days_in_words(quantiles.p90)
        );
    }
    if let Some((_, oldest)) = figures.days.ends() {
        let _ = write!(words, "; the oldest {}", days_in_words(oldest.value));
    }
    words.push('.');
    for (days, levels) in policy(figures) {
        let _ = write!(words, " The policy allows {levels} {days} days.");
    }
    if !figures.days.missing.is_empty() {
        let _ = write!(words, " Of {} more no source says when they were made.", figures.days.missing.len());
    }
    words
}

fn short(bin: &AgeBin) -> String {
    match bin.to {
        Some(to) => format!("{}–{to}", bin.from),
        None => format!("> {}", bin.from - 1),
    }
}

fn range(bin: &AgeBin) -> String {
    format!("{} days", short(bin))
}
