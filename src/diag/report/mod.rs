//! Findings as text, for people and for machines.
//!
//! [`Report`] pairs findings with the sources they point into: sorted, each with its line and column. From there one
//! file per form: [`human`](Report::human) with the source line and a caret, [`short`](Report::short) with one line
//! each, [`json`](Report::json), [`github`](Report::github) and [`sarif`](Report::sarif). Nothing here prints.

mod github;
mod human;
mod json;
mod places;
mod sarif;
mod short;

use super::{Diagnostic, Level, Position, SourceMap, words};
use places::{Place, Places};
use std::fmt::Write as _;

/// Findings in the order in which they are told, each with its place.
#[derive(Debug)]
pub struct Report<'a> {
    told: Vec<Told<'a>>,
}

/// One finding with what the forms need to know of its source.
#[derive(Debug)]
struct Told<'a> {
    finding: &'a Diagnostic,
    place: Place,
    /// The source's text; `None` where it was not read as text.
    text: Option<&'a str>,
}

impl<'a> Report<'a> {
    /// Sorts `found` by file and place and looks every place up once. What was found twice is told once.
    pub fn new(found: &'a [Diagnostic], sources: &'a SourceMap) -> Self {
        let mut sorted: Vec<&Diagnostic> = found.iter().collect();
        sorted.sort_by(|a, b| a.order(b));
        sorted.dedup();
        let mut places = Places::new(sources);
        let told = sorted
            .into_iter()
            .map(|finding| Told { finding, place: places.of(finding), text: sources.text(&finding.file) })
            .collect();
        Self { told }
    }

    /// Every finding with the line and column where it starts.
    pub fn places(&self) -> impl Iterator<Item = (&'a Diagnostic, Position)> {
        self.told.iter().map(|told| (told.finding, told.place.start))
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    /// How many findings are of `level`.
    pub fn count(&self, level: Level) -> usize {
        self.told.iter().filter(|told| told.finding.level == level).count()
    }

    /// `3 errors, 1 warning`; empty where nothing was found.
    pub fn summary(&self) -> String {
        let mut text = String::new();
        for level in [Level::Error, Level::Warning] {
            let n = self.count(level);
            if n > 0 {
                let comma = if text.is_empty() { "" } else { ", " };
                let _ = write!(text, "{comma}{}", words::count(n, level.word()));
            }
        }
        text
    }
}

/// `text` on one line and without anything a terminal would act on: control and direction-changing characters become
/// visible. File names and quoted source may hold anything.
pub fn printable(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => clean.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {
                let _ = write!(clean, "{}", c.escape_unicode());
            }
            c if c.is_control() => {
                let _ = write!(clean, "{}", c.escape_unicode());
            }
            c => clean.push(c),
        }
    }
    clean
}

#[cfg(test)]
mod tests;
