//! A family over time: a lane for each time it happened, with the actions it promised as bars from creation to closing.
//! A bar that reaches the next time is marked: the promise was still open when it happened again.

use super::svg::{Anchor, Drawing};
use super::table::{Cell, DataTable};
use super::{Chart, count, key};
use crate::measure::{Item, days_between};
use jiff::civil::Date;
use std::fmt::Write as _;

/// An action of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Which action.
    pub item: Item,
    /// When it was made.
    pub created: Date,
    /// When it was closed; `None` while it is open.
    pub closed: Option<Date>,
}

/// One time it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Which incident.
    pub item: Item,
    /// Its title.
    pub title: String,
    /// The day.
    pub date: Date,
    /// What was promised after it, where it is known how it stands and since when.
    pub bars: Vec<Bar>,
    /// How many promises have no known dates or state.
    pub unknown: usize,
}

const ID: &str = "lanes";
const TITLE: &str = "Each time it happened, and what was promised";
const BAR: f64 = 7.0;
const HEAD: f64 = 26.0;

/// The lanes of `members`, which stand in order of their dates, until `as_of`.
pub fn lanes(members: &[Member], as_of: Date) -> Chart {
    let finding = finding(members);
    let svg = (members.len() > 1).then(|| draw(members, as_of, &finding));
    let key = key(&[
        ("median", "It happened"),
        ("f4", "Promise, closed before it happened again"),
        ("f3", "Promise, still open when it happened again"),
        ("f1", "Promise, made after the last time"),
    ]);
    Chart { id: ID, title: TITLE, finding, svg, key, table: table(members) }
}

/// The next day it happened after each member.
fn with_next(members: &[Member]) -> impl Iterator<Item = (&Member, Option<Date>)> {
    let next = members.iter().skip(1).map(|member| Some(member.date)).chain([None]);
    members.iter().zip(next)
}

fn crosses(bar: &Bar, next: Date) -> bool {
    bar.created <= next && bar.closed.is_none_or(|closed| closed > next)
}

fn draw(members: &[Member], as_of: Date, finding: &str) -> String {
    let lanes: f64 = members.iter().map(height).sum();
    let mut drawing = Drawing::new(lanes + 24.0, ID, TITLE, finding);
    let first = members.first().map_or(as_of, |member| member.date);
    let length = f64::from(days_between(first, as_of).max(1));
    let x = |day: Date| 2.0 + 96.0 * (f64::from(days_between(first, day)) / length).clamp(0.0, 1.0);
    let mut top = 0.0;
    for (member, next) in with_next(members) {
        drawing.down("rule", x(member.date), 0.0, lanes);
        let left = x(member.date) <= 50.0;
        let (anchor, shift) = if left { (Anchor::Start, 1.2) } else { (Anchor::End, -1.2) };
        drawing.text("", x(member.date) + shift, top + 16.0, anchor, &member.date.to_string());
        drawing.tick("median", x(member.date), top + 4.0, 16.0);
        let mut y = top + HEAD;
        for bar in &member.bars {
            let class = match next {
                None => "f1",
                Some(next) if crosses(bar, next) => "f3",
                Some(_) => "f4",
            };
            let (from, to) = (x(bar.created), x(bar.closed.unwrap_or(as_of)));
            drawing.rect(class, from, (to - from).max(0.5), y, BAR);
            y += BAR + 2.0;
        }
        top += height(member);
    }
    drawing.across("axis", 2.0, 98.0, lanes);
    drawing.text("soft", 2.0, lanes + 18.0, Anchor::Start, &first.to_string());
    drawing.text("soft", 98.0, lanes + 18.0, Anchor::End, &as_of.to_string());
    drawing.finish()
}

fn height(member: &Member) -> f64 {
    HEAD + (BAR + 2.0) * crate::measure::estimate::real(member.bars.len()) + 8.0
}

fn finding(members: &[Member]) -> String {
    let open: usize = with_next(members)
        .filter_map(|(member, next)| Some((member, next?)))
        .map(|(member, next)| member.bars.iter().filter(|bar| crosses(bar, next)).count())
        .sum();
    let unknown: usize = members.iter().map(|member| member.unknown).sum();
    let times = count(members.len(), "time");
    let mut words =
        format!("It happened {times}; {} still open when it happened again.", count(open, "promise"));
    if unknown > 0 {
        let _ = write!(words, " Of {unknown} more no source says how they stand, or since when.");
    }
    words
}

fn table(members: &[Member]) -> DataTable {
    let mut table =
        DataTable::new(&["Day", "Incident", "Days since the time before", "Promised", "Open the next time"]);
    let mut before: Option<Date> = None;
    for (member, next) in with_next(members) {
        let gap = before.map_or_else(|| "–".to_owned(), |day| days_between(day, member.date).to_string());
        let open: Option<Vec<Item>> = next
            .map(|next| member.bars.iter().filter(|bar| crosses(bar, next)).map(|bar| bar.item).collect());
        let cells = vec![
            Cell::of(member.title.clone(), vec![member.item]),
            Cell::words(gap),
            Cell::of(
                (member.bars.len() + member.unknown).to_string(),
                member.bars.iter().map(|bar| bar.item).collect(),
            ),
            open.map_or_else(|| Cell::words("–"), |items| Cell::of(items.len().to_string(), items)),
        ];
        table.push(member.date.to_string(), cells);
        before = Some(member.date);
    }
    table
}
