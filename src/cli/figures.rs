//! What `kb stats` and `kb actions` count: everything colleagues may read, with what the history of the files tells.

use super::args::ProjectArgs;
use super::clock;
use super::progress::Bar;
use super::terminal::Terminal;
use crate::Result;
use crate::corpus::Edition;
use crate::measure::Closings;
use crate::model::Audience;
use crate::pipeline::{self, Project};
use jiff::civil::Date;

/// All that figures are counted from.
pub(super) struct Counted {
    pub(super) project: Project,
    pub(super) edition: Edition,
    pub(super) as_of: Date,
    pub(super) closings: Closings,
}

/// Reads the project, without drafts, as the internal site holds it.
pub(super) fn counted(arguments: &ProjectArgs, terminal: &Terminal) -> Result<Counted> {
    let reading = &arguments.reading;
    let mut found = Vec::new();
    let mut project = Project::open(&arguments.dir, reading.content.as_deref())?.unpack(&mut found);
    let as_of = clock::today(reading.as_of, project.config.timezone.as_deref())?;
    let progress = Bar::on(terminal);
    let edition = pipeline::edition(&mut project, Audience::Internal, false, &progress).value;
    let closings = pipeline::closings(&project, &edition, &progress);
    Ok(Counted { project, edition, as_of, closings })
}
