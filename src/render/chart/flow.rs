//! Cumulative flow: how many actions had been made by each month, and how they stood.

use super::scale::CountAxis;
use super::svg::{Anchor, Curve, Drawing, LEFT, Shape};
use super::table::ROWS;
use super::table::{Cell, DataTable};
use super::{Chart, Say};
use crate::measure::actions::{Level, Moved};
use crate::measure::estimate::real;
use crate::measure::{ActionFigures, FEW, Item};
use std::collections::BTreeSet;

const ID: &str = "flow";
const TOP: f64 = 16.0;
const BOTTOM: f64 = 176.0;

/// The chart of the cumulative flow.
pub fn flow(say: &Say<'_>, figures: &ActionFigures) -> Chart {
    let levels = &figures.flow.levels;
    let finding = finding(say, levels);
    let title = say.title(ID);
    let svg = (figures.all.n() >= FEW && levels.len() > 1).then(|| draw(levels, &title, &finding));
    let key = say.key("chart_flow_key", &["f4", "f1", "f3", "f0"]);
    Chart { id: ID, title, finding, svg, key, table: table(say, levels) }
}

/// The classes of the bands with their heights, from the bottom up.
fn bands(level: &Level) -> [(&'static str, usize); 4] {
    [("f4", level.done), ("f1", level.cancelled), ("f3", level.open), ("f0", level.unknown)]
}

fn draw(levels: &[Level], title: &str, finding: &str) -> String {
    let mut drawing = Drawing::new(200.0, ID, title, finding);
    let total = |level: &Level| bands(level).iter().map(|band| band.1).sum();
    let axis = CountAxis::draw(&mut drawing, TOP, BOTTOM, levels.iter().map(total).max().unwrap_or(0));
    let last = real(levels.len().saturating_sub(1).max(1));
    let mut below = vec![0; levels.len()];
    let mut curves = Vec::new();
    for band in 0..4 {
        let mut upper = Vec::new();
        let mut lower = Vec::new();
        let mut class = "f0";
        for (index, (level, floor)) in levels.iter().zip(&mut below).enumerate() {
            let x = real(index) / last;
            lower.push((x, axis.share(*floor)));
            if let Some((name, height)) = bands(level).get(band) {
                class = name;
                *floor += height;
            }
            upper.push((x, axis.share(*floor)));
        }
        upper.extend(lower.into_iter().rev());
        curves.push(Curve { class, faint: false, shape: Shape::Area(upper) });
    }
    drawing.curves(TOP, BOTTOM, &curves);
    if let (Some(first), Some(end)) = (levels.first(), levels.last()) {
        drawing.text("soft", LEFT, BOTTOM + 18.0, Anchor::Start, &first.month.to_string());
        drawing.text("soft", 100.0, BOTTOM + 18.0, Anchor::End, &end.month.to_string());
    }
    drawing.across("axis", LEFT, 100.0, BOTTOM);
    drawing.finish()
}

fn finding(say: &Say<'_>, levels: &[Level]) -> String {
    let Some(last) = levels.last() else {
        return say.get("chart_flow_none");
    };
    let all = last.done + last.cancelled + last.open + last.unknown;
    say.fill(
        "chart_flow_found",
        &[
            ("actions", &say.count("actions_n", all)),
            ("month", &last.month),
            ("done", &last.done),
            ("cancelled", &last.cancelled),
            ("open", &last.open),
            ("unknown", &last.unknown),
        ],
    )
}

/// The newest first. Every count leads to its items; of months that the page does not show, to none.
fn table(say: &Say<'_>, levels: &[Level]) -> DataTable {
    let mut table = say.table("chart_flow_columns");
    let earliest = levels.len().saturating_sub(ROWS);
    let mut standing = Standing::default();
    for (place, level) in levels.iter().enumerate() {
        standing.take(&level.moved);
        let cells = if place < earliest {
            bands(level).map(|(_, n)| Cell::words(n.to_string()))
        } else {
            [&standing.done, &standing.cancelled, &standing.open, &standing.unknown].map(newest)
        };
        table.push(level.month.to_string(), cells.to_vec());
    }
    table.rows.reverse();
    table
}

/// Items listed behind one count: of thousands nobody reads more, and every month would have them all again.
const LISTED: usize = 50;

fn newest(items: &BTreeSet<Item>) -> Cell {
    let listed: Vec<Item> = items.iter().skip(items.len().saturating_sub(LISTED)).copied().collect();
    Cell { more: items.len() - listed.len(), ..Cell::of(items.len().to_string(), listed) }
}

/// How the items stood at the end of a month.
#[derive(Default)]
struct Standing {
    done: BTreeSet<Item>,
    cancelled: BTreeSet<Item>,
    open: BTreeSet<Item>,
    unknown: BTreeSet<Item>,
}

impl Standing {
    fn take(&mut self, moved: &Moved) {
        self.open.extend(&moved.created);
        let ended = [
            (&moved.done, &mut self.done),
            (&moved.cancelled, &mut self.cancelled),
            (&moved.unknown, &mut self.unknown),
        ];
        for (items, now) in ended {
            now.extend(items);
            for item in items {
                self.open.remove(item);
            }
        }
    }
}
