//! How well search answers judged questions: `evaluate search FOLDER QUERIES.json`.
//!
//! FOLDER is a folder of postmortems, QUERIES the questions of `tests/labels/README.md`. A question succeeds at k when a
//! report with the best grade is among the first k. Reciprocal rank is that of the first such report; nDCG@10 uses all
//! grades. Beside kb stands plain BM25: any of the words, one field, no stemming.

use crate::baselines::Bm25;
use crate::extraction;
use kb::config::SiteConfig;
use kb::corpus::Edition;
use kb::index::{Index, Request};
use kb::model::text::plain_blocks;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

/// How many results are looked at.
const DEEPEST: usize = 10;

#[derive(Deserialize)]
struct Questions {
    queries: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    id: String,
    kind: String,
    query: String,
    relevant: Vec<Judged>,
}

#[derive(Deserialize)]
struct Judged {
    path: String,
    grade: u8,
}

/// What one question, or the mean of several, came to.
#[derive(Clone, Copy, Default)]
struct Quality {
    asked: f64,
    first: f64,
    third: f64,
    rank: f64,
    gain: f64,
}

impl Quality {
    fn add(&mut self, other: Self) {
        self.asked += other.asked;
        self.first += other.first;
        self.third += other.third;
        self.rank += other.rank;
        self.gain += other.gain;
    }

    fn mean(self) -> [(&'static str, f64); 4] {
        [("success@1", self.first), ("success@3", self.third), ("mrr", self.rank), ("ndcg", self.gain)]
            .map(|(name, sum)| (name, sum / self.asked.max(1.0)))
    }
}

/// Prints the tables and holds kb's figures against floors such as `error/success@1=0.9`.
pub fn run(folder: &Path, questions: &Path, floors: &[String], misses: usize) -> ExitCode {
    let text = std::fs::read_to_string(questions).expect("the questions can be read");
    let questions: Questions = serde_json::from_str(&text).expect("the questions are JSON");
    let edition = extraction::edition(folder);
    let config = SiteConfig::default();
    let index = Index::in_memory(&edition, &config, jiff::civil::date(2026, 1, 1)).expect("an index");
    let kb = |query: &str| -> Vec<usize> {
        let request = Request { limit: DEEPEST, ..Request::new(query) };
        let results = index.search(&edition, &config, &request).expect("an answer");
        results.hits.iter().map(|hit| hit.number as usize).collect()
    };
    let texts = edition.incidents.iter().map(|one| {
        let body = plain_blocks(&one.incident.document.blocks);
        format!("{} {body}", one.incident.title)
    });
    let plain = Bm25::of(texts);
    let table = measure("kb", &edition, &questions.queries, misses, &kb);
    measure("plain BM25", &edition, &questions.queries, 0, &|query| plain.answer(query));
    hold(&table, floors)
}

fn measure(
    name: &str,
    edition: &Edition,
    questions: &[Question],
    misses: usize,
    ask: &dyn Fn(&str) -> Vec<usize>,
) -> BTreeMap<String, Quality> {
    let mut table: BTreeMap<String, Quality> = BTreeMap::new();
    let mut missed = Vec::new();
    for question in questions {
        let found = ask(&question.query);
        let paths: Vec<&str> =
            found.iter().take(DEEPEST).map(|number| &*edition.incidents[*number].incident.path).collect();
        let quality = judge(question, &paths);
        for kind in [question.kind.as_str(), "all"] {
            table.entry(kind.to_owned()).or_default().add(quality);
        }
        if quality.first < 1.0 {
            missed.push((quality, question, paths.iter().map(|&path| path.to_owned()).collect()));
        }
    }
    print(name, &table);
    missed.sort_by(|a: &(Quality, _, _), b| a.0.gain.total_cmp(&b.0.gain));
    missed.iter().take(misses).for_each(|(quality, question, paths)| tell(*quality, question, paths));
    table
}

fn judge(question: &Question, paths: &[&str]) -> Quality {
    let grade = |path: &str| question.relevant.iter().find(|one| one.path == path).map_or(0, |one| one.grade);
    let best = question.relevant.iter().map(|one| one.grade).max().unwrap_or(0);
    let place = paths.iter().position(|path| grade(path) == best);
    let within = |k: usize| f64::from(u8::from(place.is_some_and(|place| place < k)));
    let mut ideal: Vec<u8> = question.relevant.iter().map(|one| one.grade).collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let given = gain(paths.iter().map(|path| grade(path)));
    Quality {
        asked: 1.0,
        first: within(1),
        third: within(3),
        rank: place.map_or(0.0, |place| 1.0 / (place as f64 + 1.0)),
        gain: given / gain(ideal.into_iter()).max(f64::EPSILON),
    }
}

fn gain(grades: impl Iterator<Item = u8>) -> f64 {
    let discounted = grades.take(DEEPEST).enumerate();
    discounted.map(|(place, grade)| (2_f64.powi(grade.into()) - 1.0) / (place as f64 + 2.0).log2()).sum()
}

fn print(name: &str, table: &BTreeMap<String, Quality>) {
    println!("{name:<12}{:>6}{:>12}{:>12}{:>12}{:>12}", "asked", "success@1", "success@3", "mrr", "ndcg");
    for (kind, quality) in table {
        print!("{kind:<12}{:>6}", quality.asked);
        quality.mean().iter().for_each(|(_, value)| print!("{value:>12.3}"));
        println!();
    }
    println!();
}

fn tell(quality: Quality, question: &Question, paths: &Vec<String>) {
    println!("{} ({}) `{}`: ndcg {:.3}", question.id, question.kind, question.query, quality.gain);
    for path in paths {
        let grade = question.relevant.iter().find(|one| one.path == *path).map_or(0, |one| one.grade);
        println!("    {grade} {path}");
    }
    for one in question.relevant.iter().filter(|one| !paths.contains(&one.path)) {
        println!("    missed: {} {}", one.grade, one.path);
    }
}

fn hold(table: &BTreeMap<String, Quality>, floors: &[String]) -> ExitCode {
    let mut failed = false;
    for floor in floors {
        let (name, value) = floor.split_once('=').expect("--floor KIND/FIGURE=VALUE");
        let value: f64 = value.parse().expect("a floor is a number");
        let (kind, figure) = name.split_once('/').unwrap_or(("all", name));
        let means = table.get(kind).expect("a floor names a kind of question").mean();
        let (_, reached) = means.iter().find(|(known, _)| *known == figure).expect("a floor names a figure");
        if *reached < value {
            eprintln!("{name} is {reached:.3}, below its floor {value}");
            failed = true;
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
