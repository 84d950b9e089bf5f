//! When action items were closed, from the history of their files.
//!
//! Only rows that are closed and do not say since when are followed. For each commit that changed such a row, the file
//! of today is read once more with the row as it was: the reader of postmortems alone decides how it stood then. The
//! commit in which an unfinished row became a closed one gives the day; a row that was closed from the first gives none.

use super::{Progress, Project};
use crate::config::SiteConfig;
use crate::corpus::{Corpus, Edition, publish};
use crate::diag::{Source, SourceMap};
use crate::disk::{Depth, EarlierLine, earlier_lines, history_state};
use crate::measure::{Closing, ClosingSource, Closings, History};
use crate::model::{ActionItem, ActionState, Audience, Incident};
use crate::parse::{ParseOptions, postmortem};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// What the history of the content folder tells of the actions of `edition`.
pub fn closings(project: &Project, edition: &Edition, progress: &dyn Progress) -> Closings {
    progress.stage("reading the history", None);
    Past::of(project).closings(edition)
}

/// All that is needed to read the history of a project's files, owned, so that it can be read elsewhere.
#[derive(Debug)]
pub struct Past {
    folder: PathBuf,
    sources: SourceMap,
    config: SiteConfig,
}

impl Past {
    /// The history of the files of `project` as they are now.
    pub fn of(project: &Project) -> Self {
        let folder = project.folder.path().to_owned();
        Self { folder, sources: project.sources.clone(), config: project.config.clone() }
    }

    /// A mark that changes whenever the history does.
    pub fn state(&self) -> Vec<u8> {
        history_state(&self.folder)
    }

    /// What it tells of the actions of `edition`.
    pub fn closings(&self, edition: &Edition) -> Closings {
        let undated = self.undated(edition);
        let rows = |(path, one): (&&Arc<str>, &Undated<'_>)| (path.to_string(), one.rows.clone());
        let (depth, earlier) = earlier_lines(&self.folder, undated.iter().map(rows).collect());
        let dates: Vec<(&Arc<str>, u32, Date)> = undated
            .par_iter()
            .filter_map(|(path, one)| Some((path, one, earlier.get(&***path)?)))
            .flat_map_iter(|(path, one, lines)| {
                let day = |(line, versions): (&u32, &Vec<EarlierLine>)| {
                    Some((*path, *line, became_closed(one.text, *line, versions, &self.config)?))
                };
                lines.iter().filter_map(day).collect::<Vec<_>>()
            })
            .collect();
        let mut closings = Closings::new(match depth {
            Depth::None => History::NotRead,
            Depth::Shallow => History::Shallow,
            Depth::Whole => History::Whole,
        });
        for (path, line, date) in dates {
            closings.add(path, line, Closing { from: ClosingSource::Git, date });
        }
        closings
    }

    fn undated<'a>(&'a self, edition: &'a Edition) -> BTreeMap<&'a Arc<str>, Undated<'a>> {
        let mut all = BTreeMap::new();
        for incident in edition.incidents.iter().map(|published| &published.incident) {
            let wanted: BTreeSet<u32> = undated_closings(incident).map(|action| action.line).collect();
            let Some(text) = self.sources.text(&incident.name).filter(|_| !wanted.is_empty()) else {
                continue;
            };
            let lines = text.lines().zip(1..).filter(|(_, number)| wanted.contains(number));
            let rows = lines.map(|(line, number)| (number, line.to_owned())).collect();
            all.insert(&incident.path, Undated { text, rows });
        }
        all
    }
}

/// The actions of `incident` that are closed and do not say since when. Of a row that is closed only by its ticket, the
/// history of the file knows nothing.
pub fn undated_closings(incident: &Incident) -> impl Iterator<Item = &ActionItem> {
    incident.actions.iter().filter(|action| {
        action.state.is_closed() && action.closed.is_none() && action.state_from.from != "ticket"
    })
}

/// A postmortem with the closed rows that do not say since when.
struct Undated<'a> {
    text: &'a str,
    rows: BTreeMap<u32, String>,
}

/// The day on which the row in `line` of `text` became closed; its earlier forms come newest first.
fn became_closed(text: &str, line: u32, versions: &[EarlierLine], config: &SiteConfig) -> Option<Date> {
    for version in versions {
        if !state_with(text, line, &version.text, config)?.is_closed() {
            return Some(version.changed);
        }
    }
    None
}

/// How the row in `line` stands if it says `row`; `None` where that would be no action.
fn state_with(text: &str, line: u32, row: &str, config: &SiteConfig) -> Option<ActionState> {
    let place = usize::try_from(line).ok()?.checked_sub(1)?;
    let mut older = String::with_capacity(text.len() + row.len());
    for (number, one) in text.split_inclusive('\n').enumerate() {
        if number == place {
            older.push_str(row);
            older.push('\n');
        } else {
            older.push_str(one);
        }
    }
    let draft = postmortem(&Source::new("", older), &ParseOptions::new(config).for_colleagues()).value;
    let alone = Corpus::gather(vec![draft], Vec::new(), config).value;
    let edition = publish(&alone, Audience::Internal, config, true);
    let incident = &edition.incidents.first()?.incident;
    incident.actions.iter().find(|action| action.line == line).map(|action| action.state)
}
