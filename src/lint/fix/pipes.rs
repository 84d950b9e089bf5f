//! Rows of a table that lost their first or last pipe, while the header of the table has both.
//!
//! A row is mended only where the pipe makes its cells as many as the header's: anything else may mean something.

use super::{Edit, offsets};

pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut found = Vec::new();
    let mut table = Table::default();
    let mut fence: Option<&str> = None;
    for (at, line) in offsets(text) {
        let bare = line.trim();
        let marks = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        match fence {
            Some(open) if marks == Some(open) => fence = None,
            Some(_) => {}
            None if marks.is_some() => fence = marks,
            None => {
                table.line(at, line, &mut found);
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
}

impl Table {
    fn line(&mut self, at: usize, line: &str, found: &mut Vec<Edit>) {
        let bare = line.trim();
        let pipes = count(bare);
        if bare.is_empty() || pipes == 0 {
            *self = Self::default();
            return;
        }
        if let Some(wanted) = self.pipes {
            found.extend(mended(at, line, pipes, wanted));
            return;
        }
        let whole = bare.starts_with('|') && closed(bare);
        if whole && bare.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')) && self.header == Some(pipes) {
            self.pipes = Some(pipes);
        }
        self.header = whole.then_some(pipes);
    }
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
