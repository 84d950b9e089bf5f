//! A project with a word of its own in every place that customers must not see.

use crate::site_test::SiteTest;
use std::io::Write;

/// Words that colleagues read, each in a place of its own, and customers must not find in any form.
pub(super) const FOR_COLLEAGUES: &[&str] = &[
    // Front matter of a public report.
    "zqauthor",
    "zqreviewer",
    "zqparticipant",
    "zqteam",
    "zqrevenue",
    "zqfix",
    "zqfrontowner",
    "zqt-77",
    "zqprivateaction",
    "zqwhyhidden",
    "zqdonewhen",
    // Running text of a public report.
    "zqfirst",
    "zqlast",
    "zqmention",
    "zqchannel",
    "zqmail",
    "zqt-12",
    "zqlinktext",
    "zqhiddenfile",
    "zqhost.example",
    "zqpage",
    "zqlabelauthor",
    // Internal parts, in every form that a part can take.
    "zqheading",
    "zqwords",
    "zqattachment",
    "zqcodespan",
    "zqdefinition",
    "zqfence",
    "zqrawhtml",
    "zqalt",
    "zqnestedlist",
    "zqquote",
    "zqcell",
    "zqfootnote",
    "zqtask",
    "zqentry",
    "zqlistpart",
    "zqoutside",
    "zqcause",
    "zqterm",
    "zqheadsub",
    // Sections that the settings hide.
    "zqsection",
    "zqsubsection",
    "zqappendix",
    // Actions of a public report.
    "zqtableowner",
    "nameowner",
    "zqt-13",
    "zqtracker",
    "zqtailowner",
    // A hidden report.
    "zqtitle",
    "zqslug",
    "zqcomponent",
    "zqothertag",
    "zqfamily",
    "zqbody",
    "zqcode",
    "zqimage",
    "zqalias",
    "zqsummary",
    "zqhiddenaction",
    "zqhiddenowner",
    "zqt-88",
    "pm-902",
    "zqhiddenheading",
    "zqtrigger",
    "zqhiddencause",
    "zqhiddenlink",
    "zqimpact",
    "zqpacked",
    // A hidden page, the text of a hidden folder, a report that is marked public and not internal below a hidden folder.
    "zqhandbook",
    "zqhandwords",
    "zqfoldertext",
    // What pictures say beside the picture.
    "zqcamera",
    "zqdrawnby",
];

/// Words that no site shows as words; the public one must not hold them either.
pub(super) const FOR_NOBODY: &[&str] = &[
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
    "zqt-14",
    "zqunlinked",
    "zqtoken",
    "zqlintrule",
    "zqexcluded",
    "zqseverity",
    "zqdraft",
    "zqdescription",
    "zqsvgcomment",
    "zqcommitter",
    "zqbranch",
    "zqlost",
    "zqpicturename",
];

const SETTINGS: &str = r##"
title = "Incidents"
base_url = "https://incidents.example/"
edit_url = "https://git.example.com/zqeditrepo/{path}"
[content]
exclude = ["**/zqexcluded/**"]
[severity.aliases]
zqseverity = "SEV2"
[people.zqhandle]
name = "Zqfirst Zqlast"
team = "zqpersonteam"
role = "database engineer"
[trackers.jira]
kind = "jira"
url = "https://zqtracker.example.com"
prefixes = ["ZQT"]
token_env = "ZQTOKEN"
[components.hub]
name = "Hub"
team = "zqcomponentteam"
aliases = ["zqcomponentalias"]
depends_on = ["zqcomponent"]
runbook = "https://example.com/zqrunbook"
dashboard = "https://example.com/zqdashboard"
description = "Zqdescription of it"
[components.zqcomponent]
name = "Zqcomponent name"
[audience.public]
statistics = true
status_page = "https://status.example/"
hide_sections = ["appendix", "Money lost"]
hide_fields = ["impact.revenue", "fix", "tags"]
internal_hosts = ["zqhost.example"]
"##;

const PUBLIC: &str = r##"---
title: Hub was slow
id: PM-1
date: 2026-03-01
severity: SEV2
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
fix: zqfix
zqunknownkey: zqunknownvalue
related:
  - { id: PM-902, why: zqwhyhidden as before }
links:
  - https://wiki.zqhost.example/zqlink
action_items:
  - { text: Raise the limit for everyone, owner: zqfrontowner, ticket: ZQT-77, due: 2026-12-01 }
  - { text: Tell the bank about zqprivateaction, public: false, due: 2026-12-02, done_when: zqdonewhen }
---

Authors: Zqlabelauthor Person

## Summary

The hub was slow. @zqmention and Zqfirst Zqlast looked at it in #zqchannel, mail zqmail@example.com, ticket ZQT-12.
See [Zqlinktext](2026-zqhiddenfile.md), [gone](zqlost.md) and [the wiki](https://wiki.zqhost.example/zqpage), or PM-902.
![shown](shown.jpg) ![drawn](drawn.svg) and `ping db1.zqhost.example`.

<!-- a remark: zqcomment -->

<!-- internal -->
## Zqheading

Internal zqwords, ![zqalt](zqattachment.png "zqpicturename"), [out](https://example.com/zqoutside) and [ref] with `zqcodespan`.

### Zqheadsub

[ref]: https://example.com/zqdefinition

```sh
zqfence --all
```

<details><summary>more</summary>zqrawhtml</details>

- a
  - zqnestedlist

> zqquote

| a |
|---|
| zqcell |

- [ ] zqtask

Root cause: zqcause
<!-- /internal -->

As [ref] says[^n].

<!-- internal -->
[^n]: zqfootnote
<!-- /internal -->

- one
  <!-- internal -->
  zqlistpart
  <!-- /internal -->
- two

<!--  INTERNAL  -->
Term
: zqterm
<!-- /internal -->

<div title="@zqhandle">raw @zqhandle <!-- zqhtmlcomment --> words</div>

## Money lost

A lot: zqsection.

### Further zqsubsection

## Timeline

- 02:00 it is slow (started)
- 02:05 Zqfirst Zqlast looks
<!-- internal -->
- 02:30 zqentry is asked
<!-- /internal -->
- 03:00 it is fast again (resolved)

## Action items

| Action | Owner | Ticket |
|---|---|---|
| Add an alert on the hub | @zqtableowner | ZQT-13 |
| Write the runbook for it | Zqtable Nameowner | [ZQT-14](https://zqtracker.example.com/browse/ZQT-14) |

- [ ] Halve the queue (@zqtailowner)

## Appendix

zqappendix
"##;

const HIDDEN: &str = r##"---
title: Zqtitle of the whole affair
id: PM-902
slug: zqslug
aliases: [zqalias]
date: 2026-04-02
severity: zqseverity
components: [zqcomponent, hub]
tags: [zqothertag]
family: zqfamily
trigger: zqtrigger pulled
causes: [zqhiddencause]
related: [PM-1]
links: ["https://example.com/zqhiddenlink"]
impact: { zqimpact: 5 }
action_items:
  - { text: Do zqhiddenaction, owner: zqhiddenowner, ticket: ZQT-88, due: 2026-05-01 }
---

## Summary

Words of zqsummary: the other was [slow](2026-public.md).

## Zqhiddenheading

All of zqbody.

```
zqcode: no space left
```

![graph](zqimage.png) and [log](zqlog.gz)
"##;

/// The project. Its public site says "hub was slow" and shows two pictures.
pub(super) fn project() -> SiteTest {
    let handbook = "---\ntitle: Zqhandbook\ntype: page\n---\nzqhandwords\n";
    let draft = "---\nvisibility: public\nstatus: draft\ntitle: Zqdraft\n---\n# Zqdraft\n\nzqdraft\n";
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><!-- zqsvgcomment -->\
        <metadata>zqdrawnby</metadata><path d=\"M0 0h9\"/></svg>";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(b"a line of zqpacked words").unwrap();
    SiteTest::new()
        .file("site.toml", SETTINGS)
        .file("content/2026-public.md", PUBLIC)
        .file("content/2026-zqhiddenfile.md", HIDDEN)
        .file("content/handbook.md", handbook)
        .file("content/_index.md", "zqfoldertext\n")
        .file("content/2026-draft.md", draft)
        .file("content/zqexcluded/a.md", "# zqexcluded\n")
        .file("content/shown.jpg", photo())
        .file("content/drawn.svg", drawing)
        .file("content/zqattachment.png", "zqattachmentbytes")
        .file("content/zqimage.png", "zqimagebytes")
        .file("content/zqlog.gz", packed.finish().unwrap())
        .file("content/zqunlinked.txt", "zqunlinkedbytes")
        .file("lint/zqlintrule", "nothing")
}

/// A picture that says with what it was taken.
fn photo() -> Vec<u8> {
    let remark = b"Exif\0\0II\x2a\0\x08\0\0\0\0\0zqcamera of Ada";
    let mut photo = vec![0xff, 0xd8, 0xff, 0xe1, 0, u8::try_from(remark.len() + 2).unwrap()];
    photo.extend_from_slice(remark);
    photo.extend_from_slice(b"\xff\xda\0\x02pixels\xff\xd9");
    photo
}

/// The public report without its internal parts.
pub(super) fn public_without_parts() -> String {
    let mut left = String::new();
    let mut inside = false;
    for line in PUBLIC.split_inclusive('\n') {
        let mark = line.trim().to_lowercase().replace(' ', "");
        inside |= mark == "<!--internal-->";
        if !inside {
            left += line;
        }
        inside &= mark != "<!--/internal-->";
    }
    left
}
