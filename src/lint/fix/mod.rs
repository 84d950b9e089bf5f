//! Mending what is mechanical: from a text and its findings to edits, and from edits to the mended text.
//!
//! Only the front matter and the pipes of tables are touched, never prose. Each edit names the bytes it replaces and says
//! why; whatever lies outside them stays as it was, byte for byte. Mending a mended text changes nothing.

mod dates;
mod keys;
mod pipes;

use crate::diag::Diagnostic;
use std::ops::Range;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that are replaced; empty where something is put in.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub new: String,
    /// What was wrong, for people.
    pub why: String,
}

/// All that can be mended in `text`, in order and apart from each other. `found` are the findings about this text: a
/// misspelt key is one that a finding says is misspelt.
pub fn edits(text: &str, found: &[Diagnostic]) -> Vec<Edit> {
    let mut all = dates::edits(text);
    all.extend(keys::edits(text, found));
    all.extend(pipes::edits(text));
    all.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut end = 0;
    all.retain(|edit| {
        let apart = edit.range.start >= end;
        end = if apart { edit.range.end } else { end };
        apart
    });
    all
}

/// `text` after `edits`, which are in order and apart from each other.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        mended.push_str(text.get(at..edit.range.start).unwrap_or_default());
        mended.push_str(&edit.new);
        at = edit.range.end;
    }
    mended.push_str(text.get(at..).unwrap_or_default());
    mended
}

/// The lines of a YAML front matter with their offsets, fences left out; nothing where there is none that is closed.
fn front_lines(text: &str) -> Vec<(usize, &str)> {
    let mut lines = offsets(text);
    if lines.next().is_none_or(|(_, first)| first.trim_end() != "---") {
        return Vec::new();
    }
    let mut inside = Vec::new();
    for (at, line) in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return inside;
        }
        inside.push((at, line));
    }
    Vec::new()
}

/// The lines of `text`, line ends left out, with their offsets.
fn offsets(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

#[cfg(test)]
mod tests;
