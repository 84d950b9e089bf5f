//! Non-interference: the public build of made-up projects equals, byte for byte, the public build of the same projects whose
//! internal parts were cut out of the sources. What cannot be told from the output cannot leak.

use super::{Random, cases};
use crate::site_test::{SiteTest, TODAY};
use std::collections::BTreeMap;

/// A project in two forms: all files, and only what the public may know of them.
#[derive(Default)]
struct Twins {
    whole: BTreeMap<String, String>,
    open: BTreeMap<String, String>,
}

const SETTINGS: &str = r#"
title = "Incidents"
base_url = "https://incidents.example/"
timezone = "Europe/Oslo"
[components.hub]
name = "Hub"
[trackers.jira]
kind = "jira"
url = "https://jira.example.com"
prefixes = ["OPS"]
[audience.public]
statistics = true
internal_hosts = ["corp.example"]
hide_sections = ["appendix"]
hide_fields = ["impact.revenue"]
"#;

/// Parts of a body; each may stand open or between marks.
const PARTS: &[&str] = &[
    "## Summary\n\nA disk was full on the database. See [another](2.md), PM-1 and [a file](notes-3.txt).\n\n",
    "## Timeline\n\n- 02:00 it began (started)\n- 02:10 a page (detected)\n- 03:00 it ended (resolved)\n\n",
    "## Root cause\n\nThe volume fills since nobody looks at it; connection refused.\n\n",
    "## Action items\n\n- [ ] watch the disk due 2026-05-01\n- [x] grow the disk\n\n",
    "## Impact\n\n40 users waited for an hour.\n\n",
    "**Severity:** SEV1\n\n",
    "A note[^1] and [words][place].\n\n",
    "[^1]: the note\n\n",
    "[place]: 1.md\n\n",
    "![graph](graph-1.svg)\n\n",
    "```\nERROR: no space left on device (28)\n```\n\n",
    "<details><summary>More</summary>\n\nraw <b>words</b>\n\n</details>\n\n",
    "## Same heading\n\nwords\n\n",
    "| a | b |\n|---|---|\n| c | [d](graph-2.svg) |\n\n",
    "Recurrence of PM-2.\n\n",
    "1. Why did it fill? Logs.\n2. Why logs? Debug was on.\n\n",
];

fn report(random: &mut Random, number: u64, reports: u64, twins: &mut Twins) {
    let public = !random.once_in(2);
    let draft = public && random.once_in(6);
    let name = match random.below(4) {
        // Names that meet those of other reports.
        0 => format!("content/{}/same.md", 2024 + number % 3),
        1 => format!("content/deep/{number}.md"),
        _ => format!("content/{number}.md"),
    };
    let (mut front, mut open_front) = (String::from("---\n"), String::new());
    let id = if random.once_in(3) { String::new() } else { format!("id: PM-{number}\n") };
    let slug = if random.once_in(4) { "slug: same\n".to_owned() } else { String::new() };
    let alias =
        if random.once_in(4) { format!("aliases: [old-{}]\n", random.below(3)) } else { String::new() };
    let title = random.one(&["Disk full", "Disk full again", "Queue stuck", "Certificate expired"]);
    front += &format!(
        "title: {title}\ndate: 2026-{:02}-{:02}\n{id}{slug}{alias}",
        1 + random.below(6),
        1 + random.below(28)
    );
    front += &format!(
        "severity: SEV{}\ncomponents: [{}]\n",
        1 + random.below(4),
        random.one(&["hub", "db", "queue", "hub, db"])
    );
    front += &format!("tags: [{}]\n", random.one(&["disk", "dns", "disk, dns", "rare"]));
    if random.once_in(2) {
        front += &format!("family: {}\n", random.one(&["disks", "Certificates", "queues"]));
    }
    if random.once_in(2) {
        front += &format!("related: [PM-{}]\n", random.below(reports));
    }
    if draft {
        front += "status: draft\n";
    } else if random.once_in(2) {
        front += "started: 2026-03-01 02:00\nresolved: 2026-03-01 03:10\n";
    }
    if public {
        front += "visibility: public\n";
    }
    open_front += &front;
    // Lines that only colleagues know.
    for line in [
        "authors: [Mika Aalto]\n",
        "reviewers: [\"@mika\"]\n",
        "team: storage\n",
        "impact: { revenue: 40000 }\n",
        "x-cost-centre: 12\n",
    ] {
        if random.once_in(3) {
            front += line;
        }
    }
    front += "---\n\n";
    open_front += "---\n\n";
    let (mut body, mut open_body) = (String::new(), String::new());
    for _ in 0..random.below(9) {
        let part = random.one(PARTS);
        if random.once_in(3) {
            body += &format!("<!-- internal -->\n{part}<!-- /internal -->\n");
        } else {
            body += part;
            open_body += part;
        }
    }
    if random.once_in(3) {
        body += "## Appendix\n\nOnly for us: https://wiki.corp.example/x and more.\n";
    }
    twins.whole.insert(name.clone(), front + &body);
    if public && !draft {
        twins.open.insert(name, open_front + &open_body);
    } else {
        // A file of this name may have been open a moment ago.
        twins.open.remove(&name);
    }
}

fn project(seed: u64) -> Twins {
    let mut random = Random(seed);
    let mut twins = Twins::default();
    let reports = 2 + random.below(7);
    for number in 0..reports {
        report(&mut random, number, reports, &mut twins);
    }
    if random.once_in(3) {
        twins.whole.insert(
            "content/handbook.md".into(),
            "---\ntype: page\ntitle: Handbook\n---\nSee [one](1.md).\n".into(),
        );
    }
    for n in 1..4 {
        let drawing = format!("<svg width=\"{n}\" height=\"9\"><title>graph {n}</title></svg>");
        let notes = format!("notes {n}\n");
        for (name, text) in
            [(format!("content/graph-{n}.svg"), drawing), (format!("content/notes-{n}.txt"), notes)]
        {
            twins.whole.insert(name.clone(), text.clone());
            // Files that nobody links to are in neither site; those that are linked to lie in both.
            twins.open.insert(name, text);
        }
    }
    twins.whole.insert("content/unlinked.txt".into(), "nobody links to this".into());
    twins
}

fn built(files: &BTreeMap<String, String>) -> (Option<i32>, String, BTreeMap<String, Vec<u8>>) {
    let site = files
        .iter()
        .fold(SiteTest::new().file("site.toml", SETTINGS), |site, (name, text)| site.file(name, text));
    // A project may have nothing to show at all.
    let site = site.file(
        "content/always.md",
        "---\ntitle: Always there\ndate: 2026-01-01\nvisibility: public\n---\nWords.\n",
    );
    let done = site.run(&["build", "--audience", "public", "--as-of", TODAY, "--jobs", "1", "--out", "out"]);
    (done.code, done.stderr, site.bytes("out"))
}

#[test]
fn what_is_internal_changes_no_public_byte() {
    let all = cases(10);
    let first = std::env::var("KB_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0_u64);
    let (mut compared, mut stopped, mut bytes) = (0, 0, 0);
    let mut doubts: BTreeMap<String, u64> = BTreeMap::new();
    for seed in first.. {
        // A build that stops in doubt publishes nothing and shows nothing: it is not one of those asked for.
        if compared >= all || stopped > all {
            break;
        }
        let twins = project(seed);
        let (code, told, whole) = built(&twins.whole);
        let (open_code, open_told, open) = built(&twins.open);
        if code != Some(0) {
            // In doubt the build stops, which publishes nothing; two reports with one id are an error as well.
            assert!(whole.is_empty() && told.contains("error["), "seed {seed}: {told}");
            stopped += 1;
            let why = told.lines().find(|line| line.starts_with("error[")).unwrap_or_default();
            *doubts
                .entry(why.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect())
                .or_default() += 1;
            continue;
        }
        assert_eq!(open_code, Some(0), "seed {seed}, without internal parts: {open_told}");
        compared += 1;
        if compared % 100 == 0 {
            println!("{compared} compared");
        }
        bytes += whole.values().map(Vec::len).sum::<usize>();
        assert_eq!(whole.keys().collect::<Vec<_>>(), open.keys().collect::<Vec<_>>(), "seed {seed}");
        for (name, content) in &whole {
            assert!(
                *content == open[name],
                "seed {seed}, {name}:\n{}\n── without internal parts:\n{}",
                String::from_utf8_lossy(content),
                String::from_utf8_lossy(&open[name])
            );
        }
    }
    println!("{compared} projects compared, {} MiB; {stopped} stopped in doubt", bytes >> 20);
    doubts.iter().for_each(|(why, times)| println!("  {times} times {why}"));
    assert!(compared >= all, "{stopped} builds stopped: nothing would be shown by that");
}

#[test]
fn a_difference_would_be_seen() {
    let mut twins = project(1);
    let shown = twins.open.get_mut("content/graph-1.svg").unwrap();
    shown.push(' ');
    let link = "---\ntitle: Link\nvisibility: public\n---\n![g](graph-1.svg)\n".to_owned();
    twins.whole.insert("content/link.md".into(), link.clone());
    twins.open.insert("content/link.md".into(), link);
    assert!(built(&twins.whole).2 != built(&twins.open).2);
}
