//! Where findings stand, as lines and columns: one table per file, so that thousands of findings in one long file, or
//! on one very long line, cost no more than reading the file once.

use crate::diag::{Diagnostic, Lines, Position, SourceMap};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Bytes between two places whose character count is remembered.
const STRIDE: usize = 1024;

/// A finding's place; columns count characters, both ends from 1, `end` one past the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: Position,
    pub(super) end: Position,
    /// First byte of the line on which the finding starts.
    pub(super) line_start: usize,
}

/// Looks places up.
pub(super) struct Places<'a> {
    sources: &'a SourceMap,
    tables: BTreeMap<Arc<str>, Option<Table<'a>>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a SourceMap) -> Self {
        Self { sources, tables: BTreeMap::new() }
    }

    /// The place of `finding`; line 1, column 1 where its source is not known.
    pub(super) fn of(&mut self, finding: &Diagnostic) -> Place {
        let table = self
            .tables
            .entry(Arc::clone(&finding.file))
            .or_insert_with(|| self.sources.text(&finding.file).map(Table::of));
        let Some(table) = table else {
            let start = Position { line: 1, column: 1 };
            return Place { start, end: start, line_start: 0 };
        };
        let start = table.position(finding.span.start as usize);
        Place { start: start.0, end: table.position(finding.span.end as usize).0, line_start: start.1 }
    }
}

struct Table<'a> {
    text: &'a str,
    lines: Lines,
    /// Characters before byte `n * STRIDE`.
    characters: Vec<usize>,
}

impl<'a> Table<'a> {
    fn of(text: &'a str) -> Self {
        let mut characters = vec![0];
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            count += starts_of_characters(chunk);
            characters.push(count);
        }
        Self { text, lines: Lines::of(text), characters }
    }

    /// The position of byte `offset`, and the first byte of its line.
    fn position(&self, offset: usize) -> (Position, usize) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.lines.line(u32::try_from(offset).unwrap_or(u32::MAX));
        let line_start = self.lines.start(line) as usize;
        let column = self.before(offset) - self.before(line_start) + 1;
        let line = line as usize;
        (Position { line, column }, line_start)
    }

    /// Characters before byte `offset`.
    fn before(&self, offset: usize) -> usize {
        let chunk = offset / STRIDE;
        let known = self.characters.get(chunk).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(chunk * STRIDE..offset).unwrap_or_default();
        known + starts_of_characters(rest)
    }
}

fn starts_of_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::position;

    #[test]
    fn the_table_agrees_with_counting() {
        let text = format!("α\nβγ x\n{}\nend", "ø😀e\u{301}".repeat(700));
        let table = Table::of(&text);
        for offset in (0..text.len() + 3).step_by(7) {
            assert_eq!(table.position(offset).0, position(&text, offset), "at {offset}");
        }
    }
}
