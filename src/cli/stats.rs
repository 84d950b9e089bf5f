//! `kb stats`: the figures of the statistics page, in the terminal.

use super::args::ProjectArgs;
use super::exit::Exit;
use super::figures::counted;
use super::terminal::Terminal;
use crate::diag::report::printable;
use crate::measure::{measure, table};
use crate::pipeline;
use crate::{Error, Result};
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  kb stats
  kb stats --as-of 2026-01-01
  kb stats --json | jq .actions.completion

Rates rest on what the reports say: what is not stated is counted as such, never as open. Shares of fewer than five are given as
counts. Drafts are not counted. Dates of closing come from rows, else from the history of the files in git.";

/// Count promises and incidents: are they kept, how long do they take, what comes back
///
/// The same figures stand on the site's statistics page and in `api/v1/stats.json`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Stats {
    #[command(flatten)]
    project: ProjectArgs,
    /// Print all figures as JSON, in the shape of `api/v1/stats.json`
    #[arg(long)]
    json: bool,
}

impl Stats {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Exit> {
        let all = counted(&self.project, terminal)?;
        let config = &all.project.config;
        let known = pipeline::elsewhere(all.project.known.as_deref(), &all.edition, config, all.as_of);
        let figures = measure(&all.edition, config, all.as_of, &all.closings).knowing(known);
        if self.json {
            let json = serde_json::to_string_pretty(&figures)
                .map_err(|error| Error::Usage(format!("the figures have no JSON form: {error}")))?;
            terminal.result(&format!("{json}\n"));
        } else {
            let lines = table(&figures);
            terminal.result(&lines.lines().map(|line| printable(line) + "\n").collect::<String>());
        }
        Ok(all.exit)
    }
}
