//! What `kb stats` and `kb actions` count: everything colleagues may read, with what the history of the files tells.

use super::args::ProjectArgs;
use super::clock;
use super::exit::Exit;
use super::progress::Bar;
use super::terminal::Terminal;
use crate::Result;
use crate::corpus::Edition;
use crate::diag::{Diagnostic, Level};
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
    /// What to end with: not everything may have been read.
    pub(super) exit: Exit,
}

/// Reads the project, without drafts, as the internal site holds it.
pub(super) fn counted(arguments: &ProjectArgs, terminal: &Terminal) -> Result<Counted> {
    let reading = &arguments.reading;
    let mut found = Vec::new();
    let mut project = Project::open(&arguments.dir, reading.content.as_deref())?.unpack(&mut found);
    let as_of = clock::today(reading.as_of, project.config.timezone.as_deref())?;
    let progress = Bar::on(terminal);
    let edition = pipeline::edition(&mut project, Audience::Internal, false, &progress).unpack(&mut found);
    let closings = pipeline::closings(&project, &edition, &progress);
    drop(progress);
    let exit = unread(&found, &project, terminal);
    Ok(Counted { project, edition, as_of, closings, exit })
}

/// Tells which documents could not be read, and with that are missing in whatever is told of all of them.
pub(super) fn unread(found: &[Diagnostic], project: &Project, terminal: &Terminal) -> Exit {
    let errors: Vec<Diagnostic> = found.iter().filter(|one| one.level == Level::Error).cloned().collect();
    if errors.is_empty() {
        return Exit::Fine;
    }
    terminal.findings(&errors, &project.sources);
    terminal.say("what stands there is missing in this answer");
    Exit::Findings
}
