//! What `parse` hands over, sealed: outside this folder a draft can be made and passed on, not looked into.

use super::asset::AssetFile;
use super::edition::Edition;
use crate::diag::{Diagnostic, Level, Span};
use crate::model::Incident;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One postmortem as authored.
///
/// Holds two readings of a public document that has internal parts: the whole, and what is left when those parts are
/// cut out of the source text before it is read. The public edition never sees the first.
#[derive(Clone)]
pub struct Draft {
    pub(super) whole: Arc<Incident>,
    pub(super) open: Open,
}

/// What customers may read of a document that is public.
#[derive(Clone)]
pub(super) enum Open {
    /// All of it.
    Whole,
    /// What is left without its internal parts.
    Less(Arc<Incident>),
    /// Nobody looked, for nobody but colleagues will read it: no public edition holds such a document.
    Unread,
}

impl Draft {
    /// Seals a reading. `without_internal` is given when the text has internal parts and the document is public.
    pub fn seal(whole: Incident, without_internal: Option<Incident>) -> Self {
        let open = without_internal.map_or(Open::Whole, |less| Open::Less(Arc::new(less)));
        Self { whole: Arc::new(whole), open }
    }

    /// Seals a reading that only colleagues will see, without the work of finding what customers might.
    pub fn for_colleagues(whole: Incident) -> Self {
        Self { whole: Arc::new(whole), open: Open::Unread }
    }
}

impl std::fmt::Debug for Draft {
    /// Says which file it is, nothing of what stands in it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<Draft of {}>", self.whole.path)
    }
}

/// Every postmortem and attachment of a project.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    pub(super) drafts: Vec<Draft>,
    pub(super) assets: Vec<AssetFile>,
}

impl Corpus {
    /// The same with one more draft, of a text that lies elsewhere.
    #[must_use]
    pub fn with(mut self, draft: Draft) -> Self {
        let place = self.drafts.partition_point(|one| one.whole.path < draft.whole.path);
        self.drafts.insert(place, draft);
        self
    }

    /// Warnings for attachments that nothing in `edition`, an internal one with drafts, shows or links to.
    pub fn orphans(&self, edition: &Edition) -> Vec<Diagnostic> {
        let used: BTreeSet<&str> = edition.assets.iter().map(|asset| &*asset.path).collect();
        // Files are named as documents of the same folder are.
        let folder = self.drafts.first().and_then(|draft| draft.whole.name.strip_suffix(&*draft.whole.path));
        let orphans = self.assets.iter().filter(|asset| !used.contains(&*asset.path));
        orphans
            .map(|asset| Diagnostic {
                level: Level::Warning,
                code: "orphan-file",
                file: format!("{}{}", folder.unwrap_or_default(), asset.path).into(),
                span: Span::at(0),
                message: "no postmortem shows this file or links to it".into(),
                help: Some("show it, link to it, or remove it; no site holds it".into()),
            })
            .collect()
    }

    /// How many documents there are, whoever may read them.
    pub fn len(&self) -> usize {
        self.drafts.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }
}

pub(super) fn duplicate_ids(drafts: &[Draft]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<String, &Incident> = BTreeMap::new();
    let mut found = Vec::new();
    for incident in drafts.iter().map(|draft| &*draft.whole).filter(|one| one.id_stated) {
        let other = *first.entry(incident.id.to_lowercase()).or_insert(incident);
        if other.path == incident.path {
            continue;
        }
        found.push(Diagnostic {
            level: Level::Error,
            code: "duplicate-id",
            file: Arc::clone(&incident.name),
            span: incident.id_span,
            message: format!("id `{}` is already used by `{}`", incident.id, other.name),
            help: Some("give one of them another `id`; ids are how postmortems name each other".into()),
        });
    }
    found
}
