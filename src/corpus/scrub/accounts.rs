//! The names that people log in with.

use super::Scrubber;
use crate::model::fold::{folded, letters};
use std::collections::BTreeMap;

/// Longest name of an account that is recognised, in characters.
const LONGEST_LOGIN: usize = 64;
/// After these stands whose home, page or command it is.
const LEADS: [&str; 16] = [
    "/home/",
    "/Users/",
    "~",
    "@ ",
    "@\\",
    "-u ",
    "su - ",
    "user=",
    "user:",
    "--as ",
    "--user ",
    "TODO(",
    "github.com/",
    "gitlab.com/",
    "bitbucket.org/",
    "/team/",
];

/// Somebody by the name of an account, in small letters.
#[derive(Debug)]
pub(super) struct Login<'a> {
    name: String,
    role: &'a str,
    /// Whether nobody would take it for a word.
    telling: bool,
}

/// People of the settings by what their accounts are called, by the first letter.
pub(super) type Logins<'a> = BTreeMap<char, Vec<Login<'a>>>;

/// Notes the account `handle` of somebody called `name`.
pub(super) fn log_in<'a>(logins: &mut Logins<'a>, handle: &str, name: Option<&str>, role: &'a str) {
    let small = handle.trim_start_matches('@').to_lowercase();
    let Some(first) = small.chars().next().filter(|_| small.len() >= 3) else { return };
    let telling = is_telling(&small, name);
    logins.entry(first).or_default().push(Login { name: small, role, telling });
}

/// Whether the name of an account is no word: it has a digit, or is put together from the parts of a name.
pub(in crate::corpus) fn is_telling(handle: &str, name: Option<&str>) -> bool {
    let made = || {
        let name = name.unwrap_or_default();
        let (first, last) = name.trim().rsplit_once(' ').unwrap_or_default();
        let (first, last) = (letters(first.split(' ').next().unwrap_or_default()), letters(last));
        let initial: String = first.chars().take(1).collect();
        let all = [(&first, &last), (&last, &first), (&initial, &last), (&last, &initial)];
        let handle = letters(handle);
        let begins = last.len() > handle.len() && last.starts_with(&handle);
        handle.len() >= 5
            && !last.is_empty()
            && (begins || all.iter().any(|(a, b)| handle == format!("{a}{b}")))
    };
    handle.len() >= 4 && (handle.bytes().any(|b| b.is_ascii_digit() || b == b'_') || made())
}

impl<'a> Scrubber<'a> {
    /// The bare name of an account: one that is no word, or that stands where accounts stand.
    pub(super) fn login(&self, text: &str, at: usize) -> Option<(usize, &'a str)> {
        let rest = text.get(at..)?;
        let near = self.logins.get(&folded(rest.chars().next()?).next()?)?;
        let length = |name: &str| {
            let end = rest.char_indices().nth(name.chars().count()).map_or(rest.len(), |(end, _)| end);
            let same = rest.get(..end)?.to_lowercase() == name;
            let ends = !rest.get(end..)?.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            (same && ends && name.len() <= LONGEST_LOGIN).then_some(end)
        };
        near.iter().find_map(|login| {
            let end = length(&login.name)?;
            let led = || text.get(..at).is_some_and(|before| LEADS.iter().any(|lead| before.ends_with(lead)));
            let after = rest.get(end..)?;
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let framed =
                matches!((before, after.chars().next()), (Some('<'), Some('>')) | (Some('('), Some(')')));
            let account = login.telling || after.starts_with('@') || framed || led();
            account.then_some((end, login.role))
        })
    }
}
