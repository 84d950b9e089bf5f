//! What stands behind the numbers of one figure: a list for each number, with links to the incidents.

use super::page::{basis_place, place};
use super::{Figures, basis};
use crate::measure::Item;
use crate::plan::url;
use crate::plan::view::Views;
use crate::render::chart::{Cell, Chart, ROWS};
use serde::Serialize;

/// The lists behind one figure.
#[derive(Debug, Serialize)]
pub(in crate::render) struct BehindPage {
    title: String,
    finding: String,
    back: String,
    csv: String,
    lists: Vec<List>,
}

/// The items of one number.
#[derive(Debug, Serialize)]
struct List {
    id: String,
    title: String,
    n: usize,
    entries: Vec<Entry>,
    /// How many more there are than are listed.
    more: usize,
}

/// One item.
#[derive(Debug, Serialize)]
struct Entry {
    text: String,
    link: String,
    state: Option<&'static str>,
    date: Option<String>,
    incident: Option<String>,
}

/// Entries on a page, spread over its lists; every list shows at least [`LEAST`].
const ROOM: usize = 4_000;
const LEAST: usize = 20;

impl BehindPage {
    pub(in crate::render) fn of(drawn: &Figures, id: &str, views: &Views<'_>) -> Option<Self> {
        let chart = drawn.get(id)?;
        let groups = groups(chart, views);
        let room = (ROOM / groups.len().max(1)).max(LEAST);
        let style = views.site.config.urls;
        Some(Self {
            title: chart.title.clone(),
            finding: chart.finding.clone(),
            back: format!("{}#{}", url::link("stats", style), chart.id),
            csv: url::encode(&format!("stats/{}.csv", chart.id)),
            lists: groups.into_iter().map(|group| list(group, room, views)).collect(),
        })
    }
}

/// One number: the id of its list, what it is, its items, and how many it counts beyond those.
type Group = (String, String, Vec<Item>, usize);

fn groups(chart: &Chart, views: &Views<'_>) -> Vec<Group> {
    let mut groups = Vec::new();
    for (number, (name, items)) in basis::basis(chart.id, views.statistics()).into_iter().enumerate() {
        groups.push((basis_place(number), views.words.get(name).to_owned(), items.to_vec(), 0));
    }
    for (row, data) in chart.table.rows.iter().take(ROWS).enumerate() {
        let mut put = |column: usize, cell: &Cell| {
            if !cell.items.is_empty() {
                let name = chart.table.columns.get(column).map_or("", String::as_str);
                let title = format!("{} · {name}", data.head.text);
                groups.push((place(row, column), title, cell.items.clone(), cell.more));
            }
        };
        for (column, cell) in data.cells.iter().enumerate() {
            put(column + 1, cell);
        }
    }
    groups
}

/// The newest first.
fn list((id, title, items, more): Group, room: usize, views: &Views<'_>) -> List {
    let shown = items.len().min(room);
    let entries = items.iter().rev().take(shown).filter_map(|item| entry(*item, views)).collect();
    List { id, title, n: items.len() + more, entries, more: items.len() + more - shown }
}

fn entry(item: Item, views: &Views<'_>) -> Option<Entry> {
    let line = views.item(item.of_incident())?;
    match item.of_action() {
        None => Some(Entry {
            text: line.title.clone(),
            link: line.link.clone(),
            state: None,
            date: line.date.clone(),
            incident: None,
        }),
        Some(place) => {
            let row = views.row(item.of_incident(), place)?;
            Some(Entry {
                text: row.text,
                link: row.link,
                state: Some(row.state),
                date: line.date.clone(),
                incident: Some(row.incident),
            })
        }
    }
}
