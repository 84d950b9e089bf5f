//! The updates of a page that `cState` makes, each with its time in a shortcode at its end.
//!
//! ```text
//! *Resolved* - The shelves are lit again. {{< track "2023-03-14 15:12:00" >}}
//! ```

use super::status::{Update, meaning};
use crate::model::text::InlineKind;
use crate::parse::lines::{Line, Lined, Shape};
use crate::parse::times::{self, Order, Stamp};

/// An update is no longer than this, in lines.
const LONGEST: usize = 12;

/// The update that begins at line `at`: at the beginning of a paragraph, or behind the end of the one before.
pub(super) fn at(lined: &Lined<'_>, at: usize, order: Order) -> Option<Update> {
    let is_text = |number: usize| {
        lined.get(number).filter(|line| matches!(line.shape, Shape::Text { .. }) && !line.quoted)
    };
    let first = is_text(at)?;
    let behind =
        || at.checked_sub(1).and_then(is_text).is_some_and(|line| split(&line.text, order).is_some());
    if first.shape != (Shape::Text { first: true }) && !behind() && !is_marked(first) {
        return None;
    }
    let goes_on = |number: &usize| {
        *number == at || is_text(*number).is_some_and(|line| line.shape == Shape::Text { first: false })
    };
    let mut told: Vec<&str> = Vec::new();
    for number in (at..at + LONGEST).take_while(goes_on) {
        let line = lined.get(number)?;
        if number > at && is_marked(line) {
            return None;
        }
        let line = &line.text;
        let Some((words, written, stamp)) = split(line, order) else {
            told.push(line);
            continue;
        };
        told.push(words);
        let text = told.join(" ").trim().to_owned();
        let word = text.split([':', '–', '—']).next().and_then(|words| words.split(" - ").next());
        let mark = word.and_then(|word| meaning(word.trim_matches([' ', '?', '*']).to_lowercase().as_str()));
        return Some(Update { stamp, written: written.to_owned(), last: number, text, mark, sure: true });
    }
    None
}

/// Whether a line begins with a word that is set apart: `**Monitoring:** …`.
fn is_marked(line: &Line<'_>) -> bool {
    line.inlines
        .first()
        .is_some_and(|first| matches!(first.kind, InlineKind::Strong(_) | InlineKind::Emphasis(_)))
}

/// The words before the shortcode at the end of a line, the time in it as written, and as read.
fn split(line: &str, order: Order) -> Option<(&str, &str, Stamp)> {
    let (words, code) = line.rsplit_once("{{<")?;
    let (code, rest) = code.split_once(">}}")?;
    let written = code.trim().strip_prefix("track")?.trim().trim_matches(['"', '\'', '“', '”', '`']);
    let stamp =
        times::read(written, order).filter(|stamp| stamp.len == written.len() && stamp.time.is_some())?;
    rest.trim().trim_end_matches('\\').is_empty().then_some((words.trim_end(), written, stamp))
}
