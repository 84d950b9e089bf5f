//! Drafts and merges: what is written, what is kept, what is masked.

use super::merge::{Known, Merged, merge};
use super::*;
use crate::config::read;
use crate::diag::Source;
use crate::interop::story::{Around, Origin, read as read_story};

fn config() -> SiteConfig {
    let text = "[components.api]\nname = 'API'\n[people.bob]\nname = 'Bob Lind'\nrole = 'on-call engineer'";
    read(&Source::new("site.toml", text)).value
}

/// A story of `lines`: `u1 2026-03-14T14:23:00Z words`.
fn story(lines: &[&str]) -> Story {
    let update = |line: &&str| {
        let mut parts = line.splitn(3, ' ');
        serde_json::json!({"id": parts.next(), "at": parts.next(), "body": parts.next()})
    };
    let all: Vec<_> = lines.iter().map(update).collect();
    let page = serde_json::json!({"incidents": [{"id": "42", "title": "API outage", "updates": all}]});
    read_story(Origin::Generic, page.to_string().as_bytes(), &Around::default()).unwrap().remove(0)
}

fn now() -> Timestamp {
    "2026-11-28T10:00:00Z".parse().unwrap()
}

fn known(document: &str) -> Vec<Known> {
    let at = |line: &str| {
        let time = line.trim_start().strip_prefix("- ")?.get(..16)?;
        format!("{}:00Z", time.replace(' ', "T")).parse().ok()
    };
    let lines = (1..).zip(document.lines());
    lines.filter_map(|(line, text)| Some(Known { line, at: Some(at(text)?) })).collect()
}

fn merged(document: &str, lines: &[&str]) -> Merged {
    let story = story(lines);
    merge(&Writer::new(&story, &config(), now()), document, &known(document))
}

const FIRST: [&str; 2] = ["u1 2026-03-14T14:23:00Z errors", "u3 2026-03-14T15:20:00Z well"];

fn first() -> String {
    let story = story(&FIRST);
    Writer::new(&story, &config(), now()).document(&config())
}

#[test]
fn an_import_that_is_repeated_changes_nothing() {
    let draft = first();
    assert_eq!(
        merged(&draft, &FIRST),
        Merged { text: draft.clone(), added: 0, updated: 0, kept: 2, differing: vec![] }
    );
}

#[test]
fn what_is_new_goes_into_its_place_and_what_the_author_did_stays() {
    let edited = first().replace("errors", "checkouts fail").replace("## Summary\n", "## Summary\n\nMine.\n");
    let after = merged(
        &edited,
        &[FIRST[0], "u2 2026-03-14T15:00:00Z a fix", FIRST[1], "u4 2026-03-14T16:00:00Z late"],
    );
    assert_eq!((after.added, after.kept), (2, 2));
    let words = ["checkouts fail", "a fix", "well", "late", "imported from generic/42"];
    let places: Vec<usize> = words.iter().map(|word| after.text.find(word).unwrap()).collect();
    assert!(places.is_sorted() && after.text.contains("Mine."), "{}", after.text);
    assert!(!after.text.contains("UTC errors"), "{}", after.text);
    assert_eq!(after.text.matches("<!-- imported from ").count(), 1);
}

#[test]
fn what_the_author_took_out_does_not_come_back() {
    let first = first();
    let shorter: String = first.split_inclusive('\n').filter(|line| !line.contains("UTC well")).collect();
    let after = merged(&shorter, &FIRST);
    assert_eq!((after.added, after.text), (0, shorter));
}

#[test]
fn what_the_source_changed_is_followed_where_the_author_left_it_alone() {
    let changed = ["u1 2026-03-14T14:23:00Z errors in checkout", "u3 2026-03-14T15:30:00Z all well"];
    let after = merged(&first(), &changed);
    assert_eq!((after.added, after.updated, after.kept, &after.differing), (0, 2, 0, &vec![]));
    let plain = |text: &str| {
        text.replace("errors in checkout", "errors").replace("15:30 UTC all well", "15:20 UTC well")
    };
    let unrecorded =
        |text: &str| text.lines().filter(|line| !line.contains("imported from ")).collect::<String>();
    assert_eq!(unrecorded(&plain(&after.text)), unrecorded(&first()), "nothing else changed");
    assert!(!merged(&after.text, &changed).changed(), "and that is known from then on");
    assert_eq!(merged(&after.text, &FIRST).updated, 2, "also where it is changed back");
}

#[test]
fn what_both_changed_stays_the_authors_and_is_told_once() {
    let edited = first().replace("errors", "checkouts fail");
    let changed = ["u0 2026-03-14T14:00:00Z before", "u1 2026-03-14T14:23:00Z errors in checkout", FIRST[1]];
    let after = merged(&edited, &changed);
    assert_eq!((after.added, after.updated, after.kept), (1, 0, 2));
    let told = &after.differing[0];
    assert_eq!(told.now, "2026-03-14 14:23 UTC errors in checkout");
    assert!(after.text.lines().nth(told.line - 1).unwrap().contains("checkouts fail"), "{}", told.line);
    assert!(!merged(&after.text, &changed).changed());
    let out: String = edited.split_inclusive('\n').filter(|line| !line.contains("checkouts")).collect();
    assert!(!merged(&out, &changed[1..]).changed(), "what was taken out stays out, whatever it says");
}

#[test]
fn entries_that_go_by_one_id_are_left_alone() {
    let lines = ["u= 2026-03-14T14:23:00Z one", "u? 2026-03-14T14:24:00Z two"];
    let story = story(&lines);
    let draft = Writer::new(&story, &config(), now()).document(&config());
    assert!(
        draft.contains("UTC one <!-- from generic/42#u_ -->")
            && draft.contains("UTC two <!-- from generic/42#u_ -->")
    );
    assert!(!merged(&draft, &lines).changed());
}

#[test]
fn what_is_kept_in_a_file_names_nobody() {
    let mut story =
        story(&["u1 2026-03-14T14:23:00Z Bob Lind took it", "u2 2026-03-14T14:24:00Z password: hunter2!"]);
    let person = |id: &str, name: &str| crate::interop::story::Person {
        id: id.into(),
        names: vec![name.into()],
        bot: false,
    };
    story.people = vec![person("U1", "Ada"), person("U2", "Bob Lind")];
    story.entries[1].who = Some("U1".into());
    let kept = nameless(story.clone(), &config());
    assert_eq!(kept.entries[0].text, "on-call engineer took it");
    assert_eq!(kept.entries[1].text, "responder A: password: [secret removed]");
    assert_eq!(nameless(kept.clone(), &config()), kept);
    let bodies = [&story, &kept].map(|story| Writer::new(story, &config(), now()).document(&config()));
    assert_eq!(bodies[0], bodies[1], "a draft of either is the same");
}

#[test]
fn imports_of_an_older_kb_are_kept_and_followed_from_then_on() {
    let old: String = first()
        .split_inclusive('\n')
        .map(|line| {
            if line.contains("imported from generic") {
                "<!-- imported from generic/42 at 2026-03-14T16:00Z: u1 u3 -->\n"
            } else {
                line
            }
        })
        .collect();
    assert!(!merged(&old, &["u1 2026-03-14T14:23:00Z other words", FIRST[1]]).changed());
    let added = merged(&old, &[FIRST[0], FIRST[1], "u4 2026-03-14T16:00:00Z late"]);
    assert_eq!(merged(&added.text, &["u1 2026-03-14T14:23:00Z other words", FIRST[1]]).updated, 1);
}

#[test]
fn a_postmortem_without_a_list_gets_a_section_of_its_own() {
    let table =
        "# Outage\n\n## Timeline\n\n| When | What |\n|---|---|\n| 14:00 | x |\n\n## Root cause\n\nA pool.";
    let story = story(&FIRST);
    let table_line = Known { line: 7, at: Some("2026-03-14T14:00:00Z".parse().unwrap()) };
    let after = merge(&Writer::new(&story, &config(), now()), table, &[table_line]);
    assert!(
        after.text.starts_with(&format!(
            "{table}\n\n## Timeline: imported from generic\n\n- 2026-03-14 14:23 UTC errors"
        )),
        "{}",
        after.text
    );
}

#[test]
fn names_become_roles_and_secrets_are_masked_wherever_they_stand() {
    let mut story = story(&[
        "u1 2026-03-14T14:23:00Z Bob Lind asked @Ada for the password: hunter2! and <b>--> ada@acme.example",
    ]);
    let person = |id: &str, name: &str| crate::interop::story::Person {
        id: id.into(),
        names: vec![name.into()],
        bot: false,
    };
    story.people = vec![person("U1", "Ada"), person("U2", "Bob Lind")];
    story.title = "Ada's outage".into();
    story.entries[0].who = Some("U1".into());
    story.impact = Some("x --> y".into());
    let text = Writer::new(&story, &config(), now()).document(&config());
    assert!(
        text.contains(
            "UTC responder A: on-call engineer asked responder A for the password: [secret removed] and --> [e-mail removed]"
        ),
        "{text}"
    );
    assert!(text.contains("title: \"responder A's outage\""), "{text}");
    for word in ["Bob", "Ada", "hunter2", "acme.example"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
}

#[test]
fn first_names_of_those_who_act_become_roles_and_words_stay() {
    let say = |who: &str, ts: u32, text: &str| serde_json::json!({"user": who, "ts": format!("17734983{ts}.000100"), "text": text});
    let person = |id: &str, name: &str| serde_json::json!({"id": id, "profile": {"real_name": name}});
    let people = serde_json::json!([
        person("U1", "Ana Moe"),
        person("U2", "Will Lind"),
        person("U3", "Kim Ott"),
        person("U4", "Kim Ask"),
        person("U5", "Rita Ray")
    ]);
    let all = [
        say("U1", 61, "Will restarts it; Ana and Anabel look, Kim too"),
        say("U2", 62, "Rita is on leave, ask Ana Moe"),
        say("U3", 63, "yes"),
        say("U4", 64, "yes"),
    ];
    let people = crate::interop::story::slack::users(&people);
    let story = crate::interop::story::slack::story("C1", "inc", &all, &people, &Around::default());
    let text = Writer::new(&story, &config(), now()).document(&config());
    for words in [
        "responder A: Will restarts it; responder A and Anabel look, someone too",
        "responder B: Rita is on leave, ask responder A",
    ] {
        assert!(text.contains(words), "{text}");
    }
}
