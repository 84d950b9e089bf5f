//! `kb import`: a draft postmortem from a status page, a pager, a chat or pasted lines.
//!
//! [`input`] finds the bytes, on disk or over the network; [`place`] finds the postmortem they belong into.

mod input;
pub(super) mod place;

use super::args::Reading;
use super::exit::Exit;
use super::new_file::{Wrote, write_new};
use super::progress::Bar;
use super::terminal::Terminal;
use super::{clock, rewrite};
use crate::config::{SiteConfig, SourceKind};
use crate::corpus::slugify;
use crate::diag::has_errors;
use crate::diag::report::printable;
use crate::diag::words::count;
use crate::interop::draft::Writer;
use crate::interop::draft::merge::Merged;
use crate::interop::fetch::incident_in;
use crate::interop::story::Story;
use crate::pipeline::{Progress, Project};
use crate::{Error, Result};
use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use place::Place;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  kb import page https://status.acme.example                    find out what it is, list its incidents
  kb import statuspage https://status.acme.example/incidents/p31v8gq0tn2c
  kb import betterstack https://status.acme.example --id 90417
  kb import feed https://status.acme.example/history.atom --all
  kb import generic incidents.json --id 42                      neutral JSON, for pages without an interface
  kb import pagerduty https://acme.pagerduty.com/incidents/Q1ABC
  kb import slack export.zip --channel inc-42
  kb import slack https://acme.slack.com/archives/C0123 --since 2026-03-14T14:00:00Z --until 2026-03-14T18:00:00Z
  kb import timeline notes.txt --title \"API outage\" --date 2026-03-14 --zone Europe/Copenhagen

The draft is internal. Names become roles (those of `[people]`, else responder A, B, …), what looks like a secret or an \
e-mail address is masked; read it through all the same. A file that is there is never written over: where a postmortem came \
from the same incident, or `--into` names one, entries that are new are added to its timeline, and those that the source changed \
since are brought up to date. What you changed or took out stays so; you are told where the source says something else now.

Tokens come from the environment only, and go to one host only, encrypted:
  PagerDuty   PAGERDUTY_TOKEN, to api.pagerduty.com
  Slack       SLACK_TOKEN, to slack.com
  others      none is needed; `--token-env NAME` sends one as a bearer token
With `--api` a token is sent only where `--token-env` names it. Every command but this one and `kb sync` works without a network.

AllyStatus and other pages whose interface is not documented: `kb import page` tries the usual places and the feed the page \
names; else write the neutral JSON (`kb import generic`), or paste the timeline (`kb import timeline -`).
  {\"incidents\": [{\"id\": \"42\", \"title\": \"API outage\", \"url\": \"https://…\", \"impact\": \"major\",
    \"started_at\": \"2026-03-14T14:23:00Z\", \"resolved_at\": \"2026-03-14T15:10:00Z\", \"components\": [\"API\"],
    \"updates\": [{\"at\": \"2026-03-14T14:30:00Z\", \"status\": \"investigating\", \"body\": \"We see errors.\"}]}]}";

/// Draft a postmortem from a status page, a pager or a chat
///
/// The draft has a typed timeline with the source of every entry.
///
/// Where FROM holds several incidents they are listed; choose one with `--id`. Several formats can be read from a saved file as
/// well as over the network.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Import {
    /// Which kind of system it comes from
    #[arg(value_name = "SOURCE", value_enum)]
    source: SourceKind,
    /// A file, `-` for standard input, or an address; for Slack also an unpacked export, for `PagerDuty` an incident's id
    #[arg(value_name = "FROM")]
    from: String,
    /// Folder that holds `site.toml`
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    #[command(flatten)]
    reading: Reading,
    /// The incident, by what the system calls it
    #[arg(long, value_name = "ID", conflicts_with = "all")]
    id: Option<String>,
    /// All incidents in it, a draft each
    #[arg(long, conflicts_with = "into")]
    all: bool,
    /// Add to this postmortem, whatever it came from
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
    /// Say what would be written, and write nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
    /// The title, where the source has none
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// The day of pasted times that name none
    #[arg(long, value_name = "DATE", value_parser = clock::date)]
    date: Option<Date>,
    /// The zone of pasted times that name none [default: `timezone` of `site.toml`]
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// The channel of a chat
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
    /// Messages from this time on
    #[arg(long, value_name = "TIME")]
    since: Option<Timestamp>,
    /// Messages up to this time
    #[arg(long, value_name = "TIME")]
    until: Option<Timestamp>,
    /// All messages, not only the pinned ones and their threads
    #[arg(long)]
    everything: bool,
    /// Address of the system's interface, where it is not the usual one
    #[arg(long, value_name = "URL")]
    api: Option<String>,
    /// Environment variable that holds the token
    #[arg(long, value_name = "NAME")]
    token_env: Option<String>,
    /// Let the system be in a private network or on this computer
    #[arg(long)]
    allow_private: bool,
    /// Seconds that one answer may take
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
}

impl Import {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Exit> {
        let mut found = Vec::new();
        let mut project = Project::open(&self.dir, self.reading.content.as_deref())?.unpack(&mut found);
        if has_errors(&found) {
            terminal.findings(&found, &project.sources);
            return Ok(Exit::Findings);
        }
        let progress = Bar::on(terminal);
        progress.stage("asking", None);
        let stories = self.stories(&project.config);
        progress.end();
        let stories = match stories {
            Ok(stories) => stories,
            Err(input::Stopped::Failed(failure)) => {
                terminal.fail(&format!("`{}` could not be read: {failure}", printable(&self.from)));
                return Ok(Exit::Findings);
            }
            Err(input::Stopped::Wrong(error)) => return Err(error),
        };
        if stories.is_empty() {
            terminal.fail(&format!("`{}` holds no incident that kb understands", printable(&self.from)));
            return Ok(Exit::Findings);
        }
        let chosen = self.chosen(&stories)?;
        let places = place::Places::of(&mut project);
        let Some(chosen) = chosen else {
            terminal.result(&stories.iter().map(|story| line(story, &places)).collect::<String>());
            terminal
                .say(&format!("{}: choose one with `--id`, or `--all`", count(stories.len(), "incident")));
            return Ok(Exit::Fine);
        };
        let mut exit = Exit::Fine;
        for story in chosen {
            match self.import(story, &project, &places, terminal) {
                // Of many, one that cannot be written does not keep the others from it.
                Err(Error::Usage(message)) if self.all => {
                    terminal.fail(&format!("{}: {message}", story.key()));
                    exit = Exit::Findings;
                }
                done => done?,
            }
        }
        Ok(exit)
    }

    /// The stories to import; `None` where the choice is the user's.
    fn chosen<'s>(&self, stories: &'s [Story]) -> Result<Option<Vec<&'s Story>>> {
        let id = self.id.clone().or_else(|| incident_in(&self.from));
        if let Some(id) = id.filter(|_| !self.all) {
            let by_id =
                |story: &&Story| story.id == id || story.key() == id || story.url.as_deref() == Some(&id);
            let by_link =
                |story: &&Story| story.url.as_deref().and_then(incident_in).as_deref() == Some(id.as_str());
            let found = stories.iter().find(by_id).or_else(|| stories.iter().find(by_link));
            let number = count(stories.len(), "incident");
            let message =
                format!("no incident `{}` among {number}; without `--id` they are listed", printable(&id));
            return found.map(|story| Some(vec![story])).ok_or(Error::Usage(message));
        }
        Ok((self.all || stories.len() == 1).then(|| stories.iter().collect()))
    }

    fn import(
        &self,
        story: &Story,
        project: &Project,
        places: &place::Places,
        terminal: &Terminal,
    ) -> Result<()> {
        let place = match &self.into {
            Some(file) => places.named(file, project)?,
            None => places.of_story(story)?,
        };
        let writer = Writer::new(story, &project.config, clock::now()?);
        match place {
            Some(place) => self.merge(writer, place, project, terminal),
            None => self.write(story, &writer, project, terminal),
        }
    }

    fn merge(&self, writer: Writer<'_>, place: &Place, project: &Project, terminal: &Terminal) -> Result<()> {
        let merged = place.merge(writer);
        let path = project.folder.path().join(&*place.source.path);
        let path = path.strip_prefix(".").unwrap_or(&path);
        if merged.changed() && !self.dry_run {
            rewrite::rewrite(path, &place.source, &merged.text)?;
        }
        terminal.result(&format!("{}\n", path.display()));
        terminal.say(&merged_in_words(&merged, self.dry_run));
        for one in &merged.differing {
            let place = format!("{}:{}", path.display(), one.line);
            terminal.say(&format!("{place}: your words stay; the source says now: {}", printable(&one.now)));
        }
        Ok(())
    }

    fn write(
        &self,
        story: &Story,
        writer: &Writer<'_>,
        project: &Project,
        terminal: &Terminal,
    ) -> Result<()> {
        let (path, text) = draft(story, writer, &project.config, project.folder.path())?;
        if self.dry_run {
            terminal.result(&text);
            return Ok(());
        }
        if write_new(&path, &text)? == Wrote::Nothing {
            return Err(Error::Usage(format!(
                "`{0}` exists already and did not come from this incident; add to it with `--into {0}`",
                path.display()
            )));
        }
        terminal.result(&format!("{}\n", path.display()));
        terminal.say(&format!(
            "{} imported; it is an internal draft until you remove `status: draft`",
            count(story.entries.len(), "event")
        ));
        Ok(())
    }
}

/// `1 event added, 2 brought up to date, 3 kept as they are`
fn merged_in_words(merged: &Merged, dry: bool) -> String {
    let would = if dry { "would be " } else { "" };
    let updated = match merged.updated {
        0 => String::new(),
        n => format!(", {n} {would}brought up to date"),
    };
    format!("{} {would}added{updated}, {} kept as they are", count(merged.added, "event"), merged.kept)
}

/// Where the draft of `story` goes, and its text.
pub(super) fn draft(
    story: &Story,
    writer: &Writer<'_>,
    config: &SiteConfig,
    content: &std::path::Path,
) -> Result<(PathBuf, String)> {
    let began = story.began().map_or_else(clock::now, Ok)?;
    let date: Date = jiff::tz::TimeZone::UTC.to_datetime(began).date();
    let path = content.join(format!("{date}-{}.md", slugify(&writer.title())));
    let path = path.strip_prefix(".").map(PathBuf::from).unwrap_or(path);
    Ok((path, writer.document(config)))
}

/// `p31v8gq0tn2c  2026-03-14  API outage`, and where it is told of.
fn line(story: &Story, places: &place::Places) -> String {
    let day = story.began().map_or_else(|| "          ".to_owned(), |at| at.strftime("%Y-%m-%d").to_string());
    let there = match places.of_story(story) {
        Ok(Some(place)) => format!("  → {}", printable(&place.source.name)),
        _ => String::new(),
    };
    format!("{}  {day}  {}{there}\n", printable(&story.id), printable(&story.title))
}
