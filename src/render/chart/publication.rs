//! How soon postmortems are published, against the policy.

use super::columns::{self, Column, HEIGHT};
use super::svg::Drawing;
use super::table::Cell;
use super::{Chart, Say};
use crate::measure::FEW;
use crate::measure::incidents::{LagBin, Publication};

const ID: &str = "publication";

/// The chart of the publication lags.
pub fn publication(say: &Say<'_>, figures: &Publication) -> Chart {
    let finding = finding(say, figures);
    let title = say.title(ID);
    let names = say.list("chart_publication_bins");
    let kept = |bin: &LagBin| bin.to.is_some_and(|to| to * 3_600 <= figures.allowed);
    let svg = (figures.in_time.n() >= FEW).then(|| {
        let mut drawing = Drawing::new(HEIGHT, ID, &title, &finding);
        let column = |bin: &LagBin| Column {
            label: name(bin, &names),
            parts: vec![(if kept(bin) { "f4" } else { "f3" }, bin.count.n())],
        };
        columns::draw(&mut drawing, &figures.bins.iter().map(column).collect::<Vec<_>>());
        let within = figures.bins.iter().filter(|bin| kept(bin)).count();
        let (x, _) = columns::place(within, figures.bins.len());
        columns::mark(&mut drawing, x, 0, &say.units.length(seconds(figures.allowed)));
        drawing.finish()
    });
    let mut table = say.table("chart_publication_columns");
    for bin in &figures.bins {
        table.push(name(bin, &names), vec![Cell::from(&bin.count)]);
    }
    let key = say.key("chart_publication_key", &["f4", "f3"]);
    Chart { id: ID, title, finding, svg, key, table }
}

fn finding(say: &Say<'_>, figures: &Publication) -> String {
    let allowed = say.units.length(seconds(figures.allowed));
    let share = say.units.share(&figures.in_time);
    let mut words = say.fill("chart_publication_found", &[("allowed", &allowed), ("share", &share)]);
    if let Some(quantiles) = figures.lag.quantiles() {
        words.push(' ');
        words += &say.fill("chart_publication_half", &[("x", &say.units.length(quantiles.median))]);
    }
    let unknown = figures.in_time.missing.len();
    if unknown > 0 {
        words.push(' ');
        words += &say.count("chart_publication_missing", unknown);
    }
    words
}

fn name(bin: &LagBin, names: &[String]) -> String {
    let place = match (bin.from, bin.to) {
        (_, Some(24)) => 0,
        (_, Some(48)) => 1,
        (_, Some(72)) => 2,
        (_, Some(168)) => 3,
        (_, Some(_)) => 4,
        (_, None) => 5,
    };
    names.get(place).cloned().unwrap_or_default()
}

/// A whole number of seconds to calculate with; lengths in settings end at a century.
fn seconds(whole: i64) -> f64 {
    f64::from(u32::try_from(whole).unwrap_or(u32::MAX))
}
