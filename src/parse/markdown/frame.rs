//! What is open while events are folded into blocks: one [`Frame`] per started element.

use super::inline;
use crate::diag::Span;
use crate::model::text::{
    Alert, Align, Block, BlockKind, Cell, Code, Definition, Heading, Inline, InlineKind,
};
use crate::model::text::{Item, Link, List, Row, Table};
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Tag};

/// An element that has started and not ended, with what it holds so far.
pub(super) struct Frame {
    pub(super) open: Open,
    pub(super) span: Span,
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Vec<Inline>,
    /// Code, or raw HTML.
    pub(super) raw: String,
    /// The frame that takes what is inside: itself, or the one below for what is nested too deep.
    pub(super) sink: usize,
}

/// Which element.
pub(super) enum Open {
    /// The document.
    Root,
    /// Nested too deep, or of no meaning here: its content belongs to the element around it.
    Through,
    Paragraph,
    Heading(u8),
    Quote(Option<Alert>),
    Code(Box<str>),
    Html,
    List {
        start: Option<u64>,
        loose: bool,
        items: Vec<Item>,
    },
    Item(Option<bool>),
    Footnote(Box<str>),
    Definitions(Vec<Definition>),
    Term,
    Details,
    Table {
        align: Vec<Align>,
        head: Option<Row>,
        rows: Vec<Row>,
    },
    Row {
        head: bool,
        cells: Vec<Cell>,
    },
    Cell,
    Emphasis,
    Strong,
    Strike,
    Link(Link),
    Image(Link),
}

impl Open {
    /// The element that `tag` starts.
    pub(super) fn of(tag: Tag<'_>) -> Self {
        match tag {
            Tag::Paragraph => Self::Paragraph,
            Tag::Heading { level, .. } => Self::Heading(level as u8),
            Tag::BlockQuote(kind) => Self::Quote(kind.map(alert)),
            Tag::CodeBlock(kind) => Self::Code(language(&kind)),
            Tag::HtmlBlock => Self::Html,
            Tag::List(start) => Self::List { start, loose: false, items: Vec::new() },
            Tag::Item => Self::Item(None),
            Tag::FootnoteDefinition(label) => Self::Footnote(label.as_ref().into()),
            Tag::DefinitionList => Self::Definitions(Vec::new()),
            Tag::DefinitionListTitle => Self::Term,
            Tag::DefinitionListDefinition => Self::Details,
            Tag::Table(align) => Self::Table {
                align: align.into_iter().map(alignment).collect(),
                head: None,
                rows: Vec::new(),
            },
            Tag::TableHead => Self::Row { head: true, cells: Vec::new() },
            Tag::TableRow => Self::Row { head: false, cells: Vec::new() },
            Tag::TableCell => Self::Cell,
            Tag::Emphasis => Self::Emphasis,
            Tag::Strong => Self::Strong,
            Tag::Strikethrough => Self::Strike,
            Tag::Link { dest_url, title, .. } => Self::Link(link(&dest_url, &title)),
            Tag::Image { dest_url, title, .. } => Self::Image(link(&dest_url, &title)),
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => Self::Through,
        }
    }

    /// Gives back the memory it does not need.
    fn shrink_to_fit(&mut self) {
        match self {
            Self::List { items, .. } => items.shrink_to_fit(),
            Self::Definitions(all) => all.shrink_to_fit(),
            Self::Table { rows, .. } => rows.shrink_to_fit(),
            Self::Row { cells, .. } => cells.shrink_to_fit(),
            _ => {}
        }
    }

    /// Whether more elements of this kind can nest in each other without end.
    pub(super) fn nests(&self) -> bool {
        matches!(
            self,
            Self::Quote(_)
                | Self::List { .. }
                | Self::Footnote(_)
                | Self::Definitions(_)
                | Self::Emphasis
                | Self::Strong
                | Self::Strike
                | Self::Link(_)
                | Self::Image(_)
        )
    }

    /// Whether this element only has a meaning directly inside a list of its kind.
    pub(super) fn is_part(&self) -> bool {
        matches!(self, Self::Item(_) | Self::Term | Self::Details)
    }

    /// Whether this is a link or an image.
    pub(super) fn is_link(&self) -> bool {
        matches!(self, Self::Link(_) | Self::Image(_))
    }

    /// Whether blocks stand in this element, so that loose words in it are a paragraph.
    pub(super) fn holds_blocks(&self) -> bool {
        matches!(self, Self::Root | Self::Quote(_) | Self::Item(_) | Self::Footnote(_) | Self::Details)
    }
}

impl Frame {
    /// A frame that has just started.
    pub(super) fn new(open: Open, span: Span, sink: usize) -> Self {
        Self { open, span, blocks: Vec::new(), inlines: Vec::new(), raw: String::new(), sink }
    }

    /// Turns loose words (in tight lists, and where nesting was cut) into a paragraph; `text` stands at `from`.
    pub(super) fn settle(&mut self, text: &str, from: usize) {
        if self.open.holds_blocks() && !self.inlines.is_empty() {
            let inlines = inline::settle(std::mem::take(&mut self.inlines), text, from);
            self.blocks.extend(paragraph(inlines));
        }
    }

    /// What an ended element became.
    pub(super) fn close(mut self, anchor: impl FnOnce(&[Inline]) -> Box<str>) -> Closed {
        if self.open.holds_blocks() {
            self.blocks.extend(paragraph(std::mem::take(&mut self.inlines)));
        }
        let Self { mut open, span, mut blocks, mut inlines, raw, .. } = self;
        // A list grows by doubling, from four; most end with one. They stay for as long as the site is built.
        blocks.shrink_to_fit();
        inlines.shrink_to_fit();
        open.shrink_to_fit();
        let block = |kind| Closed::Block(Block { span, kind });
        let inline = |kind| Closed::Inline(Inline { span, kind });
        match open {
            Open::Root | Open::Through => Closed::Nothing,
            Open::Paragraph => block(BlockKind::Paragraph(inlines)),
            Open::Heading(level) => {
                block(BlockKind::Heading(Heading { level, anchor: anchor(&inlines), text: inlines }))
            }
            Open::Quote(alert) => block(BlockKind::Quote(alert, blocks)),
            Open::Code(language) => block(BlockKind::Code(Code { language, text: raw.into() })),
            Open::Html => block(BlockKind::Html(raw.into())),
            Open::List { start, loose, items } => block(BlockKind::List(List { start, loose, items })),
            Open::Item(task) => Closed::Item(Item { span, task, blocks }),
            Open::Footnote(label) => block(BlockKind::Footnote(label, blocks)),
            Open::Definitions(all) => block(BlockKind::Definitions(all)),
            Open::Term => Closed::Term(Definition { span, term: inlines, details: Vec::new() }),
            Open::Details => Closed::Details(blocks),
            Open::Table { align, head, rows } => {
                let head = head.unwrap_or(Row { span, cells: Vec::new() });
                block(BlockKind::Table(Box::new(Table { align, head, rows })))
            }
            Open::Row { head, cells } => Closed::Row(head, Row { span, cells }),
            Open::Cell => Closed::Cell(Cell { span, text: inlines }),
            Open::Emphasis => inline(InlineKind::Emphasis(inlines)),
            Open::Strong => inline(InlineKind::Strong(inlines)),
            Open::Strike => inline(InlineKind::Strike(inlines)),
            Open::Link(link) => inline(InlineKind::Link(Box::new(Link { text: inlines, ..link }))),
            Open::Image(link) => inline(InlineKind::Image(Box::new(Link { text: inlines, ..link }))),
        }
    }
}

/// What an element became when it ended.
pub(super) enum Closed {
    Nothing,
    Block(Block),
    Inline(Inline),
    Item(Item),
    Term(Definition),
    Details(Vec<Block>),
    Row(bool, Row),
    Cell(Cell),
}

fn paragraph(inlines: Vec<Inline>) -> Option<Block> {
    let span = Span { start: inlines.first()?.span.start, end: inlines.last()?.span.end };
    Some(Block { span, kind: BlockKind::Paragraph(inlines) })
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

fn alignment(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

fn language(kind: &CodeBlockKind<'_>) -> Box<str> {
    match kind {
        CodeBlockKind::Indented => "".into(),
        CodeBlockKind::Fenced(info) => {
            let word =
                info.split(|c: char| c.is_whitespace() || c == ',' || c == '{').next().unwrap_or_default();
            word.to_lowercase().into()
        }
    }
}

fn link(target: &str, title: &str) -> Link {
    Link { target: target.into(), title: title.into(), text: Vec::new() }
}
