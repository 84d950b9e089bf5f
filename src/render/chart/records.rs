//! Figures of incidents that are read as tables: their phases, their years, what came back, and how much reports say.

use super::promises::shown;
use super::{Cell, Chart, DataTable, count};
use crate::measure::incidents::{Calendar, Completeness, Downtime, Durations, Recurrence, Row};
use crate::measure::{Item, Spread, days_in_words, length_in_words, share_in_words};
use std::collections::BTreeMap;

/// Medians of the phases, by severity.
pub fn phases(durations: &Durations) -> Chart {
    let mut table = DataTable::new(&["Severity", "To detect", "To acknowledge", "To mitigate", "To resolve"]);
    let all = Row { name: Some("All".to_owned()), rank: None, clocks: durations.all.clone() };
    for row in durations.severity.iter().chain([&all]) {
        let clocks = &row.clocks;
        let cells = [&clocks.detect, &clocks.acknowledge, &clocks.mitigate, &clocks.resolve].map(median);
        table.push(row.name.clone().unwrap_or_else(|| "Not stated".to_owned()), cells.to_vec());
    }
    let known = durations.all.resolve.n();
    let finding = format!(
        "Medians, with how many incidents they rest on; fewer than five are only counted. To detect is detected − started, to \
         acknowledge is acknowledged − detected, to mitigate and to resolve begin at the start. Of {} both ends are known, of {} not.",
        count(known, "incident"),
        durations.all.resolve.missing.len()
    );
    shown("phases", "Phases of incidents, by severity", finding, table)
}

fn median(spread: &Spread) -> Cell {
    let items = spread.values.iter().map(|one| one.item).collect();
    let text = match spread.quantiles() {
        Some(all) => format!("{} (n {})", length_in_words(all.median), spread.n()),
        None => format!("n {}", spread.n()),
    };
    Cell::of(text, items)
}

/// Incidents of each component, year by year.
pub fn years(calendars: &[Calendar]) -> Chart {
    let counted = |calendar: &Calendar| {
        let mut years: BTreeMap<i16, Vec<Item>> = BTreeMap::new();
        for one in &calendar.months {
            years.entry(one.month.year).or_default().extend(&one.count.items);
        }
        (name(calendar.component.as_ref()), years)
    };
    let table = by_year(calendars.iter().map(counted).collect(), |items| items.len().to_string());
    let finding = match calendars.iter().filter(|one| one.component.is_some()).count() {
        0 => "No incident names a component.".to_owned(),
        n => {
            format!("{}, those with most incidents first; near misses are among them.", count(n, "component"))
        }
    };
    shown("years", "Incidents of each component", finding, DataTable { shaded: true, ..table })
}

/// How long each component was down, year by year.
pub fn downtimes(all: &[Downtime]) -> Chart {
    let mut table = DataTable::new(&[
        "Component",
        "Down in all",
        "Incidents",
        "Longest month",
        "Not known",
        "Zone not stated",
    ]);
    let mut sorted: Vec<(i64, &Downtime)> =
        all.iter().map(|one| (one.months.iter().map(|month| month.seconds).sum(), one)).collect();
    sorted.sort_by_key(|(seconds, one)| (one.component.is_none(), std::cmp::Reverse(*seconds)));
    for (seconds, one) in sorted {
        let mut items: Vec<Item> =
            one.months.iter().flat_map(|month| month.count.items.iter().copied()).collect();
        items.sort_unstable();
        items.dedup();
        let longest = one.months.iter().max_by_key(|month| month.seconds);
        let longest = longest
            .map_or_else(|| "–".to_owned(), |month| format!("{} in {}", length(month.seconds), month.month));
        let cells = vec![
            Cell::words(if items.is_empty() { "–".to_owned() } else { length(seconds) }),
            Cell::from(items.as_slice()),
            Cell::words(longest),
            Cell::from(&one.missing),
            Cell::from(&one.without_zone),
        ];
        table.push(name(one.component.as_ref()), cells);
    }
    let finding = "Where incidents overlap, the time counts once. Incidents without a known start or end are not in it; times \
                   without a zone are read in the zone of the site. \
                   This is no availability: a component may be up for most people during an incident.";
    shown("downtime", "Time down, by component", finding.to_owned(), table)
}

fn length(seconds: i64) -> String {
    length_in_words(f64::from(u32::try_from(seconds).unwrap_or(u32::MAX)))
}

fn name(component: Option<&String>) -> String {
    component.cloned().unwrap_or_else(|| "None named".to_owned())
}

/// Years shown at most; what lies before them stands in a column of its own.
const YEARS: usize = 8;

fn by_year(mut rows: Vec<(String, BTreeMap<i16, Vec<Item>>)>, text: fn(&[Item]) -> String) -> DataTable {
    let all = |years: &BTreeMap<i16, Vec<Item>>| years.values().map(Vec::len).sum::<usize>();
    rows.sort_by_key(|(_, years)| std::cmp::Reverse(all(years)));
    let last = rows.iter().filter_map(|(_, years)| years.keys().next_back()).max().copied();
    let first = rows.iter().filter_map(|(_, years)| years.keys().next()).min().copied();
    let shown: Vec<i16> =
        last.zip(first).map_or_else(Vec::new, |(last, first)| (first..=last).rev().take(YEARS).collect());
    let oldest = shown.last().copied().unwrap_or_default();
    let mut columns = vec!["Component".to_owned(), "All".to_owned()];
    columns.extend(shown.iter().map(i16::to_string));
    let earlier = first.is_some_and(|first| first < oldest);
    if earlier {
        columns.push(format!("Before {oldest}"));
    }
    let mut table = DataTable { columns, ..DataTable::default() };
    for (name, years) in rows {
        let cell = |items: &[Item]| match items {
            [] => Cell::default(),
            items => Cell::of(text(items), items.to_vec()),
        };
        let every: Vec<Item> = years.values().flatten().copied().collect();
        let of = |year: &i16| cell(years.get(year).map_or(&[], Vec::as_slice));
        let before: Vec<Item> = years.range(..oldest).flat_map(|(_, items)| items.iter().copied()).collect();
        let cells =
            [cell(&every)].into_iter().chain(shown.iter().map(of)).chain(earlier.then(|| cell(&before)));
        table.push(name, cells.collect());
    }
    table
}

/// Incidents that had happened before, as their authors state it; `title` names an incident.
pub fn again(figures: &Recurrence, title: &dyn Fn(usize) -> String) -> Chart {
    let mut table = DataTable::new(&["Incident", "Happened before as", "Days since"]);
    for pair in &figures.pairs {
        let link = |number| Cell::of(title(number), vec![Item::incident(number)]);
        let days = pair.days.map_or_else(|| "not known".to_owned(), |days| days.to_string());
        table.rows.push(super::Row {
            head: link(pair.incident),
            cells: vec![link(pair.earlier), Cell::words(days)],
        });
    }
    let gap = figures
        .gap
        .quantiles()
        .map_or_else(String::new, |all| format!(" Half came back within {}.", days_in_words(all.median)));
    let finding = format!(
        "Had happened before: {}. Only what authors state counts: a family, or a link that says it was the same cause.{gap}",
        share_in_words(&figures.again)
    );
    shown("again", "What came back", finding, table)
}

/// How many reports give each fact.
pub fn coverage(figures: &Completeness) -> Chart {
    let mut table = DataTable::new(&["The report", "Yes", "No", "Share"]);
    for (_, share) in &figures.facts {
        let counts = [&share.yes, &share.no].map(|items| Cell::from(items.as_slice()));
        table
            .push(share.definition, counts.into_iter().chain([Cell::words(share_in_words(share))]).collect());
    }
    let n = figures.facts.first().map_or(0, |(_, share)| share.n());
    let finding = format!("Of {}: every figure above rests on what they say.", count(n, "report"));
    shown("coverage", "How much the reports say", finding, table)
}
