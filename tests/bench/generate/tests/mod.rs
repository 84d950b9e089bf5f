//! What the generator promises to those who build on it, told from outside: through paths, texts and truths alone.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::generate::{Corpus, Document};

mod contents;

fn archive(count: usize, seed: u64) -> Vec<Document> {
    Corpus::new(count, seed).documents().collect()
}

fn text<'a>(truth: &'a Value, key: &str) -> &'a str {
    truth[key].as_str().unwrap()
}

/// Every `YYYY-MM-DD` in a text.
fn written_dates(text: &str) -> impl Iterator<Item = &str> {
    let shape = |part: &[u8]| {
        part.iter().zip(b"0000-00-00").all(|(byte, want)| match want {
            b'0' => byte.is_ascii_digit(),
            _ => byte == want,
        })
    };
    text.as_bytes()
        .windows(10)
        .enumerate()
        .filter(move |(_, part)| shape(part))
        .map(|(at, _)| &text[at..at + 10])
}

fn exists(date: &str) -> bool {
    let number = |range: std::ops::Range<usize>| date[range].parse::<u32>().unwrap();
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let leap = year % 4 == 0;
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (2021..=2026).contains(&year) && (1..=days).contains(&day)
}

/// Targets of inline links and of link definitions.
fn targets(text: &str) -> Vec<&str> {
    let inline = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    let defined =
        text.lines().filter(|line| line.starts_with("[earlier-")).filter_map(|line| line.split_once("]: "));
    inline.chain(defined.map(|(_, target)| target)).collect()
}

/// The path a relative link leads to, seen from a report in `content/YYYY/`.
fn resolve(from: &str, target: &str) -> String {
    let (folder, _) = from.rsplit_once('/').unwrap();
    target.strip_prefix("../").map_or_else(|| format!("{folder}/{target}"), |rest| format!("content/{rest}"))
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_does_not() {
    let (first, again, other) = (archive(40, 7), archive(40, 7), archive(40, 8));
    for (one, two) in first.iter().zip(&again) {
        assert_eq!((&one.path, &one.text, &one.truth), (&two.path, &two.text, &two.truth));
    }
    assert!(first.iter().zip(&other).all(|(one, two)| one.text != two.text));
    assert_eq!(Corpus::new(1, 7).site_toml(), Corpus::new(9, 8).site_toml());
}

#[test]
fn a_longer_archive_begins_with_the_shorter_one() {
    let (short, long) = (archive(60, 3), archive(300, 3));
    assert_eq!((short.len(), long.len()), (60, 300));
    for (one, two) in short.iter().zip(&long) {
        assert_eq!((&one.path, &one.text, &one.truth), (&two.path, &two.text, &two.truth));
    }
}

#[test]
fn reports_are_as_long_as_promised() {
    let documents = archive(500, 7);
    for Document { path, text, words, truth } in &documents {
        let body =
            text.strip_prefix("---\n").map_or(text.as_str(), |rest| rest.split_once("\n---\n").unwrap().1);
        assert_eq!(body.split_whitespace().count(), *words, "{path}");
        assert!((900..=1_800).contains(words), "{path}: {words} words");
        assert!((8..=20).contains(&truth["entries"].as_u64().unwrap()), "{path}");
        let actions: u64 =
            truth["actions"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
        assert!((3..=8).contains(&actions), "{path}: {actions} actions");
    }
    let average = documents.iter().map(|document| document.text.len()).sum::<usize>() / documents.len();
    assert!((7_500..=9_500).contains(&average), "{average} bytes");
}

#[test]
fn every_link_leads_to_an_earlier_report_of_the_same_family_and_can_be_read_in_the_text() {
    let documents = archive(800, 7);
    let by_path: BTreeMap<&str, &Document> = documents.iter().map(|one| (one.path.as_str(), one)).collect();
    assert_eq!(by_path.len(), documents.len(), "two reports share a path");
    let mut forms = BTreeSet::new();
    for Document { path, text: report, truth, .. } in &documents {
        let links = truth["links"].as_array().unwrap();
        let found: Vec<String> = targets(report).into_iter().map(|target| resolve(path, target)).collect();
        for target in &found {
            assert!(links.iter().any(|link| text(link, "path") == target), "{path} leads to {target}");
        }
        for link in links {
            let other = by_path[text(link, "path")];
            assert_eq!(other.truth["family"], truth["family"], "{path}");
            assert!(text(&other.truth, "date") <= text(truth, "date"), "{path}");
            let form = text(link, "form");
            forms.insert(form);
            match form {
                "id" | "related" => assert!(report.contains(text(&other.truth, "id")), "{path}"),
                _ => assert!(found.contains(&other.path), "{path}"),
            }
        }
    }
    assert_eq!(forms, BTreeSet::from(["id", "inline", "reference", "related"]));
}

#[test]
fn every_date_exists_and_incidents_end_after_they_begin() {
    for Document { path, text: report, truth, .. } in archive(500, 11) {
        assert!(written_dates(&report).all(exists), "{path}");
        let (date, started, resolved) =
            (text(&truth, "date"), text(&truth, "started"), text(&truth, "resolved"));
        assert!(started.starts_with(date) && exists(date) && exists(&resolved[..10]), "{path}");
        assert!(started < resolved, "{path}: {started} to {resolved}");
        assert!(path.starts_with(&format!("content/{}/", &date[..4])), "{path}");
    }
}
