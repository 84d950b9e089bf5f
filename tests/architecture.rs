//! The house stands as it is drawn in `src/lib.rs`: imports run downward, files are small and say what they are for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms from the ground up. A room imports only rooms of lower floors.
const FLOORS: [&[&str]; 11] = [
    &["diag", "error", "output"],
    &["model"],
    &["config"],
    &["corpus", "theme"],
    &["disk"],
    &["parse", "relate", "recur", "measure", "index", "lint", "interop"],
    &["plan"],
    &["render"],
    &["pipeline"],
    &["serve"],
    &["cli"],
];

/// The longest file that is still read in one go.
const LINES: usize = 600;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every file of the library by its path within `src`, with its text.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let name = |path: &PathBuf| path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
    files(&root).iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

/// The rooms that `text` names after `crate::`, outside comments and its own tests.
fn imports(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let code: String = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |code, line| code + line + "\n");
    code.split("crate::").skip(1).flat_map(first_names).collect()
}

/// `model::Audience` names `model`; `{Error, model::{A, B}, diag}` names `Error`, `model` and `diag`.
fn first_names(after: &str) -> Vec<String> {
    let Some(group) = after.strip_prefix('{') else {
        return vec![name(after)];
    };
    let mut depth = 1;
    let mut names = Vec::new();
    let mut item = String::new();
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (c == ',' && depth == 1) {
            names.push(name(item.trim()));
            item.clear();
        } else {
            item.push(c);
        }
        if depth == 0 {
            break;
        }
    }
    names
}

fn name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn imports_run_downward() {
    let floors: BTreeMap<&str, usize> = FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, rooms)| rooms.iter().map(move |room| (*room, floor)))
        .collect();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some((room, _)) = path.split_once('/') else { continue };
        if path.ends_with("/tests.rs") || path.contains("/tests/") {
            continue;
        }
        let floor = floors.get(room).unwrap_or_else(|| panic!("the room `{room}` has no floor"));
        for other in imports(&text) {
            match floors.get(other.as_str()) {
                Some(below) if below < floor || other == room => {}
                Some(_) => wrong.push(format!("{path} imports {other}")),
                None => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_reader_of_imports_sees_groups_and_skips_tests() {
    let text = "use crate::{Error, diag::{A, B},\n model};\nlet x = crate::corpus::y();\n// crate::serve\n\
                #[cfg(test)]\nmod tests {\nuse crate::cli;\n";
    let seen: Vec<String> = imports(text).into_iter().collect();
    assert_eq!(seen, ["Error", "corpus", "diag", "model"]);
}

#[test]
fn every_file_says_what_it_is_for_and_is_short() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if !text.starts_with("//! ") {
            wrong.push(format!("{path} does not start with `//!`"));
        }
        let lines = text.lines().count();
        if lines > LINES {
            wrong.push(format!("{path} has {lines} lines"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
