//! What is read, and what the site is like: addresses, search, suggestions, feeds, text, preview.

use serde::Deserialize;
use std::collections::BTreeMap;

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
