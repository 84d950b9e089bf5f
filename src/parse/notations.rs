//! Every notation that real teams were seen to use, one example each, in our own words: a list to tick off. What it does
//! not hold is not promised to be read.
//!
//! Where a rule is tested closely stands beside the rule; here stands that none was forgotten.

use crate::config::SiteConfig;
use crate::diag::Source;
use crate::model::{ActionItem, Clock, Incident, Milestone, Moment, TimelineEntry};
use crate::parse::{ParseOptions, read};

const PATH: &str = "2024-03-14-hub.md";

fn at(path: &str, text: &str) -> Incident {
    read(&Source::new(path, text), &ParseOptions::new(&SiteConfig::default()), &mut Vec::new()).0
}

fn kinds(text: &str) -> String {
    let incident = at(PATH, text);
    let kinds: Vec<&str> =
        incident.sections.iter().filter_map(|one| one.kind).map(crate::model::SectionKind::word).collect();
    kinds.join(" ")
}

fn entry(entry: &TimelineEntry) -> String {
    let when = entry.at.as_ref().map_or_else(|| "?".to_owned(), Moment::rfc3339);
    let until = entry.until.as_ref().map(|until| format!("..{}", until.rfc3339())).unwrap_or_default();
    format!("{when}{until}")
}

/// The times of a timeline that holds just this.
fn times(body: &str) -> String {
    let incident = at(PATH, &format!("# Hub\n\n## Timeline\n\n{body}\n"));
    incident.timeline.iter().map(entry).collect::<Vec<_>>().join(" ")
}

fn item(item: &ActionItem) -> String {
    let tickets: Vec<&str> = item.tickets.iter().map(|ticket| ticket.id.as_str()).collect();
    let parts = [item.state.word().to_owned(), item.owners.join("+"), tickets.join("+"), item.text.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The promises of an action section that holds just this.
fn actions(body: &str) -> String {
    let incident = at(PATH, &format!("# Hub\n\n## Action items\n\n{body}\n"));
    incident.actions.iter().map(item).collect::<Vec<_>>().join(" / ")
}

fn clock(clock: &Clock) -> String {
    let told = Milestone::ALL.iter().filter_map(|one| Some((one, clock.get(*one)?)));
    told.map(|(one, point)| format!("{} {}", one.word(), point.at.rfc3339())).collect::<Vec<_>>().join(" ")
}

/// Reads the left of each pair and compares with the right, all of them before it complains.
fn check(table: &[(&str, &str)], read: impl Fn(&str) -> String) {
    let wrong = table.iter().filter_map(|(text, wanted)| {
        let given = read(text);
        (given != *wanted).then(|| format!("{text:?}\n   gives {given:?}\n  wanted {wanted:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn names_of_files_tell_the_day() {
    let days = [
        ("2024-03-14-hub.md", "2024-03-14"),
        ("2024-03-14-hub/index.md", "2024-03-14"),
        ("20240314.md", "2024-03-14"),
        ("14-mar-2024_V4 hub.md", "2024-03-14"),
        ("14-03-2024-hub.md", "2024-03-14"),
        ("2024-3-14.md", "2024-03-14"),
        ("_posts/2024-03-14-hub.html.md", "2024-03-14"),
        ("PM2024-006 - hub.md", ""),
        ("2204-03-14_hub.md", ""),
    ];
    check(&days, |path| {
        at(path, "# Hub\n\nIt broke.\n").date.map(|dated| dated.date.to_string()).unwrap_or_default()
    });
}

#[test]
fn the_day_is_told_in_every_place() {
    let days = [
        ("---\ntitle: 14.03.2024 - Hub\n---\nx\n", "2024-03-14 title"),
        ("# Hub outage of March 14th, 2024\n", "2024-03-14 title"),
        ("# Hub\n\n**Date**: 2024-03-14\n", "2024-03-14 label"),
        ("# Hub\n\n**Date:** [14/03/2024]\n", "2024-03-14 label"),
        ("# Hub\n\n**Dates:** 14 March – 16 March 2024\n", "2024-03-14 label"),
        ("# Hub\n\n**Fecha del incidente:** 14 de marzo de 2024\n", "2024-03-14 label"),
        ("# Hub\n\n- Date de l’incident : 14/03/2024\n", "2024-03-14 label"),
        ("# Hub\n\n**Datum:** 14. März 2024\n", "2024-03-14 label"),
        ("# Hub\n\n**日付:** 2024年3月14日\n", "2024-03-14 text"),
        (
            "# Hub\n\n**Date created:** 2024-03-20\n\nOn March 14, 2024 the hub went down.\n",
            "2024-03-14 text",
        ),
        ("# Hub\n\n> **Date**: 2024-03-14\n", "2024-03-14 label"),
        ("Hub is dark\n\nSummary:\n\n    Duration: March 14, 2024, 10:00 - 11:00\n", "2024-03-14 label"),
        (
            "# Hub\n\n| Date | Length | Severity |\n|---|---|---|\n| 2024-03-14 | 2 h | high |\n",
            "2024-03-14 label",
        ),
        ("# Hub\n## March 14, 2024\n\nIt broke.\n", "2024-03-14 date line"),
        ("# Hub\n\n*Posted on March 20, 2024*\n\nOn March 14, 2024 the hub went down.\n", "2024-03-14 text"),
        ("# Hub\n\nDown over the weekend of March 14–15 of 2024.\n", "2024-03-14 text"),
        ("# Hub\n\n| **Date** | 14 March 2024 |\n|---|---|\n| **Severity** | SEV-2 |\n", "2024-03-14 label"),
        ("# Hub\n\n- **Date of incident:** March 14, 2024\n", "2024-03-14 label"),
        ("# Hub\n\n## Date\n\n2024-03-14\n", "2024-03-14 label"),
        ("# Hub\n\nThursday, Mar. 14, 2024\n", "2024-03-14 date line"),
        ("# Hub\n\nOn March 14th, 2024, the hub went down.\n", "2024-03-14 text"),
        ("# Hub\n\n## Timeline\n\n- 2024-03-14 10:00 it broke\n", "2024-03-14 timeline"),
        ("---\ndate: 2024-03-20\n---\n# Hub, 2024-03-14\n", "2024-03-14 title"),
        ("+++\ndate = 2024-03-14\n+++\n# Hub\n", "2024-03-14 front matter"),
        ("--- \ndate: 2024-03-14T9:15:00-00:00\n---\n# Hub\n", "2024-03-14 front matter"),
        ("---\ndate: \"\"\n---\n# Hub\n", ""),
    ];
    check(&days, |text| {
        let dated = at("hub.md", text).date;
        dated.map(|dated| format!("{} {}", dated.date, dated.from)).unwrap_or_default()
    });
}

#[test]
fn titles_stand_in_headings_front_matter_first_lines_and_names() {
    let titles = [
        ("# Hub down\n", "Hub down"),
        ("---\ntitle: \"Hub: down\"\n---\n# Other\n", "Hub: down"),
        ("---\ntitle: Hub `x` & *y*\n---\n", "Hub x & y"),
        ("### Hub down\n\n- **Key events**\n  - 10:00 x\n", "Hub down"),
        ("Hub down\n========\n\nx\n", "Hub down"),
        ("# 🙋🏿‍♂️ Hub down #\n", "🙋🏿‍♂️ Hub down"),
        ("# Summary\n\nx\n\n# Impact\n\nx\n", "Hub"),
        ("HUB OUTAGE REPORT\n\nIt broke.\n", "HUB OUTAGE REPORT"),
        ("---\ntitle: TITTEL\n---\n# Hub down\n", "Hub down"),
        ("\u{feff}# Hub down\r\n\r\nx\r\n", "Hub down"),
        ("---\n\n# Hub down\n\n## Summary\n\nx\n\n---\n", "Hub down"),
    ];
    check(&titles, |text| at(PATH, text.trim_start_matches('\u{feff}')).title);
}

#[test]
fn sections_open_in_every_notation() {
    let found = [
        ("# T\n## **Timeline**\n", "timeline"),
        ("# T\n## 4. Timeline\n", "timeline"),
        ("# T\n## Timeline (all times PST) 01/16/2024 - 02/28/2024. All times approximations\n", "timeline"),
        ("# T\n#### Timeline ##\n", "timeline"),
        ("# T\nTimeline\n--------\n", "timeline"),
        ("# T\n\n**Sammendrag:**\n\nx\n", "summary"),
        ("# T\n\n**Impact:** all of it\n", "impact"),
        ("# T\n\n- **Key events**\n  - Started 2024-03-14 10:00\n", "timeline"),
        ("1. Timeline\n\n   10:00 x\n\n2. Root cause\n\n   x\n", "timeline root-cause"),
        ("# T\n\nWhat Went Well:\n\n- people\n", "went-well"),
        ("# T\n\nTIMELINE\n\n10:00 x\n", "timeline"),
        ("# T\n\nWhat was the root cause?\n\nx\n", "root-cause"),
        (
            "# T\n## Background\n## Leadup\n## Fault\n## Detection\n## Recovery\n",
            "summary root-cause root-cause detection resolution",
        ),
        (
            "# T\n## What happend\n## Why did it happen\n## Issue timeline - UTC\n## Solution\n",
            "summary root-cause timeline resolution",
        ),
        (
            "# T\n## Things that went poorly\n## Where we got lucky\n## Takeaways\n",
            "went-poorly lucky lessons",
        ),
        ("# T\n## Where we got lucky\n## What went badly\n## Learnings\n", "lucky went-poorly lessons"),
        ("# T\n## Five Why's\n## Root Cause Analysis (5 Whys)\n## Trigger\n", "whys whys trigger"),
        (
            "# T\n## Contributing factors\n## Response\n## Resolution\n",
            "contributing-factors response resolution",
        ),
        (
            "# T\n## Moving forward\n## Short-term improvements\n## Preventive measures\n",
            "actions actions actions",
        ),
        ("# T\n## How are we going to do better in the future?\n## Backlog check\n", "actions appendix"),
        ("# T\n## Actions taken\n## Recurrence\n## Appendix\n", "response related appendix"),
        ("# T\n## Was ist passiert?\n## Maßnahmen\n## Chronologie\n", "summary actions timeline"),
        ("# T\n## Årsak\n## Tiltak\n## Konsekvens\n", "root-cause actions impact"),
        ("# T\n## An ounce of prevention is worth a pound of cure\n", ""),
        ("# T\n## Action items\n### What went wrong\n- x\n", "actions"),
        ("# T\n```\n# Impact\n```\n#Impact\n", ""),
        ("# T\n\n- Date: today\n- Impact: two halls dark\n- Trigger: a fuse\n", "impact trigger"),
        ("# T\n## Lessons\n- 👍 What went well:\n  - lamps\n- Other\n", "lessons went-well"),
        ("# T\n## What was the fix?\n- Impact: none\n", "resolution"),
    ];
    check(&found, kinds);
}

#[test]
fn timelines_stand_in_every_container() {
    let one = "2024-03-14T10:40:00";
    let two = "2024-03-14T10:40:00 2024-03-14T11:15:00";
    let tables = [
        ("10.40 Ann saw it\n\n11.15 Bo mended it", two),
        ("**10:40:** Ann saw it", one),
        ("[10:40] Ann saw it \\\n[11:15] Bo mended it", two),
        ("10:40 Ann saw it  \n11:15 Bo mended it", two),
        ("- **10:40** `@ann` saw it", one),
        ("* `10:40` - Ann saw it\n* `11:15` - Bo mended it", two),
        ("- First detected 2024-03-14 10:40", one),
        ("| Time | Event |\n|---|---|\n| 10:40 | Ann saw it |\n| 11:15 | Bo mended it |", two),
        ("| Day | Date | Time | Event\n|---|---|---|---\n| Thur | Mar 14 | 10:40 | Ann saw it", one),
        ("| | |\n|---|---|\n| 10:40 | Ann saw it |\n| 11:15 | Bo mended it |", two),
        ("### 2024-03-14 10:40\n\nAnn saw it\n\n### 11:15 ###\n\nBo mended it", two),
        ("1. 10:40 Ann saw it\n2. 11:15 Bo mended it", two),
        ("- 2024-03-14\n  - 10:40 Ann saw it\n  - 11:15 Bo mended it", two),
        ("**14th March 2024:**\n\n10:40: Ann saw it", one),
        ("2024-03-14 (all times local)\n\n- 10:40 Ann saw it", one),
        ("10:40\n: Ann saw it", one),
        (
            "**Resolved** - Lit again.\nMar 14, 2024 - 10:40\n\n**Investigating** - It is dark.\nMar 14, 2024 - 10:15",
            "2024-03-14T10:40:00 2024-03-14T10:15:00",
        ),
        ("| Time | What |\n|---|---|\n| 3/14 | |\n| 10:40 | Ann saw it |", one),
        ("```\n10:40 Ann saw it\n11:15 Bo mended it\n```", two),
        ("    10:40 AM: Ann saw it\n    11:15 AM: Bo mended it", two),
        ("```\n10:40 Ann saw it\n      and called\n\n11:15 Bo mended it\n      and slept\n```", two),
        ("- 10:40 Ann saw it\n\n```\n10:41 log\n10:42 log\n```", one),
        ("| Step | What |\n|---|---|\n| 1 | Ann saw it |\n| 2 | Bo mended it |", "? ?"),
        ("- **First wave**: 10:40 to 11:15, all dark", "2024-03-14T10:40:00..2024-03-14T11:15:00"),
    ];
    check(&tables, times);
}

#[test]
fn times_are_written_in_many_ways() {
    let written = [
        ("- 2024-03-15 08:32 x", "2024-03-15T08:32:00"),
        ("- 14.23 x", "2024-03-14T14:23:00"),
        ("- Mar 15: x", "2024-03-15"),
        ("- `May 31` x", "2024-05-31"),
        ("- 14:23 UTC x", "2024-03-14T14:23:00Z"),
        ("- 2024-03-15 - x", "2024-03-15"),
        ("- 27.01.24 - 07:00 x", "2024-01-27T07:00:00"),
        ("- 24.05.2024 ca kl 07:25 x", "2024-05-24T07:25:00"),
        ("- 10/20/2024 - 15:38 CST x", "2024-10-20T15:38:00-06:00"),
        ("- 08:52 PM x", "2024-03-14T20:52:00"),
        ("- March 18, 16:30 x", "2024-03-18T16:30:00"),
        ("- Apr-22-2024 11:01 x", "2024-04-22T11:01:00"),
        ("- Mar 15th **14:45** `@ann` x", "2024-03-15T14:45:00"),
        ("- Mar 15, 4:26pm x", "2024-03-15T16:26:00"),
        ("- **June 14th, 2024, 10:00 AM:** x", "2024-06-14T10:00:00"),
        ("- 04:49 PM UTC x", "2024-03-14T16:49:00Z"),
        ("- 08:44:55 x", "2024-03-14T08:44:55"),
        ("- Mar 15 10:41:56pm x", "2024-03-15T22:41:56"),
        ("- 2024-03-15 11:14 PM x", "2024-03-15T23:14:00"),
        ("- 2024-03-15 16:22 PDT x", "2024-03-15T16:22:00-07:00"),
        ("- 2024-03-15T16:22:05Z x", "2024-03-15T16:22:05Z"),
        ("- 11:10 15th Mar 2024 - x", "2024-03-15T11:10:00"),
        ("- 12:45 PM PST Friday Mar 15th: x", "2024-03-15T12:45:00-08:00"),
        ("- 15:30 UTC Mar 15: x", "2024-03-15T15:30:00Z"),
        ("- Mar 15, 8pm: x", "2024-03-15T20:00:00"),
        ("- 2024-Mar-15 10:40 x", "2024-03-15T10:40:00"),
        ("- 2024-03-15 2300: x", "2024-03-15T23:00:00"),
        ("- 13:14 EDT (17:14 UTC) x", "2024-03-14T13:14:00-04:00"),
        ("- 14:23 (UTC+2) x", "2024-03-14T14:23:00+02:00"),
        ("- 00:25 - 00:29 AM x", "2024-03-14T00:25:00..2024-03-14T00:29:00"),
        ("- 02:00-04:30 x", "2024-03-14T02:00:00..2024-03-14T04:30:00"),
        ("- 14:01 → 18:05 x", "2024-03-14T14:01:00..2024-03-14T18:05:00"),
        ("- from 14:18 to 18:39 (UTC) x", "2024-03-14T14:18:00Z..2024-03-14T18:39:00Z"),
        ("- ~09.00 x", "2024-03-14T09:00:00"),
        ("- ~22:25 onwards x", "2024-03-14T22:25:00"),
        ("- March 22, around 19:30 x", "2024-03-22T19:30:00"),
        ("- approximately 09:15:04 x", "2024-03-14T09:15:04"),
        ("- 10:40 (approx.) x", "2024-03-14T10:40:00"),
        ("- 17:14pm x", "2024-03-14T17:14:00"),
        ("- 2024-03-15 --:-- x", "2024-03-15"),
        ("- Mar 17th **22:XX** x", "2024-03-17"),
        ("- 31.06.2024 10:00 x", "?"),
        ("- 2204-03-14 10:00 x", "?"),
        ("- 03-15 20:18 x", "2024-03-15T20:18:00"),
        ("- 15.03. 20:18 x", "2024-03-15T20:18:00"),
        ("- 🔴 10:40 UTC — x", "2024-03-14T10:40:00Z"),
        ("- 14:23 Uhr x", "2024-03-14T14:23:00"),
        ("- 2024-03-15 00:05 頃 x", "2024-03-15T00:05:00"),
        ("- 10:40 UTC, until 11:15 UTC x", "2024-03-14T10:40:00Z..2024-03-14T11:15:00Z"),
        ("- 2024-03-15T10:40Z/2024-03-15T11:15Z x", "2024-03-15T10:40:00Z..2024-03-15T11:15:00Z"),
        (
            "- [12:20 pm] x\n- [12:25] y\n- [03:40] z",
            "2024-03-14T12:20:00 2024-03-14T12:25:00 2024-03-14T15:40:00",
        ),
    ];
    check(&written, times);
}

#[test]
fn days_and_zones_are_carried_and_midnight_is_told_from_disorder() {
    let carried = [
        ("- 2024-03-15 23:55 a\n- 00:10 b", "2024-03-15T23:55:00 2024-03-16T00:10:00"),
        ("- 14:46 a\n- 14:44 b", "2024-03-14T14:46:00 2024-03-14T14:44:00"),
        ("*(All times US/Pacific, 24-hour clock.)*\n\n- 10:00 a", "2024-03-14T10:00:00-07:00"),
        ("All times in UTC.\n\n- 10:00 a", "2024-03-14T10:00:00Z"),
        ("| Date and Time in CET | Event |\n|---|---|\n| 10:00 | a |", "2024-03-14T10:00:00+01:00"),
        (
            "| Date (2023) | Time (UTC) | Event |\n|---|---|---|\n| Mar 2 | 10:00 | a |",
            "2023-03-02T10:00:00Z",
        ),
        ("- 10:00 IST a", "2024-03-14T10:00:00"),
        ("> ann [1:26 PM]\n> it is down\n\n- 13:30 a", "2024-03-14T13:30:00"),
        ("- 10:00 a\n\n```\n10:05 log line\n```", "2024-03-14T10:00:00"),
    ];
    check(&carried, times);
    assert_eq!(
        at(PATH, "# Hub\n\n## Timeline (times in CEST)\n\n- 10:00 a\n")
            .timeline
            .iter()
            .map(entry)
            .collect::<Vec<_>>(),
        ["2024-03-14T10:00:00+02:00"]
    );
}

#[test]
fn promises_are_written_in_many_ways() {
    let written = [
        ("- [ ] Add alerts\n- [x] Buy a node", "open · Add alerts / done · Buy a node"),
        ("1. Add alerts\n2. Buy a node", "unknown · Add alerts / unknown · Buy a node"),
        ("Add alerts.", "unknown · Add alerts."),
        (
            "| Aksjon | Type | Eier | Referanse |\n|---|---|---|---|\n| Varsle | proaktiv | Team Hub | [OPS-1](https://x.example/browse/OPS-1) |",
            "unknown · Team Hub · OPS-1 · Varsle",
        ),
        (
            "| Action Item | Type | Owner | Bug |\n|---|---|---|---|\n| Add alerts | detect | @ann | n/a DONE |\n| Buy a node | prevent | | TODO. |",
            "done · ann · Add alerts / open · Buy a node",
        ),
        (
            "| Action | Expected Date | Status |\n|---|---|---|\n| Add alerts | Jul 16, 2024 | To Do |",
            "open · Add alerts",
        ),
        (
            "| # | Task | DRI | State |\n|---|---|---|---|\n| 1 | Add alerts | Ann | ✅ |\n| 2 | Buy a node | Bo | 🟡 |",
            "done · Ann · Add alerts / in-progress · Bo · Buy a node",
        ),
        ("### Process improvements\n\n- Add alerts", "unknown · Add alerts"),
        ("**Alex**\n\n- Add alerts", "unknown · Alex · Add alerts"),
        ("**AC/AFC**\n\n- Add alerts", "unknown · AC+AFC · Add alerts"),
        ("✅ Gjort:\n\n- Varsle\n\n🚧 Tiltak:\n\n- Kjøpe", "done · Varsle / in-progress · Kjøpe"),
        (
            "### Immediate Actions (Completed)\n\n- Add alerts\n\n### Planned actions\n\n- Buy a node",
            "done · Add alerts / open · Buy a node",
        ),
        ("- Add alerts (Done!)", "done · Add alerts"),
        ("- **(Done during this incident)** Add alerts", "done · Add alerts"),
        ("- Add alerts **(Done as of 2024-06-30)**", "done · Add alerts"),
        ("- Add alerts - DONE", "done · Add alerts"),
        ("- Add alerts: DONE in [PR #5](https://github.com/a/b/pull/5)", "done · a/b#5 · Add alerts"),
        ("- This has been done: add alerts", "done · add alerts"),
        ("- ✅ Reverted it\n- Stop it. ✔️", "done · Reverted it / done · Stop it."),
        ("- *(pending)* Add alerts", "open · Add alerts"),
        ("- Add alerts (in progress)", "in-progress · Add alerts"),
        ("- ~~Add alerts~~", "cancelled · Add alerts"),
        ("- Discussed but decided not to do.", "cancelled · Discussed but decided not to do."),
        ("- Added alerts", "done · Added alerts"),
        ("- N/A\n- None", ""),
        ("No immediate action items.", ""),
        ("- {{ summary }} [link to github issue]", ""),
        ("- #2127", "unknown · #2127 · #2127"),
        ("- [ ] https://github.com/a/b/issues/6477", "open · a/b#6477 · a/b#6477"),
        ("- Add alerts a/b#12", "unknown · a/b#12 · Add alerts"),
        ("- Add alerts ([jira](https://x.example/browse/SAAS-309))", "unknown · SAAS-309 · Add alerts"),
        ("- Add alerts (OPS-12)", "unknown · OPS-12 · Add alerts"),
        ("- Add alerts ([card](https://trello.com/c/AbC12xyz/3-add))", "unknown · AbC12xyz · Add alerts"),
        ("- @ann will add alerts", "unknown · ann · @ann will add alerts"),
        ("- Ed and Caroline to write it down", "unknown · Ed+Caroline · Ed and Caroline to write it down"),
        ("- Add alerts (Willi)", "unknown · Willi · Add alerts"),
        ("- Add alerts. Owner: Ann.", "unknown · Ann · Add alerts."),
        ("- Add alerts (Ann, 2 Apr 2024) **Done**", "done · Ann · Add alerts"),
        (
            "- **Watch all lamps**: today nobody does. Owner: @ann (cancelled)",
            "cancelled · ann · Watch all lamps",
        ),
        ("- **Watch all lamps**: it was not needed so far", "unknown · Watch all lamps"),
        ("- **Backlog task**: Add alerts", "unknown · Backlog task: Add alerts"),
        ("Automated Lamp Renewal:\n\n- Add alerts", "unknown · Add alerts"),
        ("- T341460 - Add alerts", "unknown · T341460 · Add alerts"),
        (
            "| Action item | Owner | Bug |\n|---|---|---|\n| Add alerts | ann | Bug 5554825 **DONE** |",
            "done · ann · Bug 5554825 · Add alerts",
        ),
        (
            "| Action item | Kind | Due date |\n|---|---|---|\n| Add alerts | Detect | Done |",
            "done · Add alerts",
        ),
        ("- **[In progress, owner: Search team]** Add alerts", "in-progress · Search team · Add alerts"),
        ("- **HIGH** Add alerts", "unknown · Add alerts"),
        ("TODO: Add alerts\nTODO: Buy a node", "open · Add alerts / open · Buy a node"),
        ("- Add alerts\n  - for the hub\n  - for the queue", "unknown · Add alerts"),
    ];
    check(&written, actions);
    assert_eq!(at(PATH, "# T\n\n## Actions taken\n\n- Restarted it\n").actions.len(), 0);
    assert_eq!(at(PATH, "# T\n\n## Recovery\n\n- Restarted it\n").actions.len(), 0);
}

#[test]
fn clock_points_stand_in_labels_and_tables() {
    let points = [
        (
            "# T\n\n| **Start time** | 2024-03-14 10:00 UTC |\n|---|---|\n| **Resolved** | 2024-03-14 11:00 UTC |\n",
            "started 2024-03-14T10:00:00Z resolved 2024-03-14T11:00:00Z",
        ),
        (
            "# T\n\n- **Started**: 2024-03-14 10:00\n- **Detected**: 2024-03-14 10:05\n",
            "started 2024-03-14T10:00:00 detected 2024-03-14T10:05:00",
        ),
        (
            "# T\n\n**When:** 2024-03-14, 10:00–11:00 UTC\n",
            "started 2024-03-14T10:00:00Z resolved 2024-03-14T11:00:00Z",
        ),
        (
            "---\nsection: issue\ntitle: Hub\ndate: 2024-03-14 10:00:00\nresolved: true\nresolvedWhen: 2024-03-14 11:00:00\nseverity: down\naffected:\n- Hub\n---\nIt broke.\n",
            "started 2024-03-14T10:00:00 resolved 2024-03-14T11:00:00",
        ),
        (
            "---\nuuid: 1\nstart_time: 2024-03-14T10:00:00Z\nend_time: 2024-03-14T11:00:00Z\nproduct: hub\n---\nIt broke.\n",
            "started 2024-03-14T10:00:00Z resolved 2024-03-14T11:00:00Z",
        ),
        (
            "# T\n\n| Incident | 7 | Start | 2024-03-14 10:00 |\n|---|---|---|---|\n| Task | T12345 | End | 2024-03-14 11:00 |\n",
            "started 2024-03-14T10:00:00 resolved 2024-03-14T11:00:00",
        ),
        (
            "# T\n\n| Started | Detected | Resolved |\n|---|---|---|\n| 2024-03-14 10:00 | 2024-03-14 10:05 | 2024-03-14 11:00 |\n",
            "started 2024-03-14T10:00:00 detected 2024-03-14T10:05:00 resolved 2024-03-14T11:00:00",
        ),
        ("# T\n\n- Start (UTC): 2024-03-14 10:00 (shelves dark)\n", "started 2024-03-14T10:00:00Z"),
        (
            "# T\n\n## Start time\n\n10:00 UTC\n\n## End time\n\n11:00 UTC\n",
            "started 2024-03-14T10:00:00Z resolved 2024-03-14T11:00:00Z",
        ),
        (
            "# T\n\n- **Alert fired:** 10:05\n- **Service restored:** 11:00\n",
            "detected 2024-03-14T10:05:00 mitigated 2024-03-14T11:00:00 resolved 2024-03-14T11:00:00",
        ),
        (
            "# T\n\n- Hora de inicio: 10:00\n- Hora de detección: 10:05\n- Fin del incidente: 11:00\n",
            "started 2024-03-14T10:00:00 detected 2024-03-14T10:05:00 resolved 2024-03-14T11:00:00",
        ),
        (
            "# T\n\n- Beginn der Störung: 10:00 Uhr\n- Ende der Störung: 11:00 Uhr\n",
            "started 2024-03-14T10:00:00 resolved 2024-03-14T11:00:00",
        ),
        (
            "# T\n\n**Start:** 10:00 UTC / **End:** 11:00 UTC | **Severity:** high\n",
            "started 2024-03-14T10:00:00Z resolved 2024-03-14T11:00:00Z",
        ),
        (
            "# T\n\n**Start/End:** 10:00 / 11:00 UTC\n",
            "started 2024-03-14T10:00:00Z resolved 2024-03-14T11:00:00Z",
        ),
        (
            "T is dark\n\nSummary:\n\n    Outage duration: March 14, 2024, 10:00 AM - March 14, 2024, 11:00 AM (UTC)\n    Impact: all\n",
            "started 2024-03-14T10:00:00Z resolved 2024-03-14T11:00:00Z",
        ),
        (
            "# T\n\n| 発生日時 | 2024-03-14 10:00 (JST) |\n|---|---|\n| 復旧日時 | 2024-03-14 11:00 頃 (JST) |\n",
            "started 2024-03-14T10:00:00+09:00 resolved 2024-03-14T11:00:00+09:00",
        ),
        (
            "# T\n\n**Total outage duration (UTC):** 10:00 - 11:00\n",
            "started 2024-03-14T10:00:00Z resolved 2024-03-14T11:00:00Z",
        ),
        ("# T\n\n**End:** 2024-03-14 11:00\n**Status:** Halls recovered\n", "resolved 2024-03-14T11:00:00"),
        (
            "---\ntitle: Hub\ndate: '2024-03-14T10:00:00.000Z'\naffectedsystems:\n- Hub\nresolved: true\n---\nIt broke.\n",
            "started 2024-03-14T10:00:00Z",
        ),
    ];
    check(&points, |text| clock(&at(PATH, text).clock));
}

#[test]
fn clock_points_stand_in_sentences_and_timelines() {
    let points = [
        (
            "# T\n\n- **Key events**\n  - First detected 2024-03-14 10:05\n  - Repaired 2024-03-14 10:30\n  - Resolved 2024-03-14 11:00\n",
            "detected 2024-03-14T10:05:00 mitigated 2024-03-14T10:30:00 resolved 2024-03-14T11:00:00",
        ),
        (
            "# T\n\n## Summary\n\nThe hub was down from 10:00 to 11:00 UTC.\n",
            "started 2024-03-14T10:00:00Z resolved 2024-03-14T11:00:00Z",
        ),
        ("# T\n\nSupport hours are 10:00-17:00.\n", ""),
        (
            "# T\n\n**MTTR**: 60 minutes (10:00 → 11:00 UTC)\n",
            "started 2024-03-14T10:00:00Z resolved 2024-03-14T11:00:00Z",
        ),
        (
            "# T\n\n## Timeline\n\n- 09:40 papers report that a whale swims by\n- 10:00 **OUTAGE BEGINS** lamps off\n- 10:05 ann gets paged\n- 11:00 lamps on **OUTAGE ENDS**\n",
            "started 2024-03-14T10:00:00 detected 2024-03-14T10:05:00 resolved 2024-03-14T11:00:00",
        ),
        (
            "# T\n\n## Summary\n\nA change caused an outage which started at 10:00 UTC. The first hall was back online at 10:40 UTC and by 11:00 UTC all halls were online.\n",
            "started 2024-03-14T10:00:00Z resolved 2024-03-14T11:00:00Z",
        ),
        (
            "# T\n\n## Timeline\n\n- Outage duration: 10:00 UTC to 11:00 UTC\n- The team looked at logs\n",
            "started 2024-03-14T10:00:00Z resolved 2024-03-14T11:00:00Z",
        ),
        (
            "# T\n\nBetween 10:00 and 11:00 UTC two halls showed two maps.\n",
            "started 2024-03-14T10:00:00Z resolved 2024-03-14T11:00:00Z",
        ),
        (
            "# T\n\n**Duration:** 10:00 – 11:00\n\n## Timeline\n\n- 09:40 A screenshot of calm halls\n- 10:05 Ann sees the dark\n",
            "started 2024-03-14T10:00:00 detected 2024-03-14T10:05:00 resolved 2024-03-14T11:00:00",
        ),
        (
            "# T\n\n## Timeline\n\n- 10:00 The import fails\n- 10:00 No alert fires\n- 10:30 Ann notices the dark\n- 10:50 Bo swaps the lamp\n- 11:00 The lamp recovers\n",
            "started 2024-03-14T10:00:00 detected 2024-03-14T10:30:00 resolved 2024-03-14T11:00:00",
        ),
        (
            "# T\n\n## Timeline\n\n- 10:00 Inicio del incidente\n- 10:05 Alerta de Grafana\n- 11:00 Servicio restablecido\n",
            "started 2024-03-14T10:00:00 detected 2024-03-14T10:05:00 resolved 2024-03-14T11:00:00",
        ),
    ];
    check(&points, |text| clock(&at(PATH, text).clock));
}

#[test]
fn severity_components_and_figures_are_found_where_teams_put_them() {
    let severity = |text: &str| at(PATH, text).severity.map(|level| format!("{level:?}")).unwrap_or_default();
    for text in [
        "# T\n\n| **Severity** | SEV-1 |\n|---|---|\n| **Date** | 2024-03-14 |\n",
        "# T\n\n**Severity:** SEV-1\n",
        "---\nseverity: sev1\n---\n# T\n",
    ] {
        assert_ne!(severity(text), "", "{text}");
    }
    assert_eq!(severity("# T\n\nA P1 Pingdom alert fired for S3.\n"), "");
    let parts = |text: &str| at(PATH, text).components.join(" ");
    assert_eq!(parts("---\naffected:\n- LON1/Storage\n# - LON1/Other\n- ci\n---\n"), "LON1/Storage ci");
    assert_eq!(
        parts("# T\n\n| **Systems** | `Queue`, `Hub` |\n|---|---|\n| **Date** | 2024-03-14 |\n"),
        "Queue Hub"
    );
    let figures = |text: &str| {
        let all = at(PATH, text).impact;
        all.iter().map(|one| format!("{} {}", one.kind.word(), one.value)).collect::<Vec<_>>().join(" / ")
    };
    assert_eq!(figures("# T\n\n**Duration**: 2h 2m\n"), "duration 2h 2m");
    assert_eq!(figures("# T\n\n## Impact\n\n~38% of evaluation requests failed\n"), "percent ~38%");
    assert_eq!(figures("# T\n\n## Impact\n\nThere were 3.7M failed requests.\n"), "requests 3.7M");
    assert_eq!(figures("# T\n\n## Impact\n\n305 customers could not log in.\n"), "users 305");
}

#[test]
fn whys_are_chains_however_they_are_written() {
    let chain =
        |text: &str| at(PATH, text).whys.iter().map(|why| why.answer.clone()).collect::<Vec<_>>().join(" / ");
    assert_eq!(
        chain("# T\n\n## Five whys\n\n**Why?** It was full\n\n**Why?** Nobody looked\n"),
        "It was full / Nobody looked"
    );
    assert_eq!(
        chain("# T\n\n## Whys\n\n- because it was full\n- because nobody looked\n"),
        "because it was full / because nobody looked"
    );
    assert_eq!(
        chain(
            "# T\n\n## Root Cause Analysis (5 Whys)\n\n1. **Why was it down?**\n   It was full.\n2. **Why was it full?**\n   Nobody looked.\n"
        ),
        "It was full. / Nobody looked."
    );
    assert_eq!(chain("# T\n\n## Why did it happen?\n\nIt was full.\n"), "");
}

#[test]
fn mentions_of_others_are_links_paths_and_ids() {
    let mentions = [
        ("See [an earlier one](2024-02-01-hub.md).", "link 2024-02-01-hub.md"),
        ("See [6/3](./2024-02-01--hub.md).", "link ./2024-02-01--hub.md"),
        (
            "See [PM2019-009][1].\n\n[1]: https://github.com/a/b/blob/main/PM2019-009%20hub.md",
            "link https://github.com/a/b/blob/main/PM2019-009%20hub.md",
        ),
        ("The same as PM2019-009.", "id PM2019-009"),
        (
            "| **Related Incident** | [DCL-2278](https://github.com/a/b/blob/main/2024-02-01.md) |\n|---|---|\n| a | b |",
            "link https://github.com/a/b/blob/main/2024-02-01.md",
        ),
    ];
    check(&mentions, |body| {
        let all = at(PATH, &format!("# T\n\n{body}\n")).references;
        all.iter().map(|one| format!("{} {}", one.notation, one.target)).collect::<Vec<_>>().join(" / ")
    });
}
