//! Folds events into blocks with an explicit stack.

use super::MAX_DEPTH;
use super::anchor::Anchors;
use super::frame::{Closed, Frame, Open};
use super::{inline, spill};
use crate::diag::Span;
use crate::model::text::{Block, BlockKind, Document, Inline, InlineKind, plain};
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::ops::Range;

/// The sink of what stands directly in the document.
const ROOT: usize = usize::MAX;

/// The tree so far.
pub(super) struct Builder<'a> {
    text: &'a str,
    from: usize,
    root: Frame,
    stack: Vec<Frame>,
    /// How many frames on the stack are kept, that is, not passed through.
    depth: usize,
    /// How many links and images are open: inside them a bare address is no link of its own.
    links: usize,
    anchors: Anchors,
    has_html: bool,
    odd: Odd,
}

/// Where something could not be read as it was meant.
#[derive(Default)]
pub(super) struct Odd {
    /// The place where nesting first went too deep.
    pub(super) too_deep: Option<Span>,
    /// Cells beyond those of their header.
    pub(super) spilled: Vec<Span>,
}

impl<'a> Builder<'a> {
    /// Begins a document over `text`, which stands at byte `from` of its source.
    pub(super) fn new(text: &'a str, from: usize) -> Self {
        let root = Frame::new(Open::Root, Span::new(from, from + text.len()), ROOT);
        Self {
            text,
            from,
            root,
            stack: Vec::new(),
            depth: 0,
            links: 0,
            anchors: Anchors::default(),
            has_html: false,
            odd: Odd::default(),
        }
    }

    /// Takes the next event.
    pub(super) fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        let span = Span::from(range).shifted(self.from);
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(_) => self.end(),
            Event::Text(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                self.words(&words, span);
            }
            Event::Code(code) => self.inline(InlineKind::Code(code.as_ref().into()), span),
            Event::Html(html) => self.raw(&html, span),
            Event::InlineHtml(html) => {
                self.has_html = true;
                self.inline(InlineKind::Html(html.as_ref().into()), span);
            }
            Event::FootnoteReference(label) => {
                self.inline(InlineKind::FootnoteMark(label.as_ref().into()), span);
            }
            Event::SoftBreak => self.inline(InlineKind::SoftBreak, span),
            Event::HardBreak => self.inline(InlineKind::HardBreak, span),
            Event::Rule => self.block(Block { span, kind: BlockKind::Rule }),
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    /// The document, and what was odd in it.
    pub(super) fn finish(mut self) -> (Document, Odd) {
        while !self.stack.is_empty() {
            self.end();
        }
        self.root.settle(self.text, self.from);
        (Document { blocks: self.root.blocks, has_html: self.has_html }, self.odd)
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        let open = Open::of(tag);
        let passes = matches!(self.stack.last(), Some(Frame { open: Open::Through, .. }));
        let too_deep = open.nests() && self.depth >= MAX_DEPTH;
        if too_deep {
            self.odd.too_deep.get_or_insert(span);
        }
        if too_deep || (open.is_part() && passes) || matches!(open, Open::Through) {
            let sink = self.sink();
            self.stack.push(Frame::new(Open::Through, span, sink));
            return;
        }
        self.depth += 1;
        self.links += usize::from(open.is_link());
        if matches!(open, Open::Paragraph) {
            self.loosen();
        }
        let sink = self.stack.len();
        self.stack.push(Frame::new(open, span, sink));
    }

    /// A paragraph directly in an item makes its list a loose one.
    fn loosen(&mut self) {
        if let [.., Frame { open: Open::List { loose, .. }, .. }, Frame { open: Open::Item(_), .. }] =
            self.stack.as_mut_slice()
        {
            *loose = true;
        }
    }

    fn end(&mut self) {
        let Some(mut frame) = self.stack.pop() else { return };
        if matches!(frame.open, Open::Through) {
            return;
        }
        self.depth -= 1;
        if self.links == 0 {
            frame.inlines = inline::settle(std::mem::take(&mut frame.inlines), self.text, self.from);
        } else {
            frame.inlines = inline::merge(std::mem::take(&mut frame.inlines));
            self.links -= usize::from(frame.open.is_link());
        }
        let anchors = &mut self.anchors;
        let mut closed = frame.close(|text| anchors.give(&plain(text)));
        if let Closed::Row(_, row) = &mut closed {
            self.odd.spilled.extend(spill::cells(row, self.text, self.from, inlines_of));
        }
        self.place(closed);
    }

    fn place(&mut self, closed: Closed) {
        match (closed, &mut self.top().open) {
            (Closed::Block(block), _) => self.block(block),
            (Closed::Inline(Inline { span, kind }), _) => self.inline(kind, span),
            (Closed::Item(item), Open::List { items, .. }) => items.push(item),
            (Closed::Term(term), Open::Definitions(all)) => all.push(term),
            (Closed::Details(blocks), Open::Definitions(all)) => {
                if let Some(last) = all.last_mut() {
                    last.details.push(blocks);
                }
            }
            (Closed::Row(true, row), Open::Table { head, .. }) => *head = Some(row),
            (Closed::Row(false, row), Open::Table { rows, .. }) => rows.push(row),
            (Closed::Cell(cell), Open::Row { cells, .. }) => cells.push(cell),
            _ => {}
        }
    }

    fn sink(&self) -> usize {
        self.stack.last().map_or(ROOT, |frame| frame.sink)
    }

    fn top(&mut self) -> &mut Frame {
        let sink = self.sink();
        match self.stack.get_mut(sink) {
            Some(frame) => frame,
            None => &mut self.root,
        }
    }

    fn block(&mut self, block: Block) {
        let (text, from) = (self.text, self.from);
        let top = self.top();
        top.settle(text, from);
        top.blocks.push(block);
    }

    fn words(&mut self, words: &str, span: Span) {
        let top = self.top();
        match top.open {
            Open::Code(_) | Open::Html => top.raw.push_str(words),
            _ => top.inlines.push(Inline { span, kind: InlineKind::Text(words.into()) }),
        }
    }

    fn raw(&mut self, html: &str, span: Span) {
        self.has_html = true;
        let top = self.top();
        match top.open {
            Open::Html => top.raw.push_str(html),
            _ => self.block(Block { span, kind: BlockKind::Html(html.into()) }),
        }
    }

    fn inline(&mut self, kind: InlineKind, span: Span) {
        self.top().inlines.push(Inline { span, kind });
    }

    /// A task box stands in its item, or in the item's first paragraph.
    fn task(&mut self, done: bool) {
        let item = self.stack.iter_mut().rev().take(2).find_map(|frame| match &mut frame.open {
            Open::Item(task) => Some(task),
            _ => None,
        });
        if let Some(task) = item {
            *task = Some(done);
        }
    }
}

/// The words of `cell`, which begins with a pipe and stands at byte `from`, as Markdown has them in any other cell.
fn inlines_of(cell: &str, from: usize) -> Vec<Inline> {
    let mut builder = Builder::new(cell, from);
    for (event, range) in Parser::new_ext(cell, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        builder.take(event, range);
    }
    let mut blocks = builder.finish().0.blocks.into_iter().filter_map(|block| match block.kind {
        BlockKind::Paragraph(text) => Some(text),
        _ => None,
    });
    let mut words = blocks.next().unwrap_or_default();
    if let Some(Inline { span, kind: InlineKind::Text(text) }) = words.first_mut() {
        let rest: Box<str> = text.strip_prefix('|').unwrap_or(text).trim_start().into();
        span.start = span.end - u32::try_from(rest.len()).unwrap_or_default().min(span.end);
        *text = rest;
    }
    words.retain(|inline| !matches!(&inline.kind, InlineKind::Text(text) if text.is_empty()));
    words
}
