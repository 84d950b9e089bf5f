//! What can be filtered by: for each facet its values with their documents and the other words for them, the ids, and
//! the dates.

use super::bytes::{ascending, length, number, word};
use crate::index::filter::{Facet, Filters};

/// A file for each facet that has any value: its name and its bytes.
pub(super) fn files(filters: &Filters) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for facet in Facet::ALL {
        let values: Vec<(&str, &[u32])> = filters.values(facet).collect();
        if !values.is_empty() {
            files.push((format!("x-{}", facet.name()), file(&values, &filters.aliases_of(facet))));
        }
    }
    files.push(("x-id".to_owned(), file(&filters.named().collect::<Vec<_>>(), &[])));
    files.push(("x-date".to_owned(), dates(filters)));
    files
}

/// `V; V × { value, documents }; A; A × { alias, value }`
fn file(values: &[(&str, &[u32])], aliases: &[(&str, &str)]) -> Vec<u8> {
    let mut out = Vec::new();
    length(&mut out, values.len());
    let mut last = "";
    for (value, documents) in values {
        word(&mut out, last, value);
        ascending(&mut out, documents);
        last = value;
    }
    length(&mut out, aliases.len());
    for (alias, value) in aliases {
        word(&mut out, "", alias);
        word(&mut out, "", value);
    }
    out
}

/// For each document 0, or one more than the days since the last date; documents are sorted by date. Days count from the year 0,
/// the first that a question can ask for.
fn dates(filters: &Filters) -> Vec<u8> {
    let mut out = Vec::new();
    let mut last = 0;
    for date in filters.dates() {
        let Some(date) = date else {
            number(&mut out, 0);
            continue;
        };
        let days = u32::try_from(date.duration_since(EPOCH).as_hours() / 24).unwrap_or_default();
        number(&mut out, days.saturating_sub(last).saturating_add(1));
        last = days;
    }
    out
}

const EPOCH: jiff::civil::Date = jiff::civil::date(0, 1, 1);
