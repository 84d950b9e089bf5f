//! One incident from one [`Source`]: front matter, blocks, sections, facts.
//!
//! Reading never fails: any text gives a draft, plus findings about what could not be understood. A public document
//! with internal parts, or with sections or keys that the site hides, is read a second time from a text in which they
//! do not stand.

mod actions;
mod clock;
mod comments;
mod context;
pub mod edit;
mod facts;
mod foreign;
mod front_matter;
mod hidden;
mod impact;
mod internal;
mod lines;
pub mod markdown;
mod meta;
#[cfg(test)]
mod notations;
mod references;
mod sections;
mod synonyms;
#[cfg(test)]
mod tests;
mod timeline;
mod times;
mod trigger;
mod whys;
mod wording;

use crate::config::SiteConfig;
use crate::corpus::Draft;
use crate::diag::{Checked, Diagnostic, Lines, Source};
use crate::model::text::Document;
use crate::model::{Audience, Incident, Zone};
use front_matter::FrontMatter;
use std::collections::BTreeMap;

/// What the site's settings say about reading; made once and shared by all threads.
#[derive(Debug, Clone)]
pub struct ParseOptions {
    /// The settings themselves.
    config: SiteConfig,
    /// Zone of times that name none.
    zone: Zone,
    /// Titles of sections.
    synonyms: synonyms::Synonyms,
    /// Words of severity.
    scale: meta::Scale,
    /// What customers do not read.
    hidden: hidden::Hidden,
    /// Ids of components by every name they go by, in lower case.
    components: BTreeMap<String, String>,
    /// Whether what customers may read is made as well.
    for_customers: bool,
}

impl ParseOptions {
    /// Takes what is needed from `config`.
    pub fn new(config: &SiteConfig) -> Self {
        let mut components = BTreeMap::new();
        for (id, component) in &config.components {
            let names = component.aliases.iter().chain(&component.name).chain(&component.public_name);
            for name in names {
                components.entry(name.to_lowercase()).or_insert_with(|| id.clone());
            }
        }
        components.extend(config.components.keys().map(|id| (id.to_lowercase(), id.clone())));
        Self {
            config: config.clone(),
            zone: config.timezone.as_deref().map_or(Zone::Unknown, |name| Zone::Named(name.into())),
            synonyms: synonyms::Synonyms::new(config),
            scale: meta::Scale::new(&config.severity),
            hidden: hidden::Hidden::new(&config.audience.public),
            components,
            for_customers: true,
        }
    }

    /// The same for readings that only colleagues will see: a public document with internal parts is not read twice.
    #[must_use]
    pub fn for_colleagues(self) -> Self {
        Self { for_customers: false, ..self }
    }
}

/// Reads one postmortem.
pub fn postmortem(source: &Source, options: &ParseOptions) -> Checked<Draft> {
    let mut found = Vec::new();
    let (whole, without_internal) = read(source, options, &mut found);
    let draft = if options.for_customers {
        Draft::seal(whole, without_internal)
    } else {
        Draft::for_colleagues(whole)
    };
    Checked::new(draft, found)
}

/// How often hidden sections are looked for in what is left of a text: cutting one out may turn text into another.
const MAX_CUTS: usize = 4;

/// The whole, and what customers read of a public document where that is less.
fn read(
    source: &Source,
    options: &ParseOptions,
    found: &mut Vec<Diagnostic>,
) -> (Incident, Option<Incident>) {
    let (front, document) = text(source, options, found);
    let parts = internal::find(source, front.body, &document).unpack(found);
    let (_, hides_fields) = options.hidden.without_fields(front.clone());
    let mut shown = comments::shown(source, &document);
    shown.extend(foreign::marks(source, front.body, &document));
    let whole = understand(source, front, document, options, found);
    if whole.visibility == Audience::Public {
        found.extend(shown);
    }
    let hides_sections = !options.hidden.extents(&whole, &source.text).is_empty();
    let less = hides_fields || hides_sections || !parts.is_empty();
    let asked = options.for_customers && whole.visibility == Audience::Public;
    let open = (asked && less).then(|| for_customers(source, &parts, options));
    (whole, open)
}

/// The reading of `source` without its internal `parts`, and without what the site hides.
fn for_customers(source: &Source, parts: &internal::Internal, options: &ParseOptions) -> Incident {
    // Whatever is wrong with the open part is wrong with the whole, and was told with the right places.
    let mut told = Vec::new();
    let mut open = Source { text: parts.cut(&source.text).into(), ..source.clone() };
    let mut cuts = 0;
    loop {
        let (front, document) = text(&open, options, &mut told);
        let (front, _) = options.hidden.without_fields(front);
        let incident = understand(&open, front, document, options, &mut told);
        let mut hidden = options.hidden.extents(&incident, &open.text);
        let Some(first) = hidden.first_mut() else { return incident };
        cuts += 1;
        if cuts > MAX_CUTS {
            first.end = open.text.len();
        }
        open.text = internal::without(&open.text, &hidden).into();
    }
}

fn text(source: &Source, options: &ParseOptions, found: &mut Vec<Diagnostic>) -> (FrontMatter, Document) {
    let front = front_matter::read(source).unpack(found);
    let smart = options.config.markdown.smart_punctuation;
    let document = markdown::document(source, front.body, smart).unpack(found);
    (front, document)
}

fn understand(
    source: &Source,
    mut front: FrontMatter,
    document: Document,
    options: &ParseOptions,
    found: &mut Vec<Diagnostic>,
) -> Incident {
    let lines = Lines::of(&source.text);
    let (zone, zone_from) = meta::zone(&front, &document, &options.zone, source, found);
    found.extend(front.read_clock(&zone, source));
    let heading = meta::heading(&front, &document, &options.synonyms);
    let sections = sections::find(&document, heading, &lines, source.text.len(), &options.synonyms);
    let meta = meta::read(source, &front, &document, &sections, heading, options, found);
    let context = context::Context {
        source,
        lines: &lines,
        document: &document,
        sections: &sections,
        front: &front,
        date: meta.date(),
        id: meta.id(),
        zone: &zone,
        options,
    };
    let facts = facts::read(&context);
    found.extend(facts.findings);
    let incident = meta.with_timeline(&facts.timeline, &facts.clock, source, found);
    Incident {
        zone,
        zone_from,
        clock: facts.clock,
        trigger: facts.trigger,
        impact: facts.impact,
        timeline: facts.timeline,
        actions: facts.actions,
        whys: facts.whys,
        references: facts.references,
        sections,
        document,
        ..incident
    }
}
