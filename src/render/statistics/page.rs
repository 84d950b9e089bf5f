//! The page of all figures, as data for its template.

use super::{Figures, basis};
use crate::measure::{History, Statistics, percent};
use crate::plan::view::Views;
use crate::plan::{figures, url};
use crate::render::chart::{Cell, Chart, KeyEntry, ROWS, Say};
use serde::Serialize;

/// The statistics page.
#[derive(Debug, Serialize)]
pub(in crate::render) struct StatisticsPage<'f> {
    /// The figures' day.
    as_of: String,
    /// What is found over all, in a sentence.
    lead: String,
    /// What the sources do not say, and what that means for the figures.
    caveats: Vec<String>,
    /// The numbers at the head.
    facts: Vec<Fact>,
    /// Whether promises are shown.
    with_actions: bool,
    /// Figures of promises.
    actions: Vec<Figure<'f>>,
    /// Figures of incidents.
    incidents: Vec<Figure<'f>>,
    /// All numbers in one table.
    overview: Vec<Figure<'f>>,
    /// Addresses of the figures as data, and of the list of promises.
    json: &'static str,
}

/// A number at the head of the page.
#[derive(Debug, Serialize)]
struct Fact {
    key: &'static str,
    value: String,
    note: Option<String>,
    bad: bool,
    link: Option<String>,
}

/// One figure with all that stands around it.
#[derive(Debug, Serialize)]
pub(super) struct Figure<'f> {
    id: &'static str,
    title: &'f str,
    finding: &'f str,
    svg: Option<&'f str>,
    key: &'f [KeyEntry],
    columns: &'f [String],
    rows: Vec<FigureRow<'f>>,
    /// Rows that only the CSV file holds.
    more: usize,
    shaded: bool,
    /// Whether the table is long enough to be closed though there is no drawing.
    long: bool,
    basis: Vec<Linked>,
    csv: String,
    behind: Option<String>,
}

#[derive(Debug, Serialize)]
struct FigureRow<'f> {
    head: Field<'f>,
    cells: Vec<Field<'f>>,
}

#[derive(Debug, Serialize)]
struct Field<'f> {
    text: &'f str,
    /// An address within the site.
    link: Option<String>,
    /// An address elsewhere.
    far: Option<&'f str>,
    shade: usize,
}

#[derive(Debug, Serialize)]
struct Linked {
    name: String,
    n: usize,
    link: String,
}

/// The id of the list behind a cell: row and column from 0; the head of a row is column 0.
pub(super) fn place(row: usize, column: usize) -> String {
    format!("r{row}c{column}")
}

/// The id of the list behind a group of the basis.
pub(super) fn basis_place(number: usize) -> String {
    format!("b{number}")
}

impl<'f> StatisticsPage<'f> {
    pub(in crate::render) fn of(drawn: &'f Figures, views: &Views<'_>) -> Self {
        let all = views.statistics();
        let say = &Say::new(&views.words);
        let pick = |ids: &[&'static str]| {
            ids.iter().filter_map(|id| Some(figure(drawn.get(id)?, views))).collect::<Vec<_>>()
        };
        Self {
            as_of: all.as_of.to_string(),
            lead: lead(say, all, views.site.shows_actions()),
            caveats: caveats(say, all, views),
            facts: facts(say, all, drawn, views),
            with_actions: views.site.shows_actions(),
            actions: pick(&figures::OF_ACTIONS),
            incidents: pick(&[&figures::OF_INCIDENTS[..], &[figures::ELSEWHERE]].concat()),
            overview: pick(&[figures::OVERVIEW]),
            json: "api/v1/stats.json",
        }
    }
}

fn address(id: &str, views: &Views<'_>) -> String {
    url::link(&format!("stats/{id}"), views.site.config.urls)
}

fn figure<'f>(chart: &'f Chart, views: &Views<'_>) -> Figure<'f> {
    let address = address(chart.id, views);
    let most =
        chart.table.rows.iter().flat_map(|row| row.cells.iter().skip(1)).map(|cell| cell.items.len()).max();
    let field = |row: usize, column: usize, cell: &'f Cell| Field {
        text: &cell.text,
        link: link(cell, views)
            .or_else(|| (!cell.items.is_empty()).then(|| format!("{address}#{}", place(row, column)))),
        far: cell.far.as_deref(),
        shade: shade(cell.items.len(), most.unwrap_or(0), column),
    };
    let rows = chart.table.rows.iter().take(ROWS).enumerate().map(|(row, data)| FigureRow {
        head: field(row, 0, &data.head),
        cells: data.cells.iter().enumerate().map(|(column, cell)| field(row, column + 1, cell)).collect(),
    });
    let basis = basis::basis(chart.id, views.statistics());
    let linked = |(number, (name, items)): (usize, &(&'static str, &[crate::measure::Item]))| Linked {
        name: views.words.get(name).to_owned(),
        n: items.len(),
        link: format!("{address}#{}", basis_place(number)),
    };
    let counts = chart.table.rows.iter().any(|row| row.cells.iter().any(|cell| !cell.items.is_empty()));
    Figure {
        id: chart.id,
        title: &chart.title,
        finding: &chart.finding,
        svg: chart.svg.as_deref(),
        key: &chart.key,
        columns: &chart.table.columns,
        rows: rows.collect(),
        more: chart.table.rows.len().saturating_sub(ROWS),
        shaded: chart.table.shaded,
        long: chart.table.rows.len() > LONG,
        csv: url::encode(&format!("stats/{}.csv", chart.id)),
        behind: (counts || !basis.is_empty()).then_some(address.clone()),
        basis: basis.iter().enumerate().map(linked).collect(),
    }
}

/// Tables with more rows are opened by the reader.
const LONG: usize = 15;

/// A cell that names one incident leads to it at once.
fn link(cell: &Cell, views: &Views<'_>) -> Option<String> {
    match cell.items.as_slice() {
        [one] if one.of_action().is_none() && cell.text.parse::<usize>().is_err() => {
            Some(views.site.incident_link(one.of_incident()))
        }
        _ => None,
    }
}

/// Four shades by quarters of the largest count; the second column, of sums, has none.
fn shade(count: usize, most: usize, column: usize) -> usize {
    if count == 0 || column < 2 { 0 } else { (count * 4).div_ceil(most.max(1)).min(4) }
}

fn lead(say: &Say<'_>, all: &Statistics, with_actions: bool) -> String {
    let incidents = &all.incidents;
    let resolve = &incidents.durations.all.resolve;
    let misses = match incidents.near_misses.n() {
        0 => String::new(),
        n => say.count("stats_misses", n),
    };
    let half = resolve.quantiles().map_or_else(String::new, |quantiles| {
        let within = say.units.length(quantiles.median);
        say.fill("stats_half", &[("known", &resolve.n()), ("x", &within)])
    });
    let known = say.count("incidents_n", incidents.all.n());
    let mut words = say.fill("stats_lead", &[("incidents", &known), ("misses", &misses), ("half", &half)]);
    if with_actions {
        words += &promises(say, all);
    }
    words
}

fn promises(say: &Say<'_>, all: &Statistics) -> String {
    let actions = &all.actions;
    let overdue = &actions.overdue.days;
    let late = match overdue.ends() {
        None => say.get("stats_none_overdue"),
        Some((_, most)) => {
            say.fill("stats_overdue", &[("n", &overdue.n()), ("x", &say.units.days(most.value))])
        }
    };
    let agreed = match actions.completion.n() {
        0 => String::new(),
        _ => format!(" {}", say.fill("stats_agreed", &[("x", &say.units.share(&actions.completion))])),
    };
    format!("{agreed} {late}")
}

fn caveats(say: &Say<'_>, all: &Statistics, views: &Views<'_>) -> Vec<String> {
    let mut said = Vec::new();
    let actions = &all.actions;
    let unknown = actions.completion.missing.len();
    let n = actions.all.n();
    if views.site.shows_actions() && unknown * 5 > n {
        let share = crate::measure::estimate::real(unknown) / crate::measure::estimate::real(n.max(1));
        said.push(say.fill(
            "stats_unknown",
            &[("unknown", &unknown), ("all", &n), ("share", &percent(share)), ("rest", &(n - unknown))],
        ));
    }
    if views.site.shows_actions() {
        said.extend(history(say, all));
    }
    let undated = all.incidents.undated.n();
    if undated > 0 {
        said.push(say.count("stats_undated", undated));
    }
    said
}

/// What the history of the files could tell, where closing dates are missing.
fn history(say: &Say<'_>, all: &Statistics) -> Option<String> {
    let undated = all.actions.time_to_close.missing.without_end.n();
    let why = say.get(match all.history {
        History::NotRead => "stats_history_unread",
        History::Shallow => "stats_history_shallow",
        History::Whole => "stats_history_whole",
    });
    (undated > 0).then(|| say.fill("stats_ended", &[("n", &undated), ("why", &why)]))
}

fn facts(say: &Say<'_>, all: &Statistics, drawn: &Figures, views: &Views<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut fact = |key, (value, note): (String, Option<String>), bad: bool| {
        let link = overview_link(key, drawn, views);
        facts.push(Fact { key, value, note, bad, link });
    };
    if views.site.shows_actions() {
        let actions = &all.actions;
        fact("actions_done_share", in_short(say, &actions.completion), false);
        fact("on_time", in_short(say, &actions.on_time), false);
        let overdue = actions.overdue.days.n();
        fact("state_overdue", (overdue.to_string(), None), overdue > 0);
        let unknown = actions.completion.missing.len();
        let of = say.fill("stats_of", &[("x", &actions.all.n())]);
        fact("state_unknown", (unknown.to_string(), Some(of)), false);
    }
    let incidents = &all.incidents;
    fact("incidents", (incidents.all.n().to_string(), None), false);
    fact("near_misses", (incidents.near_misses.n().to_string(), None), false);
    fact("published_in_time", in_short(say, &incidents.publication.in_time), false);
    fact("had_happened", in_short(say, &incidents.recurrence.again), false);
    facts
}

/// `41 %` with its interval and n below; a count where n is small.
fn in_short(say: &Say<'_>, share: &crate::measure::Share) -> (String, Option<String>) {
    // Where more is unknown than known, a percentage would say more than anybody knows.
    if share.n() == 0 {
        return ("–".to_owned(), missing(say, share));
    }
    match share.rate().filter(|_| share.missing.len() <= share.n()) {
        None => (say.units.part(share), missing(say, share)),
        Some((rate, band)) => {
            let known = format!("{:.0}–{:.0} %, n {}", band.low * 100.0, band.high * 100.0, share.n());
            let note = missing(say, share).map_or(known.clone(), |missing| format!("{known}; {missing}"));
            (percent(rate), Some(note))
        }
    }
}

fn missing(say: &Say<'_>, share: &crate::measure::Share) -> Option<String> {
    (!share.missing.is_empty()).then(|| say.count("stats_unknown_n", share.missing.len()))
}

fn overview_link(id: &str, drawn: &Figures, views: &Views<'_>) -> Option<String> {
    let table = &drawn.get(figures::OVERVIEW)?.table;
    let row = table.rows.iter().position(|row| row.id == id)?;
    let counted = table.rows.get(row)?.cells.first()?;
    let address = address(figures::OVERVIEW, views);
    (!counted.items.is_empty()).then(|| format!("{address}#{}", place(row, 1)))
}
