//! What became of the actions of each quarter.

use super::columns::{self, Column, HEIGHT};
use super::svg::Drawing;
use super::table::{Cell, DataTable};
use super::{Chart, count, key};
use crate::measure::actions::Cohort;
use crate::measure::{ActionFigures, FEW, share_in_words};
use std::fmt::Write as _;

const ID: &str = "cohorts";
const TITLE: &str = "Actions by the quarter they were created in";

/// Quarters shown; the table holds all.
const SHOWN: usize = 12;

/// The chart of the cohorts.
pub fn cohorts(figures: &ActionFigures) -> Chart {
    let finding = finding(figures);
    let cohorts = &figures.cohorts;
    let recent = cohorts.get(cohorts.len().saturating_sub(SHOWN)..).unwrap_or_default();
    let svg = (figures.all.n() >= FEW && !recent.is_empty()).then(|| {
        let mut drawing = Drawing::new(HEIGHT, ID, TITLE, &finding);
        columns::draw(&mut drawing, &recent.iter().map(column).collect::<Vec<_>>());
        drawing.finish()
    });
    let key = key(&[
        ("f4", "Done"),
        ("f2", "Done late"),
        ("f3", "Open past due"),
        ("f1", "Open, not due"),
        ("f0", "State not stated"),
    ]);
    Chart { id: ID, title: TITLE, finding, svg, key, table: table(cohorts) }
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

fn finding(figures: &ActionFigures) -> String {
    let completion = &figures.completion;
    let unripe = figures.cohorts.iter().filter(|cohort| cohort.unripe.n() > 0).count();
    let mut words = format!("Done: {}.", share_in_words(completion));
    if !completion.missing.is_empty() {
        let _ =
            write!(words, " Of {} more the state is not stated.", count(completion.missing.len(), "action"));
    }
    if unripe > 0 {
        let _ = write!(
            words,
            " Actions younger than 90 days stand in {}: they have had less time.",
            count(unripe, "quarter")
        );
    }
    words
}

fn table(cohorts: &[Cohort]) -> DataTable {
    let mut table = DataTable::new(&[
        "Created in",
        "All",
        "Done",
        "Done late",
        "Open past due",
        "Open, not due",
        "Proposed",
        "Cancelled",
        "State not stated",
        "Younger than 90 days",
        "Completion",
        "Done within 30 days",
        "Done within 90 days",
    ]);
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
        let shares = shares.map(|share| Cell::of(share_in_words(share), share.yes.clone()));
        table.push(one.quarter.to_string(), counts.map(Cell::from).into_iter().chain(shares).collect());
    }
    table
}
