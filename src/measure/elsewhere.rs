//! Incidents that status pages and pagers know of, held against the reports: which have one, and which have none.

use super::figure::Count;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

/// What other systems know, as of the day of the figures. Announced maintenance is not among it, nor what the settings
/// excuse or call too old.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Elsewhere {
    /// How many incidents they know.
    pub known: usize,
    /// How many of these have a report. One report may tell of several.
    pub told: usize,
    /// The reports.
    pub reports: Count,
    /// Those without one, the latest first.
    pub missing: Vec<Untold>,
    /// When the system that was asked longest ago was asked.
    pub asked: Option<Timestamp>,
}

/// An incident that no report tells of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Untold {
    /// The name of the source in `site.toml`.
    pub source: String,
    /// What `kb new --from` knows it by.
    pub key: String,
    /// Its title there.
    pub title: String,
    /// Where people read of it.
    pub url: Option<String>,
    /// How bad it was, in the words of the system.
    pub impact: Option<String>,
    /// The day on which it began.
    pub date: Option<Date>,
}
