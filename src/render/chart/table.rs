//! The numbers of a chart as rows, with the items behind each: for the disclosure below it and for its CSV file.

use crate::measure::{Count, Item, Share, share_in_words};
use serde::Serialize;

/// Most rows of a table that a page shows; what repeats in a large archive fills thousands.
pub(in crate::render) const ROWS: usize = 60;

/// One field: what is shown, and what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Cell {
    /// What is shown.
    pub text: String,
    /// The items behind it; empty where it is a name, or follows from other fields.
    #[serde(skip)]
    pub items: Vec<Item>,
    /// How many it counts beyond those.
    #[serde(skip)]
    pub more: usize,
    /// Where on the web people read of it.
    #[serde(skip)]
    pub far: Option<String>,
}

/// One row, with the cell that names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What the row is.
    pub head: Cell,
    /// Its fields, one for each column but the first.
    pub cells: Vec<Cell>,
}

/// Rows under named columns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct DataTable {
    /// Names of the columns; the first names the rows.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether larger counts are shaded darker.
    pub shaded: bool,
}

impl Cell {
    /// A field that stands for `items`.
    pub(super) fn of(text: impl Into<String>, items: Vec<Item>) -> Self {
        Self { text: text.into(), items, ..Self::default() }
    }

    /// A field without items.
    pub(super) fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

impl From<&[Item]> for Cell {
    fn from(items: &[Item]) -> Self {
        Self::of(items.len().to_string(), items.to_vec())
    }
}

impl From<&Share> for Cell {
    fn from(share: &Share) -> Self {
        Self::of(share_in_words(share), share.yes.clone())
    }
}

impl From<&Count> for Cell {
    fn from(count: &Count) -> Self {
        Self::of(count.n().to_string(), count.items.clone())
    }
}

impl DataTable {
    pub(super) fn new(columns: &[&str]) -> Self {
        Self {
            columns: columns.iter().map(|name| (*name).to_owned()).collect(),
            rows: Vec::new(),
            shaded: false,
        }
    }

    pub(in crate::render) fn push(&mut self, head: impl Into<String>, cells: Vec<Cell>) {
        self.rows.push(Row { head: Cell::words(head), cells });
    }

    /// The table as CSV (RFC 4180), with a first row of names. Fields that a spreadsheet would take for a formula are
    /// quoted with an apostrophe.
    pub fn csv(&self) -> String {
        let mut out = String::new();
        push_line(self.columns.iter().map(String::as_str), &mut out);
        for row in &self.rows {
            let cells = row.cells.iter().map(|cell| cell.text.as_str());
            push_line(std::iter::once(row.head.text.as_str()).chain(cells), &mut out);
        }
        out
    }
}

/// Appends one line of a CSV file (RFC 4180); a field that a spreadsheet would run as a formula is quoted, and so is one that
/// it would part at a semicolon, as it does in half of Europe, of which the second half may be a formula.
pub(in crate::render) fn push_line<'a>(fields: impl Iterator<Item = &'a str>, out: &mut String) {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            out.push(',');
        }
        let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        if field.contains([',', ';', '\t', '"', '\n', '\r']) || !guard.is_empty() {
            out.push('"');
            out.push_str(guard);
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(field);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_csv_keeps_commas_quotes_and_runs_no_formula() {
        let mut table = DataTable::new(&["name", "n"]);
        table.push("a, \"b\"", vec![Cell::words("1")]);
        table.push("=1+1", vec![Cell::words("2")]);
        assert_eq!(table.csv(), "name,n\r\n\"a, \"\"b\"\"\",1\r\n\"'=1+1\",2\r\n");
    }
}
