//! What is written about kb is true: settings files name every key, and README's examples work.

use crate::site_test::SiteTest;
use kb::config;
use kb::diag::Source;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn project(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// `text` with its commented settings (`#key = …`, `#[table]`; prose has a space after `#`) switched on.
fn switched_on(text: &str) -> String {
    text.lines()
        .map(|line| match line.strip_prefix('#') {
            Some(setting) if setting.starts_with(|c: char| c.is_ascii_lowercase() || c == '[') => setting,
            _ => line,
        })
        .fold(String::new(), |text, line| text + line + "\n")
}

/// The keys that settings may have in `table`, as the error for a wrong one lists them; `None` where it is no table of
/// fixed keys.
fn known_keys(table: &str) -> Option<Vec<String>> {
    let required = match table.split('.').next() {
        Some("trackers") if table.contains('.') => "kind = 'jira'\n",
        Some("sources") if table.contains('.') => "kind = 'page'\n",
        _ => "",
    };
    let header = if table.is_empty() { String::new() } else { format!("[{table}]\n") };
    let text = format!("{header}{required}qqqqqqqqqqqqqqqq = 1\n");
    let found = config::read(&Source::new("site.toml", text)).found;
    let finding = found.first().filter(|finding| finding.message.contains("qqqqqqqqqqqqqqqq"))?;
    let help = finding.help.as_deref()?.strip_prefix("known keys here are ")?;
    Some(help.split('`').skip(1).step_by(2).map(str::to_owned).collect())
}

/// Every key of the settings, as `table.key`; `*` stands for a name of the author's.
fn every_key() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut tables = vec![String::new()];
    while let Some(table) = tables.pop() {
        for key in known_keys(&table).unwrap_or_default() {
            let path = if table.is_empty() { key } else { format!("{table}.{key}") };
            for inner in [path.clone(), format!("{path}.some")] {
                if known_keys(&inner).is_some() {
                    tables.push(inner);
                }
            }
            keys.insert(path);
        }
    }
    keys
}

/// Whether `value` has something at `path`; `some` matches any name.
fn holds(value: &toml::Value, path: &[&str]) -> bool {
    match path {
        [] => true,
        ["some", rest @ ..] => {
            value.as_table().is_some_and(|table| table.values().any(|one| holds(one, rest)))
        }
        [key, rest @ ..] => value.get(key).is_some_and(|one| holds(one, rest)),
    }
}

fn names_every_key(text: &str) {
    let text = switched_on(text);
    let found = config::read(&Source::new("site.toml", text.as_str())).found;
    assert!(found.is_empty(), "{found:#?}");
    let value: toml::Value = toml::from_str(&text).unwrap();
    let every = every_key();
    assert!(every.len() > 50, "{every:?}");
    let missing: Vec<&String> =
        every.iter().filter(|key| !holds(&value, &key.split('.').collect::<Vec<_>>())).collect();
    assert!(missing.is_empty(), "not named: {missing:#?}");
}

#[test]
fn the_sample_settings_name_every_key() {
    assert!(config::read(&Source::new("site.toml", project("site.toml"))).found.is_empty());
    names_every_key(&project("site.toml"));
}

#[test]
fn the_settings_of_a_new_project_name_every_key() {
    let site = SiteTest::new();
    site.run(&["init"]).fine();
    names_every_key(&site.read("site.toml"));
}

/// The fenced blocks of README: language and text.
fn blocks() -> Vec<(String, String)> {
    let readme = project("README.md");
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for event in Parser::new(&readme) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                open = Some((language.to_string(), String::new()));
            }
            Event::Text(text) => {
                if let Some((_, block)) = &mut open {
                    block.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}

fn blocks_of(language: &str) -> Vec<String> {
    let found: Vec<String> =
        blocks().into_iter().filter(|(name, _)| name == language).map(|(_, text)| text).collect();
    assert!(!found.is_empty(), "README has no {language} block");
    found
}

#[test]
fn every_command_in_the_readme_exists_with_its_options() {
    let site = SiteTest::new();
    for line in blocks_of("sh").iter().flat_map(|block| block.lines()) {
        let Some(typed) = line.strip_prefix("cargo run --release -- ").or_else(|| line.strip_prefix("kb "))
        else {
            continue;
        };
        let typed = typed.split(" #").next().unwrap().split(" > ").next().unwrap();
        let mut words: Vec<&str> = typed.split('"').enumerate().flat_map(unquoted).collect();
        words.push("--help");
        site.run(&words).fine();
    }
}

/// Words of a shell line that was split at double quotes.
fn unquoted((at, part): (usize, &str)) -> Vec<&str> {
    if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }
}

#[test]
fn the_settings_in_the_readme_are_settings() {
    for block in blocks_of("toml") {
        let found = config::read(&Source::new("README.md", block.as_str())).found;
        assert!(found.is_empty(), "{found:#?}");
    }
}

#[test]
fn the_postmortem_in_the_readme_is_understood() {
    for block in blocks_of("markdown") {
        let site = SiteTest::new().file("site.toml", "").file("content/a.md", block);
        let export = site.run(&["export"]).fine().stdout;
        let export: serde_json::Value = serde_json::from_str(&export).unwrap();
        let incident = &export["incidents"][0];
        assert_eq!(incident["findings"], serde_json::json!([]), "{incident:#}");
        assert!(incident["timeline"].as_array().is_some_and(|entries| entries.len() > 1), "{incident:#}");
        assert!(incident["actions"].as_array().is_some_and(|actions| !actions.is_empty()), "{incident:#}");
        assert!(incident["resolved"].is_string(), "{incident:#}");
    }
}

#[test]
fn the_files_the_readme_links_exist() {
    let readme = project("README.md");
    for event in Parser::new(&readme) {
        if let Event::Start(Tag::Link { dest_url, .. }) = event
            && !dest_url.contains("://")
            && !dest_url.starts_with('#')
        {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&*dest_url);
            assert!(path.exists(), "{dest_url}");
        }
    }
}
