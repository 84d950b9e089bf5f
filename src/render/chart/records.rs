//! Figures of incidents that are read as tables: their phases, their years, what came back, and how much reports say.

use super::{Cell, Chart, DataTable, Say};
use crate::measure::incidents::{Calendar, Completeness, Downtime, Durations, Recurrence, Row};
use crate::measure::{Item, Spread};
use std::collections::BTreeMap;

/// Medians of the phases, by severity.
pub fn phases(say: &Say<'_>, durations: &Durations) -> Chart {
    let mut table = say.table("chart_phases_columns");
    let all = Row { name: Some(say.get("chart_all")), rank: None, clocks: durations.all.clone() };
    for row in durations.severity.iter().chain([&all]) {
        let clocks = &row.clocks;
        let cells = [&clocks.detect, &clocks.acknowledge, &clocks.mitigate, &clocks.resolve]
            .map(|spread| median(say, spread));
        table.push(row.name.clone().unwrap_or_else(|| say.get("chart_not_stated")), cells.to_vec());
    }
    let known = durations.all.resolve.n();
    let missing = durations.all.resolve.missing.len();
    let incidents = say.count("incidents_n", known);
    let finding = say.fill("chart_phases_found", &[("incidents", &incidents), ("missing", &missing)]);
    say.shown("phases", finding, table)
}

fn median(say: &Say<'_>, spread: &Spread) -> Cell {
    let items = spread.values.iter().map(|one| one.item).collect();
    let text = match spread.quantiles() {
        Some(all) => format!("{} (n {})", say.units.length(all.median), spread.n()),
        None => format!("n {}", spread.n()),
    };
    Cell::of(text, items)
}

/// Incidents of each component, year by year.
pub fn years(say: &Say<'_>, calendars: &[Calendar]) -> Chart {
    let counted = |calendar: &Calendar| {
        let mut years: BTreeMap<i16, Vec<Item>> = BTreeMap::new();
        for one in &calendar.months {
            years.entry(one.month.year).or_default().extend(&one.count.items);
        }
        (name(say, calendar.component.as_ref()), years)
    };
    let table = by_year(say, calendars.iter().map(counted).collect());
    let finding = match calendars.iter().filter(|one| one.component.is_some()).count() {
        0 => say.get("chart_years_none"),
        n => say.count("chart_years_found", n),
    };
    say.shown("years", finding, DataTable { shaded: true, ..table })
}

/// How long each component was down, year by year.
pub fn downtimes(say: &Say<'_>, all: &[Downtime]) -> Chart {
    let mut table = say.table("chart_downtime_columns");
    let mut sorted: Vec<(i64, &Downtime)> =
        all.iter().map(|one| (one.months.iter().map(|month| month.seconds).sum(), one)).collect();
    sorted.sort_by_key(|(seconds, one)| (one.component.is_none(), std::cmp::Reverse(*seconds)));
    for (seconds, one) in sorted {
        let mut items: Vec<Item> =
            one.months.iter().flat_map(|month| month.count.items.iter().copied()).collect();
        items.sort_unstable();
        items.dedup();
        let longest = one.months.iter().max_by_key(|month| month.seconds);
        let longest = longest.map_or_else(
            || "–".to_owned(),
            |month| {
                say.fill("chart_downtime_in", &[("x", &length(say, month.seconds)), ("month", &month.month)])
            },
        );
        let cells = vec![
            Cell::words(if items.is_empty() { "–".to_owned() } else { length(say, seconds) }),
            Cell::from(items.as_slice()),
            Cell::words(longest),
            Cell::from(&one.missing),
            Cell::from(&one.without_zone),
        ];
        table.push(name(say, one.component.as_ref()), cells);
    }
    say.shown("downtime", say.get("chart_downtime_found"), table)
}

fn length(say: &Say<'_>, seconds: i64) -> String {
    say.units.length(f64::from(u32::try_from(seconds).unwrap_or(u32::MAX)))
}

fn name(say: &Say<'_>, component: Option<&String>) -> String {
    component.cloned().unwrap_or_else(|| say.get("chart_none_named"))
}

/// Years shown at most; what lies before them stands in a column of its own.
const YEARS: usize = 8;

fn by_year(say: &Say<'_>, mut rows: Vec<(String, BTreeMap<i16, Vec<Item>>)>) -> DataTable {
    let all = |years: &BTreeMap<i16, Vec<Item>>| years.values().map(Vec::len).sum::<usize>();
    rows.sort_by_key(|(_, years)| std::cmp::Reverse(all(years)));
    let last = rows.iter().filter_map(|(_, years)| years.keys().next_back()).max().copied();
    let first = rows.iter().filter_map(|(_, years)| years.keys().next()).min().copied();
    let shown: Vec<i16> =
        last.zip(first).map_or_else(Vec::new, |(last, first)| (first..=last).rev().take(YEARS).collect());
    let oldest = shown.last().copied().unwrap_or_default();
    let mut table = say.table("chart_years_columns");
    table.columns.extend(shown.iter().map(i16::to_string));
    let earlier = first.is_some_and(|first| first < oldest);
    if earlier {
        table.columns.push(say.fill("chart_years_before", &[("x", &oldest)]));
    }
    for (name, years) in rows {
        let cell = |items: &[Item]| match items {
            [] => Cell::default(),
            items => Cell::from(items),
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
pub fn again(say: &Say<'_>, figures: &Recurrence, title: &dyn Fn(usize) -> String) -> Chart {
    let mut table = say.table("chart_again_columns");
    for pair in &figures.pairs {
        let link = |number| Cell::of(title(number), vec![Item::incident(number)]);
        let days = pair.days.map_or_else(|| say.get("chart_not_known"), |days| days.to_string());
        table.rows.push(super::Row {
            id: "",
            head: link(pair.incident),
            cells: vec![link(pair.earlier), Cell::words(days)],
        });
    }
    let mut finding = match figures.again.n() {
        0 => say.get("chart_again_unstated"),
        _ => say.fill("chart_again_found", &[("x", &say.units.share(&figures.again))]),
    };
    if let Some(gap) = figures.gap.quantiles() {
        finding.push(' ');
        finding += &say.fill("chart_again_half", &[("x", &say.units.days(gap.median))]);
    }
    say.shown("again", finding, table)
}

/// How many reports give each fact.
pub fn coverage(say: &Say<'_>, figures: &Completeness) -> Chart {
    let mut table = say.table("chart_coverage_columns");
    for (fact, share) in &figures.facts {
        let counts = [&share.yes, &share.no].map(|items| Cell::from(items.as_slice()));
        let cells = counts.into_iter().chain([Cell::words(say.units.share(share))]);
        table.push(say.get(&format!("chart_coverage_{fact}")), cells.collect());
    }
    let n = figures.facts.first().map_or(0, |(_, share)| share.n());
    say.shown("coverage", say.count("chart_coverage_found", n), table)
}
