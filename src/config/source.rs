//! `[sources.<name>]`: status pages and pagers that know of incidents.

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

/// Systems kb can ask for their incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// Any status page: kb finds out.
    Page,
    /// Atlassian Statuspage, and pages of its shape.
    Statuspage,
    /// Better Stack.
    Betterstack,
    /// incident.io.
    Incidentio,
    /// cState.
    Cstate,
    /// An Atom or RSS feed.
    Feed,
    /// `PagerDuty`.
    Pagerduty,
}
