//! How soon postmortems are published, against the policy.

use super::columns::{self, Column, HEIGHT};
use super::svg::Drawing;
use super::table::{Cell, DataTable};
use super::{Chart, key};
use crate::measure::incidents::{LagBin, Publication};
use crate::measure::{FEW, length_in_words, share_in_words};
use std::fmt::Write as _;

const ID: &str = "publication";
const TITLE: &str = "From the end of an incident to its postmortem";

/// The chart of the publication lags.
pub fn publication(figures: &Publication) -> Chart {
    let finding = finding(figures);
    let kept = |bin: &LagBin| bin.to.is_some_and(|to| to * 3_600 <= figures.allowed);
    let svg = (figures.in_time.n() >= FEW).then(|| {
        let mut drawing = Drawing::new(HEIGHT, ID, TITLE, &finding);
        let column = |bin: &LagBin| Column {
            label: name(bin).to_owned(),
            parts: vec![(if kept(bin) { "f4" } else { "f3" }, bin.count.n())],
        };
        columns::draw(&mut drawing, &figures.bins.iter().map(column).collect::<Vec<_>>());
        let within = figures.bins.iter().filter(|bin| kept(bin)).count();
        let (x, _) = columns::place(within, figures.bins.len());
        columns::mark(&mut drawing, x, 0, &length_in_words(seconds(figures.allowed)));
        drawing.finish()
    });
    let mut table = DataTable::new(&["Published after", "Postmortems"]);
    for bin in &figures.bins {
        table.push(name(bin), vec![Cell::from(&bin.count)]);
    }
    let key = key(&[("f4", "Within the policy"), ("f3", "Later")]);
    Chart { id: ID, title: TITLE, finding, svg, key, table }
}

fn finding(figures: &Publication) -> String {
    let mut words = format!(
        "Published within {}: {}.",
        length_in_words(seconds(figures.allowed)),
        share_in_words(&figures.in_time)
    );
    if let Some(quantiles) = figures.lag.quantiles() {
        let _ = write!(words, " Half were out within {}.", length_in_words(quantiles.median));
    }
    let unknown = figures.in_time.missing.len();
    if unknown > 0 {
        let _ = write!(words, " Of {unknown} more the times do not tell.");
    }
    words
}

fn name(bin: &LagBin) -> &'static str {
    match (bin.from, bin.to) {
        (_, Some(24)) => "≤ 24 h",
        (_, Some(48)) => "24–48 h",
        (_, Some(72)) => "48–72 h",
        (_, Some(168)) => "3–7 d",
        (_, Some(_)) => "1–2 w",
        (_, None) => "> 2 w",
    }
}

/// A whole number of seconds to calculate with; lengths in settings end at a century.
fn seconds(whole: i64) -> f64 {
    f64::from(u32::try_from(whole).unwrap_or(u32::MAX))
}
