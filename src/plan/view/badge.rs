//! Small parts that many pages show: severity badges and names that are links.

use crate::config::SiteConfig;
use crate::model::Severity;
use crate::relate::Group;
use serde::Serialize;

/// A severity: never by colour alone.
#[derive(Debug, Clone, Serialize)]
pub struct Badge {
    /// Style class: `sev1` (worst) to `sev4`.
    pub class: &'static str,
    /// The level's name: `SEV1`.
    pub label: String,
    /// What it means in plain words, if `site.toml` says: `critical`.
    pub word: Option<String>,
}

impl Badge {
    /// The badge of `severity` on the scale of `config`.
    pub fn of(severity: &Severity, config: &SiteConfig) -> Self {
        let class = match severity.rank {
            0 | 1 => "sev1",
            2 => "sev2",
            3 => "sev3",
            _ => "sev4",
        };
        let word = config.severity.labels.get(&severity.label).cloned();
        Self { class, label: severity.label.clone(), word }
    }
}

/// A name with the page it leads to.
#[derive(Debug, Clone, Serialize)]
pub struct NameLink {
    /// What is shown.
    pub name: String,
    /// Address from the root of the site.
    pub link: String,
}

impl NameLink {
    pub(super) fn of(folder: &str, group: &Group, shown: Option<&str>, config: &SiteConfig) -> Self {
        let link = crate::plan::url::link(&format!("{folder}/{}", group.slug), config.urls);
        Self { name: shown.unwrap_or(&group.name).to_owned(), link }
    }
}
