//! `kb similar`: has this happened before? Of a postmortem, or of a text that is still being written.

use super::args::ProjectArgs;
use super::clock;
use super::exit::Exit;
use super::figures::unread;
use super::progress::Bar;
use super::terminal::Terminal;
use super::which::{self, Which};
use crate::corpus::{Corpus, Edition, publish};
use crate::model::{ActionItem, Audience, Incident};
use crate::parse::{ParseOptions, postmortem};
use crate::pipeline::{self, Memo, Project};
use crate::recur::{self, Recurrences, Relative};
use crate::{Error, Result};
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  kb similar content/2026/2026-03-14-hub-down.md
  kb similar PM2026-007 --json | jq '.earlier[].path'
  kb similar ~/drafts/checkout.md    a text that is not in the content folder
  pbpaste | kb similar -             from standard input

What authors state comes first: it is never overruled, and `not-related` removes a suggestion for good (`kb link`). \
Suggestions follow, each with its reasons; where nothing is alike enough there are none. Actions are told as they stood on \
the day it happened again, of a text without a date as they stand today; what has no date stays unknown.

JSON: `{\"version\": 1, \"earlier\": […]}` with path, id, title, date, days_before, relation (a stated kind, `family` or `suggested`), why, \
looks_like and same_cause from 0 to 1, reasons, fixed_by, and actions with state_then and days_overdue.";

/// Find earlier incidents like one, and what they had promised
///
/// Drafts are among them. Of a text without a date, incidents of any day are shown.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Similar {
    /// A postmortem: its file, its id or its slug; any other text file; or `-`
    #[arg(value_name = "FILE|ID")]
    what: String,
    #[command(flatten)]
    project: ProjectArgs,
    /// How many to show at most [default: all that authors state, and three suggestions, or as many as `site.toml` says]
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

impl Similar {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Exit> {
        let reading = &self.project.reading;
        let mut found = Vec::new();
        let mut project = Project::open(&self.project.dir, reading.content.as_deref())?.unpack(&mut found);
        let today = clock::today(reading.as_of, project.config.timezone.as_deref())?;
        if let Some(limit) = self.limit {
            project.config.recurrence.suggestions = limit;
        }
        let progress = Bar::on(terminal);
        let corpus = pipeline::read(&mut project, &mut Memo::of_a_run_for(Audience::Internal), &progress)
            .unpack(&mut found);
        let (edition, number) = asked(&self.what, corpus, &project)?;
        let closings = pipeline::closings(&project, &edition, &progress);
        drop(progress);
        let recurrences = Recurrences::of(&edition, &project.config);
        let closed = |incident: &Incident, action: &ActionItem| closings.day(&incident.path, action.line);
        let mut earlier = recurrences.history_on(Some(today), number, &edition, &closed).earlier;
        self.choose(&mut earlier, &edition, number);
        if self.json {
            terminal.result(&format!("{:#}\n", recur::json(&edition, &earlier)));
        } else {
            terminal.result(&recur::human(&edition, &earlier));
        }
        Ok(unread(&found, &project, terminal))
    }

    fn choose(&self, earlier: &mut Vec<Relative>, edition: &Edition, number: usize) {
        // A copy that is being changed elsewhere is no earlier incident.
        let own = edition.incidents.get(number).map(|one| &one.incident).filter(|one| one.id_stated);
        let id = |one: &Relative| edition.incidents.get(one.number).map(|one| &one.incident.id);
        earlier.retain(|one| own.is_none_or(|own| id(one) != Some(&own.id)));
        earlier.truncate(self.limit.unwrap_or(usize::MAX));
    }
}

/// All that colleagues may read, and in it the incident that is asked about; a text from elsewhere is put among them.
fn asked(what: &str, corpus: Corpus, project: &Project) -> Result<(Edition, usize)> {
    let config = &project.config;
    let edition = publish(&corpus, Audience::Internal, config, true);
    match which::find(what, &edition, project)? {
        Which::Incident(number) => Ok((edition, number)),
        Which::Outside(source) => {
            let draft = postmortem(&source, &ParseOptions::new(config)).value;
            let edition = publish(&corpus.with(draft), Audience::Internal, config, true);
            let number = edition.incidents.iter().position(|one| one.incident.path == source.path);
            let number = number.ok_or_else(|| {
                Error::Usage(format!(
                    "`{}` is no postmortem: its front matter says `type: page`",
                    source.name
                ))
            })?;
            Ok((edition, number))
        }
    }
}
