//! Rows of a table that lost their first or last pipe, while the header of the table has both, and rows that a blank line
//! cut off from their table.
//!
//! A row is mended only where its cells become as many as the header's: anything else may mean something.

use super::{Edit, offsets};

pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut found = Vec::new();
    let mut table = Table::default();
    let mut fence: Option<&str> = None;
    let lines: Vec<(usize, &str)> = offsets(text).collect();
    for (number, (at, line)) in lines.iter().copied().enumerate() {
        let below = lines.get(number + 1).map_or("", |(_, below)| below.trim());
        let bare = line.trim();
        let marks = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        match fence {
            Some(open) if marks == Some(open) => fence = None,
            Some(_) => {}
            None if marks.is_some() => fence = marks,
            None => {
                table.line(at, line, below, &mut found);
                continue;
            }
        }
        table = Table::default();
    }
    found
}

/// What is known of the table that the lines before belong to.
#[derive(Default)]
struct Table {
    /// The pipes of the line before, if that may be a header.
    header: Option<usize>,
    /// The pipes of each row, once the line below the header was seen.
    pipes: Option<usize>,
    /// Where the one blank line behind the last row begins.
    gap: Option<usize>,
}

impl Table {
    fn line(&mut self, at: usize, line: &str, below: &str, found: &mut Vec<Edit>) {
        let bare = line.trim();
        let pipes = count(bare);
        if bare.is_empty() && self.pipes.is_some() && self.gap.is_none() {
            self.gap = Some(at);
            return;
        }
        if bare.is_empty() || pipes == 0 {
            *self = Self::default();
            return;
        }
        let whole = bare.starts_with('|') && closed(bare);
        if let Some(gap) = self.gap.take() {
            // A row above a line of dashes is the header of the next table.
            let row = whole && self.pipes == Some(pipes) && !is_rule(bare) && !is_rule(below);
            if row {
                let why = "a blank line had cut the row off from its table".to_owned();
                found.push(Edit { range: gap..at, new: String::new(), why });
                return;
            }
            *self = Self::default();
        }
        if let Some(wanted) = self.pipes {
            found.extend(mended(at, line, pipes, wanted));
            return;
        }
        if whole && is_rule(bare) && self.header == Some(pipes) {
            self.pipes = Some(pipes);
        }
        self.header = whole.then_some(pipes);
    }
}

/// Whether a line is the one below a header.
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

fn mended(at: usize, line: &str, pipes: usize, wanted: usize) -> Option<Edit> {
    let bare = line.trim();
    let start = at + line.len() - line.trim_start().len();
    let end = at + line.trim_end().len();
    let lacks = |range, new: &str, which: &str| Edit {
        range,
        new: new.to_owned(),
        why: format!("the row had lost its {which} pipe"),
    };
    match (bare.starts_with('|'), closed(bare)) {
        (false, true) if pipes + 1 == wanted => Some(lacks(start..start, "| ", "first")),
        (true, false) if pipes + 1 == wanted => Some(lacks(end..end, " |", "last")),
        _ => None,
    }
}

/// Pipes that separate cells.
fn count(line: &str) -> usize {
    let mut escaped = false;
    line.bytes()
        .filter(|byte| {
            let pipe = *byte == b'|' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            pipe
        })
        .count()
}

fn closed(line: &str) -> bool {
    line.strip_suffix('|').is_some_and(|rest| count(&format!("{rest}|")) > count(rest))
}
