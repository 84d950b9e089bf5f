//! What a public build removes and says differently, beyond what it always removes.

use serde::Deserialize;

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
