//! One incident from one [`Source`]: front matter, blocks, sections, facts.
//!
//! Reading never fails: any text gives a draft, plus findings about what could not be understood.

mod facts;
mod front_matter;
mod lines;
mod timeline;
pub mod markdown;
mod times;

use crate::config::SiteConfig;
use crate::corpus::Draft;
use crate::diag::{Checked, Lines, Source};
use crate::model::{Incident, Zone};
use std::sync::Arc;

/// What the site's settings say about reading; made once and shared by all threads.
#[derive(Debug, Clone)]
pub struct ParseOptions {
    /// The settings themselves.
    config: SiteConfig,
    /// Zone of times that name none.
    zone: Zone,
}

impl ParseOptions {
    /// Takes what is needed from `config`.
    pub fn new(config: &SiteConfig) -> Self {
        let zone = config
            .timezone
            .as_deref()
            .map_or(Zone::Unknown, |name| Zone::Named(name.into()));
        Self {
            config: config.clone(),
            zone,
        }
    }
}

/// Reads one postmortem.
pub fn postmortem(source: &Source, options: &ParseOptions) -> Checked<Draft> {
    let mut found = Vec::new();
    let front = front_matter::FrontMatter::default();
    let document =
        markdown::document(source, front.body, options.config.markdown.smart_punctuation).unpack(&mut found);
    let context = facts::Context {
        source,
        lines: &Lines::of(&source.text),
        document: &document,
        sections: &[],
        front: &front,
        date: None,
        zone: &options.zone,
        options,
    };
    let facts = facts::read(&context);
    found.extend(facts.findings);
    let whole = Incident {
        path: Arc::clone(&source.path),
        name: Arc::clone(&source.name),
        timeline: facts.timeline,
        document,
        ..Incident::default()
    };
    Checked::new(Draft::seal(whole, None), found)
}
