//! Dates of the front matter in the form ISO 8601 gives them: `2024/3/4 9:05` becomes `2024-03-04 09:05`.
//!
//! Only dates that begin with the year are rewritten: what `3/4/2024` means, its author knows.

use super::{Edit, front_lines};
use jiff::civil::Date;

/// Keys that take a date, at the top of the front matter.
const TOP: [&str; 10] = [
    "date",
    "started",
    "detected",
    "acknowledged",
    "mitigated",
    "resolved",
    "published",
    "created",
    "updated",
    "incident_date",
];
/// Keys that take a date, in the items below `actions`.
const NESTED: [&str; 3] = ["due", "created", "closed"];

pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut found = Vec::new();
    let mut in_actions = false;
    // The indentation of a key whose value is a block of text: deeper lines belong to that text.
    let mut prose: Option<usize> = None;
    for (at, line) in front_lines(text) {
        let bare = line.trim_start_matches([' ', '-']);
        let indent = line.len() - bare.len();
        if bare.trim().is_empty() || prose.is_some_and(|depth| indent > depth) {
            continue;
        }
        prose = None;
        let Some((key, value)) = bare.split_once(':') else { continue };
        if value.trim_start().starts_with(['|', '>']) || opens_quote(value) {
            prose = Some(indent);
            continue;
        }
        let key = key.trim().to_lowercase();
        if indent == 0 {
            in_actions = key == "actions" || key == "action_items";
        }
        let dated = if indent == 0 {
            TOP.contains(&key.as_str())
        } else {
            in_actions && NESTED.contains(&key.as_str())
        };
        if dated {
            found.extend(mended(value, at + line.len() - value.len()));
        }
    }
    found
}

/// A quoted value that goes on in the next line.
fn opens_quote(value: &str) -> bool {
    let value = value.trim();
    ['"', '\''].iter().any(|quote| value.strip_prefix(*quote).is_some_and(|rest| !rest.contains(*quote)))
}

/// The edit for the date that `value`, at byte `at`, begins with.
fn mended(value: &str, at: usize) -> Option<Edit> {
    let start = value.find(|c: char| !c.is_whitespace() && c != '"' && c != '\'')?;
    let rest = value.get(start..)?;
    let (written, iso) = date(rest)?;
    let (time, padded) = rest.get(written..).and_then(short_hour).unwrap_or_default();
    let old = rest.get(..written + time)?;
    let new = format!("{iso}{padded}");
    let start = at + start;
    (old != new).then(|| Edit {
        range: start..start + old.len(),
        why: format!("`{old}` is written as `{new}`"),
        new,
    })
}

/// The length of a date with the year first, and the date in ISO form.
fn date(text: &str) -> Option<(usize, String)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let year = text.get(..4).filter(|year| digits(year) == 4)?;
    let mark = text.get(4..5).filter(|mark| matches!(*mark, "/" | "." | "-"))?;
    let rest = text.get(5..)?;
    let month = rest.get(..digits(rest)).filter(|month| matches!(month.len(), 1 | 2))?;
    let rest = rest.get(month.len()..)?.strip_prefix(mark)?;
    let day = rest.get(..digits(rest)).filter(|day| matches!(day.len(), 1 | 2))?;
    if rest
        .get(day.len()..)?
        .starts_with(|c: char| c.is_alphanumeric() && c != 'T' || matches!(c, '/' | '.' | '-'))
    {
        return None;
    }
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some((4 + 1 + month.len() + 1 + day.len(), date.to_string()))
}

/// `␣9:` or `T9:` with the hour made two digits: the length of the old and the new text.
fn short_hour(text: &str) -> Option<(usize, String)> {
    let mut chars = text.chars();
    let gap = chars.next().filter(|gap| matches!(gap, ' ' | 'T'))?;
    let hour = chars.next().filter(char::is_ascii_digit)?;
    (chars.next() == Some(':')).then(|| (2, format!("{gap}0{hour}")))
}
