//! cState: an issue as Markdown with YAML front matter, or the JSON its site writes.
//!
//! # Walk through
//!
//! ```sh
//! kb import cstate content/issues/2026-03-14-api.md       # the source of an issue
//! kb import cstate https://status.acme.example            # its index.json: issues that are open, with no updates
//! ```
//!
//! # Verified
//!
//! Against cState's own templates and example site: the keys of front matter, `{{< track "…" >}}` at the end of each update
//! with the newest first, Go's way to write times, and that titles stand unescaped in the JSON, so that a quote breaks it:
//! then import the Markdown. Times without an offset are UTC, as Hugo takes them.

use super::statuspage::mark;
use super::{Around, Entry, Mark, Origin, Story, json, markup, text};
use crate::interop::web::Failure;
use jiff::Timestamp;
use serde_json::Value;

/// Reads Markdown or JSON.
///
/// # Errors
/// Where it is neither.
pub fn read(bytes: &[u8], around: &Around) -> Result<Vec<Story>, Failure> {
    let words = String::from_utf8_lossy(bytes);
    if words.trim_start_matches('\u{feff}').trim_start().starts_with("---") {
        return Ok(markdown(&words, around).into_iter().collect());
    }
    let value = json(bytes)?;
    let mut all: Vec<&Value> = Vec::new();
    for system in text::list(&value, "/systems") {
        all.extend(text::list(system, "/unresolvedIssues"));
    }
    all.extend(["/pages", "/issues", "/unresolvedIssues"].iter().flat_map(|key| text::list(&value, key)));
    if all.is_empty() && value.pointer("/title").is_some() {
        all.push(&value);
    }
    let mut stories: Vec<Story> = all.into_iter().filter_map(issue).collect();
    stories.sort_by(|a, b| a.id.cmp(&b.id));
    stories.dedup_by(|b, a| a.id == b.id);
    Ok(stories)
}

fn issue(one: &Value) -> Option<Story> {
    let title = text::title(one, "/title")?;
    let url = ["/permalink", "/url"].iter().find_map(|key| text::address(one, key));
    let time = |keys: &[&str]| keys.iter().find_map(|key| hugo_time(one.pointer(key)?.as_str()?));
    let started = time(&["/createdAt", "/date"]);
    let id =
        text::id(one, "/filename").or_else(|| url.as_deref().map(last_part)).unwrap_or_else(|| title.clone());
    let mut story = Story::new(Origin::CState, super::safe(&id), title);
    story.url = url;
    story.started = started;
    story.resolved = time(&["/resolvedAt", "/resolvedWhen"]);
    story.impact = text::title(one, "/severity");
    story.components =
        text::list(one, "/affected").iter().filter_map(Value::as_str).map(str::to_owned).collect();
    Some(story)
}

fn last_part(url: &str) -> String {
    url.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()
}

fn hugo_time(words: &str) -> Option<Timestamp> {
    let words = words.trim().trim_matches(['"', '\'']);
    let utc = || format!("{}Z", words.replace(' ', "T")).parse().ok();
    let day = || format!("{words}T00:00:00Z").parse().ok();
    text::timestamp(words).or_else(utc).or_else(day)
}

fn markdown(words: &str, around: &Around) -> Option<Story> {
    let words = words.trim_start_matches('\u{feff}').trim_start().replace("\r\n", "\n");
    let (front, body) = words.strip_prefix("---\n")?.split_once("\n---")?;
    let value: Value = serde_yaml::from_str(front).ok()?;
    let title = text::title(&value, "/title")?;
    let url = around.url.clone();
    let id =
        url.as_deref().map_or_else(|| title.clone(), |url| last_part(url).trim_end_matches(".md").to_owned());
    let mut story = Story::new(Origin::CState, super::safe(&id), title);
    let time = |key: &str| hugo_time(value.pointer(key)?.as_str()?);
    story.url = url.filter(|url| url.starts_with("http"));
    story.started = time("/date");
    story.resolved = time("/resolvedWhen");
    story.impact = text::title(&value, "/severity");
    story.components =
        text::list(&value, "/affected").iter().filter_map(Value::as_str).map(str::to_owned).collect();
    story.entries = updates(body);
    mark(&mut story.entries);
    Some(story)
}

/// The updates of a body: each ends in its time.
fn updates(body: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut rest = body.trim_start_matches('-');
    while let Some((said, after)) = rest.split_once("{{<") {
        let Some((code, after)) = after.split_once(">}}") else { break };
        rest = after;
        let Some(time) = code.trim().strip_prefix("track").and_then(hugo_time_in) else { continue };
        let (label, said) = label(said.trim().trim_start_matches("---").trim());
        let mut entry = Entry::new(time.as_second().to_string(), time, &markup::plain(&said));
        entry.kind = match label.as_deref().map(str::to_lowercase).as_deref() {
            Some("investigating") => Some(Mark::Detected),
            Some("identified") => Some(Mark::Identified),
            Some("monitoring") => Some(Mark::Mitigated),
            Some("resolved" | "completed" | "post-mortem") => Some(Mark::AllClear),
            _ => None,
        };
        entry.label = label;
        entries.push(entry);
    }
    entries
}

fn hugo_time_in(code: &str) -> Option<Timestamp> {
    hugo_time(code.trim())
}

/// `*Investigating* - We see …` is a label and what it says.
fn label(said: &str) -> (Option<String>, String) {
    let parts = said.split_once([' ', '\n']);
    let (first, rest) = parts.unwrap_or((said, ""));
    let word = first.trim_matches(['*', '_', ':']);
    let marked = first.starts_with('*') && first.len() > word.len();
    if !marked || word.is_empty() {
        return (None, said.to_owned());
    }
    let rest = rest.trim_start().trim_start_matches(['-', '–', '—']).trim_start();
    (Some(super::worded(word)), rest.to_owned())
}
