//! Findings for people: the fact, the place, the source line with the span marked, and what to write instead.

use super::{Report, Told, printable};
use crate::diag::Level;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Rank, Origin, Renderer, Snippet};
use std::ops::Range;

/// Characters of a source line that are shown before and after the start of a span.
const BEFORE: usize = 60;
const AFTER: usize = 140;

impl Report<'_> {
    /// Every finding with its source line, a blank line between two, and the closing line `3 errors, 1 warning`.
    /// Empty where nothing was found. `colour` adds ANSI colours.
    pub fn human(&self, colour: bool) -> String {
        if self.is_empty() {
            return String::new();
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(BEFORE + AFTER + 40);
        let mut text = String::new();
        for told in &self.told {
            text.push_str(&one(told, &renderer));
            text.push_str("\n\n");
        }
        text.push_str(&self.summary());
        text.push('\n');
        text
    }
}

fn one(told: &Told, renderer: &Renderer) -> String {
    let finding = told.finding;
    let rank = match finding.level {
        Level::Error => Rank::ERROR,
        Level::Warning => Rank::WARNING,
    };
    let (message, name) = (printable(&finding.message), printable(&finding.file));
    let cutting = told.text.map(|text| Cutting::of(text, told));
    let origin = Origin::path(name.as_str()).line(told.place.start.line).char_column(told.place.start.column);
    let mut group = Group::with_title(rank.primary_title(message.as_str()).id(finding.code)).element(origin);
    if let Some(cutting) = cutting.as_ref().filter(|cutting| !cutting.line.trim().is_empty()) {
        let snippet = Snippet::source(cutting.line.as_str())
            .line_start(told.place.start.line)
            .annotation(AnnotationKind::Primary.span(cutting.span.clone()));
        group = group.element(snippet);
    }
    let help = finding.help.as_deref().map(printable);
    if let Some(help) = &help {
        group = group.element(Rank::HELP.message(help.as_str()));
    }
    without_empty_origin(&renderer.render(&[group]))
}

/// Drops the ` ::: ` that announces a snippet of a further file. Our snippets name no file: their lines are cut, so the
/// renderer would count wrong columns, and the place stands above already.
fn without_empty_origin(text: &str) -> String {
    let announces = |line: &str| line.contains(":::") && !line.contains('|');
    let kept = text.lines().enumerate().filter(|(at, line)| *at != 3 || !announces(line));
    kept.map(|(_, line)| line.trim_end()).collect::<Vec<_>>().join("\n")
}

/// The part of a source line that is shown, and the marked bytes within it.
struct Cutting {
    line: String,
    span: Range<usize>,
}

impl Cutting {
    /// The line on which the finding starts, cut around the span; a span over several lines is marked to the end of its first.
    fn of(text: &str, told: &Told) -> Self {
        let line_start = told.place.line_start;
        let rest = text.get(line_start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let clamp = |offset: u32| floor(line, (offset as usize).saturating_sub(line_start));
        let (start, end) = (clamp(told.finding.span.start), clamp(told.finding.span.end));
        let (head, tail) = line.split_at_checked(start).unwrap_or((line, ""));
        let from = head.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
        let to = tail.char_indices().nth(AFTER).map_or(line.len(), |(at, _)| start + at);
        let before = if from > 0 { "…" } else { "" };
        let after = if to < line.len() { "…" } else { "" };
        let moved = |at: usize| at.clamp(from, to) - from + before.len();
        Self {
            line: format!("{before}{}{after}", line.get(from..to).unwrap_or_default()),
            span: moved(start)..moved(end.max(start)),
        }
    }
}

/// The nearest character boundary of `line` at or before `at`.
fn floor(line: &str, at: usize) -> usize {
    let mut at = at.min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}
