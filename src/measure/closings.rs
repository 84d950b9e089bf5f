//! When actions were finished, where the row itself does not say: read from tickets or from the history of the file.
//!
//! The reader of that history stands elsewhere; here is only what it hands over, and how much it could see.

use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where a closing date comes from; the better source first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ClosingSource {
    /// The day the ticket was closed.
    Ticket,
    /// The day of the commit in which the row became done or cancelled.
    Git,
}

/// The day an action was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Closing {
    /// Where the day comes from.
    pub from: ClosingSource,
    /// The day.
    pub date: Date,
}

/// How much of the history could be read. What could not be read is said, never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum History {
    /// There is none, or nobody looked.
    #[default]
    NotRead,
    /// Only its newest part is there: rows may have been closed before it.
    Shallow,
    /// From the first commit on.
    Whole,
}

/// Closing dates of actions, by document and row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Closings {
    /// How much of the history was there to read.
    pub history: History,
    rows: BTreeMap<Arc<str>, BTreeMap<u32, Closing>>,
}

impl Closings {
    /// No closing yet, from a history of which so much was there.
    pub fn new(history: History) -> Self {
        Self { history, rows: BTreeMap::new() }
    }

    /// Notes that the action in line `line` of the document at `path` was closed. Of two dates for one row the one from
    /// the better source is kept, then the earlier.
    pub fn add(&mut self, path: &Arc<str>, line: u32, closing: Closing) {
        let rows = self.rows.entry(Arc::clone(path)).or_default();
        let kept = rows.entry(line).or_insert(closing);
        *kept = (*kept).min(closing);
    }

    /// The day on which the action in line `line` of the document at `path` was closed, where that was read.
    pub fn day(&self, path: &str, line: u32) -> Option<Date> {
        self.of(path)?.get(&line).map(|closing| closing.date)
    }

    /// The closings of one document, by line.
    pub(super) fn of(&self, path: &str) -> Option<&BTreeMap<u32, Closing>> {
        self.rows.get(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_ticket_knows_better_than_the_history() {
        let path: Arc<str> = "2024/a.md".into();
        let closing = |from, day| Closing { from, date: date(2024, 5, day) };
        let mut closings = Closings::default();
        closings.add(&path, 12, closing(ClosingSource::Git, 1));
        closings.add(&path, 12, closing(ClosingSource::Ticket, 9));
        closings.add(&path, 12, closing(ClosingSource::Git, 2));
        assert_eq!(
            closings.of("2024/a.md").and_then(|rows| rows.get(&12)),
            Some(&closing(ClosingSource::Ticket, 9))
        );
    }
}
