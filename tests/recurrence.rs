//! Has this happened before? What `kb similar` answers, and what `kb link` writes.

use crate::site_test::SiteTest;
use snapbox::str;

const POOL: &str = "---
id: PM-1
date: 2025-03-01
components: [pooler]
---
# Checkout fails: connection pool used up

## Summary

Checkout failed because pgbouncer had no free connection. Clients saw \"remaining connection slots are reserved\".

## Root cause

`max_client_conn` of the connection pool was lower than what the new workers open.

## Fix

Restarted the workers with smaller pools.

## Action items

- [ ] Raise `max_client_conn` due 2025-04-01
- [x] Alert on the connection pool (done 2025-03-20)
";

const AGAIN: &str = "---
id: PM-2
date: 2025-08-01
components: [pooler]
---
# Payments slow: connection pool used up again

## Summary

Payments timed out; pgbouncer logged \"remaining connection slots are reserved\".

## Root cause

Workers opened more connections than `max_client_conn` of the connection pool allows.
";

/// Incidents that have nothing to do with the pool or with each other.
fn archive() -> SiteTest {
    let other = |day: &str, title: &str, text: &str| format!("---\ndate: {day}\n---\n# {title}\n\n{text}\n");
    SiteTest::new()
        .file("content/pool.md", POOL)
        .file("content/again.md", AGAIN)
        .file(
            "content/cert.md",
            other("2025-04-02", "Login certificate expired", "The renewal job could not write DNS."),
        )
        .file(
            "content/disk.md",
            other("2025-05-03", "Mail relay disk full", "Rotation of logs was off after an upgrade."),
        )
        .file("content/prices.md", other("2025-06-04", "Wrong prices", "A currency table was imported half."))
        .file(
            "content/index.md",
            other("2025-06-14", "Search results missing", "Two replicas rebuilt at once."),
        )
}

#[test]
fn the_earlier_incident_is_told_with_reasons_and_what_was_open() {
    archive().run(&["similar", "content/again.md"]).fine().stderr("").stdout(str![[r#"
Checkout fails: connection pool used up
  pool.md
  2025-03-01 · 5 months before · suggested: alike in symptoms strong, in cause strong
  - shares `remaining connection slots are reserved`
  - shares `max_client_conn`
  - same component: pooler (2 of 6 incidents)
  - shared terms: pool, workers, opened, pgbouncer
  fixed by: Restarted the workers with smaller pools.
  1 of the 2 actions was still open, 1 overdue, 1 unknown

"#]]);
}

#[test]
fn a_text_from_elsewhere_or_from_standard_input_is_compared_too() {
    let site = archive().file("draft.md", AGAIN.replace("id: PM-2\ndate: 2025-08-01\n", ""));
    let told = site.run(&["similar", "draft.md", "--json"]).fine().stdout;
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let paths: Vec<&str> =
        told["earlier"].as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["again.md", "pool.md"], "both are like it, whenever it happened");
    let mut command = site.command(&["similar", "-", "--json", "--limit", "1"]);
    command.stdin(std::fs::File::open(site.path().join("draft.md")).unwrap());
    let told = site.outcome(&mut command).fine().stdout;
    assert_eq!(told.matches("\"path\"").count(), 1);
}

#[test]
fn a_changed_copy_is_not_like_itself() {
    let site = archive().file("copy.md", AGAIN.replace("timed out", "were slow"));
    let told = site.run(&["similar", "copy.md", "--json"]).fine().stdout;
    assert!(told.contains("\"pool.md\"") && !told.contains("\"again.md\""), "{told}");
}

#[test]
fn an_incident_without_relatives_has_none() {
    archive().run(&["similar", "content/prices.md"]).fine().stdout("nothing like it so far\n");
}

#[test]
fn what_is_not_there_gets_the_nearest_name() {
    archive().run(&["similar", "PM-3"]).code(2).stdout("").stderr(str![[r#"
error: there is no file and no postmortem called `PM-3`; did you mean `PM-1`?

"#]]);
}

#[test]
fn a_link_is_written_and_shown_and_a_no_is_final() {
    let site = archive();
    site.run(&["link", "PM-2", "pool", "--kind", "recurrence", "--why", "the same pool"])
        .fine()
        .stdout("")
        .stderr(str![[r#"
content/again.md now says `recurrence` of PM-1 (Checkout fails: connection pool used up)

"#]]);
    assert_eq!(
        site.read("content/again.md"),
        AGAIN.replace(
            "[pooler]\n",
            "[pooler]\nrelated:\n  - id: PM-1\n    kind: recurrence\n    why: \"the same pool\"\n"
        )
    );
    let told = site.run(&["similar", "PM-2"]).fine().stdout;
    assert!(told.contains("the same again, says the author\n  the same pool\n"), "{told}");
    site.run(&["link", "PM-1", "PM-2", "--kind", "not-related"]).fine();
    site.run(&["similar", "PM-2"]).fine().stdout("nothing like it so far\n");
}

#[test]
fn files_keep_their_byte_order_mark_line_ends_and_comments() {
    for (before, after) in [
        (
            "\u{feff}---\r\nid: PM-7 # ours\r\n---\r\n# T\r\n",
            "\u{feff}---\r\nid: PM-7 # ours\r\nrelated:\r\n  - id: PM-1\r\n    kind: same-cause\r\n---\r\n# T\r\n",
        ),
        (
            "+++\nid = \"PM-7\"\nrelated = [\"PM-2\"] # so far\n+++\n# T",
            "+++\nid = \"PM-7\"\nrelated = [\"PM-2\", {id = \"PM-1\", kind = \"same-cause\"}] # so far\n+++\n# T",
        ),
        ("# T\n", "---\nrelated:\n  - id: PM-1\n    kind: same-cause\n---\n\n# T\n"),
    ] {
        let site = archive().file("content/seven.md", before);
        site.run(&["link", "content/seven.md", "PM-1", "--kind", "same-cause"]).fine();
        assert_eq!(site.read("content/seven.md"), after);
        site.run(&["link", "content/seven.md", "PM-1", "--kind", "same-cause"])
            .fine()
            .stderr("content/seven.md says so already\n");
    }
}

#[test]
fn a_link_that_cannot_be_written_changes_nothing() {
    let site = archive().file("content/odd.md", "---\ntitle: [\n---\n# T\n");
    site.run(&["link", "content/odd.md", "PM-1", "--kind", "recurrence"]).code(1).stdout("");
    assert_eq!(site.read("content/odd.md"), "---\ntitle: [\n---\n# T\n");
    site.run(&["link", "PM-1", "pool", "--kind", "recurrence"])
        .code(2)
        .stderr("error: A and B are the same postmortem\n");
}

fn json(site: &SiteTest, path: &str) -> serde_json::Value {
    serde_json::from_str(&site.read(path)).unwrap()
}

#[test]
fn pages_tell_what_happened_before_and_what_was_still_open() {
    let site = archive();
    site.run(&["link", "PM-2", "PM-1", "--kind", "recurrence", "--why", "the same pool"]).fine();
    site.build().fine();
    let later = site.read("dist/internal/incidents/pm-2.html");
    let open = "1 of 2 actions was still open when it happened again, 1 overdue";
    for told in
        ["Has this happened before?", "Seen once before", "the same pool", "Restarted the workers", open]
    {
        assert!(later.contains(told), "{told} in {later}");
    }
    let earlier = site.read("dist/internal/incidents/pm-1.html");
    assert!(earlier.contains("First of its kind, and once since"), "{earlier}");
    let family = site.read("dist/internal/families/pm-1.html");
    for told in ["class=\"chart\"", "Earlier actions still open", open, "max_client_conn", "All actions"] {
        assert!(family.contains(told), "{told} in {family}");
    }
    assert!(!family.contains("kb suggests this family"));
    let actions = site.read("dist/internal/actions.html");
    assert!(
        actions.contains("Still open when it happened again: <a href=\"incidents/pm-2.html\">2025-08-01")
    );
    let told = json(&site, "dist/internal/api/v1/incidents/pm-2.json");
    assert_eq!(
        (&told["earlier"][0]["slug"], &told["earlier"][0]["relation"]),
        (&"pm-1".into(), &"recurrence".into())
    );
    assert_eq!(told["earlier"][0]["earlier_actions"]["open"], 1);
    let families = json(&site, "dist/internal/api/v1/families.json");
    assert_eq!(families["open_when_it_happened_again"]["with_open"], 1);
    assert_eq!(families["families"][0]["incidents"], serde_json::json!(["pm-1", "pm-2"]));
}

#[test]
fn suggestions_are_labelled_for_colleagues_counted_nowhere_and_not_published() {
    let site = archive();
    for file in ["content/pool.md", "content/again.md"] {
        site.write(file, site.read(file).replacen("---\n", "---\nvisibility: public\n", 1));
    }
    site.build().fine();
    let page = site.read("dist/internal/incidents/pm-2.html");
    for told in
        ["Perhaps: kb found something like it", "Suggested: earlier incidents like it", "both say “remaining"]
    {
        assert!(page.contains(told), "{told} in {page}");
    }
    let families = json(&site, "dist/internal/api/v1/families.json");
    assert_eq!(families["families"][0]["stated"], false);
    assert_eq!(families["open_when_it_happened_again"]["recurrences"], 0);
    let export: serde_json::Value = serde_json::from_str(&site.run(&["export"]).fine().stdout).unwrap();
    assert_eq!(export["incidents"][0]["path"], "again.md");
    assert_eq!(export["incidents"][0]["similar"][0]["path"], "pool.md");
    site.run(&["build", "--audience", "public"]).fine();
    let page = site.read("dist/public/incidents/pm-2.html");
    assert!(!page.contains("Suggested") && !page.contains("pm-1.html\">Checkout"), "{page}");
    assert_eq!(json(&site, "dist/public/api/v1/incidents/pm-2.json")["earlier"], serde_json::json!([]));
    assert_eq!(json(&site, "dist/public/api/v1/families.json")["families"], serde_json::json!([]));
}

#[test]
fn a_public_family_knows_nothing_of_its_internal_members() {
    let family = |day: &str, shown: &str, title: &str| {
        format!(
            "---\ndate: {day}\nvisibility: {shown}\nfamily: full disks\n---\n# {title}\n\nThe disk was full.\n"
        )
    };
    let site = SiteTest::new()
        .file("content/a.md", family("2025-01-01", "public", "First disk"))
        .file("content/b.md", family("2025-02-01", "internal", "Hidden disk"))
        .file("content/c.md", family("2025-03-01", "public", "Third disk"));
    site.build().fine();
    assert!(site.read("dist/internal/incidents/c.html").contains("Seen 2 times before"));
    site.run(&["build", "--audience", "public"]).fine();
    let page = site.read("dist/public/incidents/c.html");
    assert!(page.contains("Seen once before") && page.contains("59 d before"), "{page}");
    let families = json(&site, "dist/public/api/v1/families.json");
    assert_eq!(families["families"][0]["incidents"], serde_json::json!(["a", "c"]));
    assert_eq!(families["families"][0]["members"][1]["days_since_last"], 59);
}
