//! Timelines as teams write them, each told as when and what.

use crate::config::SiteConfig;
use crate::diag::Source;
use crate::model::Moment;
use crate::parse::{ParseOptions, read};

/// The entries of a text as `time kind text`, and the codes of what was found wrong.
fn told(path: &str, text: &str) -> (Vec<String>, Vec<&'static str>) {
    let mut found = Vec::new();
    let source = Source::new(path, text);
    let (incident, _) = read(&source, &ParseOptions::new(&SiteConfig::default()), &mut found);
    let entries = incident.timeline.iter().map(|entry| {
        let at = entry.at.as_ref().map_or_else(|| format!("?{}", entry.written), Moment::rfc3339);
        let kind =
            if entry.inferred { format!("~{}", entry.kind.word()) } else { entry.kind.word().to_owned() };
        format!("{at} {kind} {}", entry.text)
    });
    (entries.collect(), found.iter().map(|one| one.code).filter(|code| code.contains("time")).collect())
}

fn entries(text: &str) -> Vec<String> {
    told("2024-03-14-hub.md", text).0
}

#[test]
fn bullets_take_the_day_from_the_file_name_and_the_zone_from_the_heading() {
    let text = "# Hub down\n\n## Timeline (times in CEST)\n\n- 14:23 deployed a change\n- **14:25** - alert fired\n- nobody looked\n  - 14:26 a detail\n";
    assert_eq!(
        entries(text),
        [
            "2024-03-14T14:23:00+02:00 ~note deployed a change",
            "2024-03-14T14:25:00+02:00 ~detected alert fired",
            "? ~note nobody looked",
        ]
    );
}

#[test]
fn a_large_step_back_is_midnight_and_a_small_one_disorder() {
    let text = "# Hub\n\n## Timeline\n\nAll times in UTC.\n\n- 23:55 a\n- 00:10 b\n- 00:05 c\n";
    let (entries, found) = told("2024-03-14.md", text);
    assert_eq!(
        entries,
        ["2024-03-14T23:55:00Z ~note a", "2024-03-15T00:10:00Z ~note b", "2024-03-15T00:05:00Z ~note c"]
    );
    assert_eq!(found, ["timeline-order"]);
}

#[test]
fn the_hour_that_comes_twice_is_no_disorder_where_its_zones_are_written() {
    let night = |second: &str, third: &str| {
        format!("# Hub\n\n## Timeline\n\n- 02:00 CEST a\n- 02:40 CEST b\n- {second} c\n- {third} d\n")
    };
    let found = |text: &str| told("2025-10-26.md", text).1;
    assert!(found(&night("02:26 CET", "02:58 CET")).is_empty());
    assert_eq!(found(&night("02:26 CEST", "02:58 CET")), ["timeline-order"]);
}

#[test]
fn headings_are_days_and_entries_and_go_on_at_the_level_of_the_section() {
    let text = "# Hub\n\n## Timeline\n\n## May 12\n\n### 20:15\n\nPods are pending.\n\n- a detail\n\n### 20:49 UTC\n\nMore nodes.\n\n## Actions\n\n### 21:00\n";
    assert_eq!(
        told("2025-05-12-hub.md", text).0,
        ["2025-05-12T20:15:00Z ~note Pods are pending. a detail", "2025-05-12T20:49:00Z ~note More nodes."]
    );
}

#[test]
fn a_table_may_split_day_date_and_time_and_name_year_and_zone_in_its_header() {
    let text = "# Hub\n\n## Timeline\n\n| Day | Date (2022) | Time (UTC) | Event |\n|---|---|---|---|\n| Thur | Jan 20 | 22:40 | locked out |\n| Fri | Jan 21 | 00:20 | let in |\n";
    assert_eq!(
        told("hub.md", text).0,
        ["2022-01-20T22:40:00Z ~note locked out", "2022-01-21T00:20:00Z ~note let in"]
    );
}

#[test]
fn a_paragraph_may_hold_many_entries_with_continuation_lines() {
    let text = "# Hub\n\n## Timeline\n\n**2024-03-14**\n\n[08:26] Ann sees the alarm \\\n[08:30] Bo looks\nand finds nothing until\n08:40 comes\n";
    assert_eq!(
        entries(text),
        [
            "2024-03-14T08:26:00 ~detected Ann sees the alarm",
            "2024-03-14T08:30:00 ~note Bo looks and finds nothing until 08:40 comes",
        ]
    );
}

#[test]
fn labels_before_or_behind_the_time_are_explicit_marks() {
    let text = "# Hub\n\n- **Key events**\n  - First detected 2024-03-14 11:57\n  - Incident declared 2024-03-14 12:00\n  - Resolved 2024-03-14 12:38\n";
    assert_eq!(
        entries(text),
        [
            "2024-03-14T11:57:00 detected First detected",
            "2024-03-14T12:00:00 ~note Incident declared",
            "2024-03-14T12:38:00 resolved Resolved",
        ]
    );
    let text = "# Hub\n\n## Timeline\n\n- 10:00 **Detected**: pages\n- 10:30 Resolved\n- 10:40 tea\n";
    assert_eq!(
        entries(text).iter().map(|entry| entry.split(' ').nth(1).unwrap()).collect::<Vec<_>>(),
        ["detected", "resolved", "~note"]
    );
}

#[test]
fn impossible_and_half_known_times_are_kept_as_written_and_told() {
    let text = "# Hub\n\n## Timeline\n\n- 2024-03-14 10:00 a\n- 22:XX b\n- 31.06.2019 c\n- 23:00 AM d\n";
    let (entries, found) = told("hub.md", text);
    assert_eq!(
        entries,
        ["2024-03-14T10:00:00 ~note a", "2024-03-14 ~note b", "?31.06.2019 ~note c", "2024-03-14 ~note d"]
    );
    assert_eq!(found, ["half-known-time", "impossible-time", "impossible-time"]);
}

#[test]
fn a_year_far_away_is_kept_as_written() {
    let text = "# Hub\n\n## Timeline\n\n- 2022-05-20 10:00 a\n- 2202-05-20 b\n- 10:05 c\n";
    let (entries, found) = told("hub.md", text);
    assert_eq!(
        entries,
        ["2022-05-20T10:00:00 ~note a", "?2202-05-20 ~note b", "2022-05-20T10:05:00 ~note c"]
    );
    assert_eq!(found, ["impossible-time"]);
}

#[test]
fn times_in_causes_fences_quotes_and_promises_are_no_entries() {
    let text = "# Hub\n\n## Root cause\n\n- 2024-01-01 a\n- 2024-01-02 b\n- 2024-01-03 c\n\n## Logs\n\n```\n10:00 x\n10:01 y\n10:02 z\n```\n\n> 10:00 x\n> 10:01 y\n> 10:02 z\n";
    assert_eq!(entries(text), Vec::<String>::new());
}

#[test]
fn a_run_of_times_is_a_timeline_where_no_section_is() {
    let text = "# Hub\n\n## What we saw\n\n- 10:00 slow\n- 10:05 slower\n- 10:30 fine\n";
    assert_eq!(entries(text).len(), 3);
}

#[test]
fn relative_times_count_from_the_start() {
    let text = "---\nstarted: 2024-03-14 23:50\n---\n# Hub\n\n## Timeline\n\n- T+5m paged\n- T+1h done\n";
    assert_eq!(entries(text), ["2024-03-14T23:55:00 ~detected paged", "2024-03-15T00:50:00 ~note done"]);
}

#[test]
fn a_table_of_twenty_thousand_rows_is_read_in_one_go() {
    let row = "| 2024-03-14 10:00 | a thing happened |\n";
    let text = format!("# Hub\n\n## Timeline\n\n| Time | Event |\n|---|---|\n{}", row.repeat(20_000));
    assert_eq!(entries(&text).len(), 20_000);
}

#[test]
fn a_time_with_one_half_too_many_is_read_by_its_24_hours_and_told() {
    let text = "# Hub\n\n## Timeline (UTC)\n\n- 13:55 PM alert fired\n- 2:10 PM it went on\n";
    let (entries, found) = told("2024-03-14.md", text);
    assert_eq!(
        entries,
        ["2024-03-14T13:55:00Z ~detected alert fired", "2024-03-14T14:10:00Z ~note it went on"]
    );
    assert_eq!(found, ["impossible-time"]);
}

#[test]
fn a_city_names_the_zone_of_a_time() {
    let text = "# Hub\n\n## Timeline\n\n- 16:37 Denver - updated plugins\n- 16:55 Denver office opened\n";
    assert_eq!(
        entries(text),
        [
            "2024-03-14T16:37:00-06:00 ~note updated plugins",
            "2024-03-14T16:55:00-06:00 ~note Denver office opened"
        ]
    );
}

#[test]
fn a_fault_before_any_relief_is_the_start_where_nobody_tells_of_the_detection() {
    let text = "# Hub\n\n## Timeline (UTC)\n\n- 10:00 review the change\n- 10:05 the change unexpectedly removes the network\n- 10:20 rolled back\n";
    assert_eq!(
        entries(text),
        [
            "2024-03-14T10:00:00Z ~note review the change",
            "2024-03-14T10:05:00Z ~start the change unexpectedly removes the network",
            "2024-03-14T10:20:00Z ~mitigated rolled back"
        ]
    );
}

#[test]
fn a_table_for_each_day_takes_the_day_of_its_heading() {
    let table = |at: &str, what: &str| format!("| Time (UTC) | Event |\n|---|---|\n| {at} | {what} |\n\n");
    let text = format!(
        "# Hub\n\n## Timeline\n\n### Day 1 - January 24, 2026\n\n{}### Day 2 - January 25, 2026\n\n{}",
        table("04:09", "nodes went down"),
        table("17:12", "all nodes reported healthy")
    );
    assert_eq!(
        entries(&text),
        [
            "2026-01-24T04:09:00Z ~start nodes went down",
            "2026-01-25T17:12:00Z ~note all nodes reported healthy"
        ]
    );
}

#[test]
fn rows_of_a_form_that_nobody_filled_in_are_no_entries() {
    let text = "# Hub\n\n## Timeline\n\n| Time | Event |\n|---|---|\n| 10:00 | it broke |\n| … | … |\n| 11:00 | rolled back |\n";
    assert_eq!(entries(text).len(), 2);
}

#[test]
fn each_incident_of_a_log_has_its_points_and_its_timeline() {
    let incident = |day: u8, more: &str| {
        format!(
            "## Incident of the {day}th\n\n- **Key events**\n  - First detected 2024-03-0{day} 10:00\n  - Resolved 2024-03-0{day} 12:00\n\n- **Context**:\n  - 2024-03-0{day} 10:00 alarm\n  - 2024-03-0{day} 11:00 found\n  - 2024-03-0{day} 12:00 fixed\n{more}\n"
        )
    };
    let short = "## Incident of the 3rd\n\n- **Key events**\n  - First detected 2024-03-03 10:00\n\n";
    let text = format!(
        "# Incident log\n\n{}{}{short}",
        incident(5, ""),
        incident(4, "  - 2024-03-04 11:30 closed\n")
    );
    let (entries, found) = told("log.md", &text);
    assert_eq!(entries.len(), 8, "{entries:#?}");
    assert!(entries.iter().all(|entry| !entry.contains("Resolved")), "{entries:#?}");
    assert_eq!(found, ["timeline-order"], "where one closes too early, not where the next begins");
}

#[test]
fn words_tell_the_day_before_and_after() {
    let text = "# Hub\n\n## Timeline\n\n- The night before, 22:00: a lamp was swapped\n- 23:30 (previous day) the lamp flickers\n- 10:00 halls are dark\n- 10:30 (+1) the lamp is back\n- Next day, 11:00 – papers report\n- The next day we wrote to the maker\n";
    assert_eq!(
        entries(text).iter().map(|entry| entry.split(' ').next().unwrap_or_default()).collect::<Vec<_>>(),
        [
            "2024-03-13T22:00:00",
            "2024-03-13T23:30:00",
            "2024-03-14T10:00:00",
            "2024-03-15T10:30:00",
            "2024-03-15T11:00:00",
            "?"
        ]
    );
}

#[test]
fn a_table_keeps_rows_whose_time_nobody_noted() {
    let text = "# Hub\n\n## Dòng thời gian\n\n| Thời gian (UTC) | Sự kiện |\n|---|---|\n| 10:00 | a |\n| — | b |\n| — | c |\n| 14:4x | d |\n";
    assert_eq!(entries(text).len(), 4);
    let text = "# Hub\n\n## Story\n\n| Час | Подія |\n|---|---|\n| 10:00 | a |\n| 10:10 | b |\n| 10:20 | c |\n| ~10:2x | d |\n";
    assert_eq!(entries(text).len(), 4);
}

#[test]
fn a_day_alone_is_no_start_where_a_fault_has_a_time_of_day() {
    let text = "# Hub\n\n## Timeline\n\n- **12-03-2024** – the certificate expired\n- **14-03-2024 10:00** – failures began\n- **14-03-2024 10:20** – reported by readers\n- **14-03-2024 11:00** – service restored\n";
    let kinds: Vec<String> =
        entries(text).iter().filter_map(|entry| entry.split(' ').nth(1).map(str::to_owned)).collect();
    assert_eq!(kinds, ["~note", "~start", "~detected", "mitigated"]);
}

#[test]
fn updates_may_have_their_time_beside_the_word_and_a_day_above_them_is_none() {
    let text = "# Hub\n\n**Resolved** [14/03/2024 11:00]\n\nHalls are lit.\n\n**Update** [14/03/2024 10:30]\n\nWe look at lamps.\n\n**Investigating** [14/03/2024 10:05]\n\nHalls are dark.\n";
    assert_eq!(entries(text).len(), 3);
    assert_eq!(entries(text)[0], "2024-03-14T11:00:00 resolved Halls are lit.");
    let text = "# Hub\n\nThursday 14th March 2024 10:00:00\n\n10:00 Halls are dark.\n\n10:30 Ann looks.\n\n11:00 Light is back.\n";
    assert_eq!(entries(text).len(), 3);
}

#[test]
fn a_title_that_is_the_day_is_no_entry_and_the_last_heading_has_its_story() {
    let text = "2024-03-14\n==========\n\nLamps flicker.\n\n### 11:28 UTC\n\nDark halls.\n\n### 12:22 UTC\n\nLight is restored.\n";
    assert_eq!(
        entries(text),
        ["2024-03-14T11:28:00Z ~note Dark halls.", "2024-03-14T12:22:00Z ~note Light is restored."]
    );
}

#[test]
fn who_speaks_of_the_fault_has_noticed_it_where_nobody_else_did() {
    let text = |first: &str| {
        format!("# Hub\n\n## Timeline (UTC)\n\n- 10:00 {first}\n- 10:20 Ann tweets about the hall\n")
    };
    assert_eq!(
        entries(&text("A lamp is not properly wired")),
        [
            "2024-03-14T10:00:00Z ~start A lamp is not properly wired",
            "2024-03-14T10:20:00Z ~detected Ann tweets about the hall"
        ]
    );
    assert_eq!(
        entries(&text("The outage starts and an alert is posted")),
        [
            "2024-03-14T10:00:00Z ~start The outage starts and an alert is posted",
            "2024-03-14T10:20:00Z ~note Ann tweets about the hall"
        ]
    );
}

#[test]
fn updates_carry_their_time_in_a_shortcode_behind_them() {
    let text = "---\nsection: issue\ntitle: Shelves dark\ndate: 2018-05-25 04:13:00\n---\n*Resolved* - All lamps are back. {{< track \"2018-05-25 05:54:00\" >}}\n\n*Investigating* - Something\nis dark. {{<track \"2018-05-25 04:13:00\">}}\n";
    assert_eq!(
        entries(text),
        [
            "2018-05-25T05:54:00 resolved Resolved - All lamps are back.",
            "2018-05-25T04:13:00 ~note Investigating - Something is dark.",
        ]
    );
    let one = "It is dark.\\\n**Monitoring:** the vendor has a fix. {{< track \"2018-05-25 9:00:00\" >}}\n";
    assert_eq!(entries(one), ["2018-05-25T09:00:00 mitigated Monitoring: the vendor has a fix."]);
}
