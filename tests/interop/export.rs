//! What goes back to other systems: Markdown for a status page, and documents for a search engine.

use crate::site_test::SiteTest;
use serde_json::Value;

const REPORT: &str = "---\ntitle: Checkout failed\nid: PM-7\ndate: 2026-03-14\nvisibility: public\n---\n\n# Checkout failed\n\n## Summary\n\n\
    One in *three* checkouts failed; see [the page](https://status.acme.example/i/7) and [ours](other.md).\n\n\
    <!-- internal -->\n\nThe pool of Ada's team was full.\n\n<!-- /internal -->\n\n\
    ## Timeline\n\n- 14:23 UTC errors\n- 15:10 UTC well\n\n| When | What |\n|---|---|\n| now | a \\| b |\n";

#[test]
fn a_status_page_gets_what_the_public_may_read() {
    let site = SiteTest::new()
        .file("site.toml", "[audience.public]\nbase_url = 'https://incidents.acme.example/'\n")
        .file("content/a.md", REPORT)
        .file("content/other.md", "---\nid: PM-8\ndate: 2026-03-15\n---\n# Hidden\n");
    let text = site.run(&["export", "--format", "markdown", "--incident", "PM-7"]).fine().stdout;
    assert_eq!(
        text,
        "## Summary\n\nOne in *three* checkouts failed; see [the page](https://status.acme.example/i/7) and another report.\n\n\
         ## Timeline\n\n- 14:23 UTC errors\n- 15:10 UTC well\n\n| When | What |\n|---|---|\n| now | a \\| b |\n\n\
         [The whole report](https://incidents.acme.example/incidents/pm-7.html)\n"
    );
    // Neither what is internal, nor a word of it.
    let outcome = site.run(&["export", "--format", "markdown", "--incident", "PM-8"]).code(2);
    assert!(outcome.stdout.is_empty() && outcome.stderr.contains("is not public"), "{}", outcome.stderr);
    site.run(&["export", "--format", "markdown"]).code(2);
    site.run(&["export", "--incident", "PM-7"]).code(2);
}

#[test]
fn links_into_the_site_get_full_addresses() {
    let report = "---\nid: PM-7\ndate: 2026-03-14\nvisibility: public\nstatus_page: https://status.acme.example/i/7\n---\n\n# Checkout [failed]\n\n\
        See [before](other.md#impact), [the policy](policy.md), [a graph](graph.png), [below](#impact), [mail](mailto:a@b.example) and \
        [nothing](gone.md).\n\n## Impact\n\nMuch.\n";
    let site = SiteTest::new()
        .file("site.toml", "[audience.public]\nbase_url = 'https://incidents.acme.example/kb'\n")
        .file("content/a.md", report)
        .file("content/graph.png", "png")
        .file("content/policy.md", "---\ntype: page\nvisibility: public\n---\n# Policy\n")
        .file(
            "content/other.md",
            "---\nid: PM-6\ndate: 2026-03-01\nvisibility: public\n---\n# Earlier\n\n## Impact\n\nSome.\n",
        );
    let text = site.run(&["export", "--format", "markdown", "--incident", "PM-7"]).fine().stdout;
    let at = "https://incidents.acme.example/kb";
    for link in [
        format!("[before]({at}/incidents/pm-6.html#impact)"),
        format!("[the policy]({at}/pages/policy.html)"),
        format!("[a graph]({at}/files/graph.png)"),
        format!("[below]({at}/incidents/pm-7.html#impact)"),
        " mail and another report.".to_owned(),
    ] {
        assert!(text.contains(&link), "{link} in\n{text}");
    }
    // The same as a draft for Statuspage: nothing in it publishes anything.
    let request = site.run(&["export", "--format", "statuspage", "--incident", "PM-7"]).fine().stdout;
    let request: Value = serde_json::from_str(&request).unwrap();
    assert_eq!(request, serde_json::json!({"postmortem": {"body_draft": text}}));
    site.run(&["export", "--format", "statuspage"]).code(2);
    // And the public page offers the link back.
    site.run(&["build", "--audience", "public", "--out", "dist"]).fine();
    let back = format!("[Postmortem: Checkout  failed ]({at}/incidents/pm-7.html)");
    assert!(site.read("dist/incidents/pm-7.html").contains(&back));
    assert!(!site.read("dist/incidents/pm-6.html").contains("[Postmortem:"), "no status page tells of it");
}

/// The sample postmortems as NDJSON: they show everything that an export can hold.
fn documents() -> Vec<Value> {
    let site = SiteTest::new();
    let project = env!("CARGO_MANIFEST_DIR");
    let text = site.run(&["export", project, "--format", "ndjson", "--as-of", "2026-11-25"]).fine().stdout;
    let all: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(all.len() > 10);
    all
}

/// Whether `value` is what a field of `kind` takes, by the documentation of the two engines.
fn fits(kind: &str, format: &[&str], value: &Value) -> bool {
    let matches = |format: &&str, text: &str| match *format {
        "%Y-%m-%d" | "strict_date" => text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10,
        "%Y-%m-%dT%H:%M:%S" => text.parse::<jiff::civil::DateTime>().is_ok() && text.len() == 19,
        "rfc3339" => text.parse::<jiff::Timestamp>().is_ok(),
        "strict_date_optional_time" => {
            text.parse::<jiff::Timestamp>().is_ok() || text.parse::<jiff::civil::DateTime>().is_ok()
        }
        other => panic!("{other}"),
    };
    match kind {
        "text" | "keyword" => value.is_string(),
        "datetime" | "date" => value.as_str().is_some_and(|text| format.iter().any(|one| matches(one, text))),
        "boolean" | "bool" => value.is_boolean(),
        "integer" | "i64" => value.is_i64(),
        "float" | "f64" => value.is_number(),
        "json" | "object" | "nested" => value.is_object(),
        other => panic!("{other}"),
    }
}

/// A field takes one value, several, or none.
fn each<'v>(value: &'v Value, path: &str, check: &mut dyn FnMut(&'v Value, &str)) {
    match value {
        Value::Null => {}
        Value::Array(all) => all.iter().for_each(|one| check(one, path)),
        one => check(one, path),
    }
}

fn against_mapping(properties: &Value, document: &Value, above: &str) {
    for (key, value) in document.as_object().unwrap() {
        let path = format!("{above}{key}");
        let field = &properties[key];
        let kind = field["type"].as_str().unwrap_or_else(|| panic!("`{path}` is not in the mapping"));
        let format: Vec<&str> = field["format"].as_str().unwrap_or_default().split("||").collect();
        each(value, &path, &mut |one, path| {
            assert!(fits(kind, &format, one), "`{path}` is of type {kind}, not {one}");
            if kind == "nested" {
                against_mapping(&field["properties"], one, &format!("{path}."));
            }
        });
    }
}

/// What each type of field may say, by the mapping parameters that `OpenSearch` and Elasticsearch document.
fn parameters_of_mapping(kind: &str) -> &'static [&'static str] {
    match kind {
        "text" => &["fields", "analyzer", "index"],
        "keyword" => &["ignore_above", "index", "doc_values"],
        "date" => &["format", "index"],
        "integer" | "float" | "boolean" => &["index"],
        "nested" => &["properties"],
        "object" => &["properties", "enabled"],
        other => panic!("`{other}` is no type"),
    }
}

fn well_formed(properties: &Value) {
    for (name, field) in properties.as_object().unwrap() {
        let kind = field["type"].as_str().unwrap();
        let allowed = parameters_of_mapping(kind);
        for key in field.as_object().unwrap().keys().filter(|key| *key != "type") {
            assert!(allowed.contains(&key.as_str()), "`{name}` of type {kind} has `{key}`");
        }
        // Lucene takes no term of more than 32,766 bytes, and a letter has up to four.
        let longest = field["ignore_above"].as_u64();
        let searched = kind == "keyword" && field["index"] != false;
        assert!(!searched || longest.is_some_and(|longest| longest * 4 <= 32_766), "`{name}`");
        for inner in ["properties", "fields"].iter().filter_map(|key| field.get(key)) {
            well_formed(inner);
        }
    }
}

#[test]
fn the_mapping_for_opensearch_names_every_key_with_its_type() {
    let index: Value =
        serde_json::from_str(&SiteTest::new().run(&["export", "--index", "opensearch"]).fine().stdout)
            .unwrap();
    let top: Vec<&String> = index.as_object().unwrap().keys().collect();
    assert_eq!(top, ["mappings", "settings"]);
    for key in index["mappings"].as_object().unwrap().keys() {
        assert!(["dynamic", "_meta", "properties"].contains(&key.as_str()), "{key}");
    }
    well_formed(&index["mappings"]["properties"]);
    for document in documents() {
        against_mapping(&index["mappings"]["properties"], &document, "");
    }
}

/// What each type of field may say, by Quickwit's documentation of index configurations; it refuses any other key, and these
/// three where a field is not indexed.
fn allowed_by_quickwit(field: &Value) {
    let kind = field["type"].as_str().unwrap();
    let inner = kind.strip_prefix("array<").and_then(|inner| inner.strip_suffix('>')).unwrap_or(kind);
    let common = ["name", "type", "description", "stored", "indexed"];
    let own: &[&str] = match inner {
        "text" => &["tokenizer", "record", "fieldnorms", "fast"],
        "json" => &["tokenizer", "record", "fast", "expand_dots"],
        "datetime" => &["input_formats", "output_format", "fast_precision", "fast"],
        other => panic!("`{other}` is not used here"),
    };
    for (key, value) in field.as_object().unwrap() {
        assert!(common.contains(&key.as_str()) || own.contains(&key.as_str()), "{field} has `{key}`");
        let words: &[&str] = match key.as_str() {
            "tokenizer" => &["raw", "default"],
            "record" => &["basic", "freq", "position"],
            "name" => {
                let name = value.as_str().unwrap();
                let fine = |c: char| c.is_ascii_alphanumeric() || c == '_';
                assert!(
                    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(fine),
                    "{name}"
                );
                continue;
            }
            _ => continue,
        };
        assert!(words.contains(&value.as_str().unwrap()), "{field}");
    }
    if field["indexed"] == false {
        assert!(["tokenizer", "record", "fieldnorms"].iter().all(|key| field.get(key).is_none()), "{field}");
    }
}

#[test]
fn the_index_for_quickwit_names_every_key_with_its_type() {
    let text = SiteTest::new().run(&["export", "--index", "quickwit"]).fine().stdout;
    let index: Value = serde_yaml::from_str(&text).unwrap();
    let fields = index["doc_mapping"]["field_mappings"].as_array().unwrap();
    let find = |key: &str| fields.iter().find(|field| field["name"] == key);
    fields.iter().for_each(allowed_by_quickwit);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&index), ["doc_mapping", "index_id", "search_settings", "version"]);
    assert_eq!(keys(&index["doc_mapping"]), ["field_mappings", "mode"]);
    assert_eq!(index["version"], 0.7, "read by 0.7 and every later one");
    let documents = documents();
    for document in &documents {
        for (key, value) in document.as_object().unwrap() {
            let field = find(key).unwrap_or_else(|| panic!("`{key}` is not in the configuration"));
            let whole = field["type"].as_str().unwrap();
            let inner = whole.strip_prefix("array<").and_then(|inner| inner.strip_suffix('>'));
            assert_eq!(inner.is_some(), value.is_array(), "`{key}` is of type {whole}, not {value}");
            let formats: Vec<&str> = field["input_formats"]
                .as_array()
                .map_or(vec![], |all| all.iter().filter_map(Value::as_str).collect());
            each(value, key, &mut |one, path| {
                assert!(
                    fits(inner.unwrap_or(whole), &formats, one),
                    "`{path}` is of type {whole}, not {one}"
                );
            });
        }
    }
    // What is searched by default is there.
    for name in index["search_settings"]["default_search_fields"].as_array().unwrap() {
        let path: Vec<&str> = name.as_str().unwrap().split('.').collect();
        let there = |document: &Value| match path.as_slice() {
            [key] => document[key].is_string(),
            [key, inner] => {
                document[key].as_array().is_some_and(|all| all.iter().any(|one| one[inner].is_string()))
            }
            _ => false,
        };
        assert!(find(path[0]).is_some() && documents.iter().any(there), "{path:?}");
    }
}
