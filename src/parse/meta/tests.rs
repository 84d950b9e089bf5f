//! Titles, days, ids and what else a report says of itself.

use crate::config::SiteConfig;
use crate::diag::Source;
use crate::model::{Audience, Incident, Kind, Status};
use crate::parse::{ParseOptions, read};

fn site() -> SiteConfig {
    toml::from_str("timezone = 'Europe/Oslo'\n[components.hub]\nname = 'The Hub'\naliases = ['JupyterHub']\n")
        .unwrap()
}

/// The incident, and its findings as `code: message`.
fn incident(path: &str, text: &str) -> (Incident, Vec<String>) {
    let mut found = Vec::new();
    let incident = read(&Source::new(path, text), &ParseOptions::new(&site()), &mut found).0;
    (incident, found.into_iter().map(|one| format!("{}: {}", one.code, one.message)).collect())
}

fn date(path: &str, text: &str) -> Option<(String, &'static str)> {
    incident(path, text).0.date.map(|dated| (dated.date.to_string(), dated.from))
}

#[test]
fn a_file_that_says_nothing_still_has_a_name_and_is_internal() {
    let (incident, told) = incident("2024/queue-full.md", "Just words.\n");
    assert_eq!((incident.title.as_str(), incident.title_from), ("Queue full", "file name"));
    assert_eq!((incident.id.as_str(), incident.id_stated), ("2024/queue-full", false));
    assert_eq!(
        (incident.visibility, incident.status, incident.kind),
        (Audience::Internal, Status::Final, Kind::Incident)
    );
    assert_eq!(incident.zone.name().as_deref(), Some("Europe/Oslo"));
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn a_name_that_tells_nothing_gives_way_to_the_first_words() {
    let (incident, _) = incident(
        "24049f4d-af54-4622-b0fd-a291117c7bc9.md",
        "The disks filled up overnight. Nobody saw it.\n",
    );
    assert_eq!(
        (incident.title.as_str(), incident.title_from),
        ("The disks filled up overnight", "first sentence")
    );
}

#[test]
fn a_text_without_headings_is_called_by_its_first_line_where_that_stands_apart() {
    let title = |text| incident("2024/README.md", text).0.title;
    assert_eq!(
        title("Postmortem: the hub was down\nSummary:\n\nIt broke.\n"),
        "Postmortem: the hub was down"
    );
    assert_eq!(title("Museum outage\nIncident overview\n\nIt broke.\n"), "Museum outage");
    assert_eq!(title("#Museum outage\nSummary\n\nIt broke.\n"), "Museum outage");
    assert_eq!(title("REPORT OF AN OUTAGE\n\nIt broke.\n"), "REPORT OF AN OUTAGE");
    assert_eq!(title("**Hub outage of March**\n\nIt broke.\n"), "Hub outage of March");
    for text in [
        "On Monday the hub broke because of\na typo in its settings\n",
        "It broke.\n",
        "Summary: it broke\n\nx\n",
    ] {
        assert_eq!(title(text), "2024", "{text}");
    }
}

#[test]
fn the_first_heading_is_the_title_unless_it_names_a_section() {
    let title = |text| incident("x-y.md", text).0.title;
    assert_eq!(title("# `proxy` *died*\n## Summary\n"), "proxy died");
    assert_eq!(title("# Timeline\n\n- 10:00 a\n\n# Impact\n"), "X y");
    assert_eq!(title("### Incident on a day\n\ntext\n"), "Incident on a day");
    assert_eq!(title("---\ntitle: TITTEL\n---\n# Real\n"), "Real");
    assert_eq!(title("# Title:\n### Builds fail\n\n# Long term solution\n"), "Builds fail");
    assert_eq!(title("## Owner: @ada\n## Involved:\n- @bo\n\n# Overview\n\nx\n"), "X y");
    assert_eq!(title("# Postmortem: hub down\n"), "Postmortem: hub down");
}

#[test]
fn the_opening_words_tell_the_day_where_nothing_else_does() {
    let told = |text| date("hub.md", text);
    let text = Some(("2017-09-18".to_owned(), "text"));
    assert_eq!(told("# Hub\n\nIn the morning of Sept. 18th, 2017, two sites went down.\n"), text);
    assert_eq!(told("# Hub\n\nDown on Sept. 18th, 2017.\n\n## Timeline\n\n- 10:00 a\n- 10:05 b\n"), text);
    assert_eq!(told("# Hub\n\nBuilt on May 1st, 2017, it moved on Sept. 18th, 2017.\n"), None);
    // The day beside which it says that it broke is the start.
    assert_eq!(told("# Hub\n\nBuilt on May 1st, 2017, it broke on Sept. 18th, 2017.\n"), text);
    assert_eq!(
        told("# Hub\n\nFound on Sept. 18th, 2017.\n\n## Timeline\n\n- 2017-09-12 10:00 a\n- 10:05 b\n"),
        Some(("2017-09-12".to_owned(), "timeline"))
    );
}

#[test]
fn the_title_is_no_section_of_its_own() {
    let (incident, _) = incident("x.md", "# T\n\n## Timeline\n\n# Impact\n\nx\n");
    let titles: Vec<&str> = incident.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["Timeline", "Impact"]);
}

#[test]
fn the_day_comes_from_the_most_reliable_place() {
    let day = |date: &str, from| Some((date.to_owned(), from));
    assert_eq!(
        date("2022-01-05-x.md", "# 2022-01-04 x\n\n**Date**: January 3, 2022\n"),
        day("2022-01-03", "label")
    );
    assert_eq!(date("2022-01-05-x.md", "# 2022-01-04 x\n"), day("2022-01-04", "title"));
    assert_eq!(date("2022-01-05-x.md", "# x\n"), day("2022-01-05", "file name"));
    assert_eq!(date("2022-01-05-x/index.md", "# x\n"), day("2022-01-05", "folder name"));
    assert_eq!(
        date("x.md", "| Date | 05/01/2022 |\n|---|---|\n| To | 24/01/2022 |\n"),
        day("2022-01-05", "label")
    );
    assert_eq!(
        date("x.md", "---\nstart_time: 2022-01-05T10:00:00Z\n---\n"),
        day("2022-01-05", "front matter")
    );
    assert_eq!(date("x.md", "## Date\n\n5 January 2022\n"), day("2022-01-05", "label"));
    assert_eq!(date("x.md", "# x\n"), None);
}

#[test]
fn a_blogs_date_gives_way_to_the_incidents_and_is_told() {
    let (blog, told) = incident("x.md", "---\ndate: 2022-12-18\n---\n# Outage of December 6, 2022\n");
    assert_eq!(blog.date.map(|dated| dated.date.to_string()).as_deref(), Some("2022-12-06"));
    assert_eq!(told, ["date-conflict: `date` says 2022-12-18, the title says 2022-12-06"]);
    let (stated, told) = incident("2022-12-18-x.md", "---\nincident_date: 2022-12-06\n---\n");
    assert_eq!(
        stated.date.map(|dated| (dated.date.to_string(), dated.from)),
        Some(("2022-12-06".into(), "front matter"))
    );
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn severities_are_read_as_people_write_them() {
    let level =
        |text: &str| incident("x.md", text).0.severity.map(|severity| (severity.label, severity.rank));
    let sev = |label: &str, rank| Some((label.to_owned(), rank));
    assert_eq!(level("---\nseverity: sev-2\n---\n"), sev("SEV2", 2));
    assert_eq!(level("---\nimpact: major\n---\n"), sev("SEV2", 2));
    assert_eq!(level("**Severity:** Major (High Impact)\n"), sev("SEV2", 2));
    assert_eq!(level("| **Severity** | SEV-1 – Critical user-facing outage. |\n|---|---|\n"), sev("SEV1", 1));
    assert_eq!(level("- Severity: SEV 3\n"), sev("SEV3", 3));
    assert_eq!(level("An AWS SEV2 ticket was opened.\n"), None);
    let (slip, told) = incident("x.md", "---\nseverity: dissrupted\n---\n");
    assert_eq!(slip.severity.map(|severity| severity.rank), Some(5));
    assert_eq!(told, ["unknown-severity: severity `dissrupted` is on no scale"]);
}

#[test]
fn who_may_read_is_never_guessed_in_favour_of_the_public() {
    let audience = |text: &str| {
        let (incident, told) = incident("x.md", &format!("---\n{text}\n---\n"));
        (incident.visibility, told.len())
    };
    assert_eq!(audience("visibility: public"), (Audience::Public, 0));
    assert_eq!(audience("public: yes"), (Audience::Public, 0));
    assert_eq!(audience("visibility: Internal"), (Audience::Internal, 0));
    assert_eq!(audience("visibility: pubic"), (Audience::Internal, 1));
    assert_eq!(audience("visibility:"), (Audience::Internal, 1));
    assert_eq!(audience("public: maybe"), (Audience::Internal, 1));
    assert_eq!(audience("visibility: public\npublic: false"), (Audience::Internal, 0));
    assert_eq!(audience("visibility: public\nvisibility: public"), (Audience::Internal, 1));
    assert_eq!(audience("visibility: [public]"), (Audience::Internal, 2));
    assert_eq!(audience("visibility: public\nx: ["), (Audience::Internal, 1));
}

#[test]
fn pages_near_misses_and_drafts_are_told_apart() {
    assert_eq!(incident("a/_index.md", "# x").0.kind, Kind::Page);
    assert_eq!(incident("a.md", "---\ntype: page\n---\n").0.kind, Kind::Page);
    assert_eq!(incident("a.md", "---\ntype: post\n---\n").0.kind, Kind::Incident);
    assert_eq!(incident("a.md", "---\nnear_miss: true\n---\n").0.kind, Kind::NearMiss);
    assert_eq!(incident("a.md", "---\ndraft: true\n---\n").0.status, Status::Draft);
    let (odd, told) = incident("a.md", "---\nstatus: drafft\n---\n");
    assert_eq!((odd.status, told.len()), (Status::Review, 1));
}

#[test]
fn components_go_by_the_ids_of_the_site() {
    let parts = |text: &str| incident("x.md", text).0.components;
    assert_eq!(parts("---\nservices: [jupyterhub, the hub, Proxy]\n---\n"), ["hub", "Proxy"]);
    assert_eq!(parts("---\naffected: hub, dns\n---\n"), ["hub", "dns"]);
    assert_eq!(parts("| **Systems** | `Majora`, `Elan` |\n|---|---|\n"), ["Majora", "Elan"]);
    assert_eq!(parts("Services: auth (login, tokens) and dns\n"), ["auth (login, tokens)", "dns"]);
    let told = "Services affected: every one of our services (auth, dns, …) answered with nothing\n";
    assert_eq!(parts(told), Vec::<String>::new());
    assert_eq!(parts("| Component | Value |\n|---|---|\n| a | 1 |\n"), Vec::<String>::new());
}

#[test]
fn a_zone_the_text_declares_holds_for_all_its_times() {
    let zone = |text: &str| incident("x.md", text).0.zone.name().unwrap();
    assert_eq!(zone("All times in UTC.\n"), "UTC");
    assert_eq!(zone("## Timeline (times in CEST)\n"), "CEST");
    assert_eq!(zone("| Date and Time in CET | What |\n|---|---|\n"), "CET");
    assert_eq!(zone("---\ntimezone: America/New_York\n---\nAll times in UTC.\n"), "America/New_York");
    assert_eq!(zone("We met at 10:00 UTC and then it was time for lunch.\n"), "Europe/Oslo");
    assert_eq!(incident("x.md", "---\ntimezone: Mars\n---\n").1, ["bad-timezone: unknown time zone `Mars`"]);
}

#[test]
fn the_short_forms_come_from_the_sections() {
    let text = "# T\n## Summary\n\nIt *broke* at\nnight.\n\nMore.\n\n## Resolution\n\n- We restarted the proxy by hand. Then we slept.\n";
    let (incident, _) = incident("x.md", text);
    assert_eq!(incident.summary.map(|said| said.text).as_deref(), Some("It broke at night."));
    assert_eq!(incident.fix.map(|said| said.text).as_deref(), Some("We restarted the proxy by hand."));
}

#[test]
fn a_label_shares_its_line_with_the_short_form() {
    let (labelled, _) = incident("x.md", "**Summary:** it broke\n**Resolution**: a restart\n");
    assert_eq!(labelled.summary.map(|said| said.text).as_deref(), Some("it broke"));
    assert_eq!(labelled.fix.map(|said| said.text).as_deref(), Some("a restart"));
    let (plain, _) = incident("x.md", "Summary: it broke\n");
    assert_eq!(plain.summary.map(|said| said.text).as_deref(), Some("it broke"));
}

#[test]
fn links_are_read_in_every_form() {
    let text = "---\nlinks:\n- https://a.example\n- title: B\n  url: https://b.example\nurl: https://c.example\n---\n";
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let wanted = [
        pair("https://a.example", "https://a.example"),
        pair("B", "https://b.example"),
        pair("https://c.example", "https://c.example"),
    ];
    assert_eq!(incident("x.md", text).0.links, wanted);
}

#[test]
fn sections_of_level_one_are_no_title_and_a_line_that_is_a_day_is_the_day() {
    let text = "# Overview\n\nMonday, Nov. 13, 2017\n\nPods died.\n\n# What happened\n\nx\n\n# Notes to the owner\n\ny\n";
    let (found, _) = incident("003-pods-died.md", text);
    assert_eq!((found.title.as_str(), found.title_from), ("Pods died", "file name"));
    assert_eq!(date("003-pods-died.md", text), Some(("2017-11-13".into(), "date line")));
}

#[test]
fn a_year_in_the_name_passes_over_what_lay_dormant() {
    let text = "# Errors\n\n## Timeline\n\n- 2020-12-21 10:00 script written\n- 2022-05-25 11:00 errors\n";
    assert_eq!(date("PM2022-006 - Errors.md", text), Some(("2022-05-25".into(), "timeline")));
    assert_eq!(date("errors.md", text), Some(("2020-12-21".into(), "timeline")));
}

#[test]
fn a_post_that_tells_of_an_earlier_day_is_about_that_day() {
    let post = "---\ntitle: Dark halls\ndate: 2024-06-09\n---\n\nOn June 4, 2024, the museum was down for an hour.\n";
    assert_eq!(date("2024-06-09-dark-halls.md", post), Some(("2024-06-04".into(), "text")));
    let plan = "---\ntitle: Dark halls\ndate: 2024-06-09\n---\n\nOn June 4, 2024, we bought new lamps.\n";
    assert_eq!(date("2024-06-09-dark-halls.md", plan).map(|(day, _)| day).as_deref(), Some("2024-06-09"));
    let named = "On Monday, June 8th 2024, an incident occurred in the museum.\n";
    assert_eq!(date("2024-06-09-dark-halls.md", named).map(|(day, _)| day).as_deref(), Some("2024-06-08"));
}

#[test]
fn an_outage_over_two_days_is_of_the_first_and_a_greeting_may_come_before_it() {
    let post = "---\ntitle: Dark halls\ndate: 2024-06-09\n---\n\nHello all!\n\nOn June 7th, 2024 at 12:05pm the museum went down, which lasted until Saturday, June 8th.\n";
    assert_eq!(date("2024-06-09-dark-halls.md", post), Some(("2024-06-07".into(), "text")));
}

#[test]
fn the_start_tells_the_day_where_nothing_says_more_of_it() {
    let text = "# Dark halls\n\n## Summary\n\n- **Duration of the outage:**\n  - **Start time:** 2024-06-07, 14:00 UTC\n  - **End time:** 2024-06-07, 15:30 UTC\n";
    assert_eq!(date("halls.md", text), Some(("2024-06-07".into(), "label")));
}

#[test]
fn a_title_left_over_from_another_report_is_outvoted() {
    let text = "# Dark halls 2018-12-04\n\n## Timeline\n\n- 2019-01-30 08:35 ann saw it\n- 09:10 lamps on\n";
    assert_eq!(date("2019-01-30-halls.md", text), Some(("2019-01-30".into(), "file name")));
    assert_eq!(date("halls.md", text), Some(("2018-12-04".into(), "title")));
}

#[test]
fn days_of_several_are_read_by_the_first() {
    for title in
        ["Dark halls - August 18-19, 2025", "2025-08-18/19 dark halls", "Dark from August 18 to 19, 2025"]
    {
        let read = date("halls.md", &format!("# {title}\n")).map(|(day, _)| day);
        assert_eq!(read.as_deref(), Some("2025-08-18"), "{title}");
    }
}

#[test]
fn a_day_stands_though_it_was_resolved_later_or_another_is_told_in_passing() {
    let late = "---\ndate: 2018-06-25\nresolved: 2018-06-27T10:00:00Z\n---\n# Dark\n\nLamps were out.\n";
    assert_eq!(date("a.md", late).map(|(day, _)| day).as_deref(), Some("2018-06-25"));
    let page = "---\nsection: issue\ndate: 2018-06-25T10:34:06.818Z\nresolved_on: 2018-06-27T04:48:10Z\naffected: [Hall]\n---\nDark.\n";
    let read = incident("a.md", page).0;
    assert!(read.clock.started.is_some() && read.clock.resolved.is_some());
    let aside = "---\ndate: 2018-06-25\n---\n# Dark\n\nAll lamps were down. A job had been failing since the change (2018-06-20), and nobody saw.\n";
    assert_eq!(date("a.md", aside).map(|(day, _)| day).as_deref(), Some("2018-06-25"));
}
