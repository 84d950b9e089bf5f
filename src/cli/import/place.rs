//! The postmortem that an import belongs into: the one that came from the same incident, or links to it.

use crate::corpus::Edition;
use crate::diag::Source;
use crate::interop::draft::Writer;
use crate::interop::draft::merge::{Known, Merged, imported, merge};
use crate::interop::story::{Mark, Story};
use crate::model::{Audience, EntryKind, Incident};
use crate::pipeline::{self, Project, Quiet};
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// Every postmortem, and what each is known to come from.
pub(in crate::cli) struct Places {
    all: Vec<Place>,
    /// Places by source key and by address.
    by: BTreeMap<String, Vec<usize>>,
}

/// One postmortem.
pub(in crate::cli) struct Place {
    pub(in crate::cli) source: Source,
    known: Vec<Known>,
    /// Marks of points that the postmortem has.
    marked: Vec<Mark>,
}

const MARKS: [Mark; 5] =
    [Mark::Detected, Mark::Acknowledged, Mark::Mitigated, Mark::Resolved, Mark::AllClear];

impl Places {
    pub(in crate::cli) fn of(project: &mut Project) -> Self {
        let edition = pipeline::edition(project, Audience::Internal, true, &Quiet).value;
        let documents = project.content().value.documents;
        Self::new(&edition, documents)
    }

    fn new(edition: &Edition, documents: Vec<Source>) -> Self {
        let mut texts: BTreeMap<String, Source> =
            documents.into_iter().map(|source| (source.path.to_string(), source)).collect();
        let (mut all, mut by) = (Vec::new(), BTreeMap::<String, Vec<usize>>::new());
        for incident in edition.incidents.iter().map(|published| &published.incident) {
            let Some(source) = texts.remove(&*incident.path) else { continue };
            for key in keys(incident, &source.text) {
                by.entry(key).or_default().push(all.len());
            }
            let entry = |entry: &crate::model::TimelineEntry| Known {
                line: entry.line,
                at: entry.at.as_ref().and_then(crate::model::Moment::instant),
            };
            let known = incident.timeline.iter().map(entry).collect();
            all.push(Place { source, known, marked: marked(incident) });
        }
        Self { all, by }
    }

    /// The postmortem that came from `story` or links to it.
    pub(in crate::cli) fn of_story(&self, story: &Story) -> Result<Option<&Place>> {
        let keys = [Some(story.key()), story.url.as_deref().map(plain)];
        let found = keys.into_iter().flatten().find_map(|key| self.by.get(&key));
        match found.map(Vec::as_slice) {
            None | Some([]) => Ok(None),
            Some([one]) => Ok(self.all.get(*one)),
            Some(several) => {
                let names: Vec<String> = several
                    .iter()
                    .filter_map(|place| Some(format!("`{}`", self.all.get(*place)?.source.name)))
                    .collect();
                Err(Error::Usage(format!(
                    "several postmortems tell of this incident: {}; choose one with `--into`",
                    names.join(", ")
                )))
            }
        }
    }

    /// The postmortem in `file`.
    pub(in crate::cli) fn named(&self, file: &Path, project: &Project) -> Result<Option<&Place>> {
        let root = project.folder.path();
        let same = |place: &&Place| {
            let own = root.join(&*place.source.path);
            own == file
                || Path::new(&*place.source.path) == file
                || own.canonicalize().ok() == file.canonicalize().ok()
        };
        self.all.iter().find(same).map(Some).ok_or_else(|| {
            Error::Usage(format!(
                "`{}` is no postmortem of the content folder, so nothing can be added to it",
                file.display()
            ))
        })
    }
}

impl Place {
    pub(super) fn merge(&self, writer: Writer<'_>) -> Merged {
        merge(&writer.without(self.marked.iter().copied()), &self.source.text, &self.known)
    }
}

/// What the incident is known by elsewhere: keys of sources, and addresses.
fn keys(incident: &Incident, text: &str) -> Vec<String> {
    let links = incident.links.iter().map(|(_, link)| link).chain(&incident.status_page);
    let mut keys: Vec<String> = links.map(|link| plain(link)).chain(imported(text)).collect();
    keys.extend(incident.imported_from.iter().cloned());
    keys.sort();
    keys.dedup();
    keys
}

/// An address as it is compared.
fn plain(url: &str) -> String {
    url.trim().trim_end_matches('/').to_owned()
}

/// Marks that the author has given points for; those that words alone gave may be made better.
fn marked(incident: &Incident) -> Vec<Mark> {
    let has = |mark: &Mark| {
        let end = *mark == Mark::AllClear;
        let milestone = match mark.kind() {
            EntryKind::Milestone(milestone) => milestone,
            _ if end => crate::model::Milestone::Resolved,
            _ => return false,
        };
        incident.clock.get(milestone).is_some_and(|point| point.from != "timeline: words")
    };
    MARKS.into_iter().filter(has).collect()
}
