//! Systems that know of incidents: which there are, and those that `[sources.<name>]` describes.

use clap::ValueEnum;
use jiff::civil::Date;
use serde::Deserialize;

/// `[sources.<name>]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Which system it is.
    pub kind: SourceKind,
    /// Address of the page; not needed for a pager.
    #[serde(default)]
    pub url: String,
    /// Name of the environment variable that holds the token.
    #[serde(default)]
    pub token_env: Option<String>,
    /// Address at which programs talk to it, where that is not the usual one.
    #[serde(default)]
    pub api: Option<String>,
    /// The first day (`2026-01-31`) from which incidents are expected to have a postmortem.
    #[serde(default)]
    pub since: Option<Date>,
    /// Ids of incidents that need none.
    #[serde(default)]
    pub ignore: Vec<String>,
}

/// Systems kb can read incidents of, by their words in `site.toml` and on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// Any status page: kb finds out
    Page,
    /// Atlassian Statuspage, and pages of its shape
    Statuspage,
    /// Better Stack
    Betterstack,
    /// incident.io
    Incidentio,
    /// cState: Markdown or `index.json`
    Cstate,
    /// An Atom or RSS feed
    Feed,
    /// Neutral JSON
    Generic,
    /// `PagerDuty`
    Pagerduty,
    /// Slack: an export, or a channel
    Slack,
    /// Lines that begin with a time
    Timeline,
}

impl SourceKind {
    /// Whether it can be asked for all its incidents: a channel and pasted lines are one incident each, and for
    /// `kb import` only.
    pub fn has_history(self) -> bool {
        !matches!(self, Self::Slack | Self::Timeline)
    }
}
