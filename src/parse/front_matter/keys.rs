//! The keys kb knows, the other names they go by, and what is told about the ones it does not know.

use super::value::{Field, Value};
use crate::diag::{Diagnostic, Source, Span, words};
use std::collections::BTreeMap;

/// Which values a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// One word, text, number or date.
    One,
    /// One or several.
    Many,
    /// Whatever its reader understands.
    Any,
}

/// A key by its own name, the values it takes, and the names it also goes by.
struct Key {
    name: &'static str,
    shape: Shape,
    also: &'static [&'static str],
}

const fn one(name: &'static str, also: &'static [&'static str]) -> Key {
    Key { name, shape: Shape::One, also }
}

const fn many(name: &'static str, also: &'static [&'static str]) -> Key {
    Key { name, shape: Shape::Many, also }
}

const fn any(name: &'static str, also: &'static [&'static str]) -> Key {
    Key { name, shape: Shape::Any, also }
}

const KEYS: [Key; 39] = [
    one("title", &["heading", "headline"]),
    one("id", &["uuid", "incident_id"]),
    one("date", &["incident_date", "date_of_incident"]),
    one(
        "started",
        &["start_time", "started_at", "start", "incident_start", "incident_start_time", "outage_start"],
    ),
    one("detected", &["detected_at", "detection_time"]),
    one("acknowledged", &["acknowledged_at"]),
    one("mitigated", &["mitigated_at"]),
    one(
        "resolved",
        &[
            "resolved_when",
            "resolved_on",
            "end_time",
            "resolved_at",
            "end",
            "incident_end",
            "incident_end_time",
            "outage_end",
        ],
    ),
    one("published", &["published_at", "publish_date"]),
    one("timezone", &["time_zone", "tz"]),
    one("severity", &["sev", "priority"]),
    one("status", &[]),
    one("draft", &[]),
    one("kind", &[]),
    one("type", &[]),
    one("near_miss", &[]),
    one("visibility", &[]),
    one("public", &[]),
    many("components", &["component", "services", "service", "systems", "system", "affected", "product"]),
    many("tags", &["tag", "categories", "keywords", "labels"]),
    one("team", &[]),
    many("authors", &["author", "owner", "owners"]),
    many("reviewers", &["reviewer"]),
    many("participants", &["responders", "attendees"]),
    any("trigger", &[]),
    many("causes", &["cause", "root_cause", "root_causes", "category"]),
    any("impact", &[]),
    one("family", &[]),
    one("fix", &[]),
    any("related", &["see_also"]),
    any("status_page", &[]),
    many("imported_from", &[]),
    any("links", &["link", "url"]),
    many("aliases", &["alias", "redirect_from"]),
    one("slug", &[]),
    one("summary", &["description", "abstract"]),
    any("action_items", &["actions"]),
    one("language", &["lang"]),
    any("timeline", &[]),
];

/// Keys of site generators and issue templates that look like slips of ours and are none.
const ELSEWHERE: [&str; 8] = ["about", "image", "label", "modified", "name", "page", "parent", "state"];

/// Letters of `key` that tell it from others: case, `-`, `_` and blanks do not.
fn telling(key: &str) -> impl Iterator<Item = char> {
    key.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase)
}

/// The same as one word.
pub(super) fn letters(key: &str) -> String {
    telling(key).collect()
}

/// The names that `name` goes by, itself first.
pub(super) fn names(name: &str) -> impl Iterator<Item = &'static str> + use<> {
    let key = KEYS.iter().find(|key| key.name == name);
    key.into_iter().flat_map(|key| std::iter::once(key.name).chain(key.also.iter().copied()))
}

/// Whether two keys are the same to kb.
pub(in crate::parse) fn same_key(one: &str, other: &str) -> bool {
    // Names are asked for hundreds of times a file, and nearly all of them begin with another letter.
    let first = |key: &str| key.bytes().next().filter(u8::is_ascii_alphanumeric);
    let differ = first(one).zip(first(other)).is_some_and(|(a, b)| !a.eq_ignore_ascii_case(&b));
    !differ && telling(one).eq(telling(other))
}

/// The names of the key that also goes by `name`; none where kb does not know it.
pub(in crate::parse) fn names_of(name: &str) -> impl Iterator<Item = &'static str> + use<> {
    find(name).into_iter().flat_map(|key| names(key.name))
}

/// Whether kb reads `key`.
pub(super) fn is_known(key: &str) -> bool {
    find(key).is_some()
}

fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| same_key(key.name, name) || key.also.iter().any(|other| same_key(other, name)))
}

/// What is wrong with the keys of `fields`: twice the same, mistyped, or a value of another kind than the key takes.
pub(super) fn check(fields: &[Field], source: &Source) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for field in fields {
        let key = letters(&field.key.value);
        if seen.insert(key.clone(), field.key.span).is_some() {
            let message = format!("`{}` stands here twice", field.key.value);
            let help = "keep one of them; kb reads neither in preference to the other";
            found.push(Diagnostic::error("duplicate-key", source, field.key.span, message).help(help));
        }
        match find(&key) {
            Some(known) => found.extend(wrong_shape(known, field, source)),
            None => found.extend(near_miss(field, &key, source)),
        }
    }
    found
}

fn near_miss(field: &Field, key: &str, source: &Source) -> Option<Diagnostic> {
    if key.len() < 3 || ELSEWHERE.contains(&key) {
        return None;
    }
    let known: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
    let near = words::nearest(&field.key.value, known.iter().copied())?;
    let message = format!("unknown key `{}`", field.key.value);
    let help = format!("did you mean `{near}`");
    Some(Diagnostic::warning("unknown-key", source, field.key.span, message).help(help))
}

fn wrong_shape(key: &Key, field: &Field, source: &Source) -> Option<Diagnostic> {
    // Under another name the key may be some other tool's, with its own idea of a value.
    let ours = same_key(&field.key.value, key.name);
    let value = &field.value.value;
    let named = |one: &Value| matches!(one, Value::Map(_)) && name_in(one).is_some();
    let fits = match (key.shape, value) {
        (Shape::Any, _) | (_, Value::Null | Value::Scalar(_)) => true,
        (Shape::One, Value::List(all)) => all.is_empty(),
        (Shape::Many, Value::List(all)) => {
            all.iter().all(|one| matches!(one.value, Value::Null | Value::Scalar(_)) || named(&one.value))
        }
        (_, Value::Map(_)) => false,
    };
    if fits || !ours {
        return None;
    }
    let wanted = if key.shape == Shape::One { "one value" } else { "a list of words" };
    let message = format!("`{}` takes {wanted}, not {}", key.name, value.kind());
    Some(Diagnostic::error("wrong-type", source, field.value.span, message))
}

/// The name in a mapping that describes a person or a thing: `{name: Ada, url: …}`.
pub(super) fn name_in(value: &Value) -> Option<&str> {
    let Value::Map(fields) = value else { return None };
    let named = |name: &str| fields.iter().find(|field| same_key(&field.key.value, name));
    ["name", "handle", "id", "title"].into_iter().find_map(|name| named(name)?.value.value.text())
}
