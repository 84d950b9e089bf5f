//! From texts to what an audience may read.

use kb::config::{self, SiteConfig};
use kb::corpus::{Corpus, Edition, publish};
use kb::diag::{Checked, Diagnostic, Source};
use kb::model::Audience;
use kb::parse::{self, ParseOptions};
use std::sync::OnceLock;

/// Settings in which every kind of lookup has something to find.
const SETTINGS: &str = r#"
title = "Postmortems"
timezone = "Europe/Oslo"
[components.checkout]
name = "Checkout"
aliases = ["cart", "payments"]
[components.db]
depends_on = ["checkout"]
[people.mia]
name = "Mia Berg"
role = "on-call engineer"
[trackers.jira]
kind = "jira"
url = "https://jira.example.org"
prefixes = ["OPS"]
[audience.public]
internal_hosts = ["corp.example.org"]
hide_sections = ["appendix"]
hide_fields = ["team"]
"#;

/// The settings that targets share, and what they mean for reading.
pub(super) fn settings() -> &'static (SiteConfig, ParseOptions) {
    static READ: OnceLock<(SiteConfig, ParseOptions)> = OnceLock::new();
    READ.get_or_init(|| {
        let read = config::read(&Source::new("site.toml", SETTINGS));
        assert!(read.found.is_empty(), "{:?}", read.found);
        let options = ParseOptions::new(&read.value);
        (read.value, options)
    })
}

/// Reads `texts`, by path, with all that is told on the way, and publishes them for `audience`.
pub(super) fn of(texts: &[(&str, &str)], audience: Audience) -> Checked<Edition> {
    let (config, options) = settings();
    let mut found: Vec<Diagnostic> = Vec::new();
    let read = |(path, text): &(&str, &str)| {
        parse::postmortem(&Source::new(*path, *text), options).unpack(&mut found)
    };
    let drafts = texts.iter().map(read).collect();
    let corpus = Corpus::gather(drafts, Vec::new(), config).unpack(&mut found);
    Checked::new(publish(&corpus, audience, config, true), found)
}
