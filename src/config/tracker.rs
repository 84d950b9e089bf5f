//! `[trackers.<name>]`: where tickets are kept, and which tickets belong to which tracker.

use super::SiteConfig;
use serde::Deserialize;

/// `[trackers.<name>]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tracker {
    /// Which system it is.
    pub kind: TrackerKind,
    /// Address of the system: `https://example.atlassian.net`, `https://github.com/org/repo`.
    #[serde(default)]
    pub url: String,
    /// Ticket prefixes it owns: `["OPS", "ENG"]`.
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// Repositories whose `owner/name#123` are tickets; a bare `#123` means the first.
    #[serde(default)]
    pub repositories: Vec<String>,
    /// Name of the environment variable that holds the token.
    #[serde(default)]
    pub token_env: Option<String>,
    /// Name of the environment variable that holds the e-mail address that goes with the token (Jira Cloud).
    #[serde(default)]
    pub user_env: Option<String>,
    /// Resolutions that mean that a ticket was dropped, instead of the usual ones (Jira).
    #[serde(default)]
    pub cancelled: Option<Vec<String>>,
    /// Address at which programs talk to it, where that differs from `url`.
    #[serde(default)]
    pub api: Option<String>,
}

/// Trackers kb knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TrackerKind {
    /// Jira Cloud or Data Center.
    Jira,
    /// Linear.
    Linear,
    /// GitHub issues.
    Github,
}

impl SiteConfig {
    /// The tracker that owns the ticket written as `id` and perhaps linked to `url`, by its name in `site.toml`, and what
    /// it calls the ticket: `ENG-441`, `org/repo#123`. `None` where no tracker owns it.
    pub fn tracker_of(&self, id: &str, url: Option<&str>) -> Option<(&str, String)> {
        self.trackers.iter().find_map(|(name, tracker)| Some((name.as_str(), tracker.key_of(id, url)?)))
    }
}

impl Tracker {
    fn key_of(&self, id: &str, url: Option<&str>) -> Option<String> {
        match self.kind {
            TrackerKind::Github => self.issue_of(id, url),
            TrackerKind::Jira | TrackerKind::Linear => {
                let (prefix, number) = id.split_once('-')?;
                let owns = self.prefixes.iter().any(|own| own.eq_ignore_ascii_case(prefix));
                let linked = !self.url.is_empty() && url.is_some_and(|url| within(url, &self.url));
                ((owns || linked) && is_number(number) && is_word(prefix)).then(|| id.to_ascii_uppercase())
            }
        }
    }

    /// `owner/name#123` of an issue or a pull request; commits, boards and discussions are no tickets.
    fn issue_of(&self, id: &str, url: Option<&str>) -> Option<String> {
        let web = if self.url.is_empty() { "https://github.com" } else { self.web_root() };
        let linked = url.filter(|url| within(url, web)).and_then(|url| {
            let path = url.get(web.len()..)?.split(['?', '#']).next()?.trim_start_matches('/');
            let mut parts = path.split('/');
            let (owner, name, kind) = (parts.next()?, parts.next()?, parts.next()?);
            let issue = matches!(kind, "issues" | "pull");
            issue.then_some((format!("{owner}/{name}"), parts.next()?.to_owned()))
        });
        let written = || {
            let (repository, number) = id.split_once('#')?;
            let own = self.repositories.first();
            let repository = if repository.is_empty() { own?.clone() } else { repository.to_owned() };
            Some((repository, number.to_owned()))
        };
        let (repository, number) = linked.or_else(|| written().filter(|_| !elsewhere(url, web)))?;
        let owns = self.repositories.iter().any(|own| own.eq_ignore_ascii_case(&repository))
            || self.repositories.is_empty();
        let (owner, name) = repository.split_once('/')?;
        let fine = owns && is_word(owner) && is_word(name) && is_number(&number);
        fine.then(|| format!("{repository}#{number}"))
    }

    /// Scheme and host of `url`: GitHub's may name an organisation or a repository behind them.
    fn web_root(&self) -> &str {
        let after = self.url.find("://").map_or(0, |at| at + 3);
        let end =
            self.url.get(after..).and_then(|rest| rest.find('/')).map_or(self.url.len(), |at| after + at);
        self.url.get(..end).unwrap_or(&self.url)
    }
}

/// Whether `url` lies below `root`: the same host, not one whose name begins alike.
fn within(url: &str, root: &str) -> bool {
    let root = root.trim_end_matches('/');
    url.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

/// Whether a ticket is linked to another system: then its number means nothing here.
fn elsewhere(url: Option<&str>, root: &str) -> bool {
    url.is_some_and(|url| !within(url, root))
}

fn is_number(text: &str) -> bool {
    (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Letters, digits and the marks names of projects and repositories may hold; nothing that could leave a path or a query.
fn is_word(text: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !text.is_empty() && text.len() <= 100 && text != "." && text != ".." && text.bytes().all(fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> SiteConfig {
        toml::from_str(
            "[trackers.eng]\nkind = 'jira'\nurl = 'https://a.example/jira'\nprefixes = ['ENG']\n\
             [trackers.gh]\nkind = 'github'\nrepositories = ['acme/ops', 'acme/web']\n",
        )
        .unwrap()
    }

    #[test]
    fn a_ticket_belongs_to_the_tracker_that_owns_it() {
        let config = config();
        for (id, url, owner) in [
            ("ENG-441", None, Some(("eng", "ENG-441"))),
            ("eng-441", None, Some(("eng", "ENG-441"))),
            ("OPS-9", Some("https://a.example/jira/browse/OPS-9"), Some(("eng", "OPS-9"))),
            ("OPS-9", Some("https://a.example/jirafe/browse/OPS-9"), None),
            ("OPS-9", None, None),
            ("#12", None, Some(("gh", "acme/ops#12"))),
            ("acme/web#7", None, Some(("gh", "acme/web#7"))),
            ("#7", Some("https://github.com/acme/web/pull/7"), Some(("gh", "acme/web#7"))),
            ("#7", Some("https://gitlab.example/x/y/-/issues/7"), None),
            ("x/y#7", None, None),
            ("acme/ops@0a1b2c3", Some("https://github.com/acme/ops/commit/0a1b2c3"), None),
            ("ENG-../1", None, None),
        ] {
            let found = config.tracker_of(id, url);
            assert_eq!(found.as_ref().map(|(name, key)| (*name, key.as_str())), owner, "{id} {url:?}");
        }
    }
}
