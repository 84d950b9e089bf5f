//! Tickets: `ENG-441`, `#123`, `org/repo#123`, and the addresses of trackers.

use crate::config::{SiteConfig, TrackerKind};
use crate::model::Ticket;

/// Prefixes of names that look like tickets and are none.
const NO_PREFIX: [&str; 36] = [
    "UTF", "ISO", "SHA", "CVE", "RFC", "SEV", "HTTP", "TLS", "UTC", "GMT", "AES", "MD", "PM", "INC", "EC",
    "COVID", "CWE", "EIP", "ERC", "BIP", "PEP", "GPT", "ADR", "SLO", "SLA", "SOC", "PCI", "IEEE", "RTX",
    "SEC", "NIST", "RSA", "WPA", "IR", "AI", "CAPA",
];

/// Parts of an address before the number of an issue or a change, whoever hosts the tracker.
const COUNTERS: [&str; 14] = [
    "issues",
    "issue",
    "pull",
    "pulls",
    "pull-requests",
    "pullrequest",
    "merge_requests",
    "work_items",
    "edit",
    "story",
    "bugs",
    "+bug",
    "tickets",
    "ticket",
];

/// The number behind one of [`COUNTERS`], with or without a name after it: `/issues/12`, `/story/12/add-alerts`.
fn counted<'a>(parts: &[&'a str]) -> Option<&'a str> {
    let number = |word: &str| (1..=9).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    match parts {
        [_, .., counter, id] if COUNTERS.contains(counter) && number(id) => Some(id),
        [_, .., counter, id, _] if COUNTERS.contains(counter) && number(id) => Some(id),
        _ => None,
    }
}

/// The bug an address of Bugzilla names in its query: `show_bug.cgi?id=1234567`.
fn bug(url: &str) -> Option<&str> {
    let (page, query) = url.split_once('?')?;
    let id = query.split(['&', '#']).find_map(|part| part.strip_prefix("id="))?;
    (page.ends_with("show_bug.cgi") && !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()))
        .then_some(id)
}

/// The ticket an address leads to; `None` where it leads elsewhere. `shown` is the text of the link.
pub(super) fn of_url(url: &str, shown: &str, config: &SiteConfig) -> Option<Ticket> {
    if let Some(id) = bug(url) {
        return Some(Ticket::written(format!("bug {id}"), Some(url.to_owned())));
    }
    let bare = url.split(['?', '#']).next()?.trim_end_matches(['/', '.', ',', ')']);
    let path = bare.split_once("://")?.1;
    let parts: Vec<&str> = path.split('/').collect();
    let host = parts.first()?.to_lowercase();
    let id = match parts.as_slice() {
        [_, owner, repo, "issues" | "pull" | "pulls" | "discussions", number]
            if host.ends_with("github.com") =>
        {
            format!("{owner}/{repo}#{number}")
        }
        // A commit or a view of a change: `/pull/12/commits/…`, `/pull/12/files`.
        [_, owner, repo, "pull", number, "commits" | "files" | "changes" | "checks", ..]
            if host.ends_with("github.com") =>
        {
            format!("{owner}/{repo}#{number}")
        }
        [_, owner, repo, "commit", hash] if host.ends_with("github.com") => {
            format!("{owner}/{repo}@{}", hash.get(..7).unwrap_or(hash))
        }
        [_, .., "-", "issues" | "merge_requests" | "work_items", number] => format!("#{number}"),
        [_, .., "-", "epics", number] => format!("&{number}"),
        [_, task] if is_task(task) => (*task).to_owned(),
        [_, .., "browse" | "issue", key] | [_, .., "issue", key, _] if is_key(key) => (*key).to_owned(),
        [_, "c", card] | [_, "c", card, _] if host.ends_with("trello.com") => (*card).to_owned(),
        [.., last] if host.ends_with("app.asana.com") || host.ends_with("notion.so") => (*last).to_owned(),
        [_, _, _, "projects", number] | [_, _, _, _, "projects", number] if host.ends_with("github.com") => {
            format!("project {number}")
        }
        [.., "t", card] if host == "app.clickup.com" => (*card).to_owned(),
        [_, id] if host == "bugzil.la" => format!("bug {id}"),
        [.., last] if ours(url, config) => (*last).to_owned(),
        parts if counted(parts).is_some() => format!("#{}", counted(parts)?),
        _ => return None,
    };
    let shown = shown.trim();
    let id = if is_ticket(shown) { shown.to_owned() } else { id };
    Some(Ticket::written(id, Some(url.trim_end_matches(['.', ',', ')']).to_owned())))
}

fn ours(url: &str, config: &SiteConfig) -> bool {
    config.trackers.values().any(|tracker| !tracker.url.is_empty() && url.starts_with(&tracker.url))
}

/// Whether `word` is a ticket by itself.
pub(super) fn is_ticket(word: &str) -> bool {
    is_key(word) || is_number(word) || is_task(word) || is_record(word)
}

/// `T341460`, as Phabricator counts its tasks.
fn is_task(word: &str) -> bool {
    word.strip_prefix('T').is_some_and(|number| {
        (5..=7).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// `CHG0040123`, as `ServiceNow` counts changes, problems, requests and tasks. `INC…` is the incident itself.
fn is_record(word: &str) -> bool {
    let number =
        ["CHG", "PRB", "RITM", "TASK", "PTASK", "CTASK"].iter().find_map(|kind| word.strip_prefix(kind));
    number.is_some_and(|number| number.len() == 7 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Words before the number of a ticket: `Bug 5554823`.
pub(super) const COUNTED: [&str; 5] = ["bug", "ticket", "issue", "case", "task"];

/// The ticket that a number behind such a word is.
pub(super) fn of_number(word: &str, number: &str) -> Option<Ticket> {
    let counted = COUNTED.contains(&word.to_lowercase().as_str());
    let long = (4..=12).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    (counted && long).then(|| Ticket::written(format!("{word} {number}"), None))
}

/// `ENG-441`.
fn is_key(word: &str) -> bool {
    let Some((prefix, number)) = word.split_once('-') else {
        return false;
    };
    (2..=10).contains(&prefix.len())
        && prefix.chars().all(|c| c.is_ascii_uppercase())
        && (1..=6).contains(&number.len())
        && number.chars().all(|c| c.is_ascii_digit())
        && !NO_PREFIX.contains(&prefix)
}

/// `#123`, `org/repo#123`, and `!123` for a merge request.
fn is_number(word: &str) -> bool {
    let Some((repository, number)) = word.split_once(['#', '!']) else {
        return false;
    };
    let fine = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    (1..=7).contains(&number.len())
        && number.chars().all(|c| c.is_ascii_digit())
        && repository.chars().all(fine)
}

/// The ticket a word names, with its address where a tracker of the site owns it.
pub(super) fn of_word(word: &str, config: &SiteConfig) -> Option<Ticket> {
    if !is_ticket(word) {
        return None;
    }
    let url = config.trackers.values().find_map(|tracker| {
        if let Some((prefix, _)) = word.split_once('-')
            && tracker.prefixes.iter().any(|own| own == prefix)
        {
            return Some(match tracker.kind {
                TrackerKind::Linear => format!("{}/issue/{word}", tracker.url.trim_end_matches('/')),
                _ => format!("{}/browse/{word}", tracker.url.trim_end_matches('/')),
            });
        }
        let (repository, number) = word.split_once('#')?;
        let own = tracker.repositories.first().filter(|_| tracker.kind == TrackerKind::Github)?;
        let repository = if repository.is_empty() { own } else { repository };
        Some(format!("https://github.com/{repository}/issues/{number}"))
    });
    Some(Ticket::written(word, url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tickets_are_known_by_word_and_by_address() {
        let config = SiteConfig::default();
        for (url, id) in [
            ("https://github.com/a/b/issues/12", Some("a/b#12")),
            ("https://github.com/a/b/pull/7#issuecomment-1", Some("a/b#7")),
            ("https://github.com/a/b/pull/7/commits/0123456", Some("a/b#7")),
            ("https://x.atlassian.net/browse/OPS-9", Some("OPS-9")),
            ("https://linear.app/t/issue/ENG-4/fix-it", Some("ENG-4")),
            ("https://gitlab.com/groups/a/b/-/epics/8", Some("&8")),
            ("https://tasks.example.org/T341460", Some("T341460")),
            ("https://bugzilla.example.org/show_bug.cgi?id=1234567", Some("bug 1234567")),
            ("https://git.example.org/a/b/issues/12", Some("#12")),
            ("https://dev.azure.com/o/p/_workitems/edit/77", Some("#77")),
            ("https://app.shortcut.com/o/story/77/add-alerts", Some("#77")),
            ("https://app.clickup.com/t/86abc", Some("86abc")),
            ("https://example.com/docs", None),
            ("https://example.com/issues/summary", None),
        ] {
            assert_eq!(of_url(url, "here", &config).map(|ticket| ticket.id).as_deref(), id, "{url}");
        }
        for (word, known) in [
            ("ENG-441", true),
            ("#12", true),
            ("a/b#1", true),
            ("UTF-8", false),
            ("C#", false),
            ("T341460", true),
            ("T1000", false),
        ] {
            assert_eq!(is_ticket(word), known, "{word}");
        }
    }
}
