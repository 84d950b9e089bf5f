//! What stands in the files of a small index; that pages read them as the server reads the index is shown in a browser.

use super::super::stories::{Site, hub, incident};
use super::{Options, frag};
use crate::config::SiteConfig;
use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Mutex;

/// Every file by its path, as written.
fn files(site: &Site, frag: Option<usize>, offline: bool) -> BTreeMap<String, Vec<u8>> {
    let all = Mutex::new(BTreeMap::new());
    let options = Options { link: &|one| format!("incidents/{}.html", one.slug), frag, offline };
    let sink = |output: crate::output::Output| {
        all.lock().unwrap().insert(output.path.as_str().to_owned(), output.bytes);
        Ok(())
    };
    site.index.export(&site.edition, &site.config, &options, &sink).unwrap();
    all.into_inner().unwrap()
}

/// The mark and the content of a file.
fn opened(bytes: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut content = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut content).unwrap();
    let rest = content.split_off(4);
    (content, rest)
}

#[test]
fn the_same_edition_gives_the_same_bytes_and_every_file_the_same_mark() {
    let first = files(&hub(), None, true);
    assert_eq!(first, files(&hub(), None, true));
    let marks: Vec<Vec<u8>> = first
        .iter()
        .filter(|(path, _)| !path.contains("/offline/"))
        .map(|(_, bytes)| opened(bytes).0)
        .collect();
    assert!(marks.len() > 10, "{:?}", first.keys());
    assert!(marks.iter().all(|mark| *mark == marks[0] && mark[..2] != [0x1f, 0x8b]));
}

#[test]
fn a_changed_word_changes_the_mark() {
    let mark = |text: &str| {
        let site = Site::with(vec![incident("a", "2024-01-01", "One", text)], SiteConfig::default());
        opened(&files(&site, None, false)["search/index.kbs"]).0
    };
    assert_ne!(mark("the pool was full."), mark("the pool was full!"), "only the text of a passage differs");
}

#[test]
fn the_head_tells_what_there_is_and_rows_and_texts_what_is_shown() {
    let files = files(&hub(), None, false);
    let json = |name: &str| -> serde_json::Value {
        serde_json::from_slice(&opened(&files[&format!("search/{name}.kbs")]).1).unwrap()
    };
    let head = json("index");
    assert_eq!((&head["n"], &head["frag"], &head["hidden"]), (&3.into(), &1.into(), &serde_json::json!([])));
    assert_eq!(json("d0")[1][0], "incidents/node.html");
    assert_eq!(json("f1")[0][0], json("d0")[1]);
    let passages = json("f1")[0][1].to_string();
    assert!(
        passages.contains(r#"["Timeline 06:30","t2","The cluster reports NodeLost for the hub's node"]"#),
        "{passages}"
    );
}

#[test]
fn documents_share_files_where_asked_and_scripts_hold_the_same_files() {
    let site = hub();
    let (alone, shared) = (files(&site, Some(1), false), files(&site, Some(2), true));
    let texts =
        |files: &BTreeMap<String, Vec<u8>>| files.keys().filter(|path| path.starts_with("search/f")).count();
    assert_eq!((texts(&alone), texts(&shared)), (3, 2));
    let script = String::from_utf8(shared["search/offline/f-0.js"].clone()).unwrap();
    assert!(script.starts_with(r#"kbShards({"f0":"H4sI"#) && script.contains(r#"","f1":"H4sI"#), "{script}");
}

#[test]
fn what_is_excluded_from_search_is_in_no_file() {
    let mut config = SiteConfig::default();
    config.search.exclude = vec!["secret/**".to_owned()];
    let documents = vec![
        incident("secret/a", "2024-01-01", "Zebrafish down", "The zebrafish had no space."),
        incident("b", "2024-01-02", "Disk full", "No space."),
    ];
    let site = Site::with(documents, config);
    assert!(!site.index.plain_words().contains("zebrafish"));
    for (path, bytes) in files(&site, None, false) {
        let text = String::from_utf8_lossy(&opened(&bytes).1).to_lowercase();
        assert!(!text.contains("zebrafish"), "{path}");
    }
}

#[test]
fn texts_share_files_only_where_that_keeps_the_site_small_enough() {
    assert_eq!([10, 5_000, 6_500, 7_500, 10_000].map(frag), [1, 1, 2, 4, 1]);
}
