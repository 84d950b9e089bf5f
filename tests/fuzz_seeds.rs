//! Every seed of every fuzz target holds what the target promises, in each run of the tests. Inputs that once broke
//! something are kept among the seeds, so none of them can break it again.

#[path = "fuzz/src/lib.rs"]
mod targets;

use crate::safety::{Random, cases};
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
fn what_each_part_tells() {
    for (part, run) in PARTS {
        every_seed(part, run);
    }
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

#[test]
fn responses_of_other_systems() {
    every_seed("responses", targets::responses::run);
}

type Target = (&'static str, fn(&[u8]));

/// Targets of one kind of fact each.
const PARTS: [Target; 7] = [
    ("timeline", targets::timeline::run),
    ("actions", targets::actions::run),
    ("clock", targets::clock::run),
    ("impact", targets::impact::run),
    ("whys", targets::whys::run),
    ("references", targets::references::run),
    ("sections", targets::sections::run),
];

/// Targets whose inputs are cheap to try.
const MUTATED: [Target; 10] = [
    ("front_matter", targets::front_matter::run),
    ("postmortem", targets::postmortem::run),
    ("times", targets::times::run),
    ("render", targets::render::run),
    ("sanitise", targets::sanitise::run),
    ("internal", targets::internal::run),
    ("query", targets::query::run),
    ("http", targets::http::run),
    ("settings", targets::settings::run),
    ("responses", targets::responses::run),
];

/// `seed` with a few changes: bytes flipped, pieces taken out, doubled, moved, or brought from `other` or the dictionary.
fn mutate(seed: &[u8], other: &[u8], words: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(6) {
        let length = bytes.len() as u64;
        let place = |random: &mut Random| usize::try_from(random.below(length + 1)).unwrap();
        let (a, b) = (place(random), place(random));
        let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 200));
        match random.below(7) {
            0 if from < bytes.len() => bytes[from] = u8::try_from(random.below(256)).unwrap(),
            1 => drop(bytes.drain(from..to)),
            2 => {
                let piece = bytes[from..to].repeat(1 + usize::try_from(random.below(8)).unwrap());
                bytes.splice(from..from, piece);
            }
            3 => {
                let piece: Vec<u8> = bytes.drain(from..to).collect();
                let at = usize::try_from(random.below(bytes.len() as u64 + 1)).unwrap();
                bytes.splice(at..at, piece);
            }
            4 if !other.is_empty() => {
                let start = usize::try_from(random.below(other.len() as u64)).unwrap();
                bytes.splice(from..from, other[start..other.len().min(start + 200)].to_vec());
            }
            _ if !words.is_empty() => {
                let word = usize::try_from(random.below(words.len() as u64)).unwrap();
                bytes.splice(from..from, words[word].clone());
            }
            _ => {}
        }
    }
    bytes.truncate(3000);
    bytes
}

/// What a quoted line of libFuzzer's dictionary stands for.
fn dictionary(root: &Path) -> Vec<Vec<u8>> {
    let text = fs::read_to_string(root.join("dictionary")).unwrap();
    let quoted = |line: &str| {
        Some(
            line.split_once('"')?
                .1
                .rsplit_once('"')?
                .0
                .replace("\\\"", "\"")
                .replace("\\x0a", "\n")
                .into_bytes(),
        )
    };
    text.lines().filter(|line| !line.starts_with('#')).filter_map(quoted).collect()
}

/// A fuzzer without instruments: seeds, changed at random. `KB_CASES=100000` tries as many of each target; `KB_ONLY=render`
/// only that one; `KB_SEED` begins elsewhere. What breaks something is printed.
#[test]
fn changed_seeds_keep_every_promise() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let words = dictionary(&root);
    assert!(words.len() > 20, "{} words", words.len());
    let only = std::env::var("KB_ONLY").unwrap_or_default();
    let start = std::env::var("KB_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    for (name, run) in MUTATED.into_iter().chain(PARTS).filter(|(name, _)| name.contains(&only)) {
        let files = fs::read_dir(root.join("seeds").join(name)).unwrap();
        let mut paths: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let seeds: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
        let mut random = Random(start);
        let begun = std::time::Instant::now();
        let tries = cases(40);
        for _ in 0..tries {
            let one =
                |random: &mut Random| &seeds[usize::try_from(random.below(seeds.len() as u64)).unwrap()];
            let (seed, other) = (one(&mut random), one(&mut random));
            let input = mutate(seed, other, &words, &mut random);
            let outcome = std::panic::catch_unwind(|| run(&input));
            assert!(outcome.is_ok(), "`{name}` is broken by\n{:?}", String::from_utf8_lossy(&input));
        }
        println!("{name}: {tries} inputs in {:.0?}", begun.elapsed());
    }
}
