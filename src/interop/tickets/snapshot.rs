//! `tickets.json`: what trackers said, as a file that is read at every build and reviewed in a diff.
//!
//! One object per ticket, one key per line, in the order of trackers and keys: a ticket that changed is a change of its
//! lines and no others.

use crate::diag::{Checked, Diagnostic, Source, Span};
use crate::model::{TicketRecord, Tickets};
use serde::Deserialize;
use serde_json::{Value, json};

/// The name of the file, beside `site.toml`.
pub const FILE: &str = "tickets.json";
/// Bytes of the largest one: half a million tickets.
pub const LARGEST: u64 = 256 << 20;

/// The version of this shape.
const VERSION: u64 = 1;

/// Reads a snapshot. What cannot be read is told and left out, and the rest is used.
pub fn read(source: &Source) -> Checked<Tickets> {
    let file: Value = match serde_json::from_str(&source.text) {
        Ok(file) => file,
        Err(error) => {
            let at = offset(&source.text, error.line(), error.column());
            let message = format!("`{FILE}` is no JSON: {error}");
            return Checked::new(Tickets::default(), vec![told(source, at, message)]);
        }
    };
    if file.pointer("/version").and_then(Value::as_u64) != Some(VERSION) {
        let message = format!("`{FILE}` is not of version {VERSION}");
        return Checked::new(Tickets::default(), vec![told(source, 0, message)]);
    }
    let mut found = Vec::new();
    let mut records = Vec::new();
    for (place, one) in super::super::text::list(&file, "/tickets").iter().enumerate() {
        match TicketRecord::deserialize(one) {
            Ok(record) => records.push(record),
            Err(error) => {
                let message = format!("ticket {} of `{FILE}` cannot be read: {error}", place + 1);
                found.push(told(source, 0, message));
            }
        }
    }
    Checked::new(Tickets::of(records), found)
}

/// The file of `tickets`.
pub fn write(tickets: &Tickets) -> String {
    let file = json!({ "version": VERSION, "tickets": [] });
    let records: Vec<String> = tickets
        .records()
        .iter()
        .filter_map(|record| serde_json::to_string_pretty(&***record).ok())
        .map(|text| text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n"))
        .collect();
    if records.is_empty() {
        return format!("{file:#}\n");
    }
    format!("{{\n  \"version\": {VERSION},\n  \"tickets\": [\n{}\n  ]\n}}\n", records.join(",\n"))
}

fn told(source: &Source, at: usize, message: String) -> Diagnostic {
    let help = "get it anew with `kb sync`, or take it back from version control";
    Diagnostic::warning("tickets", source, Span::at(at), message).help(help)
}

fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = (before + column.saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use snapbox::str;

    fn source(text: &str) -> Source {
        Source::new(FILE, text)
    }

    #[test]
    fn a_snapshot_comes_back_as_it_was_written() {
        let text = r#"{"version":1,"tickets":[
            {"tracker":"eng","key":"ENG-10","state":"done","closed_at":"2026-03-20T16:04:11Z","fetched_at":"2026-04-01T00:00:00Z"},
            {"tracker":"eng","key":"ENG-9","aliases":["OPS-1"],"title":"Über x","state":"in-progress","due":"2026-04-02","visibility_error":"forbidden","fetched_at":"2026-04-01T00:00:00Z"}]}"#;
        let tickets = read(&source(text)).value;
        let written = write(&tickets);
        snapbox::assert_data_eq!(
            &written,
            str![[r#"
{
  "version": 1,
  "tickets": [
    {
      "tracker": "eng",
      "key": "ENG-9",
      "aliases": [
        "OPS-1"
      ],
      "title": "Über x",
      "state": "in-progress",
      "due": "2026-04-02",
      "visibility_error": "forbidden",
      "fetched_at": "2026-04-01T00:00:00Z"
    },
    {
      "tracker": "eng",
      "key": "ENG-10",
      "state": "done",
      "closed_at": "2026-03-20T16:04:11Z",
      "fetched_at": "2026-04-01T00:00:00Z"
    }
  ]
}

"#]]
        );
        let again = read(&source(&written));
        assert_eq!((again.value, again.found), (tickets, vec![]));
    }

    #[test]
    fn what_cannot_be_read_is_told_and_the_rest_used() {
        for text in ["", "{", "[]", "{\"version\":2}", "{\"version\":1,\"tickets\":[é"] {
            assert_eq!(read(&source(text)).found.len(), 1, "{text}");
        }
        let text = r#"{"version":1,"tickets":[5,{"tracker":"e","key":"A-1","state":"open","fetched_at":"2026-04-01T00:00:00Z"}]}"#;
        let checked = read(&source(text));
        assert_eq!((checked.value.records().len(), checked.found.len()), (1, 1));
        assert!(read(&source(&write(&Tickets::default()))).found.is_empty());
    }
}
