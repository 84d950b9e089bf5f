//! Tables. Wide ones scroll in a named region of their own; narrow ones wrap.

use super::{Writer, escape};
use crate::model::text::{Align, Cell, Row, Table, plain};

/// Columns from which a table may not fit a phone.
const WIDE: usize = 4;

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        let wide = table.align.len().max(table.head.cells.len()) >= WIDE && !self.place.plain;
        if wide {
            self.tables += 1;
            let label = self.say("table", &self.tables.to_string());
            let mut attributes = String::from(" class=\"scroll\" tabindex=\"0\" role=\"region\"");
            escape::push("aria-label", &label, &mut attributes);
            self.open("div", &attributes);
        }
        self.out.push_str("<table>");
        if table.head.cells.iter().any(|cell| !is_empty(cell)) {
            self.out.push_str("<thead>");
            self.row(&table.head, &table.align, true);
            self.out.push_str("</thead>");
        }
        if !table.rows.is_empty() {
            self.out.push_str("<tbody>\n");
            for row in &table.rows {
                self.row(row, &table.align, false);
            }
            self.out.push_str("</tbody>");
        }
        self.out.push_str("</table>");
        if wide {
            self.close("div");
        }
    }

    fn row(&mut self, row: &Row, align: &[Align], head: bool) {
        let attributes = self.mark(row.span) + &self.at(row.span);
        self.open("tr", &attributes);
        for (column, cell) in row.cells.iter().enumerate() {
            let name = head && !is_empty(cell);
            let tag = if name { "th" } else { "td" };
            let mut attributes = self.mark(cell.span);
            if name {
                attributes.push_str(" scope=\"col\"");
            }
            attributes.push_str(match align.get(column) {
                Some(Align::Right) => " class=\"end\"",
                Some(Align::Center) => " class=\"mid\"",
                _ => "",
            });
            self.open(tag, &attributes);
            self.inlines(&cell.text);
            if !is_empty(cell) {
                self.flush_anchor();
            }
            self.close(tag);
        }
        self.out.push_str("</tr>\n");
    }
}

fn is_empty(cell: &Cell) -> bool {
    plain(&cell.text).trim().is_empty()
}
