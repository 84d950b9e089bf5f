//! Slack: a channel's messages as an incident's timeline, from an export or over its interface.
//!
//! # Walk through
//!
//! Without a token: *Settings → Export*, then
//!
//! ```sh
//! kb import slack export.zip --channel inc-42
//! kb import slack export/ --channel incidents --since 2026-03-14T14:00:00Z --until 2026-03-14T18:00:00Z
//! ```
//!
//! Over the network: an app of your own workspace (an *internal* app; apps that others distribute may read fifteen messages
//! a minute only) with the scopes `channels:history`, `channels:read`, `users:read`, and `groups:history`, `groups:read`
//! for private channels; its bot token in `SLACK_TOKEN`; the bot invited to the channel. Then
//! `kb import slack https://acme.slack.com/archives/C0123`.
//!
//! What somebody marked with 📌 (the reaction `pushpin` or `round_pushpin`) or pinned is imported with its thread; where
//! nothing is marked, or with `--everything`, all that was said. Comings, goings and topics are left out. People become
//! roles, secrets are masked, and the draft is internal: such channels hold what no page should.
//!
//! # Verified
//!
//! Against documentation: the layout of an export, the shape of a message and of `ts`, threads by `conversations.replies`,
//! the notation of texts, the limits. Not verified: in which zone a day's file begins (times are read from `ts` alone), and
//! the order of history (it is sorted).

use super::{Around, Entry, Origin, Person, Story, json, markup, text, zip};
use crate::interop::web::Failure;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Reads an export's ZIP, or the JSON of one day's messages.
///
/// # Errors
/// Where it is neither, or the channel is not in it.
pub fn archive(bytes: &[u8], around: &Around) -> Result<Vec<Story>, Failure> {
    if bytes.starts_with(b"PK") {
        return files(&zip::members(bytes, |name| wanted(name, around.channel.as_deref()))?, around);
    }
    let value = json(bytes)?;
    let messages =
        if value.is_array() { value } else { value.pointer("/messages").cloned().unwrap_or_default() };
    let name = around.channel.clone().unwrap_or_else(|| "channel".into());
    let all = messages.as_array().map_or(&[][..], Vec::as_slice);
    Ok(vec![story(&name, &name, all, &BTreeMap::new(), around)])
}

/// Whether a file of an export is needed to read `channel`: its days, and who is who.
pub fn wanted(path: &str, channel: Option<&str>) -> bool {
    let path = path.trim_start_matches("./");
    let json = std::path::Path::new(path).extension().is_some_and(|ending| ending == "json");
    match path.rsplit_once('/') {
        Some((folder, _)) => json && channel.is_none_or(|channel| folder.rsplit('/').next() == Some(channel)),
        None => matches!(path, "channels.json" | "groups.json" | "users.json" | "org_users.json"),
    }
}

/// Reads an unpacked export.
///
/// # Errors
/// Where the channel is not in it, or none is named and there are several.
pub fn files(files: &[(String, Vec<u8>)], around: &Around) -> Result<Vec<Story>, Failure> {
    let (mut people, mut ids) = (BTreeMap::new(), BTreeMap::new());
    let mut channels: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (path, bytes) in files {
        match path.rsplit_once('/') {
            None if path.contains("users") => people.extend(users(&json(bytes)?)),
            None => {
                let value = json(bytes)?;
                let all = text::list(&value, "").iter();
                ids.extend(all.filter_map(|one| Some((text::title(one, "/name")?, text::id(one, "/id")?))));
            }
            Some((folder, _)) => {
                let name = folder.rsplit('/').next().unwrap_or_default();
                if let Value::Array(all) = json(bytes)? {
                    channels.entry(name).or_default().extend(all);
                }
            }
        }
    }
    if channels.len() > 1 {
        let some: Vec<&str> = channels.keys().copied().take(10).collect();
        return Err(Failure::Refused(format!("choose one with `--channel`: {}", some.join(", "))));
    }
    let Some((name, messages)) = channels.into_iter().next() else {
        let name = around.channel.as_deref().unwrap_or("any");
        return Err(Failure::Refused(format!("the export holds no messages of the channel `{name}`")));
    };
    let id = ids.get(name).cloned().unwrap_or_else(|| name.to_owned());
    Ok(vec![story(&id, name, &messages, &people, around)])
}

/// Who is who, of `users.json` or `users.list`.
pub fn users(value: &Value) -> BTreeMap<String, Person> {
    let all = value.as_array().map_or_else(|| text::list(value, "/members"), Vec::as_slice);
    let user = |one: &Value| {
        let id = text::id(one, "/id")?;
        let keys = ["/profile/display_name", "/profile/real_name", "/real_name", "/name"];
        let mut names: Vec<String> = keys.iter().filter_map(|key| text::title(one, key)).collect();
        names.dedup();
        let bot = one.pointer("/is_bot").and_then(Value::as_bool).unwrap_or_default();
        Some((id.clone(), Person { id, names, bot }))
    };
    all.iter().filter_map(user).collect()
}

/// `messages` of the channel as a story.
pub fn story(
    id: &str,
    name: &str,
    messages: &[Value],
    people: &BTreeMap<String, Person>,
    around: &Around,
) -> Story {
    let mut parents: BTreeMap<String, Entry> = BTreeMap::new();
    let mut replies: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    let mut named: BTreeSet<String> = BTreeSet::new();
    for message in messages {
        let Some(entry) = entry(message, &mut named) else { continue };
        let thread = text::title(message, "/thread_ts").filter(|thread| *thread != entry.id);
        match thread {
            // A parent that lies before `since` is not there to be answered.
            Some(parent) if around.holds(entry.at) => replies.entry(parent).or_default().push(entry),
            None if around.holds(entry.at) => drop(parents.insert(entry.id.clone(), entry)),
            _ => {}
        }
    }
    for (parent, answers) in replies {
        match parents.get_mut(&parent) {
            Some(entry) => entry.replies = answers,
            None => parents.extend(answers.into_iter().map(|one| (one.id.clone(), one))),
        }
    }
    let pins = |entry: &Entry| entry.pinned || entry.replies.iter().any(|reply| reply.pinned);
    if !around.everything && parents.values().any(pins) {
        parents.retain(|_, entry| pins(entry));
    }
    let day = around.since.map(|since| format!("/{}", since.strftime("%Y-%m-%d"))).unwrap_or_default();
    let mut story = Story::new(
        Origin::Slack,
        format!("{id}{day}"),
        around.title.clone().unwrap_or_else(|| super::worded(name)),
    );
    story.url = around.url.clone().filter(|url| url.starts_with("https://"));
    story.entries = parents.into_values().collect();
    let unknown = |id: &String| Person { id: id.clone(), names: Vec::new(), bot: false };
    story.people = named.iter().map(|id| people.get(id).cloned().unwrap_or_else(|| unknown(id))).collect();
    // Names may stand in texts without being addressed.
    story.people.extend(people.values().filter(|one| !named.contains(&one.id) && !one.bot).cloned());
    story
}

/// Kinds of message that tell nothing of an incident.
const NOISE: [&str; 14] = [
    "channel_join",
    "channel_leave",
    "channel_topic",
    "channel_purpose",
    "channel_name",
    "channel_archive",
    "channel_unarchive",
    "group_join",
    "group_leave",
    "group_topic",
    "group_purpose",
    "bot_add",
    "bot_remove",
    "tombstone",
];

fn entry(message: &Value, named: &mut BTreeSet<String>) -> Option<Entry> {
    let subtype = text::title(message, "/subtype");
    if subtype.as_deref().is_some_and(|kind| NOISE.contains(&kind)) {
        return None;
    }
    let id = text::title(message, "/ts")?;
    let at = timestamp(&id)?;
    let mut said = message.pointer("/text").and_then(Value::as_str).unwrap_or_default().to_owned();
    if said.trim().is_empty() {
        let attached = text::list(message, "/attachments").iter();
        let keys = ["/fallback", "/text", "/title"];
        let words: Vec<&str> =
            attached.filter_map(|one| keys.iter().find_map(|key| one.pointer(key)?.as_str())).collect();
        said = words.join(" ");
    }
    let mut entry = Entry::new(id, at, &markup::slack(&said));
    if entry.text.is_empty() {
        return None;
    }
    for mention in said.split("<@").skip(1) {
        let id: String = mention.chars().take_while(char::is_ascii_alphanumeric).collect();
        named.extend(Some(id).filter(|id| id.len() > 2));
    }
    let user = text::id(message, "/user");
    named.extend(user.clone());
    entry.who = user.or_else(|| text::title(message, "/username").map(|name| format!("bot:{name}")));
    let marks = text::list(message, "/reactions").iter().filter_map(|one| one.pointer("/name")?.as_str());
    let marked = marks.into_iter().any(|name| matches!(name, "pushpin" | "round_pushpin"));
    entry.pinned = marked || !text::list(message, "/pinned_to").is_empty();
    Some(entry)
}

/// `1773498360.000200`: seconds since 1970 and a number that makes it unique; a text, never a float.
fn timestamp(ts: &str) -> Option<Timestamp> {
    let (seconds, sequence) = ts.split_once('.')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let micros: i32 = sequence.get(..6.min(sequence.len()))?.parse().ok()?;
    (digits(seconds) && digits(sequence)).then_some(())?;
    Timestamp::new(seconds.parse().ok()?, micros.checked_mul(1000)?).ok()
}
