//! Labels in both forms, as one: `gold.json` (texts and counts) and ours (lines and hashes).

use serde_json::Value;
use std::path::Path;

/// What a careful reader says one file tells.
pub struct Expected {
    pub path: String,
    pub title: Title,
    pub date: Vec<Option<String>>,
    /// `started`, `detected`, `resolved`: right answers of each; `None` among them means *not told* is right.
    pub clock: [Vec<Option<String>>; 3],
    pub timeline: Timeline,
    pub actions: Vec<Action>,
    pub actions_optional: Vec<Action>,
    pub sections: Vec<String>,
    pub sections_optional: Vec<String>,
    /// Whether section words are the older, coarser ones.
    pub coarse: bool,
    pub references: Option<Vec<(u64, Option<String>)>>,
}

pub enum Title {
    Text(Vec<String>),
    Sha256(Vec<String>),
    /// Made of the file's name: how its first letter is written does not count.
    FileName(Vec<String>),
}

pub enum Timeline {
    Count(usize),
    Lines { wanted: Vec<(u64, Vec<Option<String>>)>, optional: Vec<u64> },
}

pub struct Action {
    pub line: Option<u64>,
    pub text: String,
    pub owners: Option<Vec<String>>,
    pub tickets: Vec<Vec<String>>,
    pub states: Vec<String>,
}

/// All labels of a file.
pub fn read(path: &Path) -> Vec<Expected> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| {
        eprintln!("cannot read {}: {error}", path.display());
        std::process::exit(2)
    });
    let all: Value = serde_json::from_str(&text).expect("labels are JSON");
    let coarse = all.get("meta").is_some();
    let files = all["files"].as_array().expect("labels have files");
    files.iter().map(|file| if coarse { gold(file) } else { ours(file) }).collect()
}

fn gold(file: &Value) -> Expected {
    let mut titles = vec![text(&file["title"])];
    for other in list(&file["title_alternatives"]) {
        let other = text(other);
        titles.push(other.split(" (h1)").next().unwrap_or_default().to_owned());
    }
    Expected {
        path: text(&file["path"]),
        title: Title::Text(titles),
        date: vec![maybe(&file["incident_date"])],
        clock: ["started", "detected", "resolved"].map(|key| vec![maybe(&file[key])]),
        timeline: Timeline::Count(
            usize::try_from(file["timeline_entries"].as_u64().unwrap_or(0)).unwrap_or(0),
        ),
        actions: list(&file["action_items"]).iter().map(gold_action).collect(),
        actions_optional: list(&file["action_items_optional"]).iter().map(gold_action).collect(),
        sections: list(&file["section_kinds"]).iter().map(text).collect(),
        sections_optional: Vec::new(),
        coarse: true,
        references: None,
    }
}

fn gold_action(action: &Value) -> Action {
    let states: &[&str] = match action["done"].as_bool() {
        Some(true) => &["done"],
        Some(false) => &["open", "in-progress", "proposed"],
        None => &["unknown"],
    };
    Action {
        line: None,
        text: text(&action["text"]),
        owners: Some(maybe(&action["owner"]).into_iter().collect()),
        tickets: vec![maybe(&action["ticket"]).into_iter().collect()],
        states: states.iter().map(|state| (*state).to_owned()).collect(),
    }
}

fn ours(file: &Value) -> Expected {
    let mut hashes = vec![text(&file["title_sha256"])];
    hashes.extend(list(&file["also"]["title_sha256"]).iter().map(text));
    let wanted = list(&file["timeline"]).iter().map(|entry| (line(entry), answers(entry, "at"))).collect();
    let kinds = |key: &str| list(&file[key]).iter().map(text).collect();
    let references =
        list(&file["references"]).iter().map(|one| (line(one), maybe(&one["target_path"]))).collect();
    Expected {
        path: text(&file["path"]),
        title: if file["title_from"] == "file-name" {
            Title::FileName(hashes)
        } else {
            Title::Sha256(hashes)
        },
        date: answers(file, "date"),
        clock: ["started", "detected", "resolved"].map(|key| answers(file, key)),
        timeline: Timeline::Lines {
            wanted,
            optional: list(&file["timeline_optional"]).iter().map(line).collect(),
        },
        actions: list(&file["actions"]).iter().map(our_action).collect(),
        actions_optional: list(&file["actions_optional"]).iter().map(our_action).collect(),
        sections: kinds("section_kinds"),
        sections_optional: kinds("section_kinds_optional"),
        coarse: false,
        references: Some(references),
    }
}

fn our_action(action: &Value) -> Action {
    let strings = |value: &Value| list(value).iter().map(text).collect::<Vec<_>>();
    let mut states = vec![text(&action["state"])];
    states.extend(strings(&action["also"]["state"]));
    let mut tickets = vec![strings(&action["tickets"])];
    let also = strings(&action["also"]["tickets"]);
    if !also.is_empty() {
        tickets.push(tickets.concat().into_iter().chain(also.clone()).collect());
        tickets.push(also);
    }
    Action {
        line: Some(line(action)),
        text: String::new(),
        owners: Some(strings(&action["owners"])),
        tickets,
        states,
    }
}

/// The right answers for `key`: the label and what `also` allows.
fn answers(of: &Value, key: &str) -> Vec<Option<String>> {
    let mut all = vec![maybe(&of[key])];
    all.extend(list(&of["also"][key]).iter().map(maybe));
    all
}

fn line(of: &Value) -> u64 {
    of["line"].as_u64().unwrap_or(0)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn maybe(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
