//! `kb sync`: asks trackers how tickets stand, and keeps what they say in `tickets.json`.
#![expect(
    clippy::disallowed_methods,
    reason = "tokens are read from the environment here, and the time that writing takes"
)]

mod history;

use crate::cli::args::ProjectArgs;
use crate::cli::exit::Exit;
use crate::cli::progress::Bar;
use crate::cli::terminal::Terminal;
use crate::cli::{clock, rewrite};
use crate::config::{SiteConfig, Tracker};
use crate::diag::has_errors;
use crate::diag::words::{alternatives, count, nearest};
use crate::interop::http::{Client, Limits, chance, wait};
use crate::interop::patience::Patient;
use crate::interop::tickets::{
    Change, Outcome, Source, Wanted, choose, snapshot, sync, token_variables, wanted,
};
use crate::interop::web::Token;
use crate::model::{Audience, Tickets, Unseen};
use crate::pipeline::{self, Progress, Project};
use crate::{Error, Result};
use clap::Args;
use jiff::Timestamp;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

const EXAMPLES: &str = "\
Examples:
  kb sync                        ask all trackers of `site.toml`
  kb sync --tracker jira         only this one
  kb sync --source page          only this status page or pager
  kb sync --dry-run              say what would change, write nothing
  GITHUB_TOKEN=$(gh auth token) kb sync

Tokens come from the environment, never from a file: from the variable that `token_env` names, else
  GitHub             GITHUB_TOKEN or GH_TOKEN; GH_ENTERPRISE_TOKEN for Enterprise Server
  Jira Cloud         JIRA_API_TOKEN, with the account's address in JIRA_EMAIL
  Jira Data Center   JIRA_PAT
  Linear             LINEAR_API_KEY
  PagerDuty          PAGERDUTY_TOKEN, as a source
A token is sent to the tracker's own host, encrypted, and nowhere else. Who may change `site.toml` decides which host \
that is: in CI, give tokens only to runs on protected branches.

Commit `tickets.json` and `incidents.json`, or let CI keep them: nothing else needs the network.

Exit status: 1 where a tracker could not be asked; what was known of its tickets stays. 0 where only some tickets could \
not be seen; they are named.";

/// Ask trackers how tickets stand, and status pages and pagers what they know
///
/// Asks the status pages and pagers of `[sources.<name>]` for their incidents, merges them into `incidents.json`, and says which
/// are new; `kb coverage` lists those that have no postmortem.
///
/// Reads every ticket that an action names and a tracker of `site.toml` owns, a hundred at a time, and writes `tickets.json`
/// beside `site.toml`. In the next build the ticket decides on state and closing date, the row on owner and due date.
/// Tickets looked at in the last ten minutes are not asked for again, so that a run that was cut off goes on; those closed
/// long ago are asked for once a week.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Sync {
    #[command(flatten)]
    project: ProjectArgs,
    /// Only this tracker, by its name in `site.toml`; may be repeated
    #[arg(long = "tracker", short, value_name = "T")]
    trackers: Vec<String>,
    /// Only this status page or pager, by its name under `[sources.<name>]`; may be repeated
    #[arg(long = "source", value_name = "S")]
    sources: Vec<String>,
    /// Ask, say what would change, and write nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
    /// Ask for every ticket, also those that hardly change any more
    #[arg(long)]
    all: bool,
    /// Let trackers be in a private network or on this computer
    #[arg(long)]
    allow_private: bool,
    /// Seconds that one answer may take
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
}

impl Sync {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Exit> {
        let mut found = Vec::new();
        let content = self.project.reading.content.as_deref();
        let mut project = Project::open(&self.project.dir, content)?.unpack(&mut found);
        if has_errors(&found) {
            terminal.findings(&found, &project.sources);
            return Ok(Exit::Findings);
        }
        let now = clock::now()?;
        let history = history::run(&self, &project, now, terminal)?;
        if project.config.trackers.is_empty() || !self.sources.is_empty() && self.trackers.is_empty() {
            return Ok(history);
        }
        let names = self.names(&project.config)?;
        let progress = Bar::on(terminal);
        let edition = pipeline::edition(&mut project, Audience::Internal, true, &progress).value;
        let (all, nobodys) = wanted(&edition, &project.config, &project.tickets);
        let all = self.chosen(all, &names, now);
        progress.stage("asking trackers", Some(all.values().map(Vec::len).sum()));
        let file = project.root.join(snapshot::FILE);
        let outcome = self.ask(&project, &all, now, &Keeper::of(&file, self.dry_run, &progress))?;
        progress.end();
        told_of_nobodys(&nobodys, terminal);
        let tickets = self.account(&outcome, &file, terminal);
        Ok(if history == Exit::Fine { tickets } else { history })
    }

    fn ask(
        &self,
        project: &Project,
        all: &BTreeMap<String, Vec<Wanted>>,
        now: Timestamp,
        keeper: &Keeper<'_>,
    ) -> Result<Outcome> {
        let trackers = project.config.trackers.iter().filter(|(name, _)| all.contains_key(*name));
        let sources: Vec<Source<'_>> = trackers.map(|(name, one)| source(name, one, now)).collect();
        let limits = Limits::of_command(self.timeout, self.allow_private);
        let web = Patient { web: Client::new(limits), wait: &wait, chance: &chance };
        let mut tickets = project.tickets.clone();
        let outcome = sync(&mut tickets, &sources, all, &web, &mut |tickets, n| keeper.keep(tickets, n))?;
        keeper.finish(&tickets)?;
        Ok(outcome)
    }

    /// The trackers to ask.
    fn names(&self, config: &SiteConfig) -> Result<Vec<String>> {
        let known: Vec<&String> = config.trackers.keys().collect();
        for name in &self.trackers {
            if !config.trackers.contains_key(name) {
                let help = match nearest(name, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`"),
                    None => format!("known in `site.toml`: {}", alternatives(&known)),
                };
                return Err(Error::Usage(format!("unknown tracker `{name}`; {help}")));
            }
        }
        let wants = |name: &&String| self.trackers.is_empty() || self.trackers.contains(name);
        Ok(known.into_iter().filter(wants).cloned().collect())
    }

    fn chosen(
        &self,
        all: BTreeMap<String, Vec<Wanted>>,
        names: &[String],
        now: Timestamp,
    ) -> BTreeMap<String, Vec<Wanted>> {
        all.into_iter()
            .filter(|(name, _)| names.contains(name))
            .map(|(name, wanted)| (name, if self.all { wanted } else { choose(wanted, now) }))
            .collect()
    }

    fn account(&self, outcome: &Outcome, file: &Path, terminal: &Terminal) -> Exit {
        terminal.result(&outcome.changes.iter().map(line).collect::<String>());
        for (name, failure) in &outcome.failed {
            terminal.fail(&format!("tracker `{name}` could not be asked: {failure}"));
        }
        if outcome.asked == 0 {
            if !outcome.failed.is_empty() {
                return Exit::Findings;
            }
            terminal.say("no ticket had to be asked for; `--all` asks for every one");
            return Exit::Fine;
        }
        let verb = if self.dry_run { "would change" } else { "changed" };
        let file = file.strip_prefix(".").unwrap_or(file).display();
        let kept =
            if self.dry_run { format!("`{file}` is as it was") } else { format!("they stand in `{file}`") };
        terminal.say(&format!(
            "asked for {}: {} {verb}; {kept}",
            count(outcome.asked, "ticket"),
            outcome.changes.len()
        ));
        if outcome.failed.is_empty() { Exit::Fine } else { Exit::Findings }
    }
}

fn told_of_nobodys(nobodys: &BTreeSet<String>, terminal: &Terminal) {
    if nobodys.is_empty() {
        return;
    }
    let some: Vec<&str> = nobodys.iter().take(5).map(String::as_str).collect();
    let more = if nobodys.len() > some.len() { ", …" } else { "" };
    let number = count(nobodys.len(), "ticket");
    terminal.say(&format!("{number} of no tracker in `site.toml`: {}{more}", some.join(", ")));
}

fn source<'a>(name: &'a str, settings: &'a Tracker, now: Timestamp) -> Source<'a> {
    let (tokens, users) = token_variables(settings);
    let first = |names: Vec<String>| names.iter().find_map(|name| std::env::var(name).ok());
    let user = first(users).map(|user| user.trim().to_owned()).filter(|user| !user.is_empty());
    let token = first(tokens).and_then(|value| Token::new(&value));
    Source { name, settings, token, user, now }
}

/// Of the time between two writes of the file, writing may take one part in this many.
const SAVING: u32 = 20;

/// Writes the file as soon as there is something to keep and then as often as that costs next to nothing, so that a run
/// that is cut off has not been in vain.
struct Keeper<'a> {
    file: &'a Path,
    dry: bool,
    progress: &'a Bar,
    unsaved: Cell<bool>,
    /// When the file may be written again.
    next: Cell<Instant>,
}

impl<'a> Keeper<'a> {
    fn of(file: &'a Path, dry: bool, progress: &'a Bar) -> Self {
        Self { file, dry, progress, unsaved: Cell::new(false), next: Cell::new(Instant::now()) }
    }

    fn keep(&self, tickets: &Tickets, n: usize) -> Result<()> {
        (0..n).for_each(|_| self.progress.step());
        self.unsaved.set(true);
        if Instant::now() < self.next.get() { Ok(()) } else { self.finish(tickets) }
    }

    fn finish(&self, tickets: &Tickets) -> Result<()> {
        if self.dry || !self.unsaved.take() {
            return Ok(());
        }
        let begun = Instant::now();
        rewrite::put(self.file, &snapshot::write(tickets))?;
        self.next.set(Instant::now() + begun.elapsed() * SAVING);
        Ok(())
    }
}

/// `ENG-441  open → done (Won't Do)`
fn line(change: &Change) -> String {
    let after = &change.after;
    let known = change.before.as_deref().filter(|before| before.is_known());
    let mut line = format!("{}  ", after.key);
    if let Some(why) = after.visibility_error {
        line += match why {
            Unseen::Missing => "not found, or not visible to this token",
            Unseen::Forbidden => "the token may not read it",
            Unseen::Gone => "deleted",
        };
        if let Some(before) = known {
            line += &format!("; last known: {}", before.state.word());
        }
        return line + "\n";
    }
    match known {
        Some(before) if before.state != after.state => {
            line += &format!("{} → {}", before.state.word(), after.state.word());
        }
        _ => line += after.state.word(),
    }
    if let Some(reason) = &after.reason {
        line += &format!(" ({reason})");
    }
    let moved = known.filter(|before| before.key != after.key).map(|before| before.key.clone());
    let first = || after.aliases.first().filter(|_| known.is_none()).cloned();
    if let Some(name) = moved.or_else(first) {
        line += &format!(", was {name}");
    }
    if let Some(at) = after.closed_at.filter(|_| after.state.is_closed()) {
        line += &format!(", closed {}", at.strftime("%Y-%m-%d"));
    }
    line + "\n"
}
