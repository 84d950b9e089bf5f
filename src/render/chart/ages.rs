//! How old the open actions are, against what the policy allows.

use super::columns::{self, Column, HEIGHT};
use super::svg::Drawing;
use super::table::Cell;
use super::{Chart, Say};
use crate::measure::FEW;
use crate::measure::actions::{AgeBin, OpenAge};

const ID: &str = "ages";

/// The chart of the ages.
pub fn ages(say: &Say<'_>, figures: &OpenAge) -> Chart {
    let finding = finding(say, figures);
    let title = say.title(ID);
    let svg = (figures.days.n() >= FEW).then(|| {
        let mut drawing = Drawing::new(HEIGHT, ID, &title, &finding);
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
    let mut table = say.table("chart_ages_columns");
    for bin in &figures.bins {
        table.push(say.fill("chart_days", &[("x", &short(bin))]), vec![Cell::from(&bin.count)]);
    }
    Chart { id: ID, title, finding, svg, key: say.key("chart_ages_key", &["f2"]), table }
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

fn finding(say: &Say<'_>, figures: &OpenAge) -> String {
    let mut words = say.count("chart_ages_n", figures.days.n());
    if let Some(quantiles) = figures.days.quantiles() {
        let (half, tenth) = (say.units.days(quantiles.median), say.units.days(quantiles.p90));
        words += "; ";
        words += &say.fill("chart_ages_half", &[("half", &half), ("tenth", &tenth)]);
    }
    if let Some((_, oldest)) = figures.days.ends() {
        words += "; ";
        words += &say.fill("chart_ages_oldest", &[("x", &say.units.days(oldest.value))]);
    }
    words.push('.');
    for (days, levels) in policy(figures) {
        words.push(' ');
        words += &say.fill("chart_ages_policy", &[("levels", &levels), ("days", &days)]);
    }
    if !figures.days.missing.is_empty() {
        words.push(' ');
        words += &say.count("chart_ages_missing", figures.days.missing.len());
    }
    words
}

fn short(bin: &AgeBin) -> String {
    match bin.to {
        Some(to) => format!("{}–{to}", bin.from),
        None => format!("> {}", bin.from - 1),
    }
}
