//! `kb export`: everything kb read out of the postmortems, as data.
//!
//! [`record`] says what one postmortem's object holds, [`places`] where its values stand; the forms are JSON (one document), NDJSON (one object per line) and
//! [`csv`] (one row per postmortem, lists joined). All are in path order.

mod csv;
mod page;
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
  kb export --format csv > incidents.csv
  kb export --format markdown --incident PM-7      for a status page's postmortem field
  kb export --index quickwit > postmortems.yaml    how to index the NDJSON; or --index opensearch

`--format markdown` prints what the public may read of one postmortem, without its title, and a link to its page where \
`base_url` is known: it is refused for what is not public. kb sends it nowhere. On Statuspage, paste it as a draft: to publish \
one may mail every subscriber.

For those who outgrow one machine: `--index` prints the configuration for Quickwit, or the settings and mapping for \
OpenSearch and Elasticsearch (`PUT /postmortems`). Both name every key of the NDJSON. A postmortem's `path` is its natural \
document id. The bulk interface of OpenSearch wants an action line before each document:
  kb export --format ndjson | jq -c '{index: {_id: .path}}, .' > bulk.ndjson
Limits: times without an offset are taken for UTC there; sections are titles, not text; what kb knows beyond words (synonyms, \
error signatures, typing mistakes) is not in them, so they rank otherwise. Neither was run against a cluster; a test holds them \
to what kb exports.";

/// Print everything kb read out of the postmortems
///
/// Drafts and internal parts are included. Absent values are not known. Times are RFC 3339, without offset where the zone is
/// not known. Keys that end in `_from` say why a value was chosen: `front matter`, `label`, `text`, `timeline: words`, …; an
/// entry is `inferred` where only its words gave its kind. Items of lists, and values in `places`, stand from `line` and
/// `column` to before `end_line` and `end_column`, from 1, in characters.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Export {
    #[command(flatten)]
    project: ProjectArgs,
    /// The form
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// The postmortem to print as Markdown: its file, id or slug
    #[arg(long, value_name = "ID", required_if_eq("format", "markdown"))]
    incident: Option<String>,
    /// Print how a search engine is to index the NDJSON, instead of the postmortems
    #[arg(long, value_enum, value_name = "ENGINE", conflicts_with_all = ["format", "incident"])]
    index: Option<Engine>,
}

/// Engines whose index kb describes.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Engine {
    /// Quickwit: an index configuration
    Quickwit,
    /// `OpenSearch` and Elasticsearch: settings and mapping
    Opensearch,
}

impl Engine {
    fn index(self) -> &'static str {
        match self {
            Self::Quickwit => include_str!("../files/quickwit.yaml"),
            Self::Opensearch => include_str!("../files/opensearch.json"),
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// `{"version": 1, "incidents": […]}`
    Json,
    /// One postmortem per line
    Ndjson,
    /// One row per postmortem
    Csv,
    /// One postmortem as the public may read it, for a status page
    Markdown,
}

impl Export {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Exit> {
        if let Some(engine) = self.index {
            terminal.result(engine.index());
            return Ok(Exit::Fine);
        }
        let reading = &self.project.reading;
        let opened = Project::open(&self.project.dir, reading.content.as_deref())?;
        let mut found = opened.found;
        let mut project = opened.value;
        clock::today(reading.as_of, project.config.timezone.as_deref())?;
        if let Some(name) = &self.incident {
            if !matches!(self.format, Format::Markdown) {
                return Err(Error::Usage("`--incident` goes with `--format markdown`".into()));
            }
            terminal.result(&page::text(name, &mut project)?);
            return Ok(Exit::Fine);
        }
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
        // Clap asks for `--incident` with Markdown, and that is printed before.
        Format::Csv | Format::Markdown => Ok(csv::table(&records)),
    };
    text.map_err(|error| Error::Usage(format!("the export has no JSON form: {error}")))
}

#[cfg(test)]
mod tests;
