//! What customers may read. Every internal place of a project holds a word of its own; none of them may be found in any
//! byte or file name of the public site, and all of them in the site for colleagues.

use crate::site_test::{SiteTest, TODAY};
use std::io::Read;

const SETTINGS: &str = r##"
title = "Incidents"
edit_url = "https://git.example.com/zqeditrepo/{path}"

[content]
dir = "content"

[people]
zqhandle = { name = "Zqfirst Zqlast", team = "zqpersonteam", role = "database engineer" }

[trackers.jira]
kind = "jira"
url = "https://zqtracker.example.com"
prefixes = ["ZQT"]

[components.hub]
name = "Hub"
team = "zqcomponentteam"
aliases = ["zqcomponentalias"]
depends_on = ["zqhiddencomponent"]
runbook = "https://example.com/zqrunbook"
dashboard = "https://example.com/zqdashboard"

[components.zqhiddencomponent]
name = "Zqhiddencomponentname"

[audience.public]
hide_sections = ["appendix", "Money lost"]
hide_fields = ["impact.revenue", "fix", "categories"]
internal_hosts = ["zqhost.example"]
"##;

const PUBLIC: &str = r##"---
title: Hub was slow
id: PM-1
date: 2026-03-01
visibility: public
components: [hub]
tags: [zqhiddentag]
authors: [Zqauthor Person]
reviewers: ["@zqreviewer"]
participants: [zqparticipant]
team: zqteam
impact:
  users: 40
  revenue: zqrevenue
fix: zqhiddenfix
zqunknownkey: zqunknownvalue
related:
  - PM-2
links:
  - https://wiki.zqhost.example/zqlink
action_items:
  - { text: Raise the limit for everyone, owner: zqfrontowner, ticket: ZQT-77, due: 2026-12-01 }
---

## Summary

The hub was slow. @zqmention and Zqfirst Zqlast looked at it in #zqchannel, mail zqmail@example.com, ticket ZQT-12.
See [Zqlinktext](2026-zqhiddenfile.md) and [the wiki](https://wiki.zqhost.example/zqpage), db1.zqhost.example.
![shown](shown.png)

<!-- a remark: zqcomment -->

<!-- internal -->
## Zqinternalheading

Internal words: zqinternalblock, ![graph](zqattachment.png) and [ref] with zqinternalcode.

[ref]: https://example.com/zqdefinition
<!-- /internal -->

As [ref] says.

<div title="zqdivtitle @zqhandle">raw @zqhandle <!-- zqhtmlcomment --> words</div>

## Money lost

A lot: zqhiddensection.

### Further zqhiddensubsection

## Timeline

- 02:00 it is slow (started)
- 02:05 Zqfirst Zqlast looks
- 03:00 it is fast again (resolved)

## Action items

| Action | Owner | Ticket |
|---|---|---|
| Add an alert on the hub | @zqtableowner | ZQT-13 |
| Write the runbook for it | Zqtable Nameowner | [ZQT-14](https://zqtracker.example.com/browse/ZQT-14) |

## Appendix

zqappendix
"##;

const HIDDEN: &str = r##"---
title: Zqhiddentitle of the whole affair
id: PM-2
slug: zqhiddenslug
aliases: [zqhiddenalias]
date: 2026-04-02
components: [zqhiddencomponent]
tags: [zqothertag]
family: zqhiddenfamily
related: [PM-1]
---

## Summary

Words of a hidden report: zqhiddenbody. The other was [slow](2026-public.md).

```
zqhiddencode: no space left
```

![graph](zqhiddenimage.png)
"##;

/// Each word that only colleagues may read.
const CANARIES: [&str; 39] = [
    "zqfirst",
    "zqlast",
    "zqauthor",
    "zqreviewer",
    "zqparticipant",
    "zqteam",
    "zqrevenue",
    "zqhiddenfix",
    "zqlink",
    "zqfrontowner",
    "ZQT-77",
    "zqmention",
    "zqchannel",
    "zqmail",
    "ZQT-12",
    "zqlinktext",
    "zqhiddenfile",
    "zqhost.example",
    "zqpage",
    "zqinternalheading",
    "zqinternalblock",
    "zqattachment",
    "zqinternalcode",
    "zqdefinition",
    "zqhiddensection",
    "zqhiddensubsection",
    "zqtableowner",
    "nameowner",
    "ZQT-13",
    "zqtracker",
    "zqappendix",
    "zqhiddentitle",
    "zqhiddenslug",
    "zqhiddencomponent",
    "zqothertag",
    "zqhiddenfamily",
    "zqhiddenbody",
    "zqhiddencode",
    "zqhiddenimage",
];

/// Words that no site shows as words, and the public one must not hold in any form.
const NEVER_PUBLIC: [&str; 14] = [
    "zqhandle",
    "zqeditrepo",
    "zqpersonteam",
    "zqcomponentteam",
    "zqcomponentalias",
    "zqrunbook",
    "zqdashboard",
    "zqhiddentag",
    "zqunknownkey",
    "zqunknownvalue",
    "zqcomment",
    "zqhtmlcomment",
    "zqhiddenalias",
    "ZQT-14",
];

fn project() -> SiteTest {
    let settings = SETTINGS.replace("\"categories\"", "\"tags\"");
    SiteTest::new()
        .file("site.toml", settings)
        .file("content/2026-public.md", PUBLIC)
        .file("content/2026-zqhiddenfile.md", HIDDEN)
        .file("content/shown.png", "shown")
        .file("content/zqattachment.png", "zqattachmentbytes")
        .file("content/zqhiddenimage.png", "zqhiddenimagebytes")
        .file("content/zqunlinked.txt", "zqunlinkedbytes")
}

/// Every path and byte below `folder`, decompressed, in lower case, in one text per file.
fn everything(site: &SiteTest, folder: &str) -> Vec<(String, String)> {
    let open = |bytes: Vec<u8>| {
        if !bytes.starts_with(&[0x1f, 0x8b]) {
            return bytes;
        }
        let mut inner = Vec::new();
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut inner).unwrap();
        inner
    };
    let text = |bytes| String::from_utf8_lossy(&open(bytes)).to_lowercase();
    site.bytes(folder).into_iter().map(|(name, bytes)| (name.to_lowercase(), text(bytes))).collect()
}

fn find(all: &[(String, String)], word: &str) -> Vec<String> {
    let word = word.to_lowercase();
    let holds = |(name, text): &&(String, String)| name.contains(&word) || text.contains(&word);
    all.iter().filter(holds).map(|(name, _)| name.clone()).collect()
}

#[test]
fn no_internal_word_is_in_any_byte_of_the_public_site() {
    let site = project();
    site.build().fine();
    site.run(&["build", "--audience", "public", "--as-of", TODAY]).fine();
    let internal = everything(&site, "dist/internal");
    let public = everything(&site, "dist/public");
    assert!(!find(&public, "the hub was slow").is_empty());
    assert!(!find(&public, "shown.png").is_empty());
    for word in CANARIES {
        assert!(!find(&internal, word).is_empty(), "`{word}` is missing for colleagues");
        assert_eq!(find(&public, word), Vec::<String>::new(), "`{word}` is public");
    }
    for word in NEVER_PUBLIC.into_iter().chain(["zq", "pm-2"]) {
        assert_eq!(find(&public, word), Vec::<String>::new(), "`{word}` is public");
    }
    assert_eq!(find(&internal, "zqunlinked"), Vec::<String>::new(), "nothing links to that file");
}

#[test]
fn every_public_answer_of_the_commands_is_as_tight_as_the_site() {
    let site = project();
    let found = site.run(&["search", "hub", "--json", "--audience", "public"]);
    assert!(found.code == Some(2) || !found.stdout.contains("zq"), "{}", found.stdout);
}

#[test]
fn the_public_site_does_not_change_with_what_it_does_not_show() {
    let site = project();
    site.run(&["build", "--audience", "public", "--as-of", TODAY]).fine();
    let with = site.bytes("dist/public");
    let start = PUBLIC.find("<!-- internal -->").unwrap();
    let end = PUBLIC.find("<!-- /internal -->\n").unwrap() + "<!-- /internal -->\n".len();
    site.write("content/2026-public.md", format!("{}{}", &PUBLIC[..start], &PUBLIC[end..]));
    for gone in ["2026-zqhiddenfile.md", "zqattachment.png", "zqhiddenimage.png", "zqunlinked.txt"] {
        std::fs::remove_file(site.path().join("content").join(gone)).unwrap();
    }
    site.run(&["build", "--audience", "public", "--as-of", TODAY]).fine();
    let without = site.bytes("dist/public");
    assert_eq!(with.keys().collect::<Vec<_>>(), without.keys().collect::<Vec<_>>());
    for (name, bytes) in &with {
        assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&without[name]), "{name}");
    }
}

#[test]
fn a_link_to_a_hidden_report_is_text_that_does_not_name_it() {
    let site = project();
    site.run(&["build", "--audience", "public", "--as-of", TODAY]).fine();
    let page = site.read("dist/public/incidents/pm-1.html");
    assert!(page.contains("See another report and"), "{page}");
    site.build().fine();
    assert!(
        site.read("dist/internal/incidents/pm-1.html").contains("href=\"../incidents/zqhiddenslug.html\"")
    );
}

#[test]
fn in_doubt_nothing_is_built_for_anyone() {
    let doubtful = [
        ("<!-- intern -->\nsecret\n<!-- /intern -->", "looks like the mark of an internal part"),
        ("<!-- internal -->\nsecret", "is never closed"),
        (
            "<!-- internal -->\na\n<!-- internal -->\nb\n<!-- /internal -->\n<!-- /internal -->",
            "opens inside another",
        ),
        ("<!-- /internal -->", "was never opened"),
        ("text <!-- internal -->\nsecret\n<!-- /internal -->", "on a line of its own"),
    ];
    for (body, message) in doubtful {
        let site =
            SiteTest::new().file("content/a.md", format!("---\nvisibility: public\n---\n# T\n\n{body}\n"));
        for audience in ["public", "internal"] {
            let told = site.run(&["build", "--audience", audience, "--as-of", TODAY]).code(1).stderr;
            assert!(told.contains(message) || told.contains("line of its own"), "{body}: {told}");
        }
        assert!(!site.path().join("dist").exists(), "{body}");
    }
    for front in ["visibility: publik", "visibility: [public]", "visibility: public\nvisibility: internal"] {
        let site = SiteTest::new().file("content/a.md", format!("---\n{front}\n---\n# T\n\nsecret\n"));
        site.run(&["build", "--audience", "public", "--as-of", TODAY]).code(1);
        assert!(!site.path().join("dist").exists(), "{front}");
    }
}

#[test]
fn a_report_that_says_nothing_is_internal_and_so_is_a_draft() {
    let site = SiteTest::new()
        .file("content/a.md", "# Silent\n\nx\n")
        .file("content/b.md", "---\nvisibility: public\nstatus: draft\n---\n# Half known\n\nx\n")
        .file("content/c.md", "---\nvisibility: public\n---\n# Open\n\nx\n");
    site.run(&["build", "--audience", "public", "--drafts", "--as-of", TODAY]).fine();
    let public = everything(&site, "dist/public");
    assert!(find(&public, "silent").is_empty() && find(&public, "half known").is_empty());
    assert!(!find(&public, "incidents/c.html").is_empty());
}

#[test]
fn a_report_that_turned_internal_leaves_no_page_behind() {
    let site = SiteTest::new()
        .file("content/a.md", "---\nvisibility: public\n---\n# Zqonce open\n\nx\n")
        .file("content/c.md", "---\nvisibility: public\n---\n# Open\n\nx\n");
    let build = || site.run(&["build", "--audience", "public", "--as-of", TODAY]).fine();
    build();
    assert!(!find(&everything(&site, "dist/public"), "zqonce").is_empty());
    site.write("content/a.md", "# Zqonce open\n\nx\n");
    build();
    assert_eq!(find(&everything(&site, "dist/public"), "zqonce"), Vec::<String>::new());
}

#[test]
fn the_guard_stops_a_forbidden_word_and_says_where() {
    let site = SiteTest::new()
        .file("site.toml", "[audience.public]\nforbidden_words = ['Blackbird']\n")
        .file("content/c.md", "---\nvisibility: public\n---\n# Open\n\nProject blackbird was down.\n");
    let told = site.run(&["build", "--audience", "public", "--as-of", TODAY]).code(1).stderr;
    assert!(told.contains("error[leak]") && told.contains("Blackbird"), "{told}");
    assert!(!site.path().join("dist/public").exists());
    site.build().fine();
}
