//! What is imported: a file, standard input, a folder, or the answer of a system.
#![expect(
    clippy::disallowed_methods,
    reason = "saved answers are read here, and tokens from the environment"
)]

use super::Import;
use crate::config::{SiteConfig, SourceKind as Kind};
use crate::interop::address::Address;
use crate::interop::fetch::{Asked, SLACK, incident_in};
use crate::interop::http::{Client, LARGEST, Limits, chance, wait};
use crate::interop::pager::PAGERDUTY;
use crate::interop::patience::Patient;
use crate::interop::story::{Around, Origin, Story, read, slack};
use crate::interop::web::{Failure, Token};
use crate::{Error, Result};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Bytes of the longest file: an export of a large workspace has gigabytes, and is better unpacked.
const FILE: u64 = LARGEST * 16;

/// Why there is nothing to import.
pub(super) enum Stopped {
    /// The source said no, or nonsense.
    Failed(Failure),
    /// The command was wrong, or the disk.
    Wrong(Error),
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Wrong(error)
    }
}

impl Import {
    pub(super) fn stories(&self, config: &SiteConfig) -> std::result::Result<Vec<Story>, Stopped> {
        let around = self.around(config)?;
        let path = Path::new(&self.from);
        if self.from.starts_with("https://") || self.from.starts_with("http://") {
            return Ok(self.ask(&around)?);
        }
        if self.source == Kind::Slack && path.is_dir() {
            return Ok(slack::files(&folder(path, around.channel.as_deref())?, &around)?);
        }
        let bytes = match self.from.as_str() {
            "-" => all(io::stdin().lock(), path)?,
            _ if path.exists() => all(File::open(path).map_err(|source| unreadable(path, source))?, path)?,
            _ if matches!(self.source, Kind::Pagerduty | Kind::Slack) && is_id(&self.from) => {
                return Ok(self.ask(&around)?);
            }
            _ => return Err(unreadable(path, io::Error::from(io::ErrorKind::NotFound)).into()),
        };
        match Origin::of(self.source) {
            Some(origin) => Ok(read(origin, &bytes, &around)?),
            None => Ok(any(&bytes, &around)?),
        }
    }

    fn around(&self, config: &SiteConfig) -> Result<Around> {
        let zone = self.zone.clone().or_else(|| config.timezone.clone());
        if let Some(name) = self.zone.as_ref().filter(|name| jiff::tz::TimeZone::get(name).is_err()) {
            return Err(Error::Usage(format!(
                "`{name}` is no zone; expected a name such as `Europe/Copenhagen`"
            )));
        }
        if self.source == Kind::Timeline && self.title.is_none() {
            return Err(Error::Usage("a pasted timeline has no title; say `--title \"…\"`".into()));
        }
        let web = self.from.starts_with("http");
        let origin = || Address::parse(&self.from).map(|address| address.at("/").to_string());
        let url = match self.source {
            Kind::Betterstack | Kind::Page if web => origin(),
            Kind::Slack | Kind::Cstate if web => Some(self.from.clone()),
            Kind::Cstate => Some(self.from.clone()),
            _ => None,
        };
        Ok(Around {
            url,
            title: self.title.clone(),
            date: self.date,
            zone,
            channel: self.channel.clone(),
            since: self.since,
            until: self.until,
            everything: self.everything,
        })
    }

    fn ask(&self, around: &Around) -> std::result::Result<Vec<Story>, Failure> {
        let limits = Limits::of_command(self.timeout, self.allow_private);
        let web = Patient { web: Client::new(limits), wait: &wait, chance: &chance };
        let token = self.token()?;
        let asked = Asked { web: &web, token: token.as_ref(), api: self.api.as_deref() };
        match self.source {
            Kind::Pagerduty => {
                asked.pager_incident(&incident_in(&self.from).unwrap_or_else(|| self.from.clone()))
            }
            Kind::Slack => {
                let id = self.from.trim_end_matches('/').rsplit("/archives/").next().unwrap_or_default();
                asked.channel(id.split('/').next().unwrap_or_default(), around)
            }
            _ => {
                let message = || Failure::Refused("it is no web address".into());
                let url = Address::parse(&self.from).ok_or_else(message)?;
                match Origin::of(self.source) {
                    Some(origin) => asked.page(origin, &url, around),
                    None => asked.any_page(&url, around),
                }
            }
        }
    }

    /// The token, from the variable that the command names, else from the usual one for the usual host.
    fn token(&self) -> std::result::Result<Option<Token>, Failure> {
        let usual = match self.source {
            Kind::Pagerduty => Some((PAGERDUTY, "PAGERDUTY_TOKEN")),
            Kind::Slack => Some((SLACK, "SLACK_TOKEN")),
            _ => None,
        };
        let ours = self
            .api
            .as_deref()
            .is_none_or(|api| usual.is_some_and(|(host, _)| api.trim_end_matches('/') == host));
        let name = self.token_env.as_deref().or(usual.filter(|_| ours).map(|(_, name)| name));
        let Some(name) = name else { return Ok(None) };
        let token = std::env::var(name).ok().and_then(|value| Token::new(&value));
        if token.is_none() {
            return Err(Failure::Refused(format!("the environment variable `{name}` holds no token")));
        }
        // Pages want it as a bearer token; pager and chat say themselves how they want it.
        Ok(if usual.is_none() { token.map(|token| token.bearer()) } else { token })
    }
}

/// A saved answer of whatever page.
fn any(bytes: &[u8], around: &Around) -> std::result::Result<Vec<Story>, Failure> {
    let mut last = Failure::Garbled("it is nothing that a status page says".into());
    for origin in [Origin::Statuspage, Origin::BetterStack, Origin::CState, Origin::Feed] {
        match read(origin, bytes, around) {
            Ok(stories) if !stories.is_empty() => return Ok(stories),
            Ok(_) => {}
            Err(failure) => last = failure,
        }
    }
    Err(last)
}

fn is_id(text: &str) -> bool {
    text.len() >= 6 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn all(reader: impl Read, path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = reader.take(FILE + 1).read_to_end(&mut bytes).map_err(|source| unreadable(path, source))?;
    if read as u64 > FILE {
        let message =
            format!("`{}` is longer than {} MiB; unpack it and name the folder", path.display(), FILE >> 20);
        return Err(Error::Usage(message));
    }
    Ok(bytes)
}

/// The files of an unpacked export that are needed.
fn folder(root: &Path, channel: Option<&str>) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(root).max_depth(2).sort_by_file_name() {
        let entry = entry.map_err(|error| unreadable(root, error.into()))?;
        let name =
            entry.path().strip_prefix(root).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() && slack::wanted(&name, channel) {
            let file = File::open(entry.path()).map_err(|source| unreadable(entry.path(), source))?;
            files.push((name, all(file, entry.path())?));
        }
    }
    Ok(files)
}

fn unreadable(path: &Path, source: io::Error) -> Error {
    Error::Read { path: path.to_path_buf(), source }
}
