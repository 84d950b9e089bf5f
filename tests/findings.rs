//! What `kb check` tells: each rule on the shortest text that breaks it, and nothing on that text mended.

use crate::site_test::{SiteTest, TODAY};
use snapbox::str;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// A rule, the settings it needs, a text that breaks it, and the same text mended.
struct Story {
    rule: &'static str,
    settings: &'static str,
    broken: &'static str,
    mended: &'static str,
}

const fn story(
    rule: &'static str,
    settings: &'static str,
    broken: &'static str,
    mended: &'static str,
) -> Story {
    Story { rule, settings, broken, mended }
}

const HEAD: &str = "---\ndate: 2026-03-01\n---\n# Hub down\n\n";

/// The text after a common head, unless it has front matter of its own.
fn document(text: &str) -> String {
    if text.starts_with("---") { text.to_owned() } else { format!("{HEAD}{text}") }
}

const STORIES: &[Story] = &[
    story(
        "missing-section",
        "",
        "## Summary\n\nUsers saw errors.\n\n## Impact\n\nMany.\n\n## Timeline\n\n- 10:00 UTC deploy\n",
        "## Summary\n\nUsers saw errors.\n\n## Impact\n\nMany.\n\n## Timeline\n\n- 10:00 UTC deploy\n\n## Actions\n\n- [ ] Add an alert\n",
    ),
    story(
        "empty-section",
        "",
        "## Impact\n\n## Detection\n\nBy a user.\n",
        "## Impact\n\nNone.\n\n## Detection\n\nBy a user.\n",
    ),
    story("template-text", "", "## Impact\n\nTBD\n", "## Impact\n\nNobody could log in.\n"),
    story(
        "summary-thin",
        "summary-thin = 'warn'",
        "## Summary\n\nThe pod kept restarting.\n\n## Trigger\n\nA deploy.\n\n## Resolution\n\nA rollback.\n",
        "## Summary\n\nThe pod kept restarting for 20 minutes, and users got errors.\n\n## Trigger\n\nA deploy.\n\n## Resolution\n\nA rollback.\n",
    ),
    story(
        "no-components",
        "[components.hub]\n",
        "## Summary\n\nThe hub.\n\n## Trigger\n\nA deploy.\n\n## Resolution\n\nA rollback.\n",
        "---\ndate: 2026-03-01\ncomponents: [hub]\n---\n## Summary\n\nThe hub.\n\n## Trigger\n\nA deploy.\n\n## Resolution\n\nA rollback.\n",
    ),
    story(
        "no-tags",
        "no-tags = 'warn'",
        "## Summary\n\nThe hub.\n\n## Trigger\n\nA deploy.\n\n## Resolution\n\nA rollback.\n",
        "---\ndate: 2026-03-01\ntags: [disk]\n---\n## Summary\n\nThe hub.\n\n## Trigger\n\nA deploy.\n\n## Resolution\n\nA rollback.\n",
    ),
    story(
        "image-text",
        "",
        "![](https://example.com/a.png)\n",
        "![latency rises](https://example.com/a.png)\n",
    ),
    story("dead-link", "", "![a plot](plot.png)\n", "![a plot](https://example.com/plot.png)\n"),
    story("dead-link", "", "See [the other](other.md).\n", "See [itself](2026-03-01-hub.md).\n"),
    story(
        "secret",
        "",
        "It logged in with postgres://app:h0rse9@db.example.com/x again.\n",
        "It logged in with postgres://app:***@db.example.com/x again.\n",
    ),
    story(
        "unknown-key",
        "",
        "---\ndate: 2026-03-01\nserverity: SEV1\n---\nx\n",
        "---\ndate: 2026-03-01\nseverity: SEV1\n---\nx\n",
    ),
    story("unknown-severity", "", "---\nseverity: terrible\n---\nx\n", "---\nseverity: SEV1\n---\nx\n"),
    story("unknown-status", "", "---\nstatus: finall\n---\nx\n", "---\nstatus: final\n---\nx\n"),
    story("unknown-kind", "", "---\ntype: near-mis\n---\nx\n", "---\ntype: near-miss\n---\nx\n"),
    story("duplicate-key", "", "---\nid: PM-1\nid: PM-2\n---\nx\n", "---\nid: PM-1\n---\nx\n"),
    story("bad-date", "", "---\ndate: 2026-02-30\n---\nx\n", "---\ndate: 2026-02-28\n---\nx\n"),
    story("bad-id", "", "---\nid: '...'\n---\nx\n", "---\nid: PM-1\n---\nx\n"),
    story("bad-timezone", "", "---\ntimezone: Europe/Olso\n---\nx\n", "---\ntimezone: Europe/Oslo\n---\nx\n"),
    story("wrong-type", "", "---\ntitle: [a, b]\n---\nx\n", "---\ntitle: a, b\n---\nx\n"),
    story("front-matter", "", "---\ntitle: [a\n---\nx\n", "---\ntitle: a\n---\nx\n"),
    story("visibility", "", "---\nvisibility: publik\n---\nx\n", "---\nvisibility: public\n---\nx\n"),
    story("internal", "", "<!-- internal -->\nx\n", "<!-- internal -->\nx\n<!-- /internal -->\n"),
    story(
        "timeline-order",
        "",
        "## Timeline\n\nAll times in UTC.\n\n- 10:10 a\n- 10:05 b\n",
        "## Timeline\n\nAll times in UTC.\n\n- 10:05 b\n- 10:10 a\n",
    ),
    story(
        "clock-conflict",
        "",
        "---\ndate: 2026-03-01\nresolved: 2026-03-01T12:00:00Z\n---\n## Timeline\n\n- 10:00 UTC **Started:** a\n- 11:00 UTC **Resolved:** b\n",
        "---\ndate: 2026-03-01\nresolved: 2026-03-01T11:00:00Z\n---\n## Timeline\n\n- 10:00 UTC **Started:** a\n- 11:00 UTC **Resolved:** b\n",
    ),
    story(
        "duration-conflict",
        "duration-conflict = 'warn'",
        "---\nstarted: 2026-03-01T10:00:00Z\nresolved: 2026-03-01T12:00:00Z\nimpact:\n  duration: 30 minutes\n---\nx\n",
        "---\nstarted: 2026-03-01T10:00:00Z\nresolved: 2026-03-01T12:00:00Z\nimpact:\n  duration: 2 hours\n---\nx\n",
    ),
    story(
        "unknown-zone",
        "",
        "## Timeline\n\n- 10:00 a\n- 10:05 b\n",
        "## Timeline\n\nAll times in UTC.\n\n- 10:00 a\n- 10:05 b\n",
    ),
    story(
        "zone-conflict",
        "",
        "## Timeline\n\nAll times in PST (UTC-7).\n\n- 10:00 a\n- 10:05 b\n",
        "## Timeline\n\nAll times in PDT (UTC-7).\n\n- 10:00 a\n- 10:05 b\n",
    ),
    story(
        "clock-order",
        "",
        "---\nstarted: 2026-03-01T12:00:00Z\nresolved: 2026-03-01T11:00:00Z\n---\nx\n",
        "---\nstarted: 2026-03-01T10:00:00Z\nresolved: 2026-03-01T11:00:00Z\n---\nx\n",
    ),
    story(
        "published-late",
        "",
        "---\nresolved: 2026-03-01T11:00:00Z\npublished: 2026-03-05T11:00:00Z\n---\nx\n",
        "---\nresolved: 2026-03-01T11:00:00Z\npublished: 2026-03-02T11:00:00Z\n---\nx\n",
    ),
    story(
        "action-owner",
        "",
        "## Actions\n\n- [ ] Add an alert\n",
        "## Actions\n\n- [ ] Add an alert @ada\n",
    ),
    story(
        "action-due",
        "",
        "## Actions\n\n- [ ] Add an alert\n",
        "## Actions\n\n- [ ] Add an alert due 2026-04-01\n",
    ),
    story(
        "action-ticket",
        "",
        "## Actions\n\n- [ ] Add an alert\n",
        "## Actions\n\n- [ ] Add an alert (OPS-12)\n",
    ),
    story(
        "action-due-late",
        "[policy.action_due]\nSEV1 = '30d'\n",
        "---\ndate: 2026-03-01\nseverity: SEV1\n---\n## Actions\n\n- [ ] Add an alert due 2026-06-01\n",
        "---\ndate: 2026-03-01\nseverity: SEV1\n---\n## Actions\n\n- [ ] Add an alert due 2026-03-20\n",
    ),
    story(
        "action-team",
        "",
        "## Actions\n\n| Action | Owner |\n| --- | --- |\n| Add an alert | Team Booking |\n",
        "## Actions\n\n| Action | Owner |\n| --- | --- |\n| Add an alert | @ada |\n",
    ),
    story(
        "action-vague",
        "",
        "## Actions\n\n- [ ] Improve monitoring\n",
        "## Actions\n\n- [ ] Alert when the pool is 80 % full\n",
    ),
    story(
        "action-cancelled",
        "",
        "## Actions\n\n- ~~Add an alert~~ (cancelled)\n",
        "## Actions\n\n- ~~Add an alert~~ (cancelled: the service was retired)\n",
    ),
    story(
        "action-missing",
        "",
        "## What went poorly\n\n- The alert came late.\n",
        "## What went poorly\n\n- The alert came late.\n\n## Actions\n\n- [ ] Alert earlier\n",
    ),
    story(
        "point-without-action",
        "point-without-action = 'warn'",
        "## What went poorly\n\n- Nobody could reach the vendor.\n\n## Actions\n\n- [ ] Add an alert\n",
        "## What went poorly\n\n- Nobody could reach the vendor.\n\n## Actions\n\n- [ ] Agree on a vendor hotline\n",
    ),
    story(
        "action-verb",
        "action-verb = 'warn'",
        "## Actions\n\n- [ ] Better alerts\n",
        "## Actions\n\n- [ ] Add alerts\n",
    ),
    story(
        "blame-person",
        "blame-person = 'warn'",
        "## Root cause\n\n@ada forgot to renew it.\n",
        "## Root cause\n\nNothing reminded anyone to renew it.\n",
    ),
    story(
        "blame-word",
        "",
        "## Root cause\n\nHuman error.\n",
        "## Root cause\n\nBoth buttons look the same.\n",
    ),
    story(
        "counterfactual",
        "",
        "## Root cause\n\nWe should have checked the disk.\n",
        "## Root cause\n\nWe should have a check of the disk.\n",
    ),
    story(
        "poorly-names",
        "",
        "## What went poorly\n\n- @ada was asleep.\n\n## Actions\n\n- [ ] x\n",
        "## What went poorly\n\n- The person on call was asleep.\n\n## Actions\n\n- [ ] x\n",
    ),
    story(
        "whys-few",
        "whys-few = 'warn'",
        "## Five whys\n\n1. Why did it fail? The disk was full.\n2. Why was it full? Logs.\n",
        "## Five whys\n\n1. Why did it fail? The disk was full.\n2. Why was it full? Logs.\n3. Why logs? No rotation.\n",
    ),
    story(
        "whys-person",
        "whys-person = 'warn'",
        "## Five whys\n\n1. Why did it fail? The disk was full.\n2. Why was it full? Logs.\n3. Why logs? Ada forgot the rotation.\n",
        "## Five whys\n\n1. Why did it fail? The disk was full.\n2. Why was it full? Logs.\n3. Why logs? Images come without rotation.\n",
    ),
    story(
        "whys-symptom",
        "whys-symptom = 'warn'",
        "## Five whys\n\n1. Why did checkout return errors? The disk was full.\n2. Why was it full? Logs.\n3. Why logs? Because checkout did return errors.\n",
        "## Five whys\n\n1. Why did checkout return errors? The disk was full.\n2. Why was it full? Logs.\n3. Why logs? Images come without rotation.\n",
    ),
    story(
        "cause-is-trigger",
        "cause-is-trigger = 'warn'",
        "---\ntrigger: a deploy\ncauses: [A deploy]\n---\nx\n",
        "---\ntrigger: a deploy\ncauses: [No limit on memory]\n---\nx\n",
    ),
    story(
        "postmortem-due",
        "postmortem-due = 'warn'",
        "---\nstarted: 2026-03-01T10:00:00Z\nresolved: 2026-03-01T11:00:00Z\n---\nIt was down.\n",
        "---\nstarted: 2026-03-01T10:00:00Z\nresolved: 2026-03-01T10:10:00Z\n---\nIt was down.\n",
    ),
    story(
        "postmortem-due",
        "postmortem-due = 'warn'",
        "---\ntags: [security]\n---\nA token was readable.\n",
        "---\ntags: [disk]\n---\nA token was readable.\n",
    ),
    story(
        "postmortem-due",
        "postmortem-due = 'warn'",
        "---\nstarted: 2026-03-01T10:00:00Z\nacknowledged: 2026-03-01T11:10:00Z\n---\nIt was slow.\n",
        "---\nstarted: 2026-03-01T10:00:00Z\nacknowledged: 2026-03-01T10:50:00Z\n---\nIt was slow.\n",
    ),
    story(
        "postmortem-due",
        "postmortem-due = 'warn'",
        "---\ndate: 2026-03-01\n---\n## Timeline\n\n- 10:00 UTC a\n- 10:05 UTC escalated to the vendor\n",
        "---\ndate: 2026-03-01\n---\n## Timeline\n\n- 10:00 UTC a\n- 10:05 UTC restarted it\n",
    ),
    story(
        "postmortem-due",
        "postmortem-due = 'warn'",
        "---\nimpact:\n  data_loss: 40 orders\n---\nx\n",
        "---\nimpact:\n  data_loss: none\n---\nx\n",
    ),
    story(
        "postmortem-due",
        "postmortem-due = 'warn'",
        "---\nimpact:\n  sla_violated: yes\n---\nx\n",
        "---\nimpact:\n  sla_violated: no\n---\nx\n",
    ),
    story(
        "near-miss",
        "near-miss = 'warn'",
        "## Impact\n\nThere was no customer impact.\n",
        "---\ntype: near-miss\n---\n## Impact\n\nThere was no customer impact.\n",
    ),
    story(
        "dead-link",
        "",
        "## What we changed\n\nSee [below](#what-we-chagned).\n",
        "## What we changed\n\nSee [above](#What-we-changed), [there](#t1) and [up](#top).\n",
    ),
    story("box", "", "## Impact\n\n:::note\nAll of it.\n:::\n", "## Impact\n\n> [!NOTE]\n> All of it.\n"),
    story("box", "", "!!! warning\n    All of it.\n", "```\n!!! warning\n```\n"),
    story(
        "extra-cells",
        "",
        "## Impact\n\n| Who | Lost |\n|---|---|\n| shops | orders | 40 |\n",
        "## Impact\n\n| Who | Lost | How many |\n|---|---|---|\n| shops | orders | 40 |\n| banks | a \\| b |\n",
    ),
    story(
        "action-done-when",
        "action-done-when = 'warn'",
        "## Actions\n\n- [ ] Add an alert\n",
        "## Actions\n\n- [x] Add an alert\n",
    ),
];

/// What `kb check` tells of `text`, one finding a line.
fn told(settings: &str, text: &str) -> String {
    let settings =
        if settings.contains("= 'warn'") { format!("[lint]\n{settings}\n") } else { settings.to_owned() };
    let site = SiteTest::new().file("site.toml", settings).file("content/2026-03-01-hub.md", document(text));
    site.run(&["check", "--format", "short", "--as-of", TODAY]).stdout
}

#[test]
fn each_rule_tells_what_is_broken_and_is_silent_on_what_is_mended() {
    let mut wrong = Vec::new();
    for Story { rule, settings, broken, mended } in STORIES {
        let mark = format!("[{rule}]");
        let (before, after) = (told(settings, broken), told(settings, mended));
        if !before.contains(&mark) {
            wrong.push(format!("{rule} is silent on\n{broken}\nand tells\n{before}"));
        }
        if after.contains(&mark) {
            wrong.push(format!("{rule} is not silent on\n{mended}\nbut tells\n{after}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n────\n"));
}

#[test]
fn what_a_reader_would_not_call_wrong_is_not_told() {
    // A title of a timeline whose entries cannot be read is no missing timeline.
    let prose =
        told("", "## Summary\n\nDown.\n\n## Timeline\n\nIt broke at noon.\n\n## Actions\n\n- [ ] Alert\n");
    assert!(!prose.contains("missing-section"), "{prose}");
    // What is not decided yet may be said in a sentence.
    let open =
        told("", "## Impact\n\nMany topics had many groups of readers (how many is too many is TBD).\n");
    assert!(!open.contains("template-text"), "{open}");
}

#[test]
fn a_timeline_from_the_newest_to_the_oldest_is_told_of_once() {
    let newest = told(
        "",
        "## Timeline\n\n- 2026-03-01 12:00 UTC up\n- 2026-03-01 11:00 UTC found\n- 2026-03-01 10:00 UTC down\n",
    );
    assert_eq!(newest.matches("timeline-order").count(), 1, "{newest}");
    assert!(newest.contains("from the newest entry to the oldest"), "{newest}");
}

#[test]
fn every_rule_of_the_list_has_a_story() {
    // These need more than one file, or a long text; each has a test of its own, here or beside the code that tells it.
    let elsewhere = [
        "summary-long",
        "orphan-file",
        "duplicate-id",
        "date-conflict",
        "impossible-time",
        "half-known-time",
        "lost-pipe",
        "hidden-section",
        "ticket-state",
        "tickets",
    ];
    let list = SiteTest::new().run(&["check", "--rules"]).fine().stdout;
    for line in list.lines() {
        let code = line.split_whitespace().next().unwrap();
        let known = elsewhere.contains(&code) || STORIES.iter().any(|story| story.rule == code);
        assert!(known, "no story on `{code}`");
    }
    assert!(STORIES.iter().all(|story| list.contains(story.rule)));
}

#[test]
fn rules_over_several_files_name_the_one_to_mend() {
    let site = SiteTest::new()
        .file("site.toml", "")
        .file("content/a.md", "---\nid: PM-1\n---\n![latency](used.png)\n")
        .file("content/b.md", "---\nid: pm-1\n---\n")
        .file("content/used.png", "x")
        .file("content/lonely.png", "x");
    site.run(&["check", "--format", "short", "--as-of", TODAY]).code(1).stdout(str![[r#"
content/b.md:2:5: error[duplicate-id]: id `pm-1` is already used by `content/a.md` (give one of them another `id`; ids are how postmortems name each other)
content/lonely.png:1:1: warning[orphan-file]: no postmortem shows this file or links to it (show it, link to it, or remove it; no site holds it)

"#]]);
}

const POORLY: &str = "## What went poorly\n\n- @ada was asleep.\n\n## Actions\n\n- [ ] Add an alert @bo due 2026-04-01 (OPS-1)\n";

#[test]
fn an_author_may_break_a_rule_with_a_reason() {
    let with = |comment: &str| told("", &format!("{comment}\n\n{POORLY}"));
    assert!(with("<!-- kb: allow poorly-names -->").contains("[poorly-names]"), "a reason is missing");
    assert!(!with("<!-- kb: allow poorly-names, because she asked for it -->").contains("[poorly-names]"));
    let late = POORLY.replace("- @ada", "<!-- kb: allow poorly-names, because she asked for it -->\n- @ada");
    assert!(!told("", &late).contains("[poorly-names]"));
    let elsewhere =
        POORLY.replace("- [ ]", "<!-- kb: allow poorly-names, because she asked for it -->\n\n- [ ]");
    assert!(told("", &elsewhere).contains("[poorly-names]"), "it holds for the block that follows");
}

#[test]
fn what_is_denied_fails_and_what_is_allowed_is_silent() {
    let site = SiteTest::new().file("site.toml", "").file("content/a.md", document(POORLY));
    let check = |more: &[&str]| site.run(&[&["check", "--format", "short", "--as-of", TODAY], more].concat());
    check(&[]).fine();
    check(&["--deny", "warnings"]).code(1);
    check(&["--deny", "poorly-names"]).code(1);
    check(&["--deny", "blame-word"]).fine();
    check(&["--deny", "warnings", "--allow", "poorly-names"]).fine().stdout("");
    check(&["--deny", "porly-names"]).code(2).stderr(str![[r#"
error: there is no rule `porly-names`; did you mean `poorly-names`; `kb check --rules` lists them

"#]]);
    check(&["--allow", "duplicate-id"]).code(2).stderr(str![[r#"
error: `duplicate-id` stops every build; it cannot be allowed

"#]]);
}

#[test]
fn only_the_files_that_were_asked_for_are_told_of() {
    let site = SiteTest::new()
        .file("site.toml", "")
        .file("content/a.md", document(POORLY))
        .file("content/sub/b.md", document(POORLY));
    let files = |path: &str| {
        let told = site.run(&["check", ".", path, "--format", "short"]).stdout;
        (told.contains("content/a.md"), told.contains("content/sub/b.md"))
    };
    assert_eq!(files("content/a.md"), (true, false));
    assert_eq!(files("sub/b.md"), (false, true));
    assert_eq!(files("content/sub"), (false, true));
    assert_eq!(files("./content"), (true, true));
}

const MESSY: &str = "---\ndate: 2026/3/1\nserverity: SEV2\n---\n# Hub down\n\nOn 2026/3/1 it broke.\n\n## Actions\n\n| Action | Owner |\n| --- | --- |\n| Add an alert | @ada\n";

#[test]
fn what_is_mechanical_is_mended_and_prose_is_not_touched() {
    let site = SiteTest::new().file("site.toml", "").file("content/a.md", format!("\u{feff}{MESSY}"));
    site.run(&["check", "--fix", "--dry-run"]).fine().stdout(str![[r#"
content/a.md:2: `2026/3/1` is written as `2026-03-01`
  - date: 2026/3/1
  + date: 2026-03-01
content/a.md:3: the key `serverity` is spelt `severity`
  - serverity: SEV2
  + severity: SEV2
content/a.md:13: the row had lost its last pipe
  - | Add an alert | @ada
  + | Add an alert | @ada |
would mend 3 places in 1 file

"#]]);
    assert_eq!(site.read("content/a.md"), format!("\u{feff}{MESSY}"), "a dry run writes nothing");
    site.run(&["check", "--fix", "--as-of", TODAY]).fine();
    let mended = MESSY
        .replace("date: 2026/3/1", "date: 2026-03-01")
        .replace("serverity", "severity")
        .replace("| @ada\n", "| @ada |\n");
    assert_eq!(site.read("content/a.md"), format!("\u{feff}{mended}"));
    site.run(&["check", "--fix", "--dry-run"]).fine().stdout("nothing to mend\n");
    assert_eq!(site.list("content"), "a.md\n", "nothing is left beside it");
}

#[test]
fn an_editor_gets_one_document_per_change() {
    let site = SiteTest::new()
        .file("site.toml", "")
        .file("content/a.md", document("## Root cause\n\nHuman error.\n"));
    let mut child =
        site.command(&["check", "--watch", "--format", "json", "-q"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first: serde_json::Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    site.write("content/a.md", document("## Root cause\n\nBoth buttons look the same.\n"));
    let second: serde_json::Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(first["findings"][0]["code"], "blame-word");
    assert_eq!(first["version"], 1);
    assert_eq!(second["findings"].as_array().unwrap().len(), 0, "{second}");
}

#[test]
fn the_public_reading_is_shown_before_customers_see_it() {
    let text = "---\ndate: 2026-03-01\nvisibility: public\nauthors: [ada]\n---\n# Hub down\n\nIt broke. Ask @ada.\n\n<!-- internal -->\nThe vendor is Acme.\n<!-- /internal -->\n\n## Actions\n\n- [ ] Add an alert @ada (OPS-1) due 2026-04-01\n";
    let site = SiteTest::new()
        .file("site.toml", "")
        .file("content/a.md", text)
        .file("content/b.md", "---\ndate: 2026-03-01\n---\n# Ours\n\nAsk @ada.\n");
    let arguments =
        ["check", "--audience", "public", "--format", "short", "--deny", "warnings", "--as-of", TODAY];
    site.run(&arguments).fine().stdout(str![[r#"
content/a.md:1:1: warning[public-removes]: left out: `authors`
content/a.md:8:1: warning[public-removes]: reads `It broke. Ask engineer.`
content/a.md:11:1: warning[public-removes]: left out: `The vendor is Acme.`
content/a.md:16:1: warning[public-removes]: the action stands without `ada` and `OPS-1`
content/a.md:16:7: warning[public-removes]: reads `Add an alert engineer due 2026-04-01`

"#]]);
}

/// The properties that the schema of SARIF 2.1.0 requires, and those that code-scanning services read.
#[test]
fn sarif_holds_what_its_schema_requires() {
    let site = SiteTest::new().file("site.toml", "").file("content/a b.md", document(POORLY));
    let log: serde_json::Value =
        serde_json::from_str(&site.run(&["check", "--format", "sarif"]).stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "kb");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[rule]["id"], result["ruleId"]);
        assert!(["error", "warning", "note", "none"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "content/a%20b.md");
        let region = |key: &str| place["region"][key].as_u64().unwrap();
        assert!(region("startLine") >= 1 && region("startColumn") >= 1);
        assert!((region("endLine"), region("endColumn")) >= (region("startLine"), region("startColumn")));
    }
}

#[test]
fn what_is_missing_is_suggested_from_the_text_and_from_similar_incidents() {
    let report = |front: &str, title: &str, text: &str| {
        format!(
            "---\ndate: 2026-03-01\n{front}---\n# {title}\n\n## Summary\n\n{text}\n\n## Trigger\n\nA deploy.\n\n## Resolution\n\nA rollback.\n"
        )
    };
    let site = SiteTest::new()
        .file("site.toml", "[lint]\nno-tags = 'warn'\n")
        .file(
            "content/a.md",
            report("components: [billing]\ntags: [payments]\n", "Refunds are paid twice", "It broke."),
        )
        .file(
            "content/b.md",
            report("components: [billing]\ntags: [payments]\n", "Vouchers vanish", "It broke."),
        )
        .file("content/c.md", report("components: [search]\ntags: [disk]\n", "Index too large", "It broke."))
        .file("content/d.md", report("components: [search]\ntags: [disk]\n", "Queries are slow", "It broke."))
        .file("content/e.md", report("", "Refunds were paid late", "A disk was full."))
        .file("content/f.md", report("", "Mail is late", "It broke, with many issues."))
        .file("content/g.md", report("components: [Issues]\n", "Labels vanish", "It broke."));
    let told = site.run(&["check", "--format", "json"]).stdout;
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let help = |file: &str, code: &str| {
        let all = told["findings"].as_array().unwrap();
        let one = all.iter().find(|one| one["file"] == file && one["code"] == code).unwrap();
        one["help"].as_str().unwrap().to_owned()
    };
    assert_eq!(help("content/e.md", "no-components"), "similar incidents carry `billing`");
    assert_eq!(
        help("content/e.md", "no-tags"),
        "the text speaks of `disk`; similar incidents carry `payments`"
    );
    assert_eq!(help("content/f.md", "no-tags"), "write `tags: [...]` in the front matter");
    // A word of the text is no component because an incident that is not alike carries it.
    assert_eq!(
        help("content/f.md", "no-components"),
        "write `components: [...]` so that others find this incident"
    );
}

#[test]
fn a_person_beside_a_verb_of_failure_is_not_always_its_subject() {
    let codes = |sentence: &str| {
        let text = format!("---\ndate: 2026-03-01\n---\n# Hub\n\n## Root cause\n\n{sentence}\n");
        let site =
            SiteTest::new().file("site.toml", "[lint]\nblame-person = 'warn'\n").file("content/a.md", text);
        site.run(&["check", "--format", "short"]).stdout.contains("blame-person")
    };
    for blaming in [
        "@ada forgot to renew it.",
        "@ada on call had accidentally deleted it.",
        "Then @ada overlooked the alert.",
    ] {
        assert!(codes(blaming), "{blaming}");
    }
    for fine in [
        "@ada noticed that the job failed to start.",
        "@ada restarted the node, which failed to come up.",
        "The alert was ignored by the pager, and @ada mended it.",
        "As @ada found, a proxy accidentally dropped it.",
    ] {
        assert!(!codes(fine), "{fine}");
    }
}

#[test]
fn a_summary_that_heads_the_whole_file_ends_where_the_next_section_begins() {
    let long = "Many words tell the same thing again. ".repeat(40);
    let text = format!(
        "---\ndate: 2026-03-01\n---\n# Executive summary\n\nIt broke for ten minutes.\n\n## Root cause\n\n{long}\n"
    );
    let site = SiteTest::new().file("site.toml", "").file("content/a.md", text);
    assert!(!site.run(&["check", "--format", "short"]).stdout.contains("summary-long"));
}
