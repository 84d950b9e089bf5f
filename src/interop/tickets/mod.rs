//! Ticket states: which tickets are asked for, whom, in what batches, and what becomes of the answers.
//!
//! [`wanted`] collects the tickets that action items name, [`choose`] leaves out those that need not be asked again,
//! [`sync`] asks tracker by tracker and hands the state so far to be saved after every batch: a run that is cut off goes
//! on where it was. Each tracker is one file that makes requests and reads answers; none of them touches the network.

mod choice;
pub mod github;
pub mod jira;
pub mod linear;
pub mod snapshot;
#[cfg(test)]
mod tests;

pub use choice::{Wanted, choose, wanted};

use super::address::Address;
use super::web::{Failure, Token, Web};
use crate::config::{Tracker, TrackerKind};
use crate::model::{TicketRecord, Tickets, Unseen};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A tracker, and all it takes to ask it.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    /// Its name in `site.toml`.
    pub name: &'a str,
    /// Its settings.
    pub settings: &'a Tracker,
    /// Who asks.
    pub token: Option<Token>,
    /// The e-mail address that goes with the token.
    pub user: Option<String>,
    /// Now.
    pub now: Timestamp,
}

/// What a tracker says about one ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// How it stands.
    Seen(Box<TicketRecord>),
    /// Why it cannot be seen.
    Unseen(Unseen),
}

/// What a tracker says, by the key it was asked for.
pub type Answers = BTreeMap<String, Told>;

/// Tickets asked for at once, at most.
pub const BATCH: usize = 100;

/// What a sync did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Every ticket whose entry says something else than before, with what it said: tracker, key, before, after.
    pub changes: Vec<Change>,
    /// Trackers that could not be asked, or not to the end, and why.
    pub failed: Vec<(String, Failure)>,
    /// Tickets that were asked for.
    pub asked: usize,
}

/// A ticket before and after.
#[derive(Debug, Clone)]
pub struct Change {
    /// What was known of it.
    pub before: Option<Arc<TicketRecord>>,
    /// What is known now.
    pub after: TicketRecord,
}

/// Asks for all `wanted` of each tracker of `sources`, and puts what they say into `tickets`.
///
/// After every batch, `save` gets all there is to know so far. One tracker that fails does not keep the others from
/// being asked, and what was known of its tickets stays.
///
/// # Errors
/// Only what `save` returns.
pub fn sync<E>(
    tickets: &mut Tickets,
    sources: &[Source<'_>],
    wanted: &BTreeMap<String, Vec<Wanted>>,
    web: &dyn Web,
    save: &mut dyn FnMut(&Tickets, usize) -> Result<(), E>,
) -> Result<Outcome, E> {
    let mut outcome = Outcome::default();
    for source in sources {
        let Some(all) = wanted.get(source.name) else { continue };
        for batch in all.chunks(BATCH) {
            let answers = match source.ask(web, batch) {
                Ok(answers) => answers,
                Err(failure) => {
                    outcome.failed.push((source.name.to_owned(), failure));
                    break;
                }
            };
            outcome.asked += batch.len();
            let changes = changes(source, batch, answers);
            for change in &changes {
                tickets.put(change.after.clone());
            }
            outcome.changes.extend(changes.into_iter().filter(Change::says_more));
            save(tickets, batch.len())?;
        }
    }
    Ok(outcome)
}

impl Source<'_> {
    fn ask(&self, web: &dyn Web, batch: &[Wanted]) -> Result<Answers, Failure> {
        let told = match self.settings.kind {
            TrackerKind::Github => github::ask(self, web, batch),
            TrackerKind::Jira => jira::ask(self, web, batch),
            TrackerKind::Linear => linear::ask(self, web, batch),
        };
        match told {
            Err(Failure::Unauthorised) if self.token.is_none() => {
                let names: Vec<String> =
                    token_variables(self.settings).0.iter().map(|name| format!("`{name}`")).collect();
                let names = if names.is_empty() { vec!["what `token_env` names".into()] } else { names };
                Err(Failure::Refused(format!(
                    "it wants a token (401), and none is set in {}",
                    names.join(" or ")
                )))
            }
            told => told,
        }
    }

    /// The address at which it answers, without a slash at its end.
    fn base(&self, usual: &str) -> Result<String, Failure> {
        let chosen = self.settings.api.as_deref().filter(|api| !api.is_empty()).unwrap_or(usual);
        if Address::parse(chosen).is_none() {
            let message = format!("`{chosen}` is no web address; set `url` (or `api`) in `site.toml`");
            return Err(Failure::Refused(message));
        }
        Ok(chosen.trim_end_matches('/').to_owned())
    }
}

/// The environment variables that may hold a tracker's token, and those that may hold the address of its user, the first
/// that is set counts.
///
/// What `site.toml` names comes first and alone. The usual variables are looked at only for the host they are meant for:
/// a token for github.com is of no use to any other, and not theirs to have.
pub fn token_variables(tracker: &Tracker) -> (Vec<String>, Vec<String>) {
    let own = |name: &Option<String>| name.iter().cloned().collect::<Vec<_>>();
    let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let api = tracker.api.as_deref().filter(|api| !api.is_empty());
    let host = Address::parse(api.unwrap_or(&tracker.url)).map(|address| address.host);
    let host = host.as_deref().unwrap_or_default();
    let cloud = jira::is_cloud(api.unwrap_or(&tracker.url));
    let (tokens, users) = match tracker.kind {
        TrackerKind::Github if matches!(host, "" | "github.com" | "www.github.com" | "api.github.com") => {
            (names(&["GITHUB_TOKEN", "GH_TOKEN"]), vec![])
        }
        TrackerKind::Github => (names(&["GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"]), vec![]),
        TrackerKind::Linear if api.is_none() || host == "api.linear.app" => {
            (names(&["LINEAR_API_KEY"]), vec![])
        }
        TrackerKind::Linear => (vec![], vec![]),
        TrackerKind::Jira if cloud => (names(&["JIRA_API_TOKEN"]), names(&["JIRA_EMAIL"])),
        TrackerKind::Jira => (names(&["JIRA_PAT"]), vec![]),
    };
    (
        if tracker.token_env.is_some() { own(&tracker.token_env) } else { tokens },
        if tracker.user_env.is_some() { own(&tracker.user_env) } else { users },
    )
}

/// Asks `single` for every ticket of a batch that has no answer yet. What is said of one ticket is an answer; what is said of
/// the whole tracker is a failure.
fn one_by_one(
    batch: &[Wanted],
    answers: &mut Answers,
    single: impl Fn(&Wanted) -> Result<Told, Failure>,
) -> Result<(), Failure> {
    for one in batch {
        if !answers.contains_key(&one.key) {
            let told = match single(one) {
                Err(Failure::Missing) => Told::Unseen(Unseen::Missing),
                Err(Failure::Forbidden) => Told::Unseen(Unseen::Forbidden),
                Err(Failure::Gone) => Told::Unseen(Unseen::Gone),
                told => told?,
            };
            answers.insert(one.key.clone(), told);
        }
    }
    Ok(())
}

/// `base` and `path` as one address.
fn address(base: &str, path: &str) -> Result<Address, Failure> {
    Address::parse(&format!("{base}{path}"))
        .ok_or_else(|| Failure::Refused(format!("`{base}` is no web address")))
}

/// The entries of a batch, old and new. A ticket that cannot be seen keeps what was known, and says why.
fn changes(source: &Source<'_>, batch: &[Wanted], mut answers: Answers) -> Vec<Change> {
    let told = |one: &Wanted| {
        let before = one.known.clone();
        let after = match answers.remove(&one.key)? {
            Told::Seen(record) => named(*record, &one.key, before.as_deref()),
            Told::Unseen(why) => unseen(source, &one.key, before.as_deref(), why),
        };
        Some(Change { before, after })
    };
    batch.iter().filter_map(told).collect()
}

/// The record with every name the ticket is known to have had.
fn named(mut record: TicketRecord, asked: &str, before: Option<&TicketRecord>) -> TicketRecord {
    let earlier = before.into_iter().flat_map(TicketRecord::names).map(str::to_owned);
    record.aliases.extend(earlier.chain([asked.to_owned()]));
    let key = record.key.clone();
    record.aliases.retain(|name| !name.eq_ignore_ascii_case(&key));
    record.aliases.sort();
    record.aliases.dedup();
    record
}

fn unseen(source: &Source<'_>, key: &str, before: Option<&TicketRecord>, why: Unseen) -> TicketRecord {
    if let Some(known) = before {
        // One that was never seen has nothing to keep the day of.
        let fetched_at = if known.is_known() { known.fetched_at } else { source.now };
        return TicketRecord { visibility_error: Some(why), fetched_at, ..known.clone() };
    }
    TicketRecord { visibility_error: Some(why), ..blank(source, key) }
}

/// An entry of which nothing is known but that it was asked for now.
fn blank(source: &Source<'_>, key: &str) -> TicketRecord {
    TicketRecord {
        tracker: source.name.to_owned(),
        key: key.to_owned(),
        aliases: Vec::new(),
        id: None,
        url: None,
        title: String::new(),
        state: crate::model::ActionState::Unknown,
        reason: None,
        due: None,
        created_at: None,
        closed_at: None,
        assignee: None,
        priority: None,
        visibility_error: None,
        fetched_at: source.now,
    }
}

impl Change {
    /// Whether more changed than the day on which it was looked at.
    fn says_more(&self) -> bool {
        let Some(before) = self.before.as_deref() else { return true };
        TicketRecord { fetched_at: before.fetched_at, ..self.after.clone() } != *before
    }
}
