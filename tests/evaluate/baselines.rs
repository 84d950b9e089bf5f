//! What `evaluate recurrence` is held against: simple ways to find earlier reports.

use kb::corpus::Edition;
use kb::model::text::plain_blocks;
use std::collections::{BTreeMap, BTreeSet};

/// Ranks the earlier reports of a report.
pub type Ranking<'a> = Box<dyn Fn(usize) -> Vec<usize> + 'a>;

/// All baselines by name.
pub fn all(edition: &Edition) -> Vec<(&'static str, Ranking<'_>)> {
    let titles = edition.incidents.iter().map(|one| one.incident.title.clone());
    let texts = edition.incidents.iter().map(|one| {
        let body = plain_blocks(&one.incident.document.blocks);
        format!("{} {body}", one.incident.title)
    });
    let (titles, texts) = (Bm25::of(titles), Bm25::of(texts));
    let components = move |number: usize| {
        let of = |number: usize| &edition.incidents[number].incident.components;
        let ours: BTreeSet<&String> = of(number).iter().collect();
        let (same, other): (Vec<usize>, Vec<usize>) =
            (0..number).rev().partition(|other| of(*other).iter().any(|name| ours.contains(name)));
        same.into_iter().chain(other).collect()
    };
    vec![
        ("title only", Box::new(move |number| titles.ranking(number))),
        ("flat text", Box::new(move |number| texts.ranking(number))),
        ("same component, newest first", Box::new(components)),
    ]
}

/// BM25 over words as they stand.
pub struct Bm25 {
    /// The words of each document.
    documents: Vec<Vec<String>>,
    lengths: Vec<f32>,
    /// By word: the documents that hold it, and how often.
    postings: BTreeMap<String, Vec<(usize, f32)>>,
    average: f32,
}

impl Bm25 {
    /// Over the words of `texts`.
    pub fn of(texts: impl Iterator<Item = String>) -> Self {
        let (mut documents, mut lengths) = (Vec::new(), Vec::new());
        let mut postings: BTreeMap<String, Vec<(usize, f32)>> = BTreeMap::new();
        for text in texts {
            let mut counts: BTreeMap<String, f32> = BTreeMap::new();
            for word in words(&text) {
                *counts.entry(word).or_default() += 1.0;
            }
            for (word, times) in &counts {
                postings.entry(word.clone()).or_default().push((documents.len(), *times));
            }
            lengths.push(counts.values().sum());
            documents.push(counts.into_keys().collect());
        }
        let average = lengths.iter().sum::<f32>() / documents.len().max(1) as f32;
        Self { documents, lengths, postings, average }
    }

    /// Documents before `number`, most like it first.
    fn ranking(&self, number: usize) -> Vec<usize> {
        self.best(self.documents[number].iter().map(String::as_str), number)
    }

    /// Documents with any word of `query`, best first.
    pub fn answer(&self, query: &str) -> Vec<usize> {
        let words: BTreeSet<String> = words(query).collect();
        self.best(words.iter().map(String::as_str), self.documents.len())
    }

    fn best<'w>(&self, words: impl Iterator<Item = &'w str>, before: usize) -> Vec<usize> {
        let mut scores = vec![0.0_f32; before];
        let total = self.documents.len() as f32;
        for word in words {
            let Some(list) = self.postings.get(word) else { continue };
            let held = list.len() as f32;
            let idf = (1.0 + (total - held + 0.5) / (held + 0.5)).ln();
            for (other, times) in list.iter().take_while(|(other, _)| *other < before) {
                let length = self.lengths[*other];
                scores[*other] += idf * 2.2 * times / (times + 1.2 * (0.25 + 0.75 * length / self.average));
            }
        }
        let mut ranking: Vec<usize> = (0..before).filter(|other| scores[*other] > 0.0).collect();
        ranking.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(b.cmp(a)));
        ranking
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).map(str::to_lowercase)
}
