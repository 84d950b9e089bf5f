//! Every seed of every fuzz target holds what the target promises, in each run of the tests. Inputs that once broke
//! something are kept among the seeds, so none of them can break it again.

#[path = "fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::path::Path;

/// Hands every seed of `target` to `run`.
fn every_seed(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(target);
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 3, "{} seeds in {}", files.len(), folder.display());
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let outcome = std::panic::catch_unwind(|| run(&bytes));
        assert!(outcome.is_ok(), "{} breaks the target `{target}`", file.display());
    }
}

#[test]
fn front_matter() {
    every_seed("front_matter", targets::front_matter::run);
}

#[test]
fn postmortems() {
    every_seed("postmortem", targets::postmortem::run);
}

#[test]
fn times() {
    every_seed("times", targets::times::run);
}

#[test]
fn cost_of_what_repeats() {
    every_seed("cost", targets::cost::run);
}

#[test]
fn rendering() {
    every_seed("render", targets::render::run);
}

#[test]
fn raw_html() {
    every_seed("sanitise", targets::sanitise::run);
}

#[test]
fn queries() {
    every_seed("query", targets::query::run);
}

#[test]
fn internal_parts() {
    every_seed("internal", targets::internal::run);
}

#[test]
fn requests() {
    every_seed("http", targets::http::run);
}

#[test]
fn settings() {
    every_seed("settings", targets::settings::run);
}

#[test]
fn judging() {
    every_seed("judge", targets::judge::run);
}
