//! The lines of a timeline in a list: which belong together, and where a new one goes.

use super::Known;
use jiff::Timestamp;

pub(super) fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ")
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The first line after the entry at `at` and all that belongs to it.
pub(super) fn end_of(lines: &[String], at: usize) -> usize {
    let own = lines.get(at).map_or(0, |line| depth(line));
    let rest = lines.get(at + 1..).unwrap_or_default();
    let belongs = |line: &&String| !line.trim().is_empty() && (depth(line) > own);
    at + 1 + rest.iter().take_while(belongs).count()
}

pub(super) fn indent(lines: &[String], at: usize) -> String {
    " ".repeat(lines.get(at).map_or(0, |line| depth(line)) + 2)
}

/// Where the list around line `at` ends.
pub(super) fn end_of_list(lines: &[String], at: usize) -> usize {
    let rest = lines.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .take_while(|line| is_item(line) || line.starts_with(' ') && !line.trim().is_empty())
        .count()
}

/// Before which line an entry of `at` goes: after the last one that is not later, else before the first one.
pub(super) fn place(lines: &[String], listed: &[Known], at: Timestamp) -> usize {
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
