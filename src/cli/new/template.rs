//! Filling a template: placeholders in the text, and keys in the front matter.
//!
//! Any Markdown file serves as a template. Its front matter keeps its other keys and their comments; those that name one
//! certain document (`id`, `slug`, …) are dropped, so that an older postmortem can be started from.

use jiff::civil::Date;

/// What a new postmortem is known by.
pub(super) struct Fields {
    pub(super) title: String,
    pub(super) date: Date,
    pub(super) severity: Option<String>,
    pub(super) components: Vec<String>,
}

/// Keys that belong to the document they stand in.
const ITS_OWN: [&str; 12] = [
    "id",
    "uuid",
    "slug",
    "aliases",
    "published",
    "started",
    "detected",
    "acknowledged",
    "mitigated",
    "resolved",
    "fix",
    "url",
];

/// The text of a new postmortem.
pub(super) fn fill(template: &str, fields: &Fields) -> String {
    let template = template.strip_prefix('\u{feff}').unwrap_or(template).replace("\r\n", "\n");
    let (front, body) = split(&template);
    let mut entries = entries(front);
    entries.retain(|entry| !ITS_OWN.contains(&entry.key.as_str()));
    set(&mut entries, "title", &quoted(&fields.title));
    set(&mut entries, "date", &fields.date.to_string());
    if let Some(severity) = &fields.severity {
        set(&mut entries, "severity", &quoted(severity));
    }
    if !fields.components.is_empty() {
        let list: Vec<String> = fields.components.iter().map(|one| quoted(one)).collect();
        set(&mut entries, "components", &format!("[{}]", list.join(", ")));
    }
    set(&mut entries, "status", "draft");
    let front: String = entries.into_iter().map(|entry| entry.lines).collect();
    format!("---\n{front}---\n\n{}", filled(body.trim_start_matches('\n'), fields))
}

/// The front matter's inside and what follows it; an unclosed one is text.
fn split(template: &str) -> (&str, &str) {
    let Some(rest) = template.strip_prefix("---\n") else {
        return ("", template);
    };
    if let Some(body) = rest.strip_prefix("---\n") {
        return ("", body);
    }
    match rest.split_once("\n---\n") {
        Some((front, body)) => (front, body),
        None => match rest.strip_suffix("\n---") {
            Some(front) => (front, ""),
            None => ("", template),
        },
    }
}

/// One key with its value and the lines that belong to it, or a comment.
struct Entry {
    key: String,
    lines: String,
}

fn entries(front: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for line in front.lines().filter(|line| !line.trim().is_empty()) {
        let key = key_of(line);
        match entries.last_mut() {
            Some(last) if key.is_none() && !line.starts_with('#') => {
                last.lines.push_str(line);
                last.lines.push('\n');
            }
            _ => entries.push(Entry { key: key.unwrap_or_default().to_owned(), lines: format!("{line}\n") }),
        }
    }
    entries
}

/// The key a line starts with; `None` for continuations, list items and comments.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let plain = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (plain && !key.is_empty()).then_some(key)
}

fn set(entries: &mut Vec<Entry>, key: &str, value: &str) {
    let lines = format!("{key}: {value}\n");
    match entries.iter_mut().find(|entry| entry.key == key) {
        Some(entry) => entry.lines = lines,
        None => entries.push(Entry { key: key.to_owned(), lines }),
    }
}

/// A YAML string on one line. Plain where nothing in it means anything in YAML; else in the quotes of JSON, which YAML
/// shares.
fn quoted(text: &str) -> String {
    let plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '(' | ')' | '/'))
        && !matches!(
            text.to_lowercase().as_str(),
            "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n" | "nan" | "inf"
        );
    if plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

/// `body` with its placeholders replaced in one pass, so that a title cannot hold another placeholder.
fn filled(body: &str, fields: &Fields) -> String {
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        let value =
            after.split_once("}}").and_then(|(name, rest)| Some((placeholder(name.trim(), fields)?, rest)));
        rest = if let Some((value, rest)) = value {
            text.push_str(&value);
            rest
        } else {
            text.push_str("{{");
            after
        };
    }
    text.push_str(rest);
    text
}

fn placeholder(name: &str, fields: &Fields) -> Option<String> {
    match name {
        "title" => Some(fields.title.clone()),
        "date" => Some(fields.date.to_string()),
        "severity" => Some(fields.severity.clone().unwrap_or_default()),
        "components" => Some(fields.components.join(", ")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::BTreeMap;

    fn fields(title: &str) -> Fields {
        Fields {
            title: title.into(),
            date: date(2026, 3, 14),
            severity: Some("SEV2".into()),
            components: vec!["hub".into()],
        }
    }

    #[test]
    fn a_template_without_front_matter_gets_one() {
        assert_eq!(
            fill("## Summary\n", &fields("Hub down")),
            "---\ntitle: Hub down\ndate: 2026-03-14\nseverity: SEV2\ncomponents: [hub]\nstatus: draft\n---\n\n## Summary\n"
        );
    }

    #[test]
    fn an_older_postmortem_serves_as_template_without_what_is_its_own() {
        let older = "---\n# our ids\nid: PM-1\ntitle: >\n  Old\n  title\ncomponents:\n- db\nteam: core\n---\n\n# {{title}} on {{ date }}\n{{other}}\n";
        assert_eq!(
            fill(older, &fields("Hub {{date}}")),
            "---\n# our ids\ntitle: \"Hub {{date}}\"\ncomponents: [hub]\nteam: core\ndate: 2026-03-14\nseverity: SEV2\nstatus: draft\n---\n\n\
             # Hub {{date}} on 2026-03-14\n{{other}}\n"
        );
    }

    #[test]
    fn titles_stay_titles_whatever_they_hold() {
        for title in
            ["a: b", "\"quoted\" \\ 'x'", "# no comment", "- item", "2024-01-01", "no", "[x]", "🔥 & <b>"]
        {
            let text = fill("", &fields(title));
            let line = text.lines().nth(1).unwrap();
            let read: BTreeMap<String, String> = serde_yaml::from_str(line).unwrap();
            assert_eq!(read["title"], title);
        }
    }
}
