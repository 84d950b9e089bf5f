//! `kb search`: the site's search, in the terminal.

use super::args::ProjectArgs;
use super::clock;
use super::exit::Exit;
use super::progress::Bar;
use super::terminal::Terminal;
use crate::corpus::Edition;
use crate::diag::report::printable;
use crate::diag::words::{alternatives, count};
use crate::index::{Answer, Hit, Index, Request, Results};
use crate::model::Audience;
use crate::pipeline::{self, Project};
use crate::{Error, Result};
use clap::Args;
use std::fmt::Write;

const EXAMPLES: &str = "\
Examples:
  kb search 'connection slots reserved'
  kb search 'certificate expired severity:1 after:2025-01'
  kb search '\"no space left on device\" -kafka' --limit 3
  kb search OOMKilled --json | jq '.hits[].title'

Incidents with all words are counted; those that lack some are shown where they fit, and say so. OR, -not, \"phrases\" and fields narrow it: component: tag: severity: owner: team: \
year: after: before: has:open has:overdue is:near-miss. A pasted log line is reduced to its rarest words.";

/// Find incidents by words, error messages and fields
///
/// Ranks as the site's own search does. Drafts are found too.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Search {
    /// What to look for, in one argument
    #[arg(value_name = "QUERY")]
    query: String,
    #[command(flatten)]
    project: ProjectArgs,
    /// How many of the best to show
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Print the answer as JSON, in the shape of `/api/search`
    #[arg(long)]
    json: bool,
}

impl Search {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Exit> {
        if !self.project.dir.is_dir() {
            let help = "a query of several words stands in quotes";
            return Err(Error::Usage(format!("there is no folder `{}`; {help}", self.project.dir.display())));
        }
        let reading = &self.project.reading;
        let mut found = Vec::new();
        let mut project = Project::open(&self.project.dir, reading.content.as_deref())?.unpack(&mut found);
        let today = clock::today(reading.as_of, project.config.timezone.as_deref())?;
        let progress = Bar::on(terminal);
        let edition = pipeline::edition(&mut project, Audience::Internal, true, &progress).unpack(&mut found);
        let index = Index::in_memory(&edition, &project.config, today)?;
        drop(progress);
        let request = Request { limit: self.limit, facets: self.json, ..Request::new(&self.query) };
        let results = index.search(&edition, &project.config, &request)?;
        if self.json {
            let answer =
                Answer::new(&edition, &self.query, &results, &|one| format!("incidents/{}.html", one.slug));
            let json =
                serde_json::to_string_pretty(&answer).map_err(|error| Error::Index(error.to_string()))?;
            terminal.result(&format!("{json}\n"));
        } else {
            terminal.result(&told(&results, &edition, &self.query, terminal.paints()));
        }
        Ok(super::figures::unread(&found, &project, terminal))
    }
}

fn told(results: &Results, edition: &Edition, query: &str, colour: bool) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        let _ = writeln!(out, "{text}");
    };
    results.unread.iter().for_each(|unread| line(format!("not understood: {unread}")));
    for instead in &results.instead {
        line(format!(
            "`{}` occurs nowhere; searched for {} instead",
            instead.typed,
            alternatives(&instead.used)
        ));
    }
    for missing in results.missing.iter().filter(|word| results.instead.iter().all(|one| one.typed != **word))
    {
        line(format!("`{missing}` occurs nowhere"));
    }
    line(counted(results, query));
    for hit in &results.hits {
        line(one(hit, edition, colour));
    }
    out
}

/// How many have all words, and how many more lack some.
fn counted(results: &Results, query: &str) -> String {
    let all = results.total + results.partial;
    let best =
        if all > results.hits.len() { format!(", the best {}", results.hits.len()) } else { String::new() };
    match (results.total, results.partial) {
        (0, 0) => format!("no incident found for `{query}`"),
        (0, 1) => "no incident has all words, 1 has some of them:".to_owned(),
        (0, some) => format!("no incident has all words, {some} have some of them{best}:"),
        (total, 0) => format!("{} found{best}:", count(total, "incident")),
        (total, some) => format!("{} found, {} of the words{best}:", count(total, "incident"), have(some)),
    }
}

fn have(some: usize) -> String {
    if some == 1 { "1 more has some".to_owned() } else { format!("{some} more have some") }
}

fn one(hit: &Hit, edition: &Edition, colour: bool) -> String {
    let Some(published) = edition.incidents.get(hit.number as usize) else { return String::new() };
    let incident = &published.incident;
    let (strong, off) = if colour { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
    let date = incident.date.as_ref().map(|dated| format!("{}  ", dated.date)).unwrap_or_default();
    let severity =
        incident.severity.as_ref().map(|severity| format!("{}  ", severity.label)).unwrap_or_default();
    let mut out = format!("\n{date}{severity}{strong}{}{off}", printable(&incident.title));
    if let Some(fix) = &incident.fix {
        let _ = write!(out, "\n    fixed by: {}", printable(&cut(&fix.text, 100)));
    }
    if let Some(passage) = &hit.passage {
        let words: String = passage
            .runs
            .iter()
            .map(|(text, marked)| (printable(text), *marked))
            .map(|(text, marked)| if marked && colour { format!("\x1b[33m{text}{off}") } else { text })
            .collect();
        let place = if passage.place.is_empty() { String::new() } else { format!("{}: ", passage.place) };
        let _ = write!(out, "\n    {place}{}", words.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    if !hit.lacks.is_empty() {
        let _ = write!(out, "\n    without: {}", printable(&hit.lacks.join(", ")));
    }
    let _ = write!(out, "\n    {}", printable(&incident.name));
    out
}

/// `text` on one line, at most `most` characters.
fn cut(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let mut short: String = line.chars().take(most).collect();
    short.push('…');
    short
}
