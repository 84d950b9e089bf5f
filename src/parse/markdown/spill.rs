//! Cells of a row beyond those of the header: Markdown drops them, and what an author wrote may not get lost. They become
//! cells all the same.

use crate::diag::{Diagnostic, Source, Span};
use crate::model::text::{Cell, Inline, Row};

/// Most findings about one text.
const MOST: usize = 10;

/// Adds the cells that `row` has beyond its last one, their words read by `inlines`; `text` stands at byte `from` of its
/// source. Says where they are.
pub(super) fn cells(
    row: &mut Row,
    text: &str,
    from: usize,
    inlines: fn(&str, usize) -> Vec<Inline>,
) -> Option<Span> {
    let last = row.cells.last()?.span.end;
    let begin = (last as usize).checked_sub(from)?;
    let end = (row.span.end as usize).checked_sub(from)?;
    let rest = text.get(begin..end)?;
    let trimmed = rest.trim_start().strip_prefix('|')?;
    let mut at = begin + (rest.len() - trimmed.len());
    let trimmed = trimmed.trim_end();
    let trimmed = trimmed.strip_suffix('|').unwrap_or(trimmed);
    if trimmed.trim().is_empty() {
        return None;
    }
    let first = at;
    for part in parts(trimmed) {
        let start = from + at + (part.len() - part.trim_start().len());
        let span = Span::new(start, start + part.trim().len());
        // With the pipe before it, it is a paragraph whatever it begins with.
        let cell = text.get(at - 1..at + part.len()).unwrap_or_default();
        row.cells.push(Cell { span, text: inlines(cell.trim_end(), from + at - 1) });
        at += part.len() + 1;
    }
    Some(Span::new(from + first, from + first + trimmed.len()))
}

/// What stands between pipes that are not escaped.
fn parts(row: &str) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    row.split(move |c| {
        let ends = c == '|' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })
}

/// Warnings about the cells at `spans`.
pub(super) fn told<'a>(spans: &'a [Span], source: &'a Source) -> impl Iterator<Item = Diagnostic> + 'a {
    spans.iter().take(MOST).map(|span| {
        let message = "this row has more cells than the header of its table";
        let help = "give the header a cell for each column, or write a `|` that is no border as `\\|`";
        Diagnostic::warning("extra-cells", source, *span, message).help(help)
    })
}
