//! The text of a postmortem as a small tree: what Markdown becomes, and all that HTML is made from.
//!
//! Every block and inline keeps its [`Span`] in the source, so that what was understood (a timeline entry, an action)
//! can be found again where it stands. Text is owned: a document outlives its source. Ten thousand documents are held at
//! once, so the rarer and larger kinds are boxed: a piece of text takes 40 bytes, a block 64.

use crate::diag::Span;

/// A whole text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The blocks, in the author's order; footnote definitions stand among them.
    pub blocks: Vec<Block>,
    /// Whether raw HTML occurs anywhere, so that rendering must sanitise.
    pub has_html: bool,
}

/// One block.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A heading, ATX or setext.
    Heading(Heading),
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A quotation, or a GFM alert (`> [!NOTE]`).
    Quote(Option<Alert>, Vec<Block>),
    /// A code block, fenced or indented.
    Code(Code),
    /// A list.
    List(List),
    /// A GFM table.
    Table(Box<Table>),
    /// Terms with their descriptions.
    Definitions(Vec<Definition>),
    /// A footnote's text, by its label.
    Footnote(Box<str>, Vec<Block>),
    /// Raw HTML as written: never trusted, see `render::html`.
    Html(Box<str>),
    /// A thematic break.
    Rule,
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 1–6 as written.
    pub level: u8,
    /// Unique id on its page, derived from the text.
    pub anchor: Box<str>,
    /// Its text.
    pub text: Vec<Inline>,
}

/// A code block.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// First word of the info string, lower case; empty where none.
    pub language: Box<str>,
    /// The code, with its line ends.
    pub text: Box<str>,
}

/// GFM alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// Worth knowing.
    Note,
    /// A help.
    Tip,
    /// Must be known.
    Important,
    /// Needs care.
    Warning,
    /// Dangerous.
    Caution,
}

impl Alert {
    /// The word shown to readers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Tip => "Tip",
            Self::Important => "Important",
            Self::Warning => "Warning",
            Self::Caution => "Caution",
        }
    }
}

/// A bulleted or numbered list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// First number of a numbered list.
    pub start: Option<u64>,
    /// Whether items are separated by blank lines.
    pub loose: bool,
    /// The items.
    pub items: Vec<Item>,
}

/// A list item. In tight lists its text is a paragraph all the same; `List::loose` says how to show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Where it stands, marker included.
    pub span: Span,
    /// The state of a task-list box.
    pub task: Option<bool>,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// One per column.
    pub align: Vec<Align>,
    /// The header row.
    pub head: Row,
    /// The body rows.
    pub rows: Vec<Row>,
}

/// Alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// As the page reads.
    None,
    /// To the start.
    Left,
    /// Centred.
    Center,
    /// To the end.
    Right,
}

/// A table row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where it stands.
    pub span: Span,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A table cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Where it stands.
    pub span: Span,
    /// Its text.
    pub text: Vec<Inline>,
}

/// A term and what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Where the term stands.
    pub span: Span,
    /// The term.
    pub term: Vec<Inline>,
    /// The descriptions.
    pub details: Vec<Vec<Block>>,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq)]
pub struct Inline {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// The kinds of inline.
#[derive(Debug, Clone, PartialEq)]
pub enum InlineKind {
    /// Words.
    Text(Box<str>),
    /// Code in a line.
    Code(Box<str>),
    /// `*emphasis*`.
    Emphasis(Vec<Inline>),
    /// `**strong**`.
    Strong(Vec<Inline>),
    /// `~~struck~~`.
    Strike(Vec<Inline>),
    /// A link, whatever its notation.
    Link(Box<Link>),
    /// An image; its text is the alternative text.
    Image(Box<Link>),
    /// A footnote mark, by its label.
    FootnoteMark(Box<str>),
    /// Raw inline HTML as written: never trusted.
    Html(Box<str>),
    /// A line end in the source that does not matter.
    SoftBreak,
    /// A line end that does.
    HardBreak,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Address as written (entities decoded, nothing else).
    pub target: Box<str>,
    /// Title attribute.
    pub title: Box<str>,
    /// What is shown.
    pub text: Vec<Inline>,
}

// What is said above of the sizes.
const _: () = assert!(size_of::<Inline>() <= 40 && size_of::<Block>() <= 64);

/// The words of `inlines` without markup; breaks become spaces, images their alternative text.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

/// Appends to `out` what [`plain`] gives.
pub fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                push_plain(inner, out);
            }
            InlineKind::Link(link) | InlineKind::Image(link) => push_plain(&link.text, out),
            InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
            InlineKind::Html(html) => {
                if html.to_ascii_lowercase().starts_with("<br") {
                    out.push(' ');
                }
            }
            InlineKind::FootnoteMark(_) => {}
        }
    }
}

impl Block {
    /// Whether this is code only because its lines in `source` are indented.
    pub fn is_indented(&self, source: &str) -> bool {
        let fenced = |text: &str| text.trim_start().starts_with(['`', '~']);
        matches!(self.kind, BlockKind::Code(_)) && !fenced(self.span.of(source))
    }

    /// The blocks directly inside this one; items and definitions give theirs in order.
    pub fn children(&self) -> Vec<&[Self]> {
        match &self.kind {
            BlockKind::Quote(_, blocks) | BlockKind::Footnote(_, blocks) => vec![blocks],
            BlockKind::List(list) => list.items.iter().map(|item| item.blocks.as_slice()).collect(),
            BlockKind::Definitions(all) => {
                all.iter().flat_map(|one| one.details.iter().map(Vec::as_slice)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The runs of inline text this block holds itself: a paragraph's, a heading's, a table's cells.
    pub fn inlines(&self) -> Vec<&[Inline]> {
        match &self.kind {
            BlockKind::Paragraph(text) => vec![text],
            BlockKind::Heading(heading) => vec![&heading.text],
            BlockKind::Table(table) => std::iter::once(&table.head)
                .chain(&table.rows)
                .flat_map(|row| row.cells.iter().map(|cell| cell.text.as_slice()))
                .collect(),
            BlockKind::Definitions(all) => all.iter().map(|one| one.term.as_slice()).collect(),
            _ => Vec::new(),
        }
    }
}

/// The words of `blocks` without markup, one line per block; code included, raw HTML left out.
pub fn plain_blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    push_blocks(blocks, &mut out);
    out
}

fn push_blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        if let BlockKind::Code(code) = &block.kind {
            out.push_str(&code.text);
            out.push('\n');
        }
        for inlines in block.inlines() {
            push_plain(inlines, out);
            out.push('\n');
        }
        for children in block.children() {
            push_blocks(children, out);
        }
    }
}
