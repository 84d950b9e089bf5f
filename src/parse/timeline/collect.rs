//! Finds what looks like an entry in a run of lines, before dates and zones are known.

use super::columns::Columns;
use super::status::Update;
use super::{label, updates};
use crate::diag::Span;
use crate::model::text::plain;
use crate::model::{EntryKind, Zone};
use crate::parse::lines::{Line, Lined, Shape};
use crate::parse::times::{self, Order, Stamp};
use std::collections::BTreeMap;
use std::ops::Range;

/// Longest text kept of an entry whose story stands in the paragraphs below it, in bytes.
const LONGEST_BODY: usize = 600;

/// A line that is an entry, or a day that the entries below belong to.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// The time, if the line has one.
    pub(super) stamp: Option<Stamp>,
    /// The time as written.
    pub(super) written: String,
    /// What happened.
    pub(super) text: String,
    /// The kind, where the author marked it.
    pub(super) mark: Option<EntryKind>,
    /// The entry in the source.
    pub(super) span: Span,
    /// Number of its line.
    pub(super) line: usize,
    /// The zone its table column names.
    pub(super) zone: Option<Zone>,
    /// The year its table column names.
    pub(super) year: Option<i16>,
    /// Whether the label stands before the time: `First detected 2022-01-22 11:57`.
    pub(super) labelled: bool,
}

impl Candidate {
    pub(super) fn new(line: usize, span: Span, text: &str, stamp: Option<Stamp>) -> Self {
        let (written, rest) = match &stamp {
            None => ("", text),
            Some(stamp) => (
                text.get(stamp.written.clone()).unwrap_or_default(),
                text.get(stamp.len..).unwrap_or_default(),
            ),
        };
        Self {
            written: written.trim().to_owned(),
            text: rest.trim().to_owned(),
            mark: None,
            span,
            line,
            zone: None,
            year: None,
            labelled: false,
            stamp,
        }
    }

    /// A time that stands in no timeline.
    pub(super) fn alone(stamp: Stamp, written: &str) -> Self {
        let plain = Self::new(0, Span::default(), "", None);
        Self { stamp: Some(stamp), written: written.to_owned(), ..plain }
    }

    /// Whether it says only a day and nothing happened: `## May 12`, `**4/21/23**`.
    /// `2021-10-24 (all times UTC)`.
    pub(super) fn is_bare_day(&self) -> bool {
        let zone = || {
            let aside = self.text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
            aside.is_some_and(|text| {
                let told = ["all time", "times"].iter().any(|words| text.starts_with(words));
                text.len() < 40 && (told || times::declared_zone(text).is_some())
            })
        };
        (self.text.is_empty() || zone()) && self.stamp.as_ref().is_some_and(Stamp::is_day)
    }

    fn has_time(&self) -> bool {
        self.stamp.as_ref().is_some_and(Stamp::has_time)
    }
}

/// Collects the candidates of `range`, a timeline section without its title.
pub(super) fn collect(lined: &Lined<'_>, range: Range<usize>, order: Order) -> Vec<Candidate> {
    let mut collector = Collector {
        lined,
        order,
        out: Vec::new(),
        lists: list_counts(lined, range.clone(), order),
        tables: BTreeMap::new(),
        covered: 0,
        paragraph: false,
        start: range.start,
    };
    for at in range {
        collector.line(at);
    }
    let mut out = collector.out;
    // `Tuesday 15th May 2018 00:20`, and below it `00:20 We see …`: a line that tells nothing is the day of the others.
    let next = out.get(1).map(Candidate::has_time);
    if let Some(first) = out.first_mut()
        && next == Some(true)
        && first.text.is_empty()
        && first.mark.is_none()
        && lined.get(first.line).is_some_and(|line| matches!(line.shape, Shape::Text { .. }))
        && let Some(stamp) = &mut first.stamp
        && stamp.date.is_some()
    {
        (stamp.time, stamp.end) = (None, None);
    }
    out
}

/// Of every list in `range`: items that begin with a time, items that end with one behind a label, all items.
fn list_counts(lined: &Lined<'_>, range: Range<usize>, order: Order) -> BTreeMap<u32, ListCount> {
    let mut counts: BTreeMap<u32, ListCount> = BTreeMap::new();
    for line in lined.all.get(range).unwrap_or_default() {
        if matches!(line.shape, Shape::Item { .. }) {
            let count = counts.entry(line.group).or_default();
            count.all += 1;
            if times::read(&line.text, order).is_some() {
                count.timed += 1;
            } else if label::before_time(&line.text, order).is_some() {
                count.labelled += 1;
            }
        }
    }
    counts
}

#[derive(Debug, Clone, Copy, Default)]
struct ListCount {
    timed: usize,
    labelled: usize,
    all: usize,
}

struct Collector<'a, 'b> {
    lined: &'b Lined<'a>,
    order: Order,
    out: Vec<Candidate>,
    lists: BTreeMap<u32, ListCount>,
    tables: BTreeMap<u32, Option<Columns>>,
    /// Byte up to which everything is detail of an entry.
    covered: u32,
    /// Whether the paragraph being read holds entries.
    paragraph: bool,
    /// The first line: a section that a label opens may begin in the middle of a paragraph.
    start: usize,
}

impl Collector<'_, '_> {
    fn line(&mut self, at: usize) {
        let Some(line) = self.lined.get(at) else { return };
        if line.quoted || line.span.start < self.covered {
            return;
        }
        match line.shape {
            Shape::Heading(_) | Shape::Term => self.heading(at, line),
            Shape::Text { first } => self.text(at, line, first),
            Shape::Item { .. } => self.item(at, line),
            Shape::Row { head } => self.row(at, line, head),
        }
    }

    fn heading(&mut self, at: usize, line: &Line<'_>) {
        let text = without_count(&line.text);
        if let Some(stamp) = times::read(text, self.order) {
            let plain = Candidate::new(at, line.span, text, Some(stamp));
            // What stands below belongs to the text, and would hide that the heading is a label.
            let mark = label::leading(&plain.text);
            self.out.push(Candidate { mark, ..plain });
        }
    }

    /// A line of a paragraph: `11.15 JP suggested …`, `18:32 GST: …`, `| 10:00 | …` of a table without its separator.
    fn text(&mut self, at: usize, line: &Line<'_>, first: bool) {
        let bare = line.text.trim_start_matches(['|', ' ']);
        let stamp = times::read(bare, self.order);
        let first = first || at == self.start;
        if let Some(update) = updates::at(self.lined, at, self.order) {
            return self.update(at, line, update);
        }
        if first {
            self.paragraph = stamp.is_some() || self.stamped_below(at) >= 2;
        }
        let fits = first || (self.paragraph && !self.runs_on(at));
        match stamp.filter(|stamp| fits && (first || stamp.has_time() || stamp.date.is_some())) {
            Some(stamp) => {
                let rest = bare.trim_end_matches(['|', ' ']);
                let stamp = Stamp { len: stamp.len.min(rest.len()), ..stamp };
                self.out.push(Candidate::new(at, line.span, rest, Some(stamp)));
            }
            None => self.append(line, first),
        }
    }

    fn update(&mut self, at: usize, line: &Line<'_>, update: Update) {
        let Some(last) = self.lined.get(update.last) else { return };
        let span = Span { start: line.span.start, end: last.span.end };
        let written = update.written;
        self.covered = span.end;
        let plain = Candidate::new(at, span, &update.text, None);
        self.out.push(Candidate { stamp: Some(update.stamp), written, mark: update.mark, ..plain });
    }

    /// How many lines of the paragraph that begins at `at` start with a time of day.
    fn stamped_below(&self, at: usize) -> usize {
        let lines = self.lined.all.get(at..).unwrap_or_default();
        let rest = lines.iter().skip(1).take_while(|line| line.shape == Shape::Text { first: false });
        rest.take(3)
            .filter(|line| times::read(&line.text, self.order).is_some_and(|stamp| stamp.has_time()))
            .count()
    }

    /// Whether the line before ends in the middle of a sentence about a time: `… until` / `14:23 when …`.
    fn runs_on(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.lined.get(at));
        let last = before.and_then(|line| line.text.split_whitespace().next_back());
        last.is_some_and(|word| {
            ["at", "until", "to", "from", "on", "around", "by", "and", "since", "of"].contains(&word)
        })
    }

    /// What stands below a heading, or goes on in the same paragraph, belongs to the entry above.
    fn append(&mut self, line: &Line<'_>, first: bool) {
        let Some(last) = self.out.last_mut() else { return };
        let open = match self.lined.get(last.line).map(|line| line.shape) {
            Some(Shape::Heading(_) | Shape::Term) => true,
            Some(Shape::Text { .. }) => !first,
            _ => false,
        };
        if open {
            last.span.end = last.span.end.max(line.span.end);
            if last.text.len() + line.text.len() < LONGEST_BODY {
                if !last.text.is_empty() {
                    last.text.push(' ');
                }
                last.text.push_str(&line.text);
            }
        }
    }

    fn item(&mut self, at: usize, line: &Line<'_>) {
        let count = self.lists.get(&line.group).copied().unwrap_or_default();
        let stamp = times::read(&line.text, self.order);
        if stamp.is_none() && is_blank_form(&line.text) {
            return;
        }
        if stamp.is_none()
            && let Some((kind, place, stamp)) = label::before_time(&line.text, self.order)
        {
            return self.labelled(at, line, kind, place, stamp);
        }
        let owned = self.out.last().is_some_and(|last| self.owns_lists(last));
        let share = count.timed + count.labelled;
        let listed = share > 0 && (share * 2 >= count.all || (!owned && share >= 2));
        if stamp.is_none() && !listed {
            if owned {
                self.append(line, true);
            }
            return;
        }
        let sure = count.timed * 2 >= count.all;
        if stamp.is_none() && (line.text.is_empty() || (!sure && self.has_timed_children(at))) {
            return;
        }
        let candidate = Candidate::new(at, line.span, &line.text, stamp);
        if candidate.has_time() || candidate.stamp.is_none() || !self.has_timed_children(at) {
            self.covered = line.span.end;
        }
        self.out.push(candidate);
    }

    fn owns_lists(&self, last: &Candidate) -> bool {
        !matches!(
            self.lined.get(last.line).map(|line| line.shape),
            Some(Shape::Item { .. } | Shape::Row { .. })
        )
    }

    fn has_timed_children(&self, at: usize) -> bool {
        let timed = |line: &Line<'_>| {
            times::read(&line.text, self.order).is_some_and(|stamp| stamp.has_time())
                || label::before_time(&line.text, self.order).is_some()
        };
        self.lined
            .children(at)
            .take(50)
            .any(|(_, line)| matches!(line.shape, Shape::Item { .. }) && timed(line))
    }

    fn labelled(&mut self, at: usize, line: &Line<'_>, kind: Option<EntryKind>, place: usize, stamp: Stamp) {
        let rest = line.text.get(place..).unwrap_or_default();
        let written = rest.get(stamp.written.clone()).unwrap_or_default().trim().to_owned();
        let label = line.text.get(..place).unwrap_or_default().trim_matches([' ', ':', '-', '–', '(', ',']);
        let told = rest.get(stamp.len..).unwrap_or_default().trim_matches([' ', ')', ',']);
        let text = if told.is_empty() { label.to_owned() } else { format!("{label}: {told}") };
        self.covered = line.span.end;
        let plain = Candidate::new(at, line.span, "", None);
        self.out.push(Candidate { stamp: Some(stamp), written, text, mark: kind, labelled: true, ..plain });
    }

    fn row(&mut self, at: usize, line: &Line<'_>, head: bool) {
        if !self.tables.contains_key(&line.group) {
            // A run of timed rows begins below the header.
            let rows = self.lined.all.get(..=at).unwrap_or_default().iter().rev();
            let above = rows.take_while(|row| row.group == line.group).count();
            let header = (at + 1).saturating_sub(above.max(1));
            self.tables.insert(line.group, Columns::of(self.lined, header, self.order));
        }
        let Some(columns) = self.tables.get(&line.group).and_then(Option::as_ref) else {
            return;
        };
        let row = columns.row(line, self.order);
        // A row of a form that says `…` says nothing.
        let silent = !row.text.chars().any(char::is_alphanumeric);
        if row.stamp.is_none() && (head || silent) {
            return;
        }
        let plain = Candidate::new(at, line.span, "", None);
        let (zone, year) = (columns.zone.clone(), columns.year);
        let (written, text) = (row.written, row.text);
        self.out.push(Candidate { stamp: row.stamp, written, text, mark: row.mark, zone, year, ..plain });
    }
}

/// The heading of one day of several without its number: `Day 2 - January 25, 2026`.
fn without_count(text: &str) -> &str {
    let day = text.get(..4).filter(|word| word.eq_ignore_ascii_case("day ")).and_then(|_| text.get(4..));
    let behind = day.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    match (day, behind) {
        (Some(day), Some(behind)) if behind.len() < day.len() => {
            behind.trim_start_matches([' ', '-', '–', '—', ':', ',', '('])
        }
        _ => text,
    }
}

/// An entry of a template that nobody filled in: `HH:MM: {Description}`.
fn is_blank_form(text: &str) -> bool {
    let head = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    ["HH:MM", "hh:mm", "YYYY-MM-DD", "yyyy-mm-dd"].iter().any(|form| head.starts_with(form))
}

/// Headers over numbers that only count the rows of a timeline.
const STEPS: [&str; 5] = ["step", "#", "no", "nr", "order"];

/// The items of a timeline whose author wrote no times at all: `- Tested on …`, or the rows of its table of steps. Only where the section holds one list
/// level of at least two items.
pub(super) fn untimed(lined: &Lined<'_>, range: Range<usize>) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut covered = 0;
    let mut steps = None;
    let lines = lined.all.get(range.clone()).unwrap_or_default();
    // Below headings of their own stand stories, not entries.
    if lines.iter().any(|line| matches!(line.shape, Shape::Heading(_))) {
        return out;
    }
    for at in range {
        let Some(line) = lined.get(at).filter(|line| !line.quoted && line.span.start >= covered) else {
            continue;
        };
        if line.shape == (Shape::Row { head: true }) {
            let counts = line.cells.first().map(|cell| plain(&cell.text).trim().to_lowercase());
            steps = counts.filter(|title| STEPS.contains(&title.as_str())).map(|_| line.group);
        }
        let step = line.shape == (Shape::Row { head: false }) && steps == Some(line.group);
        let item = matches!(line.shape, Shape::Item { .. });
        if (item || step) && !line.text.is_empty() && !is_blank_form(&line.text) {
            covered = line.span.end;
            out.push(Candidate::new(at, line.span, &line.text, None));
        }
    }
    if out.len() < 2 { Vec::new() } else { out }
}
