//! What stands in an archive: families, notations, internal blocks, action items.

use std::collections::BTreeMap;

use super::super::generate::Document;
use super::{archive, text};

#[test]
fn families_come_back_by_zipf_and_some_incidents_stay_alone() {
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for document in archive(1_200, 7) {
        *sizes.entry(text(&document.truth, "family").to_owned()).or_default() += 1;
    }
    let alone = sizes.keys().filter(|family| family.starts_with("one-off-")).count();
    assert!((100..200).contains(&alone), "{alone} one-off incidents");
    let mut recurring: Vec<usize> =
        sizes.iter().filter(|(family, _)| !family.starts_with("one-off-")).map(|(_, size)| *size).collect();
    recurring.sort_unstable();
    assert!(recurring.len() >= 50, "{} families", recurring.len());
    assert!(recurring.last().unwrap() > &(5 * recurring[recurring.len() / 2]), "{recurring:?}");
}

#[test]
fn all_notations_turn_up() {
    let documents = archive(400, 7);
    let with = |mark: &str| documents.iter().filter(|document| document.text.contains(mark)).count();
    for mark in [
        "\nid: INC-",
        "\nincident_date: ",
        "**Date:** ",
        "| Event |",
        "\n### ",
        "- [x] ",
        "- [ ] ~~",
        "| Status |",
        "### Completed",
        "DONE 20",
        "[^count]: ",
        "```text",
        "```sql",
        "```rust",
        "```yaml",
        "kind: near-miss",
        "near_miss: true",
        "published: ",
        "<!-- /internal -->",
        "(times in ",
        "JST",
        "MST",
        "→ because ",
        "| Because |",
    ] {
        assert!(with(mark) > 0, "nobody writes {mark:?}");
    }
    let public = documents.iter().filter(|document| document.truth["public"] == true).count();
    assert!((50..=110).contains(&public), "{public} of 400 are public");
}

#[test]
fn what_is_internal_stands_between_its_marks_and_nowhere_else() {
    let documents = archive(300, 7);
    let mut words = 0;
    for Document { path, text: report, truth, .. } in &documents {
        let mut outside = String::new();
        for part in report.split("<!-- internal -->") {
            outside.push_str(part.split_once("<!-- /internal -->").map_or(part, |(_, rest)| rest));
        }
        for word in truth["internal"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()) {
            words += 1;
            assert!(report.contains(word) && !outside.contains(word), "{path}");
            assert_eq!(documents.iter().filter(|other| other.text.contains(word)).count(), 1);
        }
    }
    assert!(words > 30, "only {words} internal words");
}

#[test]
fn ticked_boxes_are_the_items_that_are_done() {
    let documents = archive(400, 7);
    let mut lists = 0;
    for Document { path, text: report, truth, .. } in
        documents.iter().filter(|one| one.text.contains("\n- ["))
    {
        lists += 1;
        let count = |state: &str| truth["actions"][state].as_u64().unwrap_or(0);
        let lines = |mark: &str| report.lines().filter(|line| line.starts_with(mark)).count() as u64;
        assert_eq!(lines("- [x] "), count("done"), "{path}");
        assert_eq!(lines("- [ ] ~~"), count("cancelled"), "{path}");
        let left: u64 = ["open", "in-progress", "proposed", "cancelled"].into_iter().map(count).sum();
        assert_eq!(lines("- [ ] "), left, "{path}");
    }
    assert!(lists > 20, "only {lists} task lists");
}
