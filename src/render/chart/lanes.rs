//! A family over time: a lane for each time it happened, with the actions it promised as bars from creation to closing.
//! A bar that reaches the next time is marked: the promise was still open when it happened again.

use super::svg::{Anchor, Drawing};
use super::table::{Cell, DataTable};
use super::{Chart, Say};
use crate::measure::{Item, days_between};
use jiff::civil::Date;

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
const BAR: f64 = 7.0;
const HEAD: f64 = 26.0;

/// The lanes of `members`, which stand in order of their dates, until `as_of`.
pub fn lanes(say: &Say<'_>, members: &[Member], as_of: Date) -> Chart {
    let finding = finding(say, members);
    let title = say.title(ID);
    let svg = (members.len() > 1).then(|| draw(members, as_of, &title, &finding));
    let key = say.key("chart_lanes_key", &["median", "f4", "f3", "f1"]);
    Chart { id: ID, title, finding, svg, key, table: table(say, members) }
}

/// The next day it happened after each member.
fn with_next(members: &[Member]) -> impl Iterator<Item = (&Member, Option<Date>)> {
    let next = members.iter().skip(1).map(|member| Some(member.date)).chain([None]);
    members.iter().zip(next)
}

fn crosses(bar: &Bar, next: Date) -> bool {
    bar.created <= next && bar.closed.is_none_or(|closed| closed > next)
}

fn draw(members: &[Member], as_of: Date, title: &str, finding: &str) -> String {
    let lanes: f64 = members.iter().map(height).sum();
    let mut drawing = Drawing::new(lanes + 24.0, ID, title, finding);
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

fn finding(say: &Say<'_>, members: &[Member]) -> String {
    let open: usize = with_next(members)
        .filter_map(|(member, next)| Some((member, next?)))
        .map(|(member, next)| member.bars.iter().filter(|bar| crosses(bar, next)).count())
        .sum();
    let unknown: usize = members.iter().map(|member| member.unknown).sum();
    let open = say.count("chart_lanes_open", open);
    let mut words = say.fill("chart_lanes_found", &[("n", &members.len()), ("open", &open)]);
    if unknown > 0 {
        words.push(' ');
        words += &say.count("chart_lanes_unknown", unknown);
    }
    words
}

fn table(say: &Say<'_>, members: &[Member]) -> DataTable {
    let mut table = say.table("chart_lanes_columns");
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
