//! The part of `kb sync` that asks status pages and pagers for their incidents.
#![expect(clippy::disallowed_methods, reason = "tokens are read from the environment here")]

use super::Sync;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::cli::{coverage, rewrite};
use crate::config::{Source, SourceKind};
use crate::diag::words::{alternatives, count, nearest};
use crate::interop::draft::nameless;
use crate::interop::fetch::Asked;
use crate::interop::http::{Client, Limits, chance, wait};
use crate::interop::known::{FILE, Known, LARGEST, ask};
use crate::interop::pager::PAGERDUTY;
use crate::interop::patience::Patient;
use crate::interop::web::{Failure, Token};
use crate::pipeline::Project;
use crate::{Error, Result};
use jiff::Timestamp;

pub(super) fn run(sync: &Sync, project: &Project, now: Timestamp, terminal: &Terminal) -> Result<Exit> {
    let config = &project.config;
    let all: Vec<&String> = config.sources.keys().collect();
    if let Some(name) = sync.sources.iter().find(|name| !config.sources.contains_key(*name)) {
        let help = match nearest(name, all.iter().copied()) {
            Some(near) => format!("did you mean `{near}`"),
            None if all.is_empty() => "describe it under `[sources.<name>]` in `site.toml`".to_owned(),
            None => format!("known in `site.toml`: {}", alternatives(&all)),
        };
        return Err(Error::Usage(format!("unknown source `{name}`; {help}")));
    }
    if all.is_empty() && config.trackers.is_empty() {
        let message = "`site.toml` has no tracker and no source; describe one under `[trackers.<name>]` or `[sources.<name>]`";
        return Err(Error::Usage(message.into()));
    }
    let wants =
        |name: &String| sync.sources.contains(name) || sync.sources.is_empty() && sync.trackers.is_empty();
    let chosen: Vec<(&String, &Source)> = config.sources.iter().filter(|(name, _)| wants(name)).collect();
    if chosen.is_empty() {
        return Ok(Exit::Fine);
    }
    let folder = crate::disk::Project::open(&project.root)?;
    let mut found = Vec::new();
    let mut known = match folder.beside(FILE, LARGEST)? {
        Some(source) => Known::read(&source).unpack(&mut found),
        None => Known::default(),
    };
    if let Some(finding) = found.first() {
        // To go on would write over what is known.
        return Err(Error::Usage(format!(
            "{}; delete it, or take an older one from version control",
            finding.message
        )));
    }
    let limits = Limits::of_command(sync.timeout, sync.allow_private);
    let web = Patient { web: Client::new(limits), wait: &wait, chance: &chance };
    let (mut exit, mut told) = (Exit::Fine, false);
    for (name, source) in chosen {
        let token = token(source);
        let asked = Asked { web: &web, token: token.as_ref(), api: source.api.as_deref() };
        match ask(source, &asked, known.of(name)) {
            Ok((stories, failed)) => {
                told = true;
                let number = stories.len();
                // The file may be committed: who was on call is nobody's business there.
                let stories = stories.into_iter().map(|story| nameless(story, config)).collect();
                let new = known.merge(name, stories, now);
                terminal.result(&new.iter().map(coverage::line).collect::<String>());
                terminal.say(&format!(
                    "source `{name}` tells {}, {} new",
                    count(number, "incident"),
                    new.len()
                ));
                if let Some(failure) = failed {
                    let rest = "the next run asks again";
                    terminal
                        .fail(&format!("source `{name}` could not be read to the end: {failure}; {rest}"));
                    exit = Exit::Findings;
                }
            }
            Err(failure) => {
                let none = token.is_none() && failure == Failure::Unauthorised;
                let help = if none { token_missing(source) } else { String::new() };
                terminal.fail(&format!("source `{name}` could not be asked: {failure}{help}"));
                exit = Exit::Findings;
            }
        }
    }
    if sync.dry_run {
        terminal.say(&format!("`{FILE}` is as it was"));
    } else if told {
        rewrite::put(&project.root.join(FILE), &known.write())?;
    }
    Ok(exit)
}

/// Where the token of a source that wants one would be looked for.
fn token_missing(source: &Source) -> String {
    let name = token_variable(source).unwrap_or("what `token_env` of the source names");
    format!("; none was sent: set {name}")
}

/// The token of a source: what `token_env` names, else the usual one for the usual host.
fn token(source: &Source) -> Option<Token> {
    let token = std::env::var(token_variable(source)?).ok().and_then(|value| Token::new(&value))?;
    Some(if source.kind == SourceKind::Pagerduty { token } else { token.bearer() })
}

fn token_variable(source: &Source) -> Option<&str> {
    let pager = source.kind == SourceKind::Pagerduty;
    let ours = source.api.as_deref().is_none_or(|api| api.trim_end_matches('/') == PAGERDUTY);
    source.token_env.as_deref().or((pager && ours).then_some("PAGERDUTY_TOKEN"))
}
