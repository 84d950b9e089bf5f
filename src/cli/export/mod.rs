//! `kb export`: everything kb read out of the postmortems, as data.
//!
//! [`record`] says what one postmortem's object holds, [`places`] where its values stand; the forms are JSON (one document), NDJSON (one object per line) and
//! [`csv`] (one row per postmortem, lists joined). All are in path order.

mod csv;
mod places;
mod record;

use super::args::ProjectArgs;
use super::clock;
use super::exit::Exit;
use super::progress::Bar;
use super::terminal::Terminal;
use crate::corpus::Edition;
use crate::diag::{Diagnostic, SourceMap, has_errors};
use crate::model::Audience;
use crate::pipeline::{self, Project};
use crate::recur::Recurrences;
use crate::{Error, Result};
use clap::{Args, ValueEnum};
use record::Record;
use serde::Serialize;

const EXAMPLES: &str = "\
Examples:
  kb export > incidents.json
  kb export --format ndjson | grep SEV1
  kb export --format csv > incidents.csv";

/// Print everything kb read out of the postmortems
///
/// Drafts and internal parts are included. Absent values are not known. Times are RFC 3339, without offset where the zone is
/// not known. Keys that end in `_from` say why a value was chosen: `front matter`, `label`, `text`, `timeline: words`, …; an
/// entry is `inferred` where only its words gave its kind. Lines and columns are those of the file, from 1.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Export {
    #[command(flatten)]
    project: ProjectArgs,
    /// The form
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// `{"version": 1, "incidents": […]}`
    Json,
    /// One postmortem per line
    Ndjson,
    /// One row per postmortem
    Csv,
}

impl Export {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Exit> {
        let reading = &self.project.reading;
        let opened = Project::open(&self.project.dir, reading.content.as_deref())?;
        let mut found = opened.found;
        let mut project = opened.value;
        clock::today(reading.as_of, project.config.timezone.as_deref())?;
        let progress = Bar::on(terminal);
        let edition = pipeline::edition(&mut project, Audience::Internal, true, &progress).unpack(&mut found);
        drop(progress);
        let recurrences = Recurrences::of(&edition, &project.config);
        terminal.result(&written(self.format, &edition, &found, &project.sources, &recurrences)?);
        if has_errors(&found) {
            terminal.findings(&found, &project.sources);
            return Ok(Exit::Findings);
        }
        Ok(Exit::Fine)
    }
}

fn written(
    format: Format,
    edition: &Edition,
    found: &[Diagnostic],
    sources: &SourceMap,
    recurrences: &Recurrences,
) -> Result<String> {
    let records = record::all(edition, found, sources, recurrences);
    let text = match format {
        Format::Json => {
            #[derive(Serialize)]
            struct Document<'a> {
                version: u8,
                incidents: Vec<Record<'a>>,
            }
            let document = Document { version: 1, incidents: records };
            serde_json::to_string_pretty(&document).map(|text| text + "\n")
        }
        Format::Ndjson => {
            records.iter().map(|record| serde_json::to_string(record).map(|line| line + "\n")).collect()
        }
        Format::Csv => Ok(csv::table(&records)),
    };
    text.map_err(|error| Error::Usage(format!("the export has no JSON form: {error}")))
}

#[cfg(test)]
mod tests;
