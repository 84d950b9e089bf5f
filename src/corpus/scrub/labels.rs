//! Whoever a label or the words before a name tell to be somebody: `owner: mia`, `assigned to Ada Lind`.

use super::Scrubber;
use super::word::{LONGEST_NAME, shortened};
use std::ops::Range;

/// After these stands a full name.
const DOERS: [&str; 11] = [
    "assigned to ",
    "owned by ",
    "signed-off-by: ",
    "co-authored-by: ",
    "reviewed-by: ",
    "acked-by: ",
    "approved-by: ",
    "reported-by: ",
    "tested-by: ",
    "author: ",
    "committer: ",
];
/// Words that make a name that of several people.
const GROUPS: [&str; 8] =
    ["team", "squad", "group", "engineering", "department", "operations", "support", "on-call"];

impl<'a> Scrubber<'a> {
    /// A full name after words such as `assigned to`, or before an address of mail in brackets.
    pub(super) fn doer(&self, text: &str, at: usize) -> Option<(usize, &'a str)> {
        let rest = text.get(at..)?;
        if !rest.starts_with(char::is_uppercase) {
            return None;
        }
        let before = text.get(..at)?;
        let led = |lead: &&str| {
            let start = before.len().checked_sub(lead.len());
            start.and_then(|start| before.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(lead))
        };
        if !DOERS.iter().any(led) && !mailed(rest) {
            return None;
        }
        let name = full_name(rest)?;
        let small = name.to_lowercase();
        let several = small.split(' ').any(|word| GROUPS.contains(&word)) || self.teams.contains(&small);
        (!several).then_some((name.len(), self.role))
    }

    /// What a label at the colon `at` says of whose an action is: `owner: mia`, `ticket: 12`.
    pub(super) fn labelled(&self, text: &str, at: usize) -> Option<(Range<usize>, &'a str)> {
        const PEOPLE: [&str; 6] = ["owner", "owners", "assignee", "assignees", "dri", "assigned to"];
        const TICKETS: [&str; 4] = ["ticket", "tickets", "jira", "linear"];
        let before = text.get(..at)?.trim_end();
        let ends = |label: &&str| {
            let start = before.len().checked_sub(label.len());
            let (rest, end) = start.and_then(|start| before.split_at_checked(start)).unwrap_or_default();
            end.eq_ignore_ascii_case(label) && !rest.ends_with(char::is_alphanumeric)
        };
        let people = PEOPLE.iter().any(&ends);
        let named = !people && ROLES.iter().any(&ends);
        if !people && !named && !TICKETS.iter().any(ends) {
            return None;
        }
        let after = text.get(at + 1..)?;
        let value = after.trim_start();
        let start = at + 1 + after.len() - value.len();
        let length = value.find([',', ';', ')', ']', '|', '\n', '.']).unwrap_or(value.len());
        let value = value.get(..length)?.trim_end();
        if named && !is_somebody(value) {
            return None;
        }
        let words = value.split_whitespace().count();
        // More words are a sentence; a team is no person.
        let is_value =
            (1..=3).contains(&words) && value.len() <= 60 && !self.teams.contains(&value.to_lowercase());
        is_value.then_some((start..start + value.len(), if people || named { self.role } else { "" }))
    }
}

/// Labels of those who had a part in an incident.
pub(in crate::corpus) const ROLES: [&str; 14] = [
    "incident commander",
    "incident lead",
    "incident manager",
    "commander",
    "ic",
    "scribe",
    "author",
    "authors",
    "reviewer",
    "reviewers",
    "responder",
    "responders",
    "on-call",
    "on call",
];

/// Whether a value is a person: one word that may be an account, or words that all begin as names do.
pub(in crate::corpus) fn is_somebody(value: &str) -> bool {
    const NOBODY: [&str; 18] = [
        "none",
        "n/a",
        "na",
        "tbd",
        "tba",
        "unknown",
        "nobody",
        "yes",
        "no",
        "all",
        "everyone",
        "us",
        "we",
        "rotation",
        "paged",
        "primary",
        "secondary",
        "customer",
    ];
    let small = value.to_lowercase();
    let several = small.split(' ').any(|word| GROUPS.contains(&word));
    let words: Vec<&str> = value.split_whitespace().collect();
    match words.as_slice() {
        [one] => one.starts_with(char::is_alphabetic) && !NOBODY.contains(&&*small) && !several,
        [_, _] | [_, _, _] => !several && words.iter().all(|word| word.starts_with(char::is_uppercase)),
        _ => false,
    }
}

/// Two to four words in a row that begin as names do.
fn full_name(rest: &str) -> Option<&str> {
    let mut end = 0;
    let mut words = 0;
    let line = shortened(rest, LONGEST_NAME).lines().next().unwrap_or_default();
    for word in line.split(' ').take(4) {
        let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
        if !word.starts_with(char::is_uppercase)
            || !letters.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
        {
            break;
        }
        end += usize::from(words > 0) + letters.len();
        words += 1;
        if letters.len() < word.len() {
            break;
        }
    }
    rest.get(..end).filter(|_| words >= 2)
}

/// Whether `rest` begins with a name and an address of mail: `Ada Lind <ada@example.com>`.
fn mailed(rest: &str) -> bool {
    let name = full_name(rest);
    let mail = name.and_then(|name| rest.get(name.len()..)).and_then(|after| after.strip_prefix(" <"));
    mail.is_some_and(|mail| {
        let near: String = mail.chars().take(LONGEST_NAME).take_while(|c| *c != '>').collect();
        near.split_once('@').is_some_and(|(local, domain)| super::hosts::is_mailbox(local, domain))
    })
}
