//! What one audience may read. Only the gate can make these values; everything after it takes nothing else.

use crate::model::{Audience, Incident, LinkKind};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Closes a struct to construction outside this folder while its fields stay readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seal;

/// Everything one audience may read.
#[derive(Debug, Clone)]
pub struct Edition {
    /// For whom.
    pub audience: Audience,
    /// Incidents and near misses, oldest first: by date, then path. A position in this list is the document's number.
    pub incidents: Vec<Published>,
    /// Ordinary pages (`type: page`) and folder texts (`_index.md`), by path.
    pub pages: Vec<Published>,
    /// Attachments that something published shows or links to, by path.
    pub assets: Vec<PublishedAsset>,
    pub(super) _seal: Seal,
}

/// One document as its audience may read it.
#[derive(Debug, Clone)]
pub struct Published {
    /// All that was read from it, without what this audience may not know.
    pub incident: Arc<Incident>,
    /// Last part of its address; unique within the edition.
    pub slug: String,
    /// Where each link and image of its text leads, by address as written.
    pub targets: Arc<BTreeMap<Box<str>, Target>>,
    /// The documents it names, each once, in the order of first mention.
    pub links: Arc<[Link]>,
    pub(super) _seal: Seal,
}

impl Published {
    /// The attachments it shows or links to.
    pub(super) fn assets(&self) -> impl Iterator<Item = &Arc<str>> {
        self.targets.values().filter_map(|target| match target {
            Target::Asset(path) => Some(path),
            _ => None,
        })
    }
}

/// One document's mention of another of the same edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Number of the other in [`Edition::incidents`].
    pub to: usize,
    /// The kind the author stated; *see also* where a link or an id merely stands in the text.
    pub kind: LinkKind,
    /// Whether the kind was stated in `related`.
    pub stated: bool,
    /// The author's reason.
    pub why: Option<String>,
    /// Place of the mention in [`Incident::references`].
    pub reference: usize,
}

/// Where an address in a text leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To an incident of this edition, by number, with the `#part` after it (without `#`).
    Incident(usize, Option<String>),
    /// To an ordinary page, by number in [`Edition::pages`], with the part after it.
    Page(usize, Option<String>),
    /// To an attachment, by path relative to the content folder.
    Asset(Arc<str>),
    /// To a place on the same page: the id without `#`.
    Here(String),
    /// Away from the site; the scheme is `http`, `https`, `mailto` or `tel`.
    Outside(String),
    /// Nowhere this reader can go: missing, hidden, or of a scheme that could execute. Shown as its text alone.
    Nowhere,
}

/// An attachment that is published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublishedAsset {
    /// Path relative to the content folder; its address on the site is `files/` and this path.
    pub path: Arc<str>,
    pub(super) _seal: Seal,
}

impl Edition {
    /// The incident with this slug.
    pub fn by_slug(&self, slug: &str) -> Option<&Published> {
        self.incidents.iter().find(|one| one.slug == slug)
    }
}
