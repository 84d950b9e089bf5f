//! A story put into a postmortem that is there: what is new is added in its place, nothing else changes.

use super::Writer;
use crate::interop::story::{Entry, safe};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// A line of the timeline that is there: its number, from 1, and its time where that is known.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Line of the file, from 1.
    pub line: u32,
    /// When.
    pub at: Option<Timestamp>,
}

/// What a merge made.
#[derive(Debug, PartialEq, Eq)]
pub struct Merged {
    /// The new text of the file.
    pub text: String,
    /// Entries that were added.
    pub added: usize,
    /// Entries that were taken over earlier and stay as they are.
    pub kept: usize,
}

/// Every id in `entries`, answers included, as files write it.
pub fn ids(entries: &[Entry]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for entry in entries {
        all.insert(safe(&entry.id));
        all.extend(ids(&entry.replies));
    }
    all
}

/// Puts the story of `writer` into `document`, whose timeline stands at `known` in the order of the file.
///
/// A document without a timeline in lines (none, or a table) gets a section of its own at its end.
pub fn merge(writer: &Writer<'_>, document: &str, known: &[Known]) -> Merged {
    let key = writer.story.key();
    let seen = seen(document, &key);
    let mut lines: Vec<String> = document.split_inclusive('\n').map(str::to_owned).collect();
    if let Some(last) = lines.last_mut().filter(|last| !last.ends_with('\n')) {
        last.push('\n');
    }
    let is_list = |known: &&Known| lines.get(known.line as usize - 1).is_some_and(|line| is_item(line));
    let listed: Vec<Known> = known.iter().filter(|known| known.line > 0).filter(is_list).copied().collect();
    // What goes before which line, in the order in which it is to stand there.
    let mut inserts: Vec<(usize, String)> = Vec::new();
    let (mut added, mut kept) = (0, 0);
    for entry in &writer.story.entries {
        if seen.contains(&safe(&entry.id)) {
            kept += 1;
            let own = format!("<!-- from {} -->", writer.source(entry));
            let parent = lines.iter().position(|line| line.contains(&own));
            for reply in &entry.replies {
                if seen.contains(&safe(&reply.id)) {
                    kept += 1;
                } else if let Some(parent) = parent {
                    // The author may have taken the parent out; then nobody waits for what was answered.
                    inserts.push((end_of(&lines, parent), writer.lines(reply, &indent(&lines, parent))));
                    added += 1;
                }
            }
            continue;
        }
        added += 1 + entry.replies.len();
        inserts.push((place(&lines, &listed, entry.at), writer.lines(entry, "")));
    }
    if added == 0 {
        return Merged { text: document.to_owned(), added, kept };
    }
    let all: BTreeSet<String> = seen.into_iter().chain(ids(&writer.story.entries)).collect();
    record(&mut lines, writer, &key, &all, &mut inserts, listed.is_empty());
    inserts.sort_by_key(|(at, _)| *at);
    let mut text = String::with_capacity(document.len());
    let mut inserts = inserts.into_iter().peekable();
    for (number, line) in lines.iter().enumerate() {
        while let Some((_, new)) = inserts.next_if(|(at, _)| *at <= number) {
            text += &new;
        }
        text += line;
    }
    inserts.for_each(|(_, new)| text += &new);
    Merged { text, added, kept }
}

/// The ids of entries that were taken over earlier from the story known as `key`: those that stand in the text, and
/// those of the record.
pub fn seen(document: &str, key: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    for comment in document.split("<!-- ").skip(1) {
        let Some((inside, _)) = comment.split_once(" -->") else { continue };
        if let Some(id) =
            inside.strip_prefix("from ").and_then(|rest| rest.strip_prefix(key)?.strip_prefix('#'))
        {
            seen.insert(id.to_owned());
        }
        let record = inside
            .strip_prefix("imported from ")
            .and_then(|rest| rest.strip_prefix(key)?.strip_prefix(" at "));
        if let Some((_, ids)) = record.and_then(|rest| rest.split_once(": ")) {
            seen.extend(ids.split_whitespace().map(str::to_owned));
        }
    }
    seen
}

/// The keys of all stories that were imported into `document`.
pub fn imported(document: &str) -> BTreeSet<String> {
    let records = document.split("<!-- imported from ").skip(1);
    records.filter_map(|rest| rest.split_once(" at ").map(|(key, _)| key.to_owned())).collect()
}

/// Changes the record that is there, or adds one.
fn record(
    lines: &mut [String],
    writer: &Writer<'_>,
    key: &str,
    all: &BTreeSet<String>,
    inserts: &mut Vec<(usize, String)>,
    no_list: bool,
) {
    let own = format!("<!-- imported from {key} at ");
    let record = writer.record(all);
    if let Some(line) = lines.iter_mut().find(|line| line.starts_with(&own)) {
        *line = record;
        return;
    }
    let end = inserts.iter().map(|(at, _)| *at).max().unwrap_or(lines.len());
    if no_list {
        let words = format!("\n## Timeline: imported from {}\n\n", writer.story.origin.word());
        inserts.insert(0, (lines.len(), words));
        inserts.push((lines.len(), format!("\n{record}")));
    } else {
        let at = end_of_list(lines, end);
        inserts.push((at, format!("\n{record}")));
    }
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ")
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The first line after the entry at `at` and all that belongs to it.
fn end_of(lines: &[String], at: usize) -> usize {
    let own = lines.get(at).map_or(0, |line| depth(line));
    let rest = lines.get(at + 1..).unwrap_or_default();
    let belongs = |line: &&String| !line.trim().is_empty() && (depth(line) > own);
    at + 1 + rest.iter().take_while(belongs).count()
}

fn indent(lines: &[String], at: usize) -> String {
    " ".repeat(lines.get(at).map_or(0, |line| depth(line)) + 2)
}

/// Where the list around line `at` ends.
fn end_of_list(lines: &[String], at: usize) -> usize {
    let rest = lines.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .take_while(|line| is_item(line) || line.starts_with(' ') && !line.trim().is_empty())
        .count()
}

/// Before which line an entry of `at` goes: after the last one that is not later, else before the first one.
fn place(lines: &[String], listed: &[Known], at: Timestamp) -> usize {
    let top: Vec<&Known> = listed
        .iter()
        .filter(|known| lines.get(known.line as usize - 1).is_some_and(|line| depth(line) < 2))
        .collect();
    let before = top.iter().rfind(|known| known.at.is_some_and(|time| time <= at));
    match (before, top.first()) {
        (Some(before), _) => end_of(lines, before.line as usize - 1),
        (None, Some(first)) => first.line as usize - 1,
        (None, None) => lines.len(),
    }
}
