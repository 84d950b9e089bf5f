//! What relating costs: an archive from nothing, all suggestions and families of it, a draft, and a whole archive in which one
//! report changed.
//!
//! `cargo bench --bench recurrence`; sizes other than 1,000 reports: `KB_BENCH_REPORTS=10000`.
#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench reads the environment and stops at the first surprise"
)]

#[allow(unused_imports, reason = "a bench uses a part of the generator and runs none of its tests")]
#[path = "generate/mod.rs"]
mod generate;

use criterion::{Criterion, criterion_group, criterion_main};
use kb::config::SiteConfig;
use kb::corpus::{Corpus, Draft, Edition, publish};
use kb::diag::Source;
use kb::model::Audience;
use kb::parse::{ParseOptions, postmortem};
use kb::recur::{Asked, Recurrences, Relatives};
use std::hint::black_box;

/// An archive, and the same with one changed report.
fn editions(reports: usize) -> [Edition; 2] {
    let config = SiteConfig::default();
    let options = ParseOptions::new(&config);
    let read = |path: &str, text: &str| postmortem(&Source::new(path, text), &options).value;
    let archive = generate::Corpus::new(reports, 7);
    let mut drafts: Vec<Draft> =
        archive.documents().map(|document| read(&document.path, document.text.as_str())).collect();
    let publish = |drafts: &[Draft]| {
        let corpus = Corpus::gather(drafts.to_vec(), Vec::new(), &config).value;
        publish(&corpus, Audience::Internal, &config, false)
    };
    let before = publish(&drafts);
    let number = drafts.len() / 2;
    let changed = archive.documents().nth(number).unwrap();
    drafts[number] = read(&changed.path, &format!("{}\nOne more line: `ENOSPC`\n", changed.text.as_str()));
    [before, publish(&drafts)]
}

fn relate(criterion: &mut Criterion) {
    let reports = std::env::var("KB_BENCH_REPORTS").map_or(1000, |number| number.parse().unwrap());
    let ([edition, changed], config) = (editions(reports), SiteConfig::default());
    let recurrences = Recurrences::of(&edition, &config);
    let mut group = criterion.benchmark_group(format!("recurrence/{reports}"));
    group.sample_size(10);
    group.bench_function("read", |bench| bench.iter(|| Relatives::of(black_box(&edition), &config)));
    group.bench_function("all", |bench| bench.iter(|| Recurrences::of(black_box(&edition), &config)));
    let nothing = Asked::default();
    group.bench_function("draft", |bench| {
        bench.iter(|| recurrences.ask(black_box(&changed), &config, &nothing));
    });
    group.bench_function("one changed", |bench| {
        bench.iter(|| recurrences.after(black_box(&changed), &config));
    });
    group.finish();
}

criterion_group!(benches, relate);
criterion_main!(benches);
