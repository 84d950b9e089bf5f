//! Cost grows with the length of a text and no faster: the input is repeated until it is long.

use super::{cpu, editions, render};
use jiff::civil::date;
use kb::lint;
use kb::model::Audience;

/// Length of the text in bytes.
const LENGTH: usize = 48 << 10;
/// Milliseconds that each step may take, many times what an ordinary text of that length needs.
const MOST: u64 = if cfg!(debug_assertions) { 4_000 } else { 1_500 };

/// Reads, judges, publishes and renders the input repeated; what stands before a byte 31 stands there once.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data.get(..200).unwrap_or(data));
    let (once, many) = text.split_once('\u{1f}').unwrap_or(("", &text));
    if many.is_empty() {
        return;
    }
    let file = format!("{once}{}", many.repeat(LENGTH / many.len()));
    let public = format!("---\nvisibility: public\n---\n{file}");
    let read = cpu::within(MOST, "reading", || editions::of(&[("a.md", &file)], Audience::Internal));
    let config = &editions::settings().0;
    cpu::within(MOST, "judging", || lint::check(&read.value, config, date(2026, 1, 1), read.found));
    cpu::within(MOST, "rendering", || render::pages(&read.value, false));
    cpu::within(MOST, "publishing", || editions::of(&[("a.md", &public)], Audience::Public));
}
