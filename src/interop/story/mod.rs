//! Incidents as other systems tell them: status pages, pagers, chats. Each system is one file that reads what it answers,
//! or a saved copy of that; none of them touches the network ([`super::fetch`] does).
//!
//! All readers are total: any bytes give stories or a failure. Every field but an id and a title may be missing, since
//! vendors add, rename and leave out.

pub mod betterstack;
pub mod cstate;
pub mod feed;
pub mod markup;
pub mod pagerduty;
pub mod slack;
pub mod statuspage;
pub mod timeline;
mod zip;

#[cfg(test)]
mod tests;

use super::text;
use super::web::Failure;
use crate::config::SourceKind;
use crate::model::EntryKind;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// Where a story comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Atlassian Statuspage, and pages that answer in its shape.
    Statuspage,
    /// Better Stack (Uptime).
    BetterStack,
    /// incident.io.
    IncidentIo,
    /// cState.
    CState,
    /// An Atom or RSS feed.
    Feed,
    /// The neutral JSON that anyone can write by hand.
    Generic,
    /// `PagerDuty`.
    PagerDuty,
    /// Slack.
    Slack,
    /// Lines that begin with a time.
    Timeline,
}

impl Origin {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Statuspage,
        Self::BetterStack,
        Self::IncidentIo,
        Self::CState,
        Self::Feed,
        Self::Generic,
        Self::PagerDuty,
        Self::Slack,
        Self::Timeline,
    ];

    /// What `kind` answers as; `None` where kb is to find out.
    pub fn of(kind: SourceKind) -> Option<Self> {
        Some(match kind {
            SourceKind::Page => return None,
            SourceKind::Statuspage => Self::Statuspage,
            SourceKind::Betterstack => Self::BetterStack,
            SourceKind::Incidentio => Self::IncidentIo,
            SourceKind::Cstate => Self::CState,
            SourceKind::Feed => Self::Feed,
            SourceKind::Generic => Self::Generic,
            SourceKind::Pagerduty => Self::PagerDuty,
            SourceKind::Slack => Self::Slack,
            SourceKind::Timeline => Self::Timeline,
        })
    }

    /// The word on the command line and in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Statuspage => "statuspage",
            Self::BetterStack => "betterstack",
            Self::IncidentIo => "incidentio",
            Self::CState => "cstate",
            Self::Feed => "feed",
            Self::Generic => "generic",
            Self::PagerDuty => "pagerduty",
            Self::Slack => "slack",
            Self::Timeline => "timeline",
        }
    }

    /// Whether its times are those at which customers were told, not those at which things happened.
    pub fn is_page(self) -> bool {
        !matches!(self, Self::PagerDuty | Self::Slack | Self::Timeline)
    }
}

/// One incident as a system tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Which kind of system.
    pub origin: Origin,
    /// What the system calls it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where people read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How bad the system says it was, in its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<String>,
    /// When the system says that it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<Timestamp>,
    /// When the system says that it was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Timestamp>,
    /// What was affected, in the system's own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
    /// What was told or done when, the earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
    /// The postmortem the system holds, as Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
    /// Who may be named in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What the system calls it; unique within its story.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// What it tells, where the system knows: the word of an [`EntryKind`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Mark>,
    /// The system's own word for it: `Investigating`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Who: the id of a [`Person`], or a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// What, on one line.
    pub text: String,
    /// Whether somebody marked it as worth keeping.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
    /// What was answered to it, the earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<Entry>,
}

/// What an entry tells, where its system says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Somebody or something noticed.
    Detected,
    /// A person took it on.
    Acknowledged,
    /// Someone else was called in.
    Escalated,
    /// The cause was found.
    Identified,
    /// The harm ended, as far as was known.
    Mitigated,
    /// It ended.
    Resolved,
    /// Everybody was told that all is well.
    AllClear,
}

impl Mark {
    /// The label that kb reads at the start of an entry.
    pub fn label(self) -> &'static str {
        match self {
            Self::Detected => "Detected",
            Self::Acknowledged => "Acknowledged",
            Self::Escalated => "Escalated",
            Self::Identified => "Identified",
            Self::Mitigated => "Mitigated",
            Self::Resolved => "Resolved",
            Self::AllClear => "All clear",
        }
    }

    /// The kind of entry it makes.
    pub fn kind(self) -> EntryKind {
        use crate::model::Milestone;
        match self {
            Self::Detected => EntryKind::Milestone(Milestone::Detected),
            Self::Acknowledged => EntryKind::Milestone(Milestone::Acknowledged),
            Self::Escalated => EntryKind::Escalated,
            Self::Identified => EntryKind::Identified,
            Self::Mitigated => EntryKind::Milestone(Milestone::Mitigated),
            Self::Resolved => EntryKind::Milestone(Milestone::Resolved),
            Self::AllClear => EntryKind::AllClear,
        }
    }
}

/// Somebody a story may name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Person {
    /// What the system calls them.
    pub id: String,
    /// What people call them.
    pub names: Vec<String>,
    /// Whether it is a program.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bot: bool,
}

/// Entries of one story, at most: more than any incident has, and less than fills the memory.
const MOST: usize = 5000;
/// Letters of one entry's text, at most.
const LONGEST: usize = 2000;

impl Story {
    /// A story of which only this is known.
    fn new(origin: Origin, id: String, title: String) -> Self {
        Self {
            origin,
            id,
            title,
            url: None,
            impact: None,
            started: None,
            resolved: None,
            components: Vec::new(),
            entries: Vec::new(),
            report: None,
            people: Vec::new(),
        }
    }

    /// What files know it by: `statuspage/p31v8gq0tn2c`.
    pub fn key(&self) -> String {
        format!("{}/{}", self.origin.word(), safe(&self.id))
    }

    /// When it was first heard of.
    pub fn began(&self) -> Option<Timestamp> {
        let first = self.entries.first().map(|entry| entry.at);
        self.started.into_iter().chain(first).min()
    }

    /// The day on which that was, in UTC.
    pub fn day(&self) -> Option<jiff::civil::Date> {
        self.began().map(|began| jiff::tz::TimeZone::UTC.to_datetime(began).date())
    }

    /// In order, each entry once, with ends to how much there may be.
    pub(super) fn settled(mut self) -> Self {
        settle(&mut self.entries, &mut BTreeSet::new());
        self.started = self.started.filter(|at| plausible(*at));
        self.resolved = self.resolved.filter(|at| plausible(*at));
        self.components = self.components.into_iter().map(|one| text::line(&one, 100)).collect();
        self.components.retain(|one| !one.is_empty());
        self.components.sort();
        self.components.dedup();
        self.components.truncate(50);
        self
    }
}

/// Whether incidents happen in that year: kb reads no other as the date of one.
fn plausible(at: Timestamp) -> bool {
    (1990..2100).contains(&jiff::tz::TimeZone::UTC.to_datetime(at).year())
}

/// Of entries with the same id, the first one stays.
fn settle(entries: &mut Vec<Entry>, ids: &mut BTreeSet<String>) {
    entries.retain(|entry| plausible(entry.at));
    entries.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    entries.retain(|entry| ids.insert(entry.id.clone()));
    entries.truncate(MOST);
    for entry in entries {
        settle(&mut entry.replies, ids);
    }
}

impl Entry {
    fn new(id: String, at: Timestamp, words: &str) -> Self {
        let text = text::line(words, LONGEST);
        Self { id, at, kind: None, label: None, who: None, text, pinned: false, replies: Vec::new() }
    }
}

/// An id as it may stand in a comment and a list: letters, digits, and a few signs.
pub fn safe(id: &str) -> String {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | ':' | '/' | '#');
    let id: String = id.chars().map(|c| if fine(c) { c } else { '_' }).take(200).collect();
    // Two hyphens end a comment for some readers.
    id.replace("--", "__")
}

/// The first letter large, `_` as blanks: `in_progress` is `In progress`.
fn worded(word: &str) -> String {
    let word = text::line(&word.replace(['_', '-'], " "), 60);
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `bytes` as JSON.
fn json(bytes: &[u8]) -> Result<Value, Failure> {
    text::json(bytes).map_err(|error| Failure::Garbled(error.to_string()))
}

/// What a system gives as the words of an entry: Markdown or something like HTML.
fn words(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).map(markup::plain).unwrap_or_default()
}

/// Reads what `origin` answers, or a saved copy of it.
///
/// # Errors
/// Where `bytes` are nothing that `origin` says.
pub fn read(origin: Origin, bytes: &[u8], around: &Around) -> Result<Vec<Story>, Failure> {
    let stories = match origin {
        Origin::Statuspage | Origin::IncidentIo | Origin::Generic => {
            statuspage::read(origin, &json(bytes)?, around)
        }
        Origin::BetterStack => betterstack::read(&json(bytes)?, around),
        Origin::CState => cstate::read(bytes, around)?,
        Origin::Feed => feed::read(bytes)?,
        Origin::PagerDuty => pagerduty::read(&json(bytes)?),
        Origin::Slack => slack::archive(bytes, around)?,
        Origin::Timeline => timeline::read(bytes, around),
    };
    Ok(stories.into_iter().map(Story::settled).collect())
}

/// What the bytes do not say themselves.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// Where they come from.
    pub url: Option<String>,
    /// A title, where there is none in them.
    pub title: Option<String>,
    /// The day of times that name none.
    pub date: Option<jiff::civil::Date>,
    /// The zone of times that name none.
    pub zone: Option<String>,
    /// The channel of a chat.
    pub channel: Option<String>,
    /// Only from here…
    pub since: Option<Timestamp>,
    /// …to here.
    pub until: Option<Timestamp>,
    /// All that was said, not only what was pinned.
    pub everything: bool,
}

impl Around {
    fn holds(&self, at: Timestamp) -> bool {
        self.since.is_none_or(|since| at >= since) && self.until.is_none_or(|until| at <= until)
    }
}
