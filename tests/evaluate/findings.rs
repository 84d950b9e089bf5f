//! How often `kb check` is right: `evaluate findings FOLDER LABELS.json …`.
//!
//! FOLDER is a folder of postmortems, labels are findings judged by reading (`tests/labels/README.md`). A judged finding
//! counts while it is still told; what was judged wrong and is told no more was mended, what was judged right and is told
//! no more was lost. `--floor RULE=VALUE` holds the precision of one rule, `all=VALUE` that of all together, and
//! `each=VALUE` that of every rule that is on by default and has at least [`ENOUGH`] judged findings. `--floor kept=VALUE`
//! holds the share of right findings that are still told: precision must not be bought with silence.

use crate::score::share;
use kb::config::LintLevel;
use kb::corpus::publish;
use kb::diag::report::Report;
use kb::lint;
use kb::model::Audience;
use kb::pipeline::{self, Memo, Project, Quiet};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Judged findings below which a rule's precision says little.
const ENOUGH: usize = 5;

#[derive(Deserialize)]
struct Labels {
    findings: Vec<Judged>,
}

#[derive(Deserialize)]
struct Judged {
    path: String,
    line: u64,
    code: String,
    right: bool,
}

/// What became of the judged findings of a rule, and how often it speaks at all.
#[derive(Debug, Clone, Copy, Default)]
struct Record {
    told: usize,
    right: usize,
    wrong: usize,
    mended: usize,
    lost: usize,
}

impl Record {
    fn judged(self) -> usize {
        self.right + self.wrong
    }

    fn precision(self) -> f64 {
        share(self.right, self.judged())
    }

    fn add(&mut self, other: Self) {
        self.told += other.told;
        self.right += other.right;
        self.wrong += other.wrong;
        self.mended += other.mended;
        self.lost += other.lost;
    }
}

/// Prints the table and holds it against `floors`.
pub fn run(folder: &Path, labels: &[PathBuf], floors: &[String], misses: usize) -> ExitCode {
    let told = told(folder);
    let mut records: BTreeMap<String, Record> = BTreeMap::new();
    for (_, _, code) in &told {
        records.entry(code.clone()).or_default().told += 1;
    }
    let mut left = misses;
    for judged in labels.iter().flat_map(|path| read(path)) {
        let Judged { path, line, code, right } = judged;
        let still = told.contains(&(path.clone(), line, code.clone()));
        let record = records.entry(code.clone()).or_default();
        *match (still, right) {
            (true, true) => &mut record.right,
            (true, false) => &mut record.wrong,
            (false, true) => &mut record.lost,
            (false, false) => &mut record.mended,
        } += 1;
        if still != right && left > 0 {
            left -= 1;
            println!("{}: {path}:{line} {code}", if still { "wrong" } else { "lost" });
        }
    }
    let mut all = Record::default();
    for record in records.values() {
        all.add(*record);
    }
    print(&records, all);
    hold(&records, all, floors)
}

fn read(path: &Path) -> Vec<Judged> {
    let text = std::fs::read_to_string(path).expect("labels can be read");
    serde_json::from_str::<Labels>(&text).expect("labels are JSON").findings
}

/// Path, line and rule of every finding with the default settings.
fn told(folder: &Path) -> BTreeSet<(String, u64, String)> {
    let mut found = Vec::new();
    let mut project =
        Project::open(folder, Some(folder)).expect("a folder of postmortems").unpack(&mut found);
    let corpus = pipeline::read(&mut project, &mut Memo::default(), &Quiet).unpack(&mut found);
    let edition = publish(&corpus, Audience::Internal, &project.config, true);
    found.extend(corpus.orphans(&edition));
    let findings = lint::check(&edition, &project.config, jiff::civil::date(2026, 11, 28), found);
    let report = Report::new(&findings, &project.sources).json();
    let report: serde_json::Value = serde_json::from_str(&report).expect("a report is JSON");
    let place = |finding: &serde_json::Value| {
        let file = Path::new(finding["file"].as_str()?);
        let path = file.strip_prefix(folder).unwrap_or(file).to_string_lossy().into_owned();
        Some((path, finding["line"].as_u64()?, finding["code"].as_str()?.to_owned()))
    };
    report["findings"].as_array().expect("findings").iter().filter_map(place).collect()
}

fn print(records: &BTreeMap<String, Record>, all: Record) {
    println!(
        "{:<22}{:>8}{:>8}{:>8}{:>11}{:>8}{:>8}",
        "rule", "told", "right", "wrong", "precision", "mended", "lost"
    );
    for (code, record) in records.iter().map(|(code, record)| (code.as_str(), record)).chain([("all", &all)])
    {
        let precision =
            if record.judged() == 0 { "–".to_owned() } else { format!("{:.3}", record.precision()) };
        let Record { told, right, wrong, mended, lost } = record;
        println!("{code:<22}{told:>8}{right:>8}{wrong:>8}{precision:>11}{mended:>8}{lost:>8}");
    }
}

fn hold(records: &BTreeMap<String, Record>, all: Record, floors: &[String]) -> ExitCode {
    let mut failed = false;
    for floor in floors {
        let (name, least) = floor.split_once('=').expect("--floor NAME=VALUE");
        let least: f64 = least.parse().expect("--floor NAME=VALUE with a number");
        for (name, reached) in reached(name, records, all) {
            if reached < least {
                eprintln!("{name} is {reached:.3}, below its floor {least}");
                failed = true;
            }
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// The figures a floor is about.
fn reached(name: &str, records: &BTreeMap<String, Record>, all: Record) -> Vec<(String, f64)> {
    let on = |code: &str| lint::rule(code).is_some_and(|rule| rule.level != LintLevel::Allow);
    match name {
        "all" => vec![("all".to_owned(), all.precision())],
        "kept" => vec![("kept".to_owned(), share(all.right, all.right + all.lost))],
        "each" => {
            let judged = records.iter().filter(|(code, record)| on(code) && record.judged() >= ENOUGH);
            judged.map(|(code, record)| (code.clone(), record.precision())).collect()
        }
        rule => {
            assert!(lint::rule(rule).is_some(), "a floor names a rule, `all`, `each` or `kept`: {rule}");
            let record = records.get(rule).copied().unwrap_or_default();
            vec![(rule.to_owned(), record.precision())]
        }
    }
}
