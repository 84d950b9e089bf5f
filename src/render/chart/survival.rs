//! How long actions stay open: the curve with its band, and the same split by how they end.

use super::scale::{day_axis, share_axis};
use super::svg::{Curve, Drawing, LEFT, Shape};
use super::table::{Cell, DataTable};
use super::{Chart, count, key};
use crate::measure::actions::TimeToClose;
use crate::measure::estimate::{AalenJohansen, KaplanMeier};
use crate::measure::{FEW, days_in_words, percent};

const TOP: f64 = 12.0;
const BOTTOM: f64 = 180.0;
const HEIGHT: f64 = 204.0;

/// Days at which the tables give the shares.
const DAYS: [u32; 11] = [0, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1_095];

/// The curve of what is still open, with its 95 % band.
pub fn survival(figures: &TimeToClose) -> Chart {
    const ID: &str = "open-for";
    const TITLE: &str = "How long actions stay open";
    let finding = finding(figures);
    let svg = drawable(figures).then(|| {
        let mut drawing = Drawing::new(HEIGHT, ID, TITLE, &finding);
        share_axis(&mut drawing, TOP, BOTTOM);
        day_axis(&mut drawing, BOTTOM + 18.0, figures.all.longest);
        drawing.curves(TOP, BOTTOM, &curves(figures));
        drawing.across("axis", LEFT, 100.0, BOTTOM);
        drawing.finish()
    });
    let key = match figures.groups {
        None => key(&[("f2", "Still open, with its 95 % band")]),
        Some(_) => key(&[("f2", "Of incidents of the worst severity"), ("f3", "Of all others, dashed")]),
    };
    Chart { id: ID, title: TITLE, finding, svg, key, table: open_table(figures) }
}

/// The three bands: open, done and cancelled.
pub fn endings(figures: &TimeToClose) -> Chart {
    const ID: &str = "ends-as";
    const TITLE: &str = "How actions end";
    let estimate = &figures.endings;
    let finding = match estimate.on(90) {
        Some(bands) if drawable(figures) => format!(
            "After 90 days {} are done, {} cancelled and {} still open (Aalen–Johansen, n {}).",
            percent(bands.done),
            percent(bands.cancelled),
            percent(bands.open),
            estimate.n
        ),
        _ => {
            format!("Too little is known to say how actions end: {} with dates.", count(estimate.n, "action"))
        }
    };
    let svg = drawable(figures).then(|| {
        let mut drawing = Drawing::new(HEIGHT, ID, TITLE, &finding);
        share_axis(&mut drawing, TOP, BOTTOM);
        day_axis(&mut drawing, BOTTOM + 18.0, estimate.longest);
        drawing.curves(TOP, BOTTOM, &stack(estimate));
        drawing.across("axis", LEFT, 100.0, BOTTOM);
        drawing.finish()
    });
    let key = key(&[("f4", "Done"), ("f3", "Still open"), ("f1", "Cancelled")]);
    Chart { id: ID, title: TITLE, finding, svg, key, table: ending_table(figures) }
}

fn drawable(figures: &TimeToClose) -> bool {
    figures.watched.n() >= FEW && figures.all.longest > 0 && tells(figures)
}

/// Whether more is known of closed actions than not: without those whose day is missing, all would seem to stay open.
fn tells(figures: &TimeToClose) -> bool {
    figures.missing.without_end.n() <= figures.all.ended
}

fn finding(figures: &TimeToClose) -> String {
    let n = figures.watched.n();
    if n < FEW {
        return format!(
            "Too little is known to say how long actions stay open: {} with dates.",
            count(n, "action")
        );
    }
    if !tells(figures) {
        return format!(
            "Of {} nobody knows when, against {} with a day: without them all would seem to stay open, so there is no curve.",
            count(figures.missing.without_end.n(), "closed action"),
            figures.all.ended
        );
    }
    let after = |days| {
        figures
            .all
            .lasting(days)
            .map(|share| format!(" After {days} days {} are still open.", percent(share)))
    };
    let half = match figures.all.quantile(0.5) {
        Some(days) => format!("Half are closed within {}", days_in_words(f64::from(days))),
        None => format!("Less than half are closed within {} days", figures.all.longest),
    };
    format!(
        "{half} (Kaplan–Meier, open ones counted for as long as they were seen; n {n}).{}{}",
        after(90).unwrap_or_default(),
        after(365).unwrap_or_default()
    )
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

fn open_table(figures: &TimeToClose) -> DataTable {
    let curve = &figures.all;
    let mut table = DataTable::new(&["Day", "Still open", "95 % band"]);
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
            |band| format!("{} to {}", percent(band.low), percent(band.high)),
        );
        table.push(days.to_string(), vec![Cell::words(percent(share)), Cell::words(band)]);
    }
    table
}

fn ending_table(figures: &TimeToClose) -> DataTable {
    let estimate = &figures.endings;
    let mut table = DataTable::new(&["Day", "Done", "Still open", "Cancelled"]);
    let few = estimate.n < FEW || !tells(figures);
    for bands in DAYS.into_iter().filter(|_| !few).map_while(|days| estimate.on(days)) {
        let cells = [bands.done, bands.open, bands.cancelled].map(|share| Cell::words(percent(share)));
        table.push(bands.days.to_string(), cells.to_vec());
    }
    table
}
