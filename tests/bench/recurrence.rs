//! What relating costs: an archive from nothing, all suggestions and families of it, and one changed report.
//!
//! `cargo bench --bench recurrence`; sizes other than 1,000 reports: `KB_BENCH_REPORTS=10000`.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench reads the environment and stops at the first surprise"
)]

#[allow(unused_imports, reason = "a bench uses a part of the generator and runs none of its tests")]
#[path = "generate/mod.rs"]
mod generate;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use kb::config::SiteConfig;
use kb::corpus::{Corpus, Edition, publish};
use kb::diag::Source;
use kb::model::Audience;
use kb::parse::ParseOptions;
use kb::recur::Relatives;
use std::hint::black_box;

fn edition(reports: usize) -> Edition {
    let config = SiteConfig::default();
    let options = ParseOptions::new(&config);
    let archive = generate::Corpus::new(reports, 7);
    let drafts = archive
        .documents()
        .map(|document| {
            kb::parse::postmortem(&Source::new(document.path, document.text.as_str()), &options).value
        })
        .collect();
    publish(&Corpus::gather(drafts, Vec::new(), &config).value, Audience::Internal, &config, false)
}

fn relate(criterion: &mut Criterion) {
    let reports = std::env::var("KB_BENCH_REPORTS").map_or(1000, |number| number.parse().unwrap());
    let (edition, config) = (edition(reports), SiteConfig::default());
    let mut relatives = Relatives::of(&edition, &config);
    let number = edition.incidents.len() / 2;
    let changed = edition.incidents.get(number).unwrap();
    let mut group = criterion.benchmark_group(format!("recurrence/{reports}"));
    group.sample_size(10);
    group.bench_function("read", |bench| bench.iter(|| Relatives::of(black_box(&edition), &config)));
    group.bench_function("suggest", |bench| bench.iter(|| black_box(&relatives).similar_to_each()));
    group.bench_function("families", |bench| bench.iter(|| black_box(&relatives).families(&edition)));
    group.bench_function("draft", |bench| bench.iter(|| relatives.similar_to_draft(black_box(changed))));
    group.bench_function("one changed", |bench| {
        bench.iter_batched(
            || changed,
            |changed| {
                relatives.replace(number, black_box(changed));
                relatives.similar(number)
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, relate);
criterion_main!(benches);
