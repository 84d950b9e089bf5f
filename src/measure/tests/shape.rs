//! The form of the figures: for programs and for people.

use super::{action, figures, incident};
use crate::measure::table;
use crate::model::ActionState::{Done, Open, Unknown};

fn some() -> Vec<crate::model::Incident> {
    let mut one = incident("2024-06-01", "a");
    one.actions = [Done, Done, Done, Open, Open, Unknown].map(|state| action("say when", state)).to_vec();
    vec![one]
}

#[test]
fn the_data_names_its_version_and_day_and_says_what_is_missing() {
    let data = serde_json::to_value(figures(some())).unwrap();
    assert_eq!(data["version"], 1);
    assert_eq!(data["as_of"], "2025-01-01");
    let completion = &data["actions"]["completion"];
    assert_eq!(
        (&completion["part"], &completion["n"], &completion["missing"]),
        (&3.into(), &5.into(), &1.into())
    );
    assert_eq!(completion["share"], 0.6);
    assert!(completion["definition"].as_str().unwrap().starts_with("done, among"));
    assert_eq!(data["actions"]["states"][5]["state"], "unknown");
    assert_eq!(data["actions"]["cohorts"][0]["quarter"], "2024 Q2");
    assert!(data["incidents"]["durations"]["all"]["resolve"]["median"].is_null());
}

#[test]
fn an_empty_archive_has_figures_too() {
    let statistics = figures(Vec::new());
    assert_eq!(statistics.actions.all.n(), 0);
    assert!(table(&statistics).contains("action items (0)"));
}

#[test]
fn people_read_the_number_the_whole_and_what_is_not_known() {
    let text = table(&figures(some()));
    assert!(text.starts_with("figures at the end of 2025-01-01\n"), "{text}");
    let line = text.lines().find(|line| line.starts_with("  completion ")).unwrap();
    assert!(line.contains("60 % (23–88 %) of 5"), "{line}");
    assert!(line.ends_with(" 1 not known"), "{line}");
    assert!(text.contains("closed without a usable date: 3; no row or ticket says when"), "{text}");
}
