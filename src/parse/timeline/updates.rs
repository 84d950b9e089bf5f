//! The updates of a status page, as its export writes them: what was said first, and when below it.
//!
//! ```text
//! **Resolved** - The shelves are lit again.
//! Mar 14, 2023 - 15:12 UTC
//! ```

use super::status::{Update, meaning};
use super::tracked;
use crate::model::text::{InlineKind, plain};
use crate::parse::lines::{Lined, Shape};
use crate::parse::times::{self, Order};

/// Words that status pages begin an update with.
const WORDS: [&str; 9] = [
    "investigating",
    "identified",
    "monitoring",
    "resolved",
    "update",
    "verifying",
    "completed",
    "in progress",
    "postmortem",
];

/// The update that begins at line `at`.
pub(super) fn at(lined: &Lined<'_>, at: usize, order: Order) -> Option<Update> {
    tracked::at(lined, at, order).or_else(|| below_its_word(lined, at, order))
}

/// The update whose paragraph begins at line `at` with a word in bold.
fn below_its_word(lined: &Lined<'_>, at: usize, order: Order) -> Option<Update> {
    let first = lined.get(at).filter(|line| line.shape == Shape::Text { first: true } && !line.quoted)?;
    let InlineKind::Strong(word) = &first.inlines.first()?.kind else { return None };
    let word = plain(word).trim().trim_end_matches(':').to_lowercase();
    if !WORDS.contains(&word.as_str()) {
        return None;
    }
    let rest = lined.all.get(at + 1..).unwrap_or_default();
    let mark = meaning(&word);
    // `**Resolved** [14/03/2023 15:12]`, and the story in the paragraph below.
    let behind =
        first.text.get(word.len()..).unwrap_or_default().trim_start_matches([' ', ':', '-', '–', '—']);
    if let Some(stamp) =
        times::read(behind, order).filter(|stamp| stamp.len == behind.len() && stamp.date.is_some())
    {
        let story = rest.iter().take_while(|line| matches!(line.shape, Shape::Text { .. }));
        let below = story
            .enumerate()
            .take_while(|(number, line)| *number == 0 || line.shape == (Shape::Text { first: false }));
        let told: Vec<&str> = below.map(|(_, line)| line.text.as_str()).collect();
        let written = behind.get(stamp.written.clone()).unwrap_or_default().to_owned();
        return Some(Update {
            stamp,
            written,
            last: at + told.len(),
            text: told.join(" "),
            mark,
            sure: false,
        });
    }
    let more = rest.iter().take_while(|line| line.shape == Shape::Text { first: false }).count();
    let last = lined.get(at + more).filter(|_| more > 0)?;
    let stamp = times::read(&last.text, order)
        .filter(|stamp| stamp.len == last.text.len() && stamp.time.is_some())?;
    let told = rest.iter().take(more - 1).map(|line| line.text.as_str());
    let text = std::iter::once(first.text.as_str()).chain(told).collect::<Vec<_>>().join(" ");
    let written = last.text.get(stamp.written.clone()).unwrap_or_default().to_owned();
    Some(Update { stamp, written, last: at + more, text, mark, sure: false })
}
