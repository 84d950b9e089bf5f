//! Stories of incidents.

use super::{clocked, figures, figures_on, incident, point, severe};
use crate::measure::Closings;
use crate::measure::estimate::Outside;
use crate::model::{Incident, Kind, LinkKind, Milestone, Precision, Reference, Zone};

use Milestone::{Detected, Mitigated, Resolved, Started};

fn in_hub(mut incident: Incident) -> Incident {
    incident.components = vec!["hub".to_owned()];
    incident
}

#[test]
fn times_stand_by_severity_with_what_is_missing() {
    let known = clocked(
        severe(incident("2024-03-14", "a"), 1),
        &[(Started, "2024-03-14T10:00"), (Detected, "2024-03-14T10:10"), (Resolved, "2024-03-14T12:00")],
    );
    let durations = figures(vec![known, incident("2024-03-15", "b")]).incidents.durations;
    assert!((durations.all.detect.values[0].value - 600.0).abs() < 1e-9);
    assert_eq!((durations.all.resolve.n(), durations.all.resolve.missing.len()), (1, 1));
    assert_eq!(durations.all.mitigate.n(), 0);
    let rows: Vec<(Option<&str>, usize)> =
        durations.severity.iter().map(|row| (row.name.as_deref(), row.clocks.resolve.n())).collect();
    assert_eq!(rows, [(Some("SEV1"), 1), (None, 0)]);
}

#[test]
fn a_near_miss_has_no_downtime_and_a_line_of_its_own() {
    let mut near = clocked(
        in_hub(incident("2024-03-14", "a")),
        &[(Started, "2024-03-14T10:00"), (Resolved, "2024-03-14T12:00")],
    );
    near.kind = Kind::NearMiss;
    let incidents = figures(vec![near]).incidents;
    assert_eq!((incidents.all.n(), incidents.near_misses.n()), (0, 1));
    assert!(incidents.downtime.is_empty());
    assert_eq!(incidents.monthly.months[0].near_misses.n(), 1);
    assert_eq!(incidents.calendars[0].months[0].count.n(), 1);
}

#[test]
fn two_incidents_at_once_are_down_once_and_split_at_midnight_of_the_month() {
    let first = clocked(
        in_hub(incident("2024-03-31", "a")),
        &[(Started, "2024-03-31T22:00"), (Mitigated, "2024-04-01T01:00"), (Resolved, "2024-04-05T00:00")],
    );
    let second = clocked(
        in_hub(incident("2024-03-31", "b")),
        &[(Started, "2024-03-31T23:00"), (Resolved, "2024-03-31T23:30")],
    );
    let downtime = figures(vec![first, second, in_hub(incident("2024-05-01", "c"))]).incidents.downtime;
    assert_eq!(downtime.len(), 1);
    let months: Vec<(String, i64, usize)> =
        downtime[0].months.iter().map(|one| (one.month.to_string(), one.seconds, one.count.n())).collect();
    assert_eq!(months, [("2024-03".to_owned(), 7200, 2), ("2024-04".to_owned(), 3600, 1)]);
    assert_eq!((downtime[0].missing.n(), downtime[0].without_zone.n()), (1, 0));
}

#[test]
fn a_publication_day_counts_only_where_both_its_ends_agree() {
    let published = |name: &str, day: &str| {
        let mut one = clocked(incident("2024-03-14", name), &[(Resolved, "2024-03-14T12:00")]);
        let mut at = point(&format!("{day}T00:00"), Zone::Unknown);
        at.at.precision = Precision::Day;
        one.clock.published = Some(at);
        one
    };
    let mut exact = clocked(incident("2024-03-14", "exact"), &[(Resolved, "2024-03-14T12:00")]);
    exact.clock.published = Some(point("2024-03-16T12:01", Zone::UTC));
    let publication = figures(vec![
        published("same-day", "2024-03-14"),
        published("next-day", "2024-03-15"),
        published("could-be-either", "2024-03-16"),
        published("surely-late", "2024-03-17"),
        published("before-the-end", "2024-03-10"),
        exact,
    ])
    .incidents
    .publication;
    assert_eq!((publication.in_time.part(), publication.in_time.n()), (2, 4));
    assert_eq!(publication.in_time.missing.len(), 2);
    assert_eq!(publication.lag.n(), 1, "only one is known to the minute");
    assert_eq!(publication.allowed, 48 * 3600);
}

#[test]
fn a_bad_month_is_news_only_beyond_chance() {
    let mut all = Vec::new();
    for month in 1..=12 {
        let n = if month == 7 { 12 } else { 2 };
        for i in 0..n {
            all.push(severe(incident(&format!("2024-{month:02}-{:02}", i + 1), "x"), 3));
        }
    }
    let monthly = figures(all).incidents.monthly;
    let expectation = monthly.expectation.unwrap();
    assert_eq!(expectation.months, 12, "January 2025 is not over");
    let outside: Vec<(String, Outside)> =
        expectation.outside.iter().map(|one| (one.month.to_string(), one.side)).collect();
    assert_eq!(outside, [("2024-07".to_owned(), Outside::Above)]);
    assert!(expectation.by_chance < 0.6);
    assert_eq!(monthly.months.len(), 13);
}

#[test]
fn only_what_authors_state_counts_as_having_come_back() {
    let first = incident("2024-01-10", "INC-1");
    let mut again = incident("2024-03-10", "INC-2");
    let mention = |kind| Reference {
        target: "INC-1".to_owned(),
        text: String::new(),
        notation: "related",
        kind: Some(kind),
        why: None,
        span: crate::diag::Span::default(),
        line: 1,
    };
    again.references = vec![mention(LinkKind::Recurrence)];
    let mut alike = incident("2024-04-10", "INC-3");
    alike.references = vec![mention(LinkKind::LooksLike)];
    let family = |mut one: Incident| {
        one.family = Some("certificates".to_owned());
        one
    };
    let recurrence = figures(vec![
        first,
        again,
        alike,
        family(incident("2024-05-01", "INC-4")),
        family(incident("2024-05-31", "INC-5")),
    ])
    .incidents
    .recurrence;
    assert_eq!((recurrence.again.part(), recurrence.again.n()), (2, 5));
    let days: Vec<Option<i32>> = recurrence.pairs.iter().map(|pair| pair.days).collect();
    assert_eq!(days, [Some(60), Some(30)]);
    let nobody = figures(vec![incident("2024-05-01", "INC-4"), incident("2024-05-31", "INC-5")]);
    let unasked = &nobody.incidents.recurrence.again;
    assert_eq!((unasked.n(), unasked.missing.len()), (0, 2), "nobody stated any: not known, not none");
}

#[test]
fn triggers_and_causes_meet_in_a_table() {
    let stated = |name: &str, trigger: &str, causes: &[&str]| {
        let mut one = incident("2024-05-01", name);
        one.trigger = Some(crate::model::Stated {
            text: trigger.to_owned(),
            from: "front matter",
            span: crate::diag::Span::default(),
        });
        one.causes = causes.iter().map(|cause| (*cause).to_owned()).collect();
        one
    };
    let matrix = figures(vec![
        stated("a", "Config  push", &["no review", "no canary"]),
        stated("b", "config push", &["No review"]),
        incident("2024-05-02", "c"),
    ])
    .incidents
    .causes;
    assert_eq!(matrix.triggers, [Some("config push".to_owned())]);
    assert_eq!(matrix.causes, [Some("no review".to_owned()), Some("no canary".to_owned())]);
    let counts: Vec<(usize, usize)> = matrix.cells.iter().map(|cell| (cell.cause, cell.count.n())).collect();
    assert_eq!(counts, [(0, 2), (1, 1)]);
    assert_eq!(matrix.missing.n(), 1);
}

#[test]
fn what_happened_after_the_day_is_not_known_on_it() {
    let mut later = clocked(
        in_hub(incident("2024-03-14", "a")),
        &[(Started, "2024-03-14T20:00"), (Detected, "2024-03-14T20:30"), (Mitigated, "2024-03-16T02:00")],
    );
    *later.clock.slot(Resolved) = Some(point("2024-03-16T03:00", Zone::UTC));
    later.clock.published = Some(point("2024-03-17T03:00", Zone::UTC));
    let on = |day: &str| figures_on(vec![later.clone()], super::day(day), &Closings::default()).incidents;
    let then = on("2024-03-15");
    let clocks = &then.durations.all;
    assert_eq!((clocks.detect.n(), clocks.mitigate.missing.len(), clocks.resolve.missing.len()), (1, 1, 1));
    assert_eq!(then.downtime[0].months[0].seconds, 28 * 3600, "four hours, and the whole of the next day");
    assert_eq!(on("2024-03-16").publication.in_time.missing.len(), 1);
    let now = on("2024-03-17");
    assert_eq!(now.downtime[0].months[0].seconds, 30 * 3600);
    assert_eq!((now.durations.all.resolve.n(), now.publication.in_time.part()), (1, 1));
}
