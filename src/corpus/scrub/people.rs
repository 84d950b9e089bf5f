//! People by their handles and full names.

use super::{Place, Scrubber};
use crate::model::fold::{Name, alike, plain_spellings};
use std::collections::BTreeMap;

impl<'a> Scrubber<'a> {
    pub(super) fn handle(&self, rest: &str, place: Place) -> Option<(usize, &'a str)> {
        let sign = rest.chars().next().filter(|c| matches!(c, '@' | '＠'))?.len_utf8();
        let name = rest.get(sign..)?;
        let end = name.find(|c: char| !is_of_handle(c)).unwrap_or(name.len());
        let first = name.get(..end)?.trim_end_matches('-');
        if first.is_empty() {
            return None;
        }
        let length = sign + first.len() + goes_on(name.get(first.len()..)?);
        let known = self.handles.get(&first.to_lowercase()).copied();
        // `@scope/package@1.2` and `package`@1.2 are software.
        if known.is_none()
            && (is_version(first) || rest.get(sign..length)?.split('@').skip(1).any(is_version))
        {
            return None;
        }
        match (known, place) {
            (Some(role), _) => Some((length, role)),
            (None, Place::Prose) => Some((length, self.role)),
            (None, _) => None,
        }
    }

    pub(super) fn name(&self, rest: &str) -> Option<(usize, &'a str)> {
        let first = alike(rest.chars().next()?).next()?;
        let near = self.names.get(&first)?;
        near.iter().find_map(|(name, role)| Some((name.length_in(rest)?, *role)))
    }
}

/// Whether `text` is the number of a version: `1.2`, `7`.
fn is_version(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Names to look for where a text goes on with their first letter, the longest first.
pub(super) fn by_first_letter(mut names: Vec<(String, &str)>) -> BTreeMap<char, Vec<(Name, &str)>> {
    let spellings: Vec<_> = names
        .iter()
        .flat_map(|(name, role)| plain_spellings(name).into_iter().map(|name| (name, *role)))
        .filter(|(name, _)| name.len() >= 5)
        .collect();
    names.extend(spellings);
    names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
    names.dedup();
    let mut sorted: BTreeMap<char, Vec<(Name, &str)>> = BTreeMap::new();
    for (written, role) in names {
        let name = Name::new(&written);
        let turned = name.as_ref().and_then(Name::turned);
        for name in name.into_iter().chain(turned) {
            if let Some(first) = name.first() {
                sorted.entry(first).or_default().push((name, role));
            }
        }
    }
    sorted
}

pub(super) fn is_of_handle(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

/// How much of what follows a handle belongs to it: `.lind`, `/storage`, `@server.example`, Slack's `|ada`.
fn goes_on(mut rest: &str) -> usize {
    let all = rest.len();
    while let Some(next) = rest.strip_prefix(['.', '/', '@', '|']) {
        let small = next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        let end = next.find(|c: char| !is_of_handle(c)).unwrap_or(next.len());
        if !small || end == 0 {
            break;
        }
        rest = next.get(end..).unwrap_or_default();
    }
    all - rest.len()
}
