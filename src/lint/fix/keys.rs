//! Keys of the front matter: misspelt ones take the name that a finding says was meant, and a line that repeats an
//! earlier one word for word goes.

use super::{Edit, front_lines};
use crate::diag::Diagnostic;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn edits(text: &str, found: &[Diagnostic]) -> Vec<Edit> {
    let lines = front_lines(text);
    let mut known: BTreeSet<String> =
        lines.iter().filter_map(|(_, line)| key(line)).map(str::to_lowercase).collect();
    let mut all = repeated(text, &lines);
    for finding in found.iter().filter(|finding| finding.code == "unknown-key") {
        let named =
            finding.help.as_deref().and_then(|help| help.strip_prefix("did you mean `")?.strip_suffix('`'));
        let line = lines.iter().find(|(at, _)| *at == finding.span.start as usize);
        let (Some(meant), Some((at, line))) = (named, line) else { continue };
        let Some(written) = key(line) else { continue };
        // Under the right name it might stand there twice, and only its author knows which of the two holds.
        if known.insert(meant.to_lowercase()) {
            all.push(Edit {
                range: *at..*at + written.len(),
                new: meant.to_owned(),
                why: format!("the key `{written}` is spelt `{meant}`"),
            });
        }
    }
    all
}

/// Lines at the top that stand there a second time and have their whole value in the line.
fn repeated(text: &str, lines: &[(usize, &str)]) -> Vec<Edit> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = Vec::new();
    for (place, (at, line)) in lines.iter().enumerate() {
        let Some(key) = key(line) else { continue };
        let value = line.get(key.len() + 1..).unwrap_or_default().trim();
        let goes_on = lines.get(place + 1).is_some_and(|(_, next)| next.starts_with([' ', '-', '\t']));
        if value.is_empty() || goes_on || value.starts_with(['|', '>']) {
            continue;
        }
        if first.insert(line.trim_end(), *at).is_some() {
            let end = lines.get(place + 1).map_or_else(|| after(text, *at), |(next, _)| *next);
            all.push(Edit {
                range: *at..end,
                new: String::new(),
                why: format!("the line on `{key}` stood there twice"),
            });
        }
    }
    all
}

/// Where the line that begins at `at` ends, its line end included.
fn after(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end + 1)
}

/// The key of a line at the top of the front matter.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    plain.then_some(key)
}
