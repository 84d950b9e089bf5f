//! Ids of reports: which of them the public may read.

use super::word::LONGEST_NAME;
use crate::model::Incident;
use crate::model::fold::is_dash;
use std::collections::BTreeSet;

/// What stands in the place of the name of a report that the public may not read, and of what a link to one said.
pub(in crate::corpus) const INSTEAD: &str = "another report";

/// The ids of all published reports, and what they begin with: an id of that kind that is none of them names a hidden
/// report, or none at all.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Reports {
    ids: BTreeSet<String>,
    starts: BTreeSet<String>,
}

impl Reports {
    /// Those of `published`.
    pub(in crate::corpus) fn of<'i>(published: impl Iterator<Item = &'i Incident>) -> Self {
        let ids: BTreeSet<String> =
            published.filter(|one| one.id_stated).map(|one| one.id.to_lowercase()).collect();
        let start = |id: &String| {
            let (letters, rest) = id.split_at(id.find(|c: char| !c.is_ascii_alphabetic())?);
            (letters.len() >= 2 && numbered(rest).is_some_and(|end| end == rest.len()))
                .then(|| letters.to_owned())
        };
        let starts = ids.iter().filter_map(start).collect();
        Self { ids, starts }
    }

    /// The length of the id of a report that is not published, where one starts.
    pub(super) fn hidden(&self, rest: &str) -> Option<usize> {
        let letters = rest.bytes().take(LONGEST_NAME).take_while(u8::is_ascii_alphabetic).count();
        let (start, tail) = rest.split_at(letters);
        // Ids are written in capitals; `ad-1` and `pm 2` are words.
        if start.bytes().any(|b| b.is_ascii_lowercase()) || !self.starts.contains(&start.to_lowercase()) {
            return None;
        }
        let length = letters + numbered(tail)?;
        let written = rest.get(..length)?.to_lowercase();
        let id: String = written.chars().map(|c| if is_dash(c) { '-' } else { c }).collect();
        (!self.ids.contains(&id)).then_some(length)
    }
}

/// The length of the numbers of an id, such as `-12` or `2024-030`; `None` where a letter follows or no digit stands.
fn numbered(tail: &str) -> Option<usize> {
    let of_number = |c: &char| c.is_ascii_digit() || is_dash(*c) || *c == '_';
    let length = tail.chars().take(LONGEST_NAME).take_while(of_number).map(char::len_utf8).sum();
    let numbers = tail.get(..length)?.trim_end_matches(|c: char| is_dash(c) || c == '_');
    let ends = !tail.get(length..)?.starts_with(|c: char| c.is_alphanumeric());
    (ends && numbers.bytes().any(|b| b.is_ascii_digit())).then_some(numbers.len())
}
