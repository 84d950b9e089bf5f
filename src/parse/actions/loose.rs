//! Promises that stand in no list and no table: rows that lost their table, and sentences of paragraphs.

use super::item::Words;
use super::table::Columns;
use super::walk::{Walker, label_line};
use super::{Group, prose, state};
use crate::diag::{Diagnostic, Span};
use crate::model::Section;
use crate::model::text::{Inline, InlineKind};
use crate::parse::lines::{self, Line, Shape};

impl Walker<'_, '_> {
    /// A paragraph between items: a line with pipes is a row that lost its place in the table, a line with a mark is an
    /// item without a bullet; anything else only introduces the items.
    pub(super) fn intro(&mut self, line: &Line<'_>, group: &Group) {
        if line.text.matches('|').count() >= 2 {
            self.lost_row(line, group);
            return;
        }
        let mut text = line.text.clone();
        if line.parent.is_none()
            && state::take(&mut text, self.reader.config).is_some_and(|(_, mark)| mark.from == "emoji")
        {
            self.push(line, None, group);
        }
    }

    /// `Add alerts | Process | Team A |`: a row whose leading pipe or whose table's separator was lost.
    pub(super) fn lost_row(&mut self, line: &Line<'_>, group: &Group) {
        let cells: Vec<&str> = line.text.trim_matches(['|', ' ']).split('|').map(str::trim).collect();
        let blank = |cell: &&str| cell.chars().all(|c| matches!(c, '-' | ':' | ' '));
        if cells.iter().all(blank) {
            return;
        }
        if self.lost_header.is_none() {
            let titles: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
            self.lost_header = Columns::of(&titles, false).filter(Columns::is_sure);
            if self.lost_header.is_some() {
                return;
            }
        }
        let known = self.lost_header.as_ref().or_else(|| self.tables.values().rev().find_map(Option::as_ref));
        let Some(columns) = known.cloned() else { return };
        let message = "this line has pipes, but stands in no table";
        let help = "begin it with `|`, and put a line `| --- | --- |` below the header";
        self.found.push(Diagnostic::warning("lost-pipe", self.context.source, line.span, message).help(help));
        let number = self.context.lines.line(line.span.start);
        if let Some(item) = columns.lost_row(&cells, &self.reader, group, line.span, number) {
            self.items.push(item);
            self.lists.push(0);
        }
    }

    /// A list that stands so far to the right that Markdown takes it for code: each of its lines that promises something,
    /// in a section without other items.
    pub(super) fn indented(&mut self, section: &Section) {
        let source = &self.context.source.text;
        let group = self.group(&section.title, None);
        let inside = |span: Span| section.extent.start <= span.start && span.start < section.extent.end;
        let blocks = self.context.document.blocks.iter().filter(|block| inside(block.span));
        for block in blocks.filter(|block| block.is_indented(source)) {
            for (start, line) in lines::trimmed(block.span.of(source), block.span.start as usize) {
                let own = line.trim_start_matches(|c: char| {
                    c.is_ascii_digit() || matches!(c, '-' | '*' | '.' | ')' | ' ')
                });
                let code = own.contains(['{', '}', '$', '=', ';', '|', '<', '\\'])
                    || own.split_whitespace().count() < 3;
                if code || !prose::promises_something(own, false) {
                    continue;
                }
                let span = Span::new(start, start + line.len());
                let inline = Inline { span, kind: InlineKind::Text(own.into()) };
                let number = self.context.lines.line(span.start);
                let words = Words::of(&[inline], self.reader.config);
                if let Some(item) = self.reader.item(words, None, &group, span, number) {
                    self.items.push(item);
                    self.lists.push(0);
                }
            }
        }
    }

    /// Paragraphs of a section without items: each sentence-ended line that promises something is one.
    pub(super) fn paragraph(&mut self, at: usize, end_line: usize, section: &Section, group: &Group) -> u32 {
        let lines = self.lined.all.get(at..end_line).unwrap_or_default();
        let more = lines.iter().skip(1).take_while(|line| line.shape == Shape::Text { first: false }).count();
        let paragraph = lines.get(..=more).unwrap_or_default();
        let end = paragraph.last().map_or(0, |line| line.span.end);
        let pipes = paragraph.iter().filter(|line| line.text.matches('|').count() >= 2).count();
        if pipes >= 2 {
            for line in paragraph {
                self.lost_row(line, group);
            }
            return end;
        }
        let marked = self.marked_lines(at, end_line);
        for part in prose::promises(paragraph, marked) {
            let mut words = Words::default();
            for line in part {
                words.join(Words::of(prose::after_label(line, section.span), self.reader.config));
            }
            if part.first().is_some_and(|line| prose::has_bullet(&line.text)) {
                let own = words.text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned();
                let own = own
                    .split_once(". ")
                    .filter(|(mark, _)| mark.len() == 1)
                    .map_or(own.as_str(), |(_, own)| own)
                    .to_owned();
                words.text = own;
            }
            let (Some(first), Some(last)) = (part.first(), part.last()) else {
                continue;
            };
            if label_line(last).is_some() || last.text.ends_with(':') {
                continue;
            }
            let linked = !words.tickets.is_empty();
            // `The check asks the wrong host. (fixed by asking the right one)`
            let done = state::ends_in_a_deed(&words.text);
            if !done && !prose::promises_something(&words.text, linked) {
                continue;
            }
            let span = Span { start: first.span.start, end: last.span.end };
            let number = self.context.lines.line(span.start);
            if let Some(item) = self.reader.item(words, None, group, span, number) {
                self.items.push(item);
                self.lists.push(0);
            }
        }
        end
    }
}
