//! Cost grows with the length of a text and no faster: the input is repeated until it is long.

use super::{cpu, editions};
use kb::model::Audience;

/// Length of the text in bytes.
const LENGTH: usize = 48 << 10;
/// Milliseconds that reading it may take, many times what an ordinary text of that length needs.
const MOST: u64 = if cfg!(debug_assertions) { 4_000 } else { 1_500 };

/// Reads the input over and over again: as it is, line by line, and as openings with as many closings.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data.get(..200).unwrap_or(data));
    let (once, many) = text.split_once('\u{1f}').unwrap_or(("", &text));
    if many.is_empty() {
        return;
    }
    let file = format!("{once}{}", many.repeat(LENGTH / many.len()));
    cpu::within(MOST, "reading what repeats", || editions::of(&[("a.md", &file)], Audience::Internal));
}
