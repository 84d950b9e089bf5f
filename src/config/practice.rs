//! How an organisation works: its severities, the parts of its system, its people, its rules for postmortems.

use super::{SectionName, SpanOfTime};
use crate::model::SectionKind;
use serde::Deserialize;
use std::collections::BTreeMap;

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

impl SeverityScale {
    /// Takes out what is said by default of levels that this scale does not have.
    pub(super) fn settle(&mut self) {
        let given = Self::default();
        let levels = &self.levels;
        self.aliases.retain(|word, level| levels.contains(level) || given.aliases.get(word) != Some(level));
        self.labels.retain(|level, word| levels.contains(level) || given.labels.get(level) != Some(word));
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
