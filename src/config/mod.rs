//! What `site.toml` says, typed. Every key has a default; an empty file is valid; an unknown key is an error.
//!
//! The struct is the documentation: each field is one key. [`read`] turns a source text into settings and findings.

mod audience;
mod explain;
mod practice;
mod read;
mod site;
mod source;
mod span_of_time;
mod tracker;
mod words;

pub use audience::{Audiences, PublicAudience};
pub use practice::{Component, LintLevel, Person, Policy, SeverityScale};
pub use read::read;
pub use site::{Content, Feeds, Markdown, Recurrence, Search, Serve, UrlStyle};
pub use source::{Source, SourceKind};
pub use span_of_time::SpanOfTime;
pub use tracker::{Tracker, TrackerKind};
pub use words::{SectionName, StateName};

use serde::Deserialize;
use std::collections::BTreeMap;

/// All settings of one site.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SiteConfig {
    /// Name of the site, shown in the header and in feeds.
    pub title: String,
    /// Where the site will be published, with a path if it has one; feeds, sitemap, the search of browsers and the 404 page need it.
    pub base_url: String,
    /// One sentence about the site.
    pub description: String,
    /// Language of texts that name none, as a BCP 47 tag; decides stemming.
    pub language: String,
    /// IANA zone of times that name none; without it such times have an unknown zone.
    pub timezone: Option<String>,
    /// Name of a folder under `themes/`.
    pub theme: String,
    /// `file` for addresses that name files (open from disk), `pretty` for folders.
    pub urls: UrlStyle,
    /// Address of the source of a document, with `{path}`; makes edit links on internal pages.
    pub edit_url: Option<String>,
    /// Which files are postmortems.
    pub content: Content,
    /// The scale of severities.
    pub severity: SeverityScale,
    /// Parts of the system, by id.
    pub components: BTreeMap<String, Component>,
    /// People, by handle without `@`.
    pub people: BTreeMap<String, Person>,
    /// Where action items are tracked, by a name of your choice.
    pub trackers: BTreeMap<String, Tracker>,
    /// Status pages and pagers that know of incidents, by a name of your choice.
    pub sources: BTreeMap<String, Source>,
    /// What the team promises about its postmortems.
    pub policy: Policy,
    /// Levels of findings by rule: `allow`, `warn` or `error`.
    pub lint: BTreeMap<String, LintLevel>,
    /// What each audience sees.
    pub audience: Audiences,
    /// How search behaves.
    pub search: Search,
    /// How earlier incidents are found.
    pub recurrence: Recurrence,
    /// Which feeds are written.
    pub feeds: Feeds,
    /// How Markdown is read.
    pub markdown: Markdown,
    /// Further titles by section kind, such as `timeline = ["chain of events"]`.
    pub sections: BTreeMap<SectionName, Vec<String>>,
    /// What a word in a status column means, such as `states = { parked = "cancelled" }`.
    pub states: BTreeMap<String, StateName>,
    /// The preview.
    pub serve: Serve,
}

impl Default for SiteConfig {
    fn default() -> Self {
        Self {
            title: "Postmortems".into(),
            base_url: String::new(),
            description: String::new(),
            language: "en".into(),
            timezone: None,
            theme: "default".into(),
            urls: UrlStyle::File,
            edit_url: None,
            content: Content::default(),
            severity: SeverityScale::default(),
            components: BTreeMap::new(),
            people: BTreeMap::new(),
            trackers: BTreeMap::new(),
            sources: BTreeMap::new(),
            policy: Policy::default(),
            lint: BTreeMap::new(),
            audience: Audiences::default(),
            search: Search::default(),
            recurrence: Recurrence::default(),
            feeds: Feeds::default(),
            markdown: Markdown::default(),
            sections: BTreeMap::new(),
            states: BTreeMap::new(),
            serve: Serve::default(),
        }
    }
}
