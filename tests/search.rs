//! Search in the terminal.

use crate::site_test::{SiteTest, TODAY};

fn archive() -> SiteTest {
    SiteTest::new()
        .file("content/pool.md", "# Pool full\n\nThe database said `too many clients already`.\n")
        .file("content/disk.md", "# Disk full\n\nNo space left on \x1b[2J device.\n")
}

#[test]
fn a_pasted_error_finds_the_incident_and_shows_where_it_is() {
    let found = archive().run(&["search", "FATAL: too many clients already", "--as-of", TODAY]).fine();
    assert!(found.stdout.contains("content/pool.md"), "{}", found.stdout);
    assert!(found.stdout.contains("too many clients already"), "{}", found.stdout);
    assert!(!found.stdout.contains("content/disk.md"), "{}", found.stdout);
}

#[test]
fn json_is_one_document_with_as_many_hits_as_asked_for() {
    let found = archive().run(&["search", "full", "--json", "--limit", "1"]).fine().stdout;
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    assert_eq!((&found["version"], &found["total"]), (&1.into(), &2.into()));
    assert_eq!(found["hits"].as_array().map(Vec::len), Some(1));
}

#[test]
fn nothing_found_is_no_failure() {
    let found = archive().run(&["search", "unheard"]).fine();
    assert!(found.stdout.contains("no incident found for `unheard`"), "{}", found.stdout);
}

#[test]
fn what_authors_wrote_is_nothing_to_the_terminal() {
    let found = archive().run(&["search", "\"no space left\"", "--color", "never"]).fine();
    assert!(found.stdout.contains("content/disk.md"), "{}", found.stdout);
    assert!(!found.stdout.contains('\x1b'), "{:?}", found.stdout);
}

#[test]
fn words_without_quotes_get_a_hint() {
    let told = archive().run(&["search", "disk", "full"]).code(2).stderr;
    assert_eq!(told, "error: there is no folder `full`; a query of several words stands in quotes\n");
}
