//! Counting right, missed and invented answers, and holding the figures against floors.

use std::collections::BTreeMap;
use std::process::ExitCode;

/// Right, missed and invented answers to one question.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub right: usize,
    pub missed: usize,
    pub invented: usize,
}

impl Tally {
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.missed += other.missed;
        self.invented += other.invented;
    }

    /// Twice the right answers over all given and all wanted; 1 where nothing was wanted and nothing given.
    pub fn f1(self) -> f64 {
        let all = 2 * self.right + self.missed + self.invented;
        if all == 0 { 1.0 } else { share(2 * self.right, all) }
    }

    /// Right answers among those wanted.
    pub fn recall(self) -> f64 {
        let all = self.right + self.missed;
        if all == 0 { 1.0 } else { share(self.right, all) }
    }

    /// Wrong.
    pub fn wrong(self) -> usize {
        self.missed + self.invented
    }
}

pub fn share(part: usize, of: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if of == 0 { 1.0 } else { number(part) / number(of) }
}

/// The questions, in the order of the table. The flag says whether the figure is F1 (else the share of right answers).
pub const QUESTIONS: [(&str, bool); 13] = [
    ("title", false),
    ("date", false),
    ("clock", false),
    ("clock-false", false),
    ("timeline", true),
    ("entry-time", false),
    ("actions", true),
    ("owner", false),
    ("ticket", false),
    ("state", false),
    ("sections", true),
    ("references", true),
    ("files", false),
];

/// Answers by question.
pub type Row = BTreeMap<&'static str, Tally>;

pub fn figure(row: &Row, (name, f1): (&str, bool)) -> Option<f64> {
    let tally = row.get(name)?;
    Some(if f1 { tally.f1() } else { tally.recall() })
}

pub fn print(rows: &BTreeMap<String, Row>) {
    print!("{:<34}", "");
    for (name, _) in QUESTIONS.iter().filter(|(name, _)| *name != "files") {
        print!("{name:>12}");
    }
    println!();
    for (collection, row) in rows {
        print!("{collection:<34}");
        for question in QUESTIONS.iter().filter(|(name, _)| *name != "files") {
            match figure(row, *question) {
                Some(value) => print!("{value:>12.3}"),
                None => print!("{:>12}", "–"),
            }
        }
        println!();
    }
}

/// Compares the row `all` with floors such as `timeline=0.95`.
pub fn hold(rows: &BTreeMap<String, Row>, floors: &[String]) -> ExitCode {
    let all = &rows["all"];
    let mut failed = false;
    for floor in floors {
        let (name, value) = floor.split_once('=').expect("--floor NAME=VALUE");
        let value: f64 = value.parse().expect("--floor NAME=VALUE with a number");
        let question = QUESTIONS.iter().find(|(known, _)| *known == name).expect("a floor names a question");
        let reached = figure(all, *question).unwrap_or(0.0);
        if reached < value {
            eprintln!("{name} is {reached:.3}, below its floor {value}");
            failed = true;
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// What `evaluate recurrence` says of a collection, in order.
const RECURRENCE: [&str; 7] = ["recall@1", "recall@3", "recall@5", "mrr", "answered", "silent", "reasons"];

/// Compares figures by collection with floors such as `dfds__postmortems/recall@1=0.72`.
pub fn hold_recall(reached: &BTreeMap<String, [f64; 7]>, floors: &[String]) -> ExitCode {
    let mut failed = false;
    for floor in floors {
        let (name, least) = floor.split_once('=').expect("--floor COLLECTION/FIGURE=VALUE");
        let (collection, figure) = name.split_once('/').expect("--floor COLLECTION/FIGURE=VALUE");
        let place = RECURRENCE.iter().position(|known| *known == figure);
        let all = reached.get(collection).expect("a floor names a collection");
        let reached = all[place.expect("a floor names one of the figures above")];
        let least: f64 = least.parse().expect("--floor COLLECTION/FIGURE=VALUE with a number");
        if reached < least {
            eprintln!("{name} is {reached:.3}, below its floor {least}");
            failed = true;
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
