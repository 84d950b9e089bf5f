//! The postmortem that an import belongs into: the one that came from the same incident, or links to it.

use crate::corpus::Edition;
use crate::diag::Source;
use crate::interop::draft::Writer;
use crate::interop::draft::merge::{Known, Merged, merge};
use crate::interop::reports::Reports;
use crate::interop::story::{Mark, Story};
use crate::model::{Audience, EntryKind, Incident};
use crate::pipeline::{self, Project, Quiet};
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// Every postmortem, and what each is known to come from.
pub(in crate::cli) struct Places {
    /// By their numbers in the edition.
    all: BTreeMap<usize, Place>,
    reports: Reports,
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
        let mut all = BTreeMap::new();
        for (number, published) in edition.incidents.iter().enumerate() {
            let incident = &published.incident;
            let Some(source) = texts.remove(&*incident.path) else { continue };
            let entry = |entry: &crate::model::TimelineEntry| Known {
                line: entry.line,
                at: entry.at.as_ref().and_then(crate::model::Moment::instant),
            };
            let known = incident.timeline.iter().map(entry).collect();
            all.insert(number, Place { source, known, marked: marked(incident) });
        }
        Self { all, reports: Reports::of(edition) }
    }

    /// The postmortem that came from `story` or links to it.
    pub(in crate::cli) fn of_story(&self, story: &Story) -> Result<Option<&Place>> {
        match self.reports.on(story) {
            [] => Ok(None),
            [one] => Ok(self.all.get(one)),
            several => {
                let names: Vec<String> = several
                    .iter()
                    .filter_map(|place| Some(format!("`{}`", self.all.get(place)?.source.name)))
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
        self.all.values().find(same).map(Some).ok_or_else(|| {
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
