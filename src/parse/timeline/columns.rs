//! Which columns of a table hold the time, and which the story: `| Day | Date (2022) | Time (UTC) | Event |`.

use super::label;
use crate::model::text::{Cell, plain};
use crate::model::{EntryKind, TimelineEntry, Zone};
use crate::parse::lines::{Line, Lined, Shape};
use crate::parse::times::{self, Order, Stamp};

/// Rows looked at to learn what a column holds.
const SAMPLE: usize = 100;

/// Words of a header over times, in the languages of the survey.
const TIME_WORDS: [&str; 27] = [
    "time",
    "timestamp",
    "date",
    "when",
    "day",
    "utc",
    "tid",
    "tidspunkt",
    "dato",
    "klokkeslett",
    "zeit",
    "datum",
    "uhrzeit",
    "heure",
    "hora",
    "fecha",
    "時刻",
    "日時",
    "时间",
    "時間",
    "время",
    "дата",
    "czas",
    "tijd",
    "zaman",
    "thời",
    "시간",
];

/// Headers over what an entry is.
const KINDS: [&str; 8] = ["type", "kind", "phase", "stage", "status", "state", "milestone", "event type"];

/// The meaning of a table's columns.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    time: Vec<usize>,
    kind: Option<usize>,
    /// The zone a header names.
    pub(super) zone: Option<Zone>,
    /// The year a header names.
    pub(super) year: Option<i16>,
}

/// What a row says.
pub(super) struct RowParts {
    pub(super) stamp: Option<Stamp>,
    pub(super) written: String,
    pub(super) text: String,
    pub(super) mark: Option<EntryKind>,
}

impl Columns {
    /// Learns the columns of the table whose header is line `head`; `None` where no column holds times.
    pub(super) fn of(lined: &Lined<'_>, head: usize, order: Order) -> Option<Self> {
        let header = lined.get(head)?;
        let titles: Vec<String> = header.cells.iter().map(|cell| plain(&cell.text).to_lowercase()).collect();
        let body = || {
            let rows = lined.all.get(head + 1..).unwrap_or_default().iter();
            rows.take_while(|line| line.group == header.group && line.shape == Shape::Row { head: false })
                .take(SAMPLE)
        };
        let holds_times = |column: usize| {
            // A dash stands for a time that nobody noted.
            let says = |text: &String| text.contains(char::is_alphanumeric);
            let cells = || body().filter_map(|line| line.cells.get(column)).map(words).filter(says);
            let timed = cells().filter(|text| times::read(text, order).is_some()).count();
            timed > 0 && timed * 2 >= cells().count()
        };
        let named = |title: &String| {
            let mut words = title.split(|c: char| !c.is_alphanumeric());
            words.any(|word| TIME_WORDS.contains(&word))
        };
        let mut time: Vec<usize> = (0..titles.len()).filter(|column| holds_times(*column)).collect();
        if time.is_empty() {
            return None;
        }
        // `Day` holds weekdays, which are no times by themselves.
        time = (0..titles.len())
            .filter(|column| {
                time.contains(column)
                    || titles.get(*column).is_some_and(|title| named(title) && title.len() < 24)
            })
            .collect();
        let kind = titles.iter().position(|title| KINDS.contains(&title.trim()));
        let over_time = || time.iter().filter_map(|column| titles.get(*column));
        let original = |column: &usize| header.cells.get(*column).map(words);
        Some(Self {
            zone: time.iter().filter_map(original).find_map(|title| times::declared_zone(&title)),
            year: over_time().find_map(|title| year_in(title)),
            kind,
            time,
        })
    }

    /// Reads one row.
    pub(super) fn row(&self, line: &Line<'_>, order: Order) -> RowParts {
        let cells = || line.cells.iter().map(words).enumerate();
        let time = cells().filter(|(column, text)| self.time.contains(column) && !text.is_empty());
        let time: Vec<String> = time.map(|(_, text)| text).collect();
        // A word that is no known kind is a part of the story.
        let told = |column: usize, text: &str| self.kind == Some(column) && label::mark(text).is_some();
        let story = cells()
            .filter(|(column, text)| !self.time.contains(column) && !told(*column, text) && !text.is_empty());
        let story: Vec<String> = story.map(|(_, text)| text).collect();
        let joined = time.join(" | ");
        let stamp = times::read(&joined, order)
            .or_else(|| times::read(&time.join(" "), order))
            .or_else(|| yearless(&joined, order).filter(|_| story.is_empty()));
        let written = match &stamp {
            Some(stamp) if stamp.len >= joined.len() => {
                joined.get(stamp.written.clone()).unwrap_or(&joined).to_owned()
            }
            _ => joined,
        };
        let kind = self.kind.and_then(|column| line.cells.get(column)).map(words);
        RowParts {
            stamp,
            written,
            text: story.join(TimelineEntry::BETWEEN),
            mark: kind.and_then(|kind| label::mark(&kind)),
        }
    }
}

/// `1/28` in a row that says nothing else: the day of the rows below. Elsewhere two numbers and a slash are no day.
fn yearless(text: &str, order: Order) -> Option<Stamp> {
    let (a, b) = text.split_once('/')?;
    let short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    // A leap year: every day exists in it.
    let mut stamp = times::read(&format!("{text}/2000"), order).filter(|_| short(a) && short(b))?;
    stamp.date.as_mut()?.year = None;
    (stamp.len, stamp.written) = (text.len(), 0..text.len());
    Some(stamp)
}

fn words(cell: &Cell) -> String {
    plain(&cell.text).trim().to_owned()
}

fn year_in(title: &str) -> Option<i16> {
    let numbers = title.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    numbers.filter_map(|digits| digits.parse().ok()).find(|year| (1990..2100).contains(year))
}
