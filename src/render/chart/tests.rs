//! What every drawing keeps to, on an archive that has a little of everything.

use super::{Bar, By, Chart, Member, Say};
use crate::config::SiteConfig;
use crate::corpus::{Corpus, Draft, publish};
use crate::measure::{Closings, Item, Statistics, measure};
use crate::model::{ActionItem, ActionState, Audience, ClockPoint, Dated, Incident, Kind, Milestone};
use crate::model::{Moment, Severity, StateMark, Zone};
use crate::plan::Words;
use crate::theme::Theme;
use jiff::civil::{Date, date};

fn after(day: Date, days: i64) -> Date {
    day.checked_add(jiff::SignedDuration::from_hours(days * 24)).unwrap()
}

fn action(number: i64, on: Date) -> ActionItem {
    let states = [ActionState::Done, ActionState::Open, ActionState::Unknown, ActionState::Cancelled];
    let state = states[usize::try_from(number % 4).unwrap()];
    let closed = state.is_closed();
    ActionItem {
        text: format!("promise {number}"),
        owners: Vec::new(),
        due: Some(after(on, 20)),
        created: None,
        closed: closed.then(|| after(on, 3 * number % 70)),
        tickets: Vec::new(),
        state,
        state_from: StateMark { from: "none", written: String::new() },
        reason: None,
        kind: None,
        priority: None,
        done_when: None,
        section: String::new(),
        public: None,
        span: crate::diag::Span::default(),
        line: 1,
    }
}

fn incident(number: i64) -> Incident {
    let on = after(date(2024, 1, 3), number * 11);
    let rank = u8::try_from(number % 3 + 1).unwrap();
    let mut incident = Incident {
        path: format!("{number:02}.md").into(),
        id: number.to_string(),
        title: format!("incident {number}"),
        date: Some(Dated { date: on, from: "front matter" }),
        severity: Some(Severity { rank, label: format!("<SEV{rank}> & \"co\"") }),
        kind: if number % 9 == 0 { Kind::NearMiss } else { Kind::Incident },
        components: vec!["hub".into()],
        actions: (number..number + 3).map(|n| action(n, on)).collect(),
        ..Incident::default()
    };
    let point = |at| {
        Some(ClockPoint { at: Moment::new(at, Zone::UTC), from: "label", span: crate::diag::Span::default() })
    };
    *incident.clock.slot(Milestone::Started) = point(on.at(1, 0, 0, 0));
    *incident.clock.slot(Milestone::Resolved) = point(on.at(i8::try_from(2 + number % 20).unwrap(), 0, 0, 0));
    incident.clock.published = point(after(on, number % 6).at(23, 0, 0, 0));
    incident
}

fn figures(incidents: i64) -> Statistics {
    let config = SiteConfig::default();
    let drafts = (0..incidents).map(|number| Draft::seal(incident(number), None)).collect();
    let corpus = Corpus::gather(drafts, Vec::new(), &config).value;
    let edition = publish(&corpus, Audience::Internal, &config, false);
    measure(&edition, &config, date(2025, 1, 1), &Closings::default())
}

fn words(language: &str) -> Words {
    Words::of(&Theme::builtin(), language).value
}

fn all(statistics: &Statistics) -> Vec<Chart> {
    drawn(&Say::new(&words("en")), statistics)
}

fn drawn(say: &Say<'_>, statistics: &Statistics) -> Vec<Chart> {
    let (actions, incidents) = (&statistics.actions, &statistics.incidents);
    vec![
        super::cohorts(say, actions),
        super::flow(say, actions),
        super::survival(say, &actions.time_to_close),
        super::endings(say, &actions.time_to_close),
        super::ages(say, &actions.open_age),
        super::publication(say, &incidents.publication),
        super::monthly(say, &incidents.monthly),
        super::strips(say, "resolve", &incidents.durations.severity, |row| &row.clocks.resolve),
    ]
}

fn tables(say: &Say<'_>, statistics: &Statistics) -> Vec<Chart> {
    let (actions, incidents) = (&statistics.actions, &statistics.incidents);
    let by = |by| super::parts(say, by, &actions.slices.component);
    vec![
        super::turnover(say, actions),
        super::quality(say, actions),
        by(By::Component),
        by(By::Team),
        by(By::Severity),
        by(By::Priority),
        by(By::Kind),
        super::twice(say, &actions.asked_twice),
        super::phases(say, &incidents.durations),
        super::years(say, &incidents.calendars),
        super::downtimes(say, &incidents.downtime),
        super::causes(say, &incidents.causes),
        super::again(say, &incidents.recurrence, &|_| String::new()),
        super::coverage(say, &incidents.completeness),
    ]
}

/// Every sentence and name of a chart.
fn said(chart: &Chart) -> Vec<String> {
    let key = chart.key.iter().map(|entry| entry.label.clone());
    [chart.title.clone(), chart.finding.clone()]
        .into_iter()
        .chain(key)
        .chain(chart.table.columns.clone())
        .collect()
}

#[test]
fn a_german_site_has_german_charts() {
    // Names and symbols that both languages share.
    let shared = ["", "n", "Median", "Ticket", "Team", "All"];
    for incidents in [0, 1, 30] {
        let statistics = figures(incidents);
        let [english, german] = ["en", "de"].map(|language| {
            let words = words(language);
            let say = Say::new(&words);
            [drawn(&say, &statistics), tables(&say, &statistics)].concat()
        });
        for (one, other) in english.iter().zip(&german) {
            assert_eq!(one.key.len(), other.key.len(), "{}", one.id);
            assert_eq!(one.table.columns.len(), other.table.columns.len(), "{}", one.id);
            for (one, other) in said(one).iter().zip(said(other)) {
                assert!(!one.contains("chart_") && !one.contains(['{', '}']), "no words for {one}");
                let own =
                    shared.contains(&one.as_str()) || one.starts_with("<SEV") || one.parse::<i32>().is_ok();
                assert!(own || *one != other, "the same in both languages: {one}");
            }
            for row in &one.table.rows {
                let width = row.cells.len() + 1;
                assert_eq!(width, one.table.columns.len(), "{}: a name for every column", one.id);
            }
        }
    }
}

/// The values of an attribute, of whatever element.
fn values<'a>(svg: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    svg.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_drawing_says_in_words_what_it_shows() {
    for chart in all(&figures(30)) {
        let svg = chart.svg.unwrap();
        assert!(svg.starts_with("<svg class=\"chart\" height=\""), "{svg}");
        assert!(svg.contains("role=\"img\""));
        assert!(svg.contains(&format!("<title id=\"{}-t\">{}</title>", chart.id, chart.title)));
        assert!(svg.contains(&format!("<desc id=\"{}-d\">", chart.id)));
        assert!(chart.finding.chars().any(|c| c.is_ascii_digit()), "{}", chart.finding);
        assert!(!chart.table.rows.is_empty(), "{}", chart.id);
        assert!(!chart.key.is_empty(), "{}", chart.id);
    }
}

#[test]
fn no_drawing_needs_a_style_or_leaves_its_page() {
    for chart in all(&figures(30)) {
        let svg = chart.svg.unwrap();
        assert!(!svg.contains("style=") && !svg.contains("<script") && !svg.contains("<SEV"), "{svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        for attribute in ["x", "x1", "x2", "cx", "width"] {
            for place in values(&svg, attribute).into_iter().filter_map(|value| value.strip_suffix('%')) {
                let place: f64 = place.parse().unwrap();
                assert!((0.0..=100.0).contains(&place), "{}: {attribute} {place}", chart.id);
            }
        }
        assert!(values(&svg, "height").iter().all(|height| height.parse::<f64>().unwrap() >= 0.0));
    }
}

#[test]
fn with_few_items_there_is_a_table_and_no_drawing() {
    let statistics = figures(1);
    for chart in all(&statistics) {
        assert_eq!(chart.svg, None, "{}", chart.id);
        assert!(!chart.finding.is_empty() && !chart.finding.contains('%'), "{}: {}", chart.id, chart.finding);
    }
}

#[test]
fn an_empty_archive_draws_nothing_and_says_so() {
    for chart in all(&figures(0)) {
        assert_eq!(chart.svg, None, "{}", chart.id);
        assert!(chart.finding.ends_with('.'), "{}", chart.finding);
    }
}

#[test]
fn the_columns_of_a_cohort_add_up_to_what_the_table_says() {
    let statistics = figures(30);
    let chart = super::cohorts(&Say::new(&words("en")), &statistics.actions);
    for row in &chart.table.rows {
        let numbers: Vec<usize> = row.cells[..8].iter().map(|cell| cell.text.parse().unwrap()).collect();
        assert_eq!(numbers[0], numbers[1..].iter().sum::<usize>(), "{}", row.head.text);
        assert_eq!(row.cells[0].items.len(), numbers[0], "every number leads to its items");
    }
}

#[test]
fn a_promise_that_reaches_the_next_time_is_marked() {
    let bar = |n, created, closed| Bar { item: Item::action(0, n), created, closed };
    let member = |incident, day, bars| Member {
        item: Item::incident(incident),
        title: "it broke".to_owned(),
        date: day,
        bars,
        unknown: 0,
    };
    let first = date(2024, 3, 1);
    let members = [
        member(
            0,
            first,
            vec![
                bar(0, first, Some(date(2024, 4, 1))),
                bar(1, first, Some(date(2024, 7, 1))),
                bar(2, first, None),
            ],
        ),
        member(1, date(2024, 6, 1), vec![bar(3, date(2024, 6, 2), None)]),
    ];
    let chart = super::lanes(&Say::new(&words("en")), &members, date(2025, 1, 1));
    assert_eq!(chart.finding, "It happened 2 times; 2 promises still open when it happened again.");
    let classes = |class: &str| {
        values(chart.svg.as_deref().unwrap(), "class").into_iter().filter(|one| *one == class).count()
    };
    assert_eq!([classes("f4"), classes("f3"), classes("f1")], [1, 2, 1]);
    assert_eq!(chart.table.rows[0].cells[3].items, [Item::action(0, 1), Item::action(0, 2)]);
    assert_eq!(chart.table.rows[1].cells[1].text, "92");
}
