//! What `site.toml` says, typed. Every key has a default; an empty file is valid; an unknown key is an error.
//!
//! The struct is the documentation: each field is one key. [`read`] turns a source text into settings and findings.

mod read;
mod source;
mod span_of_time;
mod tracker;

pub use read::read;
pub use source::{Source, SourceKind};
pub use span_of_time::SpanOfTime;
pub use tracker::{Tracker, TrackerKind};

use crate::model::{ActionState, SectionKind};
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

/// Form of the site's addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UrlStyle {
    /// `incidents/a.html`.
    #[serde(alias = "files")]
    File,
    /// `incidents/a/`.
    Pretty,
}

/// `[content]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Content {
    /// Folder of the postmortems, relative to the project.
    pub dir: String,
    /// Globs, relative to that folder, of files that are not read.
    pub exclude: Vec<String>,
}

impl Default for Content {
    fn default() -> Self {
        Self { dir: "content".into(), exclude: Vec::new() }
    }
}

/// `[severity]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SeverityScale {
    /// The levels, worst first.
    pub levels: Vec<String>,
    /// A word of plain language per level, for badges and customers: `SEV1 = "critical"`.
    pub labels: BTreeMap<String, String>,
    /// What other words mean: `critical = "SEV1"`.
    pub aliases: BTreeMap<String, String>,
}

impl Default for SeverityScale {
    fn default() -> Self {
        let pair = |(a, b): (&str, &str)| (a.to_owned(), b.to_owned());
        let labels = [("SEV1", "critical"), ("SEV2", "major"), ("SEV3", "minor"), ("SEV4", "notice")];
        let aliases = [
            ("critical", "SEV1"),
            ("down", "SEV1"),
            ("p1", "SEV1"),
            ("major", "SEV2"),
            ("disrupted", "SEV2"),
            ("p2", "SEV2"),
            ("minor", "SEV3"),
            ("p3", "SEV3"),
            ("notice", "SEV4"),
            ("p4", "SEV4"),
        ];
        Self {
            levels: ["SEV1", "SEV2", "SEV3", "SEV4"].map(str::to_owned).to_vec(),
            labels: labels.map(pair).into(),
            aliases: aliases.map(pair).into(),
        }
    }
}

/// `[components.<id>]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Component {
    /// Name for readers; the id where absent.
    pub name: Option<String>,
    /// Name for customers; `name` where absent.
    pub public_name: Option<String>,
    /// Team that runs it.
    pub team: Option<String>,
    /// Other names it goes by in postmortems.
    pub aliases: Vec<String>,
    /// Ids of components it needs.
    pub depends_on: Vec<String>,
    /// Its page on the status site.
    pub status_page: Option<String>,
    /// How to run it.
    pub runbook: Option<String>,
    /// Where to watch it.
    pub dashboard: Option<String>,
    /// One sentence about it.
    pub description: Option<String>,
}

/// `[people]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Person {
    /// Full name; removed from public pages.
    pub name: Option<String>,
    /// Team.
    pub team: Option<String>,
    /// What stands in public pages instead of the person: `on-call engineer`.
    pub role: Option<String>,
}

/// `[policy]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// Publish a postmortem within this time of the resolution.
    pub publish_within: SpanOfTime,
    /// Sections a final postmortem must have, by severity level; `any` stands for all levels.
    pub required_sections: BTreeMap<String, Vec<SectionName>>,
    /// How soon an action is due, by severity level of its incident.
    pub action_due: BTreeMap<String, SpanOfTime>,
    /// User-facing downtime from which a postmortem is required.
    pub downtime_over: SpanOfTime,
    /// A slower first response, from the start to the acknowledgement (else the detection), requires one too.
    pub respond_within: SpanOfTime,
    /// Severity levels that always need a postmortem.
    pub severities: Vec<String>,
}

impl Default for Policy {
    fn default() -> Self {
        let required =
            [SectionKind::Summary, SectionKind::Timeline, SectionKind::Actions].map(SectionName).to_vec();
        Self {
            publish_within: SpanOfTime::hours(48),
            required_sections: BTreeMap::from([("any".to_owned(), required)]),
            action_due: BTreeMap::new(),
            downtime_over: SpanOfTime::minutes(15),
            respond_within: SpanOfTime::hours(1),
            severities: Vec::new(),
        }
    }
}

/// `[lint]`: how a rule's findings are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LintLevel {
    /// Not looked for.
    #[serde(alias = "off")]
    Allow,
    /// Told.
    #[serde(alias = "warning")]
    Warn,
    /// Told, and `kb check` fails.
    #[serde(alias = "deny")]
    Error,
}

/// `[audience]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Audiences {
    /// What the public build removes beyond what it always removes.
    pub public: PublicAudience,
}

/// `[audience.public]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PublicAudience {
    /// Section kinds or titles that are left out.
    pub hide_sections: Vec<String>,
    /// Front-matter keys that are treated as absent.
    pub hide_fields: Vec<String>,
    /// Hosts, with their subdomains, whose links are removed.
    pub internal_hosts: Vec<String>,
    /// Words that must never appear; a build that would print one stops.
    pub forbidden_words: Vec<String>,
    /// Whether action items and their states are shown; owners and tickets never are.
    pub actions: bool,
    /// Whether the statistics page is written.
    pub statistics: bool,
    /// Title of the public site, where it differs.
    pub title: Option<String>,
    /// Address of the public site, where it differs.
    pub base_url: Option<String>,
    /// The status page customers know.
    pub status_page: Option<String>,
    /// What stands instead of a person whom `[people]` gives no role.
    pub role: String,
}

impl Default for PublicAudience {
    fn default() -> Self {
        Self {
            hide_sections: Vec::new(),
            hide_fields: Vec::new(),
            internal_hosts: Vec::new(),
            forbidden_words: Vec::new(),
            actions: true,
            statistics: false,
            title: None,
            base_url: None,
            status_page: None,
            role: "engineer".into(),
        }
    }
}

/// `[search]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Search {
    /// Whether the search index is written.
    pub enable: bool,
    /// Words that mean the same: `k8s = ["kubernetes"]`.
    pub synonyms: BTreeMap<String, Vec<String>>,
    /// Weight by field, where it differs from the default: `title = 3.0`.
    pub weights: BTreeMap<String, f32>,
    /// Words too common to be searched; the default list of the language where absent.
    pub stop_words: Option<Vec<String>>,
    /// Globs of documents that are not found.
    pub exclude: Vec<String>,
    /// Whether the index is also written in the form that works without a server; on for internal builds by default.
    pub offline: Option<bool>,
    /// How many documents share one file of the index's texts. More make fewer files, and each search loads more; where
    /// absent, as few as keep the site below the 20,000 files some hosts take.
    pub frag: Option<usize>,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            enable: true,
            synonyms: BTreeMap::new(),
            weights: BTreeMap::new(),
            stop_words: None,
            exclude: Vec::new(),
            offline: None,
            frag: None,
        }
    }
}

/// `[recurrence]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Recurrence {
    /// Whether suggestions and suggested families are shown to colleagues. The public reads what authors state.
    pub infer: bool,
    /// Most suggestions on one page.
    pub suggestions: usize,
}

impl Default for Recurrence {
    fn default() -> Self {
        Self { infer: true, suggestions: 3 }
    }
}

/// `[feeds]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Feeds {
    /// Whether feeds are written.
    pub enable: bool,
    /// Entries in a feed.
    pub limit: usize,
    /// Whether entries of the site's own feed hold the whole text; those of components and tags announce.
    pub full_text: bool,
    /// Whether each component has a feed of its own.
    pub components: bool,
    /// Whether each tag has a feed of its own.
    pub tags: bool,
}

impl Default for Feeds {
    fn default() -> Self {
        Self { enable: true, limit: 30, full_text: true, components: true, tags: true }
    }
}

/// `[markdown]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Markdown {
    /// Whether code blocks of known languages are coloured.
    pub highlight: bool,
    /// Whether straight quotes become typographic ones.
    pub smart_punctuation: bool,
}

impl Default for Markdown {
    fn default() -> Self {
        Self { highlight: true, smart_punctuation: false }
    }
}

/// `[serve]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Serve {
    /// Address that opens a file in an editor, with `{path}` (from the root of the disk), `{line}` and `{column}`; empty
    /// for no links.
    pub editor: String,
}

impl Default for Serve {
    fn default() -> Self {
        Self { editor: "vscode://file{path}:{line}:{column}".into() }
    }
}

/// A section kind, by its word in `site.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SectionName(pub SectionKind);

impl<'de> Deserialize<'de> for SectionName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let kinds = SectionKind::ALL.map(SectionKind::word);
        SectionKind::ALL.into_iter().find(|kind| kind.word() == word).map(Self).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "unknown section kind `{word}`, expected one of {}",
                kinds.join(", ")
            ))
        })
    }
}

/// An action state, by its word in `site.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateName(pub ActionState);

impl<'de> Deserialize<'de> for StateName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let words = ActionState::ALL.map(ActionState::word);
        ActionState::ALL.into_iter().find(|state| state.word() == word).map(Self).ok_or_else(|| {
            serde::de::Error::custom(format!("unknown state `{word}`, expected one of {}", words.join(", ")))
        })
    }
}
