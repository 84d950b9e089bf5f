//! How long actions stay open: the curve with its band, and the same split by how they end.

use super::scale::{day_axis, share_axis};
use super::svg::{Curve, Drawing, LEFT, Shape};
use super::table::{Cell, DataTable};
use super::{Chart, Say};
use crate::measure::actions::TimeToClose;
use crate::measure::estimate::{AalenJohansen, KaplanMeier};
use crate::measure::{FEW, percent};
use std::fmt::Display;

const TOP: f64 = 12.0;
const BOTTOM: f64 = 180.0;
const HEIGHT: f64 = 204.0;

/// Days at which the tables give the shares.
const DAYS: [u32; 11] = [0, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1_095];

/// The curve of what is still open, with its 95 % band.
pub fn survival(say: &Say<'_>, figures: &TimeToClose) -> Chart {
    const ID: &str = "open-for";
    let finding = finding(say, figures);
    let title = say.title(ID);
    let svg = drawable(figures).then(|| {
        let mut drawing = Drawing::new(HEIGHT, ID, &title, &finding);
        share_axis(&mut drawing, TOP, BOTTOM);
        day_axis(&mut drawing, BOTTOM + 18.0, figures.all.longest);
        drawing.curves(TOP, BOTTOM, &curves(figures));
        drawing.across("axis", LEFT, 100.0, BOTTOM);
        drawing.finish()
    });
    let key = match figures.groups {
        None => say.key("chart_open-for_key", &["f2"]),
        Some(_) => say.key("chart_open-for_groups", &["f2", "f3"]),
    };
    Chart { id: ID, title, finding, svg, key, table: open_table(say, figures) }
}

/// The three bands: open, done and cancelled.
pub fn endings(say: &Say<'_>, figures: &TimeToClose) -> Chart {
    const ID: &str = "ends-as";
    let title = say.title(ID);
    let estimate = &figures.endings;
    let finding = match estimate.on(90) {
        Some(bands) if drawable(figures) => {
            let [done, cancelled, open] = [bands.done, bands.cancelled, bands.open].map(percent);
            let values: [(&str, &dyn Display); 4] =
                [("done", &done), ("cancelled", &cancelled), ("open", &open), ("n", &estimate.n)];
            say.fill("chart_ends-as_found", &values)
        }
        _ => say.fill("chart_ends-as_few", &[("actions", &say.count("actions_n", estimate.n))]),
    };
    let svg = drawable(figures).then(|| {
        let mut drawing = Drawing::new(HEIGHT, ID, &title, &finding);
        share_axis(&mut drawing, TOP, BOTTOM);
        day_axis(&mut drawing, BOTTOM + 18.0, estimate.longest);
        drawing.curves(TOP, BOTTOM, &stack(estimate));
        drawing.across("axis", LEFT, 100.0, BOTTOM);
        drawing.finish()
    });
    let key = say.key("chart_ends-as_key", &["f4", "f3", "f1"]);
    Chart { id: ID, title, finding, svg, key, table: ending_table(say, figures) }
}

fn drawable(figures: &TimeToClose) -> bool {
    figures.watched.n() >= FEW && figures.all.longest > 0 && tells(figures)
}

/// Whether more is known of closed actions than not: without those whose day is missing, all would seem to stay open.
fn tells(figures: &TimeToClose) -> bool {
    figures.missing.without_end.n() <= figures.all.ended
}

fn finding(say: &Say<'_>, figures: &TimeToClose) -> String {
    let n = figures.watched.n();
    if n < FEW {
        return say.fill("chart_open-for_few", &[("actions", &say.count("actions_n", n))]);
    }
    if !tells(figures) {
        let (untold, ended) = (figures.missing.without_end.n(), figures.all.ended);
        return say.fill("chart_open-for_untold", &[("n", &untold), ("ended", &ended)]);
    }
    let half = match figures.all.quantile(0.5) {
        Some(days) => say.fill("chart_open-for_half", &[("x", &say.units.days(f64::from(days)))]),
        None => say.fill("chart_open-for_less", &[("x", &figures.all.longest)]),
    };
    let mut words = say.fill("chart_open-for_found", &[("half", &half), ("n", &n)]);
    for days in [90, 365] {
        if let Some(share) = figures.all.lasting(days) {
            words.push(' ');
            words += &say.fill("chart_open-for_after", &[("days", &days), ("x", &percent(share))]);
        }
    }
    words
}

fn curves(figures: &TimeToClose) -> Vec<Curve> {
    let longest = f64::from(figures.all.longest.max(1));
    if let Some((worst, rest)) = &figures.groups {
        let line = |class, curve: &KaplanMeier| Curve {
            class,
            faint: false,
            shape: Shape::Line(steps(curve, longest)),
        };
        return vec![line("l2", worst), line("l3", rest)];
    }
    let line = Curve { class: "l2", faint: false, shape: Shape::Line(steps(&figures.all, longest)) };
    let band = Curve { class: "f2", faint: true, shape: Shape::Area(band(&figures.all, longest)) };
    vec![band, line]
}

/// The corners of a curve that stays level between its steps.
fn corners(steps: impl Iterator<Item = (f64, f64)>, first: f64, end: f64) -> Vec<(f64, f64)> {
    let mut points = vec![(0.0, first)];
    let mut level = first;
    for (x, y) in steps {
        points.push((x, level));
        points.push((x, y));
        level = y;
    }
    points.push((end, level));
    points
}

fn steps(curve: &KaplanMeier, longest: f64) -> Vec<(f64, f64)> {
    let steps = curve.steps.iter().map(|step| (f64::from(step.days) / longest, step.share));
    corners(steps, 1.0, f64::from(curve.longest) / longest)
}

fn band(curve: &KaplanMeier, longest: f64) -> Vec<(f64, f64)> {
    let known = || curve.steps.iter().filter_map(|step| Some((f64::from(step.days) / longest, step.band?)));
    // Where the last step leaves nothing, the band ends with the step before it.
    let end = if curve.steps.last().is_some_and(|step| step.band.is_none()) {
        curve.steps.last().map_or(1.0, |step| f64::from(step.days) / longest)
    } else {
        1.0
    };
    let mut points = corners(known().map(|(x, band)| (x, band.high)), 1.0, end);
    points.extend(corners(known().map(|(x, band)| (x, band.low)), 1.0, end).into_iter().rev());
    points
}

/// The bands from the bottom: done, open, cancelled; they fill the whole height.
fn stack(estimate: &AalenJohansen) -> Vec<Curve> {
    let longest = f64::from(estimate.longest.max(1));
    let along = |height: fn(f64, f64) -> f64, first: f64| {
        let steps =
            estimate.steps.iter().map(|one| (f64::from(one.days) / longest, height(one.done, one.cancelled)));
        corners(steps, first, 1.0)
    };
    let done = along(|done, _| done, 0.0);
    let dropped = along(|_, cancelled| 1.0 - cancelled, 1.0);
    let closed = |mut upper: Vec<(f64, f64)>, lower: Vec<(f64, f64)>| {
        upper.extend(lower.into_iter().rev());
        Shape::Area(upper)
    };
    let area = |class, shape| Curve { class, faint: false, shape };
    vec![
        area("f4", closed(done.clone(), vec![(0.0, 0.0), (1.0, 0.0)])),
        area("f3", closed(dropped.clone(), done)),
        area("f1", closed(vec![(0.0, 1.0), (1.0, 1.0)], dropped)),
    ]
}

fn open_table(say: &Say<'_>, figures: &TimeToClose) -> DataTable {
    let curve = &figures.all;
    let mut table = say.table("chart_open-for_columns");
    if curve.n < FEW || !tells(figures) {
        return table;
    }
    for days in DAYS {
        let Some(share) = curve.lasting(days) else {
            break;
        };
        let band = curve.step(days).and_then(|step| step.band);
        let band = band.map_or_else(
            || "–".to_owned(),
            |band| {
                let (low, high) = (percent(band.low), percent(band.high));
                say.fill("chart_open-for_band", &[("low", &low), ("high", &high)])
            },
        );
        table.push(days.to_string(), vec![Cell::words(percent(share)), Cell::words(band)]);
    }
    table
}

fn ending_table(say: &Say<'_>, figures: &TimeToClose) -> DataTable {
    let estimate = &figures.endings;
    let mut table = say.table("chart_ends-as_columns");
    let few = estimate.n < FEW || !tells(figures);
    for bands in DAYS.into_iter().filter(|_| !few).map_while(|days| estimate.on(days)) {
        let cells = [bands.done, bands.open, bands.cancelled].map(|share| Cell::words(percent(share)));
        table.push(bands.days.to_string(), cells.to_vec());
    }
    table
}
