//! What became of the actions of each quarter.

use super::columns::{self, Column, HEIGHT};
use super::svg::Drawing;
use super::table::{Cell, DataTable};
use super::{Chart, Say};
use crate::measure::actions::Cohort;
use crate::measure::{ActionFigures, FEW};

const ID: &str = "cohorts";

/// Quarters shown; the table holds all.
const SHOWN: usize = 12;

/// The chart of the cohorts.
pub fn cohorts(say: &Say<'_>, figures: &ActionFigures) -> Chart {
    let finding = finding(say, figures);
    let title = say.title(ID);
    let cohorts = &figures.cohorts;
    let recent = cohorts.get(cohorts.len().saturating_sub(SHOWN)..).unwrap_or_default();
    let svg = (figures.all.n() >= FEW && !recent.is_empty()).then(|| {
        let mut drawing = Drawing::new(HEIGHT, ID, &title, &finding);
        columns::draw(&mut drawing, &recent.iter().map(column).collect::<Vec<_>>());
        drawing.finish()
    });
    let key = say.key("chart_cohorts_key", &["f4", "f2", "f3", "f1", "f0"]);
    Chart { id: ID, title, finding, svg, key, table: table(say, cohorts) }
}

fn column(cohort: &Cohort) -> Column {
    let year = cohort.quarter.year.rem_euclid(100);
    Column {
        label: format!("{year:02}Q{}", cohort.quarter.quarter),
        parts: vec![
            ("f4", cohort.done.n()),
            ("f2", cohort.late.n()),
            ("f3", cohort.overdue.n()),
            ("f1", cohort.open.n()),
            ("f0", cohort.unknown.n()),
        ],
    }
}

fn finding(say: &Say<'_>, figures: &ActionFigures) -> String {
    let completion = &figures.completion;
    let unripe = figures.cohorts.iter().filter(|cohort| cohort.unripe.n() > 0).count();
    let mut words = say.fill("chart_cohorts_found", &[("x", &say.units.share(completion))]);
    for (key, n) in [("chart_cohorts_missing", completion.missing.len()), ("chart_cohorts_unripe", unripe)] {
        if n > 0 {
            words.push(' ');
            words += &say.count(key, n);
        }
    }
    words
}

fn table(say: &Say<'_>, cohorts: &[Cohort]) -> DataTable {
    let mut table = say.table("chart_cohorts_columns");
    for one in cohorts {
        let counts = [
            &one.all,
            &one.done,
            &one.late,
            &one.overdue,
            &one.open,
            &one.proposed,
            &one.cancelled,
            &one.unknown,
            &one.unripe,
        ];
        let shares = [&one.completion, &one.within_30, &one.within_90];
        let shares = shares.map(|share| say.share(share));
        table.push(one.quarter.to_string(), counts.map(Cell::from).into_iter().chain(shares).collect());
    }
    table
}
