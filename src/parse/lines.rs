//! A document as one flat run of lines: headings, items, table rows, terms, and the lines of paragraphs.
//!
//! Timelines and promises stand in any of these. Flattened once, every reader of facts takes the part of the run that
//! lies in its sections and looks at shapes and parents instead of walking the tree again.

use crate::diag::Span;
use crate::model::text::{Block, BlockKind, Cell, Document, Inline, InlineKind, Item, List, Table, plain};
use std::ops::Range;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A heading of this level.
    Heading(u8),
    /// A line of a paragraph; `first` is the paragraph's first.
    Text {
        /// Whether the paragraph begins here.
        first: bool,
    },
    /// A list item with the state of its box.
    Item {
        /// `[x]`, `[ ]`, or none.
        task: Option<bool>,
    },
    /// A table row; `head` is the header.
    Row {
        /// Whether it is the header row.
        head: bool,
    },
    /// The term of a definition.
    Term,
}

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// What it is.
    pub(super) shape: Shape,
    /// The whole element: an item with all below it, a row, a heading.
    pub(super) span: Span,
    /// Its words: of an item those of its first paragraph, of a row all cells with `|` between them.
    pub(super) text: String,
    /// The same with markup.
    pub(super) inlines: &'a [Inline],
    /// The cells of a row.
    pub(super) cells: &'a [Cell],
    /// Number of the list or table it belongs to; 0 outside.
    pub(super) group: u32,
    /// The item it stands inside.
    pub(super) parent: Option<usize>,
    /// Whether it stands in a quotation or a footnote.
    pub(super) quoted: bool,
}

/// All lines of a document in order.
#[derive(Debug, Default)]
pub(super) struct Lined<'a> {
    /// The lines.
    pub(super) all: Vec<Line<'a>>,
    groups: u32,
}

impl<'a> Lined<'a> {
    /// Flattens `document`.
    pub(super) fn of(document: &'a Document) -> Self {
        let mut lined = Self::default();
        lined.blocks(&document.blocks, None, false);
        lined
    }

    /// The lines that begin inside `extent`.
    pub(super) fn inside(&self, extent: Span) -> Range<usize> {
        let first = self.all.partition_point(|line| line.span.start < extent.start);
        let last = self.all.partition_point(|line| line.span.start < extent.end);
        first..last.max(first)
    }

    /// The line at `at`.
    pub(super) fn get(&self, at: usize) -> Option<&Line<'a>> {
        self.all.get(at)
    }

    /// The lines directly inside the item at `at`.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = (usize, &Line<'a>)> {
        let end = self.all.get(at).map_or(0, |line| line.span.end);
        let inside =
            self.all.iter().enumerate().skip(at + 1).take_while(move |(_, line)| line.span.start < end);
        inside.filter(move |(_, line)| line.parent == Some(at))
    }

    fn blocks(&mut self, blocks: &'a [Block], parent: Option<usize>, quoted: bool) {
        for block in blocks {
            self.block(block, parent, quoted);
        }
    }

    fn block(&mut self, block: &'a Block, parent: Option<usize>, quoted: bool) {
        match &block.kind {
            BlockKind::Heading(heading) => {
                self.push(Shape::Heading(heading.level), block.span, &heading.text, parent, quoted);
            }
            BlockKind::Paragraph(text) => self.paragraph(text, parent, quoted),
            BlockKind::Quote(_, inner) | BlockKind::Footnote(_, inner) => self.blocks(inner, parent, true),
            BlockKind::List(list) => self.list(list, parent, quoted),
            BlockKind::Table(table) => self.table(table, parent, quoted),
            BlockKind::Definitions(all) => {
                for one in all {
                    self.push(Shape::Term, one.span, &one.term, parent, quoted);
                    one.details.iter().for_each(|details| self.blocks(details, parent, quoted));
                }
            }
            BlockKind::Code(_) | BlockKind::Html(_) | BlockKind::Rule => {}
        }
    }

    fn push(&mut self, shape: Shape, span: Span, inlines: &'a [Inline], parent: Option<usize>, quoted: bool) {
        let text = plain(inlines).trim().to_owned();
        self.all.push(Line { shape, span, text, inlines, cells: &[], group: 0, parent, quoted });
    }

    /// The lines of a paragraph, at soft and hard breaks and at `<br>`.
    fn paragraph(&mut self, text: &'a [Inline], parent: Option<usize>, quoted: bool) {
        let mut first = true;
        for part in text.split(|inline| is_break(&inline.kind)).filter(|part| !part.is_empty()) {
            let span = match (part.first(), part.last()) {
                (Some(first), Some(last)) => Span { start: first.span.start, end: last.span.end },
                _ => continue,
            };
            self.push(Shape::Text { first }, span, part, parent, quoted);
            first = false;
        }
    }

    fn list(&mut self, list: &'a List, parent: Option<usize>, quoted: bool) {
        self.groups += 1;
        let group = self.groups;
        for item in &list.items {
            self.item(item, group, parent, quoted);
        }
    }

    fn item(&mut self, item: &'a Item, group: u32, parent: Option<usize>, quoted: bool) {
        let at = self.all.len();
        let (inlines, rest) = match item.blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph(text), .. }, rest)) => (text.as_slice(), rest),
            Some((Block { kind: BlockKind::Heading(heading), .. }, rest)) => (heading.text.as_slice(), rest),
            _ => (&[][..], item.blocks.as_slice()),
        };
        self.push(Shape::Item { task: item.task }, item.span, inlines, parent, quoted);
        if let Some(line) = self.all.last_mut() {
            line.group = group;
        }
        self.blocks(rest, Some(at), quoted);
    }

    fn table(&mut self, table: &'a Table, parent: Option<usize>, quoted: bool) {
        self.groups += 1;
        let rows = std::iter::once((true, &table.head)).chain(table.rows.iter().map(|row| (false, row)));
        for (head, row) in rows {
            let words: Vec<String> =
                row.cells.iter().map(|cell| plain(&cell.text).trim().to_owned()).collect();
            self.all.push(Line {
                shape: Shape::Row { head },
                span: row.span,
                text: words.join(" | "),
                inlines: &[],
                cells: &row.cells,
                group: self.groups,
                parent,
                quoted,
            });
        }
    }
}

fn is_break(kind: &InlineKind) -> bool {
    match kind {
        InlineKind::SoftBreak | InlineKind::HardBreak => true,
        InlineKind::Html(html) => html.to_ascii_lowercase().starts_with("<br"),
        _ => false,
    }
}

/// The lines of a text whose first byte is at `start`, without the blanks around them, each with where it begins.
pub(super) fn trimmed(text: &str, start: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = start;
    text.split_inclusive('\n').map(move |line| {
        let begins = at + line.len() - line.trim_start().len();
        at += line.len();
        (begins, line.trim())
    })
}
