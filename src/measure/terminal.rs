//! The figures as text, for `kb stats`: the same numbers as in the data, in reading order.

use super::figure::{Count, Share, Spread};
use super::words::{days_in_words, length_in_words, percent, share_in_words};
use super::{ActionFigures, History, IncidentFigures, Statistics};
use std::fmt::Write as _;

/// The figures as lines to read in a terminal, without colours.
pub fn table(statistics: &Statistics) -> String {
    let mut out = format!("figures at the end of {}\n", statistics.as_of);
    push_actions(&statistics.actions, &mut out);
    push_history(statistics, &mut out);
    push_incidents(&statistics.incidents, &mut out);
    if let Some(elsewhere) = &statistics.elsewhere {
        let without = format!("{} of {}", elsewhere.missing.len(), elsewhere.known);
        row(
            &mut out,
            "without a report",
            &without,
            "incidents that status pages and pagers know; see `kb coverage`",
        );
    }
    push_definitions(statistics, &mut out);
    out
}

/// One row: a name, the number, and what it counts.
fn row(out: &mut String, name: &str, value: &str, note: &str) {
    let line = format!("  {name:<22}{value:<33} {note}");
    out.push_str(line.trim_end());
    out.push('\n');
}

fn heading(out: &mut String, title: &str, all: &Count) {
    let _ = write!(out, "\n{title} ({})\n", all.n());
}

fn push_actions(actions: &ActionFigures, out: &mut String) {
    heading(out, "action items", &actions.all);
    for entry in actions.states.iter().filter(|entry| entry.count.n() > 0) {
        row(out, entry.state.word(), &entry.count.n().to_string(), "");
    }
    push_share(out, "completion", &actions.completion);
    push_share(out, "on time", &actions.on_time);
    push_spread(out, "overdue", &actions.overdue.days, days_in_words);
    push_spread(out, "age of open", &actions.open_age.days, days_in_words);
    push_closing(actions, out);
    let quality = &actions.quality;
    push_share(out, "with owner", &quality.owner);
    push_share(out, "with due date", &quality.due);
    push_share(out, "with ticket", &quality.ticket);
    push_share(out, "with done-when", &quality.done_when);
    row(
        out,
        "asked for twice",
        &actions.asked_twice.len().to_string(),
        "same ticket or nearly the same words in two incidents",
    );
    push_cohorts(actions, out);
}

fn push_closing(actions: &ActionFigures, out: &mut String) {
    let closing = &actions.time_to_close;
    let known = if closing.watched.n() < super::FEW {
        "too few to say".to_owned()
    } else {
        format!("median {}", closing.median_in_words())
    };
    let out_of =
        closing.missing.unknown.n() + closing.missing.without_start.n() + closing.missing.without_end.n();
    let note = [format!("n {}", closing.watched.n()), missing(out_of)];
    row(out, "time to close", &known, note.join("  ").trim_end());
}

fn push_cohorts(actions: &ActionFigures, out: &mut String) {
    if actions.cohorts.is_empty() {
        return;
    }
    out.push_str("\n  created     all  done  late  overdue  open  unknown  completion\n");
    for cohort in &actions.cohorts {
        let rate = cohort.completion.rate().map_or_else(|| "–".to_owned(), |(rate, _)| percent(rate));
        let young = if cohort.unripe.n() > 0 { "  (young)" } else { "" };
        let _ = writeln!(
            out,
            "  {:<10}{:>5}{:>6}{:>6}{:>9}{:>6}{:>9}{rate:>12}{young}",
            cohort.quarter.to_string(),
            cohort.all.n(),
            cohort.done.n(),
            cohort.late.n(),
            cohort.overdue.n(),
            cohort.open.n(),
            cohort.unknown.n(),
        );
    }
}

fn push_history(statistics: &Statistics, out: &mut String) {
    let undated = statistics.actions.time_to_close.missing.without_end.n();
    if undated == 0 {
        return;
    }
    let why = match statistics.history {
        History::Whole => "neither row, ticket nor history says when",
        History::Shallow => "the history of the files is cut off, so that it cannot say when",
        History::NotRead => "no row or ticket says when, and the history of the files was not read",
    };
    let _ = writeln!(out, "\n  closed without a usable date: {undated}; {why}");
}

fn push_incidents(incidents: &IncidentFigures, out: &mut String) {
    heading(out, "incidents", &incidents.all);
    row(out, "near misses", &incidents.near_misses.n().to_string(), "");
    let clocks = &incidents.durations.all;
    push_spread(out, "time to detect", &clocks.detect, length_in_words);
    push_spread(out, "time to acknowledge", &clocks.acknowledge, length_in_words);
    push_spread(out, "time to mitigate", &clocks.mitigate, length_in_words);
    push_spread(out, "time to resolve", &clocks.resolve, length_in_words);
    push_spread(out, "until published", &incidents.publication.lag, length_in_words);
    push_share(out, "published in time", &incidents.publication.in_time);
    push_share(out, "happened before", &incidents.recurrence.again);
    push_spread(out, "since the time before", &incidents.recurrence.gap, days_in_words);
}

fn push_share(out: &mut String, name: &str, share: &Share) {
    row(out, name, &share_in_words(share), &missing(share.missing.len()));
}

fn push_spread(out: &mut String, name: &str, spread: &Spread, words: fn(f64) -> String) {
    let value = match (spread.quantiles(), spread.ends()) {
        (Some(quantiles), _) => format!("median {}, p90 {}", words(quantiles.median), words(quantiles.p90)),
        (None, Some(_)) => {
            let values: Vec<String> = spread.values.iter().map(|one| words(one.value)).collect();
            values.join(", ")
        }
        (None, None) => "–".to_owned(),
    };
    let note = [format!("n {}", spread.n()), missing(spread.missing.len())];
    row(out, name, &value, note.join("  ").trim_end());
}

fn missing(n: usize) -> String {
    if n == 0 { String::new() } else { format!("{n} not known") }
}

/// What each figure counts, once, below them.
fn push_definitions(statistics: &Statistics, out: &mut String) {
    let (actions, incidents) = (&statistics.actions, &statistics.incidents);
    let clocks = &incidents.durations.all;
    let definitions = [
        ("completion", actions.completion.definition),
        ("on time", actions.on_time.definition),
        ("overdue", actions.overdue.days.definition),
        ("age of open", actions.open_age.days.definition),
        ("time to close", actions.time_to_close.definition),
        ("time to detect", clocks.detect.definition),
        ("time to acknowledge", clocks.acknowledge.definition),
        ("time to mitigate", clocks.mitigate.definition),
        ("time to resolve", clocks.resolve.definition),
        ("until published", incidents.publication.lag.definition),
        ("published in time", incidents.publication.in_time.definition),
        ("happened before", incidents.recurrence.again.definition),
        ("since the time before", incidents.recurrence.gap.definition),
    ];
    out.push_str("\nwhat they count (percentages with their 95 % interval)\n");
    for (name, definition) in definitions {
        let _ = writeln!(out, "  {name:<22}{definition}");
    }
}
