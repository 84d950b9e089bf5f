//! Tickets: where an action is tracked, and what its tracker said when it was last asked.

use super::ActionState;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A ticket an action is tracked in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket {
    /// `ENG-441`, `#123`, `org/repo#123`.
    pub id: String,
    /// Where it can be read, if the text links it or a tracker of `site.toml` matches.
    pub url: Option<String>,
    /// What its tracker said, where it was asked.
    pub seen: Option<Seen>,
}

impl Ticket {
    /// A ticket as it is written, before anybody asked its tracker.
    pub fn written(id: impl Into<String>, url: Option<String>) -> Self {
        Self { id: id.into(), url, seen: None }
    }
}

/// What a tracker said, beside what the row says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// What the tracker said.
    pub record: Arc<TicketRecord>,
    /// How the row itself stands, where the ticket says otherwise.
    pub row: Option<ActionState>,
}

/// A ticket as its tracker described it: one entry of `tickets.json`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TicketRecord {
    /// The name of the tracker in `site.toml`.
    pub tracker: String,
    /// What the tracker calls the ticket today.
    pub key: String,
    /// Other names it went by: those it had before it was moved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The tracker's own number of it, which stays when the ticket is moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its title.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Where it stands.
    pub state: ActionState,
    /// The tracker's own word for that: `In Review`, `Won't Do`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it was finished or dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// Who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// How urgent it is, in the tracker's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// Why the last sync could not see it. What else stands here is then what an earlier one saw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility_error: Option<Unseen>,
    /// When the tracker was last heard about it.
    pub fetched_at: Timestamp,
}

/// Why a ticket could not be seen, as far as its tracker tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unseen {
    /// There is none, or the token may not know of it: most trackers do not tell the two apart.
    Missing,
    /// It is there, and the token may not read it.
    Forbidden,
    /// It was deleted.
    Gone,
}

impl Unseen {
    /// The word for data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Forbidden => "forbidden",
            Self::Gone => "gone",
        }
    }
}

impl TicketRecord {
    /// Whether the tracker calls it `name`, or once did; case does not count.
    pub fn goes_by(&self, name: &str) -> bool {
        self.names().any(|own| own.eq_ignore_ascii_case(name))
    }

    /// All its names, today's first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.key).chain(&self.aliases).map(String::as_str)
    }

    /// Whether a tracker ever said how it stands.
    pub fn is_known(&self) -> bool {
        self.state != ActionState::Unknown
    }
}

/// All tickets that trackers were asked about, by tracker and name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tickets {
    by_name: BTreeMap<(String, String), Arc<TicketRecord>>,
}

impl Tickets {
    /// Puts `records` in order. Of two that go by one name, the one that was heard of last is kept.
    pub fn of(records: impl IntoIterator<Item = TicketRecord>) -> Self {
        let mut records: Vec<TicketRecord> = records.into_iter().collect();
        records.sort_by_key(|record| record.fetched_at);
        let mut all = Self::default();
        for record in records {
            all.put(record);
        }
        all
    }

    /// Takes `record` in, in the place of those that go by one of its names.
    pub fn put(&mut self, record: TicketRecord) {
        let record = Arc::new(record);
        let place = |name: &str| (record.tracker.clone(), name.to_ascii_lowercase());
        for name in record.names() {
            let Some(older) = self.by_name.get(&place(name)).cloned() else { continue };
            for other in older.names() {
                let place = place(other);
                if self.by_name.get(&place).is_some_and(|one| Arc::ptr_eq(one, &older)) {
                    self.by_name.remove(&place);
                }
            }
        }
        for name in record.names() {
            self.by_name.insert(place(name), Arc::clone(&record));
        }
    }

    /// What `tracker` said of the ticket it calls `key`, or once called so.
    pub fn get(&self, tracker: &str, key: &str) -> Option<&Arc<TicketRecord>> {
        self.by_name.get(&(tracker.to_owned(), key.to_ascii_lowercase()))
    }

    /// Every record once, by tracker and key; numbers in keys count as numbers.
    pub fn records(&self) -> Vec<&Arc<TicketRecord>> {
        let mut all: Vec<&Arc<TicketRecord>> = self
            .by_name
            .iter()
            .filter(|((_, name), record)| record.key.eq_ignore_ascii_case(name))
            .map(|(_, record)| record)
            .collect();
        all.sort_by_key(|record| (&record.tracker, numbered(&record.key)));
        all
    }

    /// Whether nobody was asked.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }
}

/// `ENG-9` before `ENG-10`: the text before the last number, and the number.
fn numbered(key: &str) -> (&str, u64, &str) {
    let digits = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = key.get(digits.len()..).and_then(|number| number.parse().ok());
    (digits, number.unwrap_or_default(), key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(key: &str, aliases: &[&str], second: i64) -> TicketRecord {
        TicketRecord {
            tracker: "eng".into(),
            key: key.into(),
            aliases: aliases.iter().map(|name| (*name).to_owned()).collect(),
            id: None,
            url: None,
            title: String::new(),
            state: ActionState::Open,
            reason: None,
            due: None,
            created_at: None,
            closed_at: None,
            assignee: None,
            priority: None,
            visibility_error: None,
            fetched_at: Timestamp::from_second(second).unwrap(),
        }
    }

    #[test]
    fn a_moved_ticket_is_found_by_its_old_name() {
        let tickets = Tickets::of([record("OPS-17", &["ENG-441"], 1), record("ENG-9", &[], 1)]);
        assert_eq!(tickets.get("eng", "eng-441").map(|one| one.key.as_str()), Some("OPS-17"));
        assert_eq!(tickets.get("ops", "ENG-441"), None);
    }

    #[test]
    fn records_come_once_and_numbers_are_numbers() {
        let all = [record("ENG-10", &["A-1"], 1), record("ENG-9", &[], 1), record("ENG-9", &[], 2)];
        let tickets = Tickets::of(all);
        let keys: Vec<&str> = tickets.records().iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys, ["ENG-9", "ENG-10"]);
        assert_eq!(tickets.get("eng", "ENG-9").unwrap().fetched_at.as_second(), 2);
    }
}
