//! Stories of promises.

use super::{TODAY, action, day, figures, figures_on, incident, severe, ticket};
use crate::measure::{Closing, ClosingSource, Closings, Count, History, Item, Statistics};
use crate::model::ActionState::{Cancelled, Done, InProgress, Open, Proposed, Unknown};
use crate::model::{ActionItem, ActionState, Incident};
use std::sync::Arc;

fn with(mut incident: Incident, actions: Vec<ActionItem>) -> Incident {
    incident.actions = actions;
    incident
}

fn dated(mut item: ActionItem, closed: Option<&str>, due: Option<&str>) -> ActionItem {
    item.closed = closed.map(day);
    item.due = due.map(day);
    item
}

fn in_state(statistics: &Statistics, state: ActionState) -> usize {
    statistics.actions.states.iter().find(|entry| entry.state == state).map_or(0, |entry| entry.count.n())
}

#[test]
fn what_the_source_does_not_say_is_neither_open_nor_done() {
    let mut items: Vec<ActionItem> =
        [Done, Done, Done, Open, InProgress].map(|state| action("a", state)).to_vec();
    items.extend([Unknown, Unknown, Cancelled, Proposed].map(|state| action("b", state)));
    let statistics = figures(vec![with(incident("2024-06-01", "a"), items)]);
    let completion = &statistics.actions.completion;
    assert_eq!((completion.part(), completion.n(), completion.missing.len()), (3, 5, 2));
    assert_eq!(completion.missing, [Item::action(0, 5), Item::action(0, 6)]);
    assert_eq!(in_state(&statistics, Unknown), 2);
    assert_eq!(statistics.actions.open_age.days.n(), 2);
}

#[test]
fn a_cohort_says_what_became_of_its_items_and_how_young_they_are() {
    let old = with(
        incident("2024-02-10", "old"),
        vec![
            dated(action("in time", Done), Some("2024-02-20"), Some("2024-03-01")),
            dated(action("late", Done), Some("2024-05-30"), Some("2024-03-01")),
            dated(action("never", Open), None, Some("2024-04-01")),
            action("whenever", Open),
            action("who knows", Unknown),
        ],
    );
    let young = with(incident("2024-12-20", "young"), vec![action("new", Open)]);
    let statistics = figures(vec![old, young]);
    let words: Vec<String> = statistics.actions.cohorts.iter().map(|one| one.quarter.to_string()).collect();
    assert_eq!(words, ["2024 Q1", "2024 Q2", "2024 Q3", "2024 Q4", "2025 Q1"], "no gap, up to today");
    let cohort = &statistics.actions.cohorts[0];
    let parts = [&cohort.done, &cohort.late, &cohort.overdue, &cohort.open, &cohort.unknown];
    assert_eq!(parts.map(Count::n), [1, 1, 1, 1, 1]);
    assert_eq!(cohort.unripe.n(), 0);
    assert_eq!((cohort.within_30.part(), cohort.within_30.n(), cohort.within_30.missing.len()), (1, 4, 1));
    assert_eq!(cohort.within_90.part(), 1, "110 days are more than 90");
    let newest = &statistics.actions.cohorts[3];
    assert_eq!((newest.unripe.n(), newest.within_30.n()), (1, 0), "twelve days old: too young to ask");
}

#[test]
fn late_and_still_open_both_break_the_date() {
    let items = vec![
        dated(action("kept", Done), Some("2024-07-01"), Some("2024-07-01")),
        dated(action("late", Done), Some("2024-07-02"), Some("2024-07-01")),
        dated(action("open", Open), None, Some("2024-07-01")),
        dated(action("dropped", Cancelled), Some("2024-06-20"), Some("2024-07-01")),
        dated(action("done some day", Done), None, Some("2024-07-01")),
        dated(action("due today", Open), None, Some("2025-01-01")),
        action("without a date", Open),
    ];
    let actions = figures(vec![with(incident("2024-06-01", "a"), items)]).actions;
    assert_eq!((actions.on_time.part(), actions.on_time.n(), actions.on_time.missing.len()), (1, 3, 1));
    let overdue: Vec<f64> = actions.overdue.days.values.iter().map(|one| one.value).collect();
    assert_eq!(overdue, [184.0]);
    assert_eq!((actions.overdue.not_due.n(), actions.overdue.without_due.n()), (1, 1));
}

#[test]
fn on_an_earlier_day_what_was_closed_later_was_still_open() {
    let item = || vec![dated(action("a", Done), Some("2024-09-15"), None)];
    let incidents = || vec![with(incident("2024-06-01", "a"), item()), incident("2024-12-01", "later")];
    let then = figures_on(incidents(), day("2024-08-01"), &Closings::default());
    assert_eq!((in_state(&then, Open), in_state(&then, Done)), (1, 0));
    assert_eq!(then.incidents.all.n(), 1, "the other had not happened yet");
    let now = figures(incidents());
    assert_eq!((in_state(&now, Open), in_state(&now, Done)), (0, 1));
}

#[test]
fn history_gives_the_day_a_row_does_not_say() {
    let incidents = || vec![with(incident("2024-06-01", "a"), vec![action("a", Done)])];
    assert_eq!(figures(incidents()).actions.time_to_close.missing.without_end.n(), 1);
    let mut closings = Closings::new(History::Whole);
    let path: Arc<str> = "2024-06-01-a.md".into();
    closings.add(&path, 1, Closing { from: ClosingSource::Git, date: day("2024-06-11") });
    let actions = figures_on(incidents(), TODAY, &closings).actions;
    assert_eq!(actions.time_to_close.missing.without_end.n(), 0);
    assert_eq!(actions.time_to_close.all.quantile(0.5), Some(10));
}

#[test]
fn flow_counts_by_the_day_of_closing_and_levels_add_up() {
    let mut items = vec![
        dated(action("a", Done), Some("2024-07-10"), None),
        dated(action("b", Cancelled), Some("2024-08-01"), None),
        action("c", Open),
        action("d", Unknown),
        action("e", Done),
    ];
    items.push(action("f", Proposed));
    let flow = figures(vec![with(incident("2024-06-01", "a"), items)]).actions.flow;
    let turnovers: Vec<(String, usize, usize, usize)> = flow
        .quarters
        .iter()
        .map(|one| (one.quarter.to_string(), one.opened.n(), one.done.n(), one.cancelled.n()))
        .collect();
    assert_eq!(turnovers[0], ("2024 Q2".to_owned(), 4, 0, 0));
    assert_eq!(turnovers[1], ("2024 Q3".to_owned(), 0, 1, 1));
    assert_eq!(flow.undated.n(), 1);
    for level in &flow.levels {
        assert_eq!(level.done + level.cancelled + level.open + level.unknown, 5, "{}", level.month);
    }
    let last = flow.levels.last().unwrap();
    assert_eq!((last.done, last.cancelled, last.open, last.unknown), (1, 1, 1, 2));
}

#[test]
fn a_promise_made_twice_is_found_by_ticket_or_words() {
    let mut by_ticket = action("rotate the client certificate", Open);
    by_ticket.tickets = vec![ticket("OPS-365")];
    let mut again = action("finally automate renewals", Unknown);
    again.tickets = vec![ticket("ops-365")];
    let words = "Alert when the idle connections of pgbouncer run low";
    let first =
        with(incident("2024-01-05", "a"), vec![by_ticket, action(words, Done), action("add alerts", Open)]);
    let second = with(
        incident("2024-04-05", "b"),
        vec![
            again,
            action("alert when idle connections of PgBouncer run low.", Open),
            action("Add alerts", Open),
        ],
    );
    let twice = figures(vec![first, second]).actions.asked_twice;
    assert_eq!(twice.len(), 2, "two words are too few to be the same promise: {twice:?}");
    assert_eq!(twice[0].ticket.as_deref(), Some("OPS-365"));
    assert_eq!((twice[0].incidents, twice[0].open.n(), twice[0].unknown.n()), (2, 1, 1));
    assert_eq!(twice[0].first_asked, Some(day("2024-01-05")));
    assert_eq!((twice[1].text.as_str(), twice[1].ticket.as_deref()), (words, None));
}

#[test]
fn slices_count_an_item_of_two_components_in_both() {
    let mut one = with(severe(incident("2024-06-01", "a"), 2), vec![action("a", Open)]);
    one.components = vec!["hub".to_owned(), "proxy".to_owned()];
    let other = with(incident("2024-07-01", "b"), vec![action("b", Done)]);
    let slices = figures(vec![one, other]).actions.slices;
    let names: Vec<(Option<&str>, usize)> =
        slices.component.iter().map(|slice| (slice.name.as_deref(), slice.n())).collect();
    assert_eq!(names, [(None, 1), (Some("hub"), 1), (Some("proxy"), 1)]);
    let severities: Vec<Option<&str>> = slices.severity.iter().map(|slice| slice.name.as_deref()).collect();
    assert_eq!(severities, [Some("SEV2"), None]);
}
