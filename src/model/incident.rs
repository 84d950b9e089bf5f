//! One incident: everything a postmortem says that kb understood, beside its whole text.

use super::text::Document;
use super::{ActionItem, Audience, Clock, Impact, Severity, TimelineEntry, Zone};
use crate::diag::Span;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::sync::Arc;

/// How far the postmortem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Being written; built only with `--drafts`.
    Draft,
    /// Written, being read by others.
    Review,
    /// Agreed; what a file without a word on it is taken to be.
    #[default]
    Final,
}

impl Status {
    /// The word in front matter.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Review => "review",
            Self::Final => "final",
        }
    }
}

/// What the document tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something broke for someone.
    #[default]
    Incident,
    /// It nearly did.
    NearMiss,
    /// Not an incident at all: an ordinary page such as a policy or a runbook.
    Page,
}

impl Kind {
    /// The word in front matter and data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::NearMiss => "near-miss",
            Self::Page => "page",
        }
    }
}

/// A date with the reason it was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The day.
    pub date: Date,
    /// `front matter`, `label`, `title`, `file name`, `folder name`, `date line`, `timeline`.
    pub from: &'static str,
}

/// Words the author wrote for something that has a place in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The words.
    pub text: String,
    /// Why this text: `front matter`, `heading`, `first paragraph`, …
    pub from: &'static str,
    /// Where they stand.
    pub span: Span,
}

/// Where a value that is a list or a name was declared: the value itself is a field of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Key of the value: `components`, `tags`, `team`, `authors`, `causes`, `family`.
    pub key: &'static str,
    /// `front matter` or `label`.
    pub from: &'static str,
    /// Key and value, or the line with the label.
    pub span: Span,
}

/// What fixed it, in one line.
pub type Fix = Stated;

/// The kinds of section a postmortem has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// What happened, in short.
    Summary,
    /// When what happened.
    Timeline,
    /// Why it was possible.
    RootCause,
    /// The chain of whys.
    Whys,
    /// What set it off.
    Trigger,
    /// What made it worse or possible beside the cause.
    ContributingFactors,
    /// Whom and what it hurt.
    Impact,
    /// How it was noticed.
    Detection,
    /// What people did.
    Response,
    /// What ended it.
    Resolution,
    /// What went well.
    WentWell,
    /// What went poorly.
    WentPoorly,
    /// Where the team got lucky.
    Lucky,
    /// What was learnt.
    Lessons,
    /// What was promised.
    Actions,
    /// Other incidents.
    Related,
    /// Logs and links: the rest of the story.
    Appendix,
    /// Who wrote it and who took part, where it stands, figures: what is said of the report and no part of the story.
    About,
}

impl SectionKind {
    /// All kinds.
    pub const ALL: [Self; 18] = [
        Self::Summary,
        Self::Timeline,
        Self::RootCause,
        Self::Whys,
        Self::Trigger,
        Self::ContributingFactors,
        Self::Impact,
        Self::Detection,
        Self::Response,
        Self::Resolution,
        Self::WentWell,
        Self::WentPoorly,
        Self::Lucky,
        Self::Lessons,
        Self::Actions,
        Self::Related,
        Self::Appendix,
        Self::About,
    ];

    /// The word in `site.toml` and data: `root-cause`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Timeline => "timeline",
            Self::RootCause => "root-cause",
            Self::Whys => "whys",
            Self::Trigger => "trigger",
            Self::ContributingFactors => "contributing-factors",
            Self::Impact => "impact",
            Self::Detection => "detection",
            Self::Response => "response",
            Self::Resolution => "resolution",
            Self::WentWell => "went-well",
            Self::WentPoorly => "went-poorly",
            Self::Lucky => "lucky",
            Self::Lessons => "lessons",
            Self::Actions => "actions",
            Self::Related => "related",
            Self::Appendix => "appendix",
            Self::About => "about",
        }
    }
}

/// One section, whichever notation opened it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is; `None` where its title is none kb knows.
    pub kind: Option<SectionKind>,
    /// What it is besides: `Root cause and resolution` tells both.
    pub also: Option<SectionKind>,
    /// The title as written, without markup.
    pub title: String,
    /// `heading`, `bold label`, `bullet label`, `numbered label`, `plain label`, `opening paragraph`.
    pub notation: &'static str,
    /// Heading level 1–6; labels are one deeper than the heading above them.
    pub level: u8,
    /// The title in the source.
    pub span: Span,
    /// All that belongs to it, title included.
    pub extent: Span,
    /// Line of the title, from 1.
    pub line: u32,
}

impl Section {
    /// Whether it is, among what its title names, of this kind.
    pub fn is(&self, kind: SectionKind) -> bool {
        self.kind == Some(kind) || self.also == Some(kind)
    }
}

/// One step of the five whys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The question, without markup; empty where the author gave only answers.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// 0 for the first chain, deeper for branches.
    pub depth: u8,
    /// Where it stands.
    pub span: Span,
}

/// How the author relates another incident to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// The same cause again.
    Recurrence,
    /// The same cause.
    SameCause,
    /// The same symptom, another cause.
    LooksLike,
    /// Worth reading.
    SeeAlso,
    /// The author looked: these have nothing to do with each other.
    NotRelated,
}

impl LinkKind {
    /// The word in front matter and data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Recurrence => "recurrence",
            Self::SameCause => "same-cause",
            Self::LooksLike => "looks-like",
            Self::SeeAlso => "see-also",
            Self::NotRelated => "not-related",
        }
    }
}

/// A mention of another document, as written; resolved when all documents are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What the author wrote: an id, a path, a URL.
    pub target: String,
    /// The text of the link or the words around an id.
    pub text: String,
    /// `related`, `link` or `id`: which notation it stands in.
    pub notation: &'static str,
    /// The kind the author stated.
    pub kind: Option<LinkKind>,
    /// The author's reason.
    pub why: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// Line, from 1.
    pub line: u32,
}

/// The times a status page tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PageTimes {
    /// When it told that it began.
    pub started: Option<Timestamp>,
    /// When it told that it was over.
    pub resolved: Option<Timestamp>,
}

/// Everything read from one postmortem file.
///
/// Made by `parse`, sealed in a `corpus::Draft`; later stages only ever see the part their audience may read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Incident {
    /// Path relative to the content folder.
    pub path: Arc<str>,
    /// Shown name of the file, for findings.
    pub name: Arc<str>,
    /// Stable key: front matter, a leading id in file name or title, else the path without its extension.
    pub id: String,
    /// Whether `id` was stated, not derived from the path.
    pub id_stated: bool,
    /// Where the id stands; empty at the start of the file where it was derived.
    pub id_span: Span,
    /// Address stated in front matter.
    pub slug: Option<String>,
    /// Earlier addresses and names.
    pub aliases: Vec<String>,
    /// Title, without markup.
    pub title: String,
    /// `front matter`, `heading`, `file name`.
    pub title_from: &'static str,
    /// The day it happened.
    pub date: Option<Dated>,
    /// Zone of times that name none.
    pub zone: Zone,
    /// Why this zone: `front matter`, `text`, `site`; empty where it is unknown, `contradiction` where the text tells two.
    pub zone_from: &'static str,
    /// How bad.
    pub severity: Option<Severity>,
    /// Why this severity: `front matter`, `label`; empty where there is none.
    pub severity_from: &'static str,
    /// How far the document is.
    pub status: Status,
    /// Incident, near miss or ordinary page.
    pub kind: Kind,
    /// Who may read it.
    pub visibility: Audience,
    /// Language of the text, where it differs from the site's.
    pub language: Option<String>,
    /// Names of components the author declared, mapped through the aliases of `site.toml`.
    pub components: Vec<String>,
    /// Topics.
    pub tags: Vec<String>,
    /// The team it belongs to.
    pub team: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who read it.
    pub reviewers: Vec<String>,
    /// Who took part.
    pub participants: Vec<String>,
    /// Where components, tags, team, authors, causes and family were declared, of those that were.
    pub origins: Vec<Origin>,
    /// Clock points.
    pub clock: Clock,
    /// What set it off.
    pub trigger: Option<Stated>,
    /// Why it was possible, stated in front matter.
    pub causes: Vec<String>,
    /// The author's name for the recurring family.
    pub family: Option<String>,
    /// What fixed it.
    pub fix: Option<Fix>,
    /// The short version.
    pub summary: Option<Stated>,
    /// Figures of the impact.
    pub impact: Vec<Impact>,
    /// The timeline, in the author's order.
    pub timeline: Vec<TimelineEntry>,
    /// The promises.
    pub actions: Vec<ActionItem>,
    /// The chain of whys.
    pub whys: Vec<Why>,
    /// All sections in order.
    pub sections: Vec<Section>,
    /// Mentions of other documents.
    pub references: Vec<Reference>,
    /// The public status page's account of it.
    pub status_page: Option<String>,
    /// When the status page told that it began and was over: beside the author's points, never instead of them.
    pub page_times: PageTimes,
    /// What other systems call it: `statuspage/p31v8gq0tn2c`, `pagerduty/Q1ABC`.
    pub imported_from: Vec<String>,
    /// Further links: title and address.
    pub links: Vec<(String, String)>,
    /// Front-matter keys kb does not know, as text, for themes.
    pub extra: Vec<(String, String)>,
    /// The whole text.
    pub document: Document,
}
