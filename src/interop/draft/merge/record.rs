//! What a postmortem says about its imports: which entries were ever taken over, and what each said then.
//!
//! `<!-- imported from statuspage/p31 at 2026-03-14T16:00Z: u1=5d41402a u2=7d793037 -->` stands behind the last entry, and
//! `<!-- from statuspage/p31#u1 -->` behind each. The number of an entry is of its line as it was written: where the line is
//! another now, the author changed it; where the system would give another line now, the system changed it.

use crate::interop::story::{Entry, safe};
use std::collections::{BTreeMap, HashMap};

/// Ids of entries that were taken over, each with the number of the line that was written, where that is known.
pub(in crate::interop::draft) type Taken = BTreeMap<String, Option<String>>;

/// The number of a line, without its place and its source.
pub(in crate::interop::draft) fn number(line: &str) -> String {
    let words = line.split("<!-- from ").next().unwrap_or_default().trim();
    blake3::hash(words.as_bytes()).to_hex().chars().take(8).collect()
}

/// Every id in `entries`, answers included, as files write it, with the number of what `line` writes for it. Of an id that
/// several go by nobody can say which line is whose: it has no number.
pub(in crate::interop::draft) fn taken(entries: &[Entry], line: &dyn Fn(&Entry) -> String) -> Taken {
    let mut all = Taken::new();
    for entry in entries {
        let own = (safe(&entry.id), Some(number(&line(entry))));
        for (id, number) in std::iter::once(own).chain(taken(&entry.replies, line)) {
            all.entry(id).and_modify(|number| *number = None).or_insert(number);
        }
    }
    all
}

/// The record as a comment.
pub(in crate::interop::draft) fn written(key: &str, at: &str, taken: &Taken) -> String {
    let one = |(id, number): (&String, &Option<String>)| match number {
        Some(number) => format!("{id}={number}"),
        None => id.clone(),
    };
    let all: Vec<String> = taken.iter().map(one).collect();
    format!("<!-- imported from {key} at {at}: {} -->\n", all.join(" "))
}

/// The entries that were taken over earlier from the story known as `key`: those that stand in the text, and those of the
/// record.
pub(super) fn seen(document: &str, key: &str) -> Taken {
    let mut seen = Taken::new();
    for comment in document.split("<!-- ").skip(1) {
        let Some((inside, _)) = comment.split_once(" -->") else { continue };
        if let Some(id) = source(inside, key) {
            seen.entry(id.to_owned()).or_default();
        }
        let record = inside
            .strip_prefix("imported from ")
            .and_then(|rest| rest.strip_prefix(key)?.strip_prefix(" at "));
        for one in record.and_then(|rest| rest.split_once(": ")).map_or("", |(_, ids)| ids).split_whitespace()
        {
            match one.split_once('=') {
                Some((id, number)) => seen.insert(id.to_owned(), Some(number.to_owned())),
                None => seen.insert(one.to_owned(), None),
            };
        }
    }
    seen
}

/// `u1` of the comment `from statuspage/p31#u1`.
fn source<'c>(comment: &'c str, key: &str) -> Option<&'c str> {
    comment.strip_prefix("from ")?.strip_prefix(key)?.strip_prefix('#')
}

/// In which of `lines` each entry stands that came from the story known as `key`.
pub(super) fn standing<'l>(lines: &'l [String], key: &str) -> HashMap<&'l str, usize> {
    let id = |line: &'l String| source(line.split_once("<!-- ")?.1.split_once(" -->")?.0, key);
    lines.iter().enumerate().filter_map(|(place, line)| Some((id(line)?, place))).collect()
}
