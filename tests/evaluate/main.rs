//! How well kb understands: `evaluate extraction FOLDER [LABELS.json …] [--floor NAME=VALUE …] [--misses N]`.
//!
//! FOLDER is a folder of postmortems; labels are `gold.json` in it and any further files named. Prints a table per
//! collection (first folder of the path) and over all, then the files that cost most. Exits 1 when a figure is below a
//! floor that was given. Conventions of the labels: `tests/labels/README.md`.
//!
//! How well earlier incidents are found: `evaluate recurrence FOLDER LABELS.json`, see [`recurrence`].
//! How often `kb check` is right: `evaluate findings FOLDER LABELS.json …`, see [`findings`].
//! How well search answers: `evaluate search FOLDER QUERIES.json`, see [`search`].
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    clippy::expect_used,
    unreachable_pub,
    reason = "a command of the test suite, not part of kb"
)]

mod baselines;
mod compare;
mod extraction;
mod findings;
mod labels;
mod recurrence;
mod score;
mod search;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut folder = None;
    let mut labels = Vec::new();
    let mut floors = Vec::new();
    let mut misses = 10;
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--floor" => floors.push(arguments.next().expect("--floor NAME=VALUE")),
            "--misses" => misses = arguments.next().and_then(|n| n.parse().ok()).expect("--misses N"),
            _ if folder.is_none() => folder = Some(PathBuf::from(argument)),
            _ => labels.push(PathBuf::from(argument)),
        }
    }
    match (what.as_str(), folder, labels.as_slice()) {
        ("extraction", Some(folder), labels) => {
            let table = extraction::run(&folder, labels, misses);
            score::hold(&table, &floors)
        }
        ("findings", Some(folder), labels) if !labels.is_empty() => {
            findings::run(&folder, labels, &floors, misses)
        }
        ("recurrence", Some(folder), [families]) => {
            score::hold_recall(&recurrence::run(&folder, families), &floors)
        }
        ("search", Some(folder), [questions]) => search::run(&folder, questions, &floors, misses),
        _ => {
            eprintln!(
                "usage: evaluate extraction FOLDER [LABELS.json …] [--floor NAME=VALUE …] [--misses N]"
            );
            eprintln!(
                "       evaluate findings FOLDER LABELS.json … [--floor RULE|each|all|kept=VALUE …] [--misses N]"
            );
            eprintln!("       evaluate recurrence FOLDER LABELS.json [--floor COLLECTION/FIGURE=VALUE …]");
            eprintln!(
                "       evaluate search FOLDER QUERIES.json [--floor [KIND/]FIGURE=VALUE …] [--misses N]"
            );
            ExitCode::from(2)
        }
    }
}
