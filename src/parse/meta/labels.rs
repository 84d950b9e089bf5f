//! What a text says of itself in pairs: `**Date**: …`, `Severity: …`, a bullet of that form, a row of a two-column
//! table, or a short paragraph under a heading of that name.

use crate::diag::{Located, Span};
use crate::model::text::{Block, BlockKind, Document, Inline, InlineKind, Table, plain};
use crate::parse::synonyms::normal;

/// How many blocks from the top are looked at: what stands further down speaks of something else.
const MAX_BLOCKS: usize = 60;

/// Longest value in bytes; longer ones are prose.
const MAX_VALUE: usize = 300;

/// The pairs of one text, labels normalised.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pairs: Vec<(String, Located<String>)>,
}

impl Labels {
    /// Reads the pairs that stand before byte `until` of `source`.
    pub(super) fn of(document: &Document, source: &str, until: u32) -> Self {
        let bare = !document.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_)));
        let mut labels = Self::default();
        let mut heading: Option<String> = None;
        for block in document.blocks.iter().take(MAX_BLOCKS).take_while(|block| block.span.start < until) {
            let above = heading.take();
            match &block.kind {
                BlockKind::Heading(title) => heading = Some(plain(&title.text)),
                BlockKind::Paragraph(text) => labels.paragraph(text, above, block.span),
                BlockKind::List(list) => {
                    for item in &list.items {
                        labels.item(&item.blocks);
                    }
                }
                BlockKind::Table(table) => labels.table(table),
                // Fields that stand indented below their title, in a text without headings.
                BlockKind::Code(code) if bare && block.is_indented(source) => {
                    for (label, value) in code.text.lines().filter_map(|line| line.split_once(':')) {
                        labels.push(label, value, block.span);
                    }
                }
                // `> **Date**: …` is a frame around the pairs.
                BlockKind::Quote(_, blocks) => {
                    for block in blocks {
                        if let BlockKind::Paragraph(text) = &block.kind {
                            labels.paragraph(text, None, block.span);
                        }
                    }
                }
                _ => {}
            }
        }
        labels
    }

    /// The first value under one of `names`, in the order of the text.
    pub(super) fn get(&self, names: &[&str]) -> Option<&Located<String>> {
        self.pairs.iter().find(|(label, _)| names.contains(&label.as_str())).map(|(_, value)| value)
    }

    /// The values under labels that `fit`, in the order of the text.
    pub(super) fn all(&self, fit: fn(&str) -> bool) -> impl Iterator<Item = &str> {
        self.pairs.iter().filter(move |(label, _)| fit(label)).map(|(_, value)| value.value.as_str())
    }

    fn paragraph(&mut self, text: &[Inline], heading: Option<String>, span: Span) {
        if let Some(heading) = heading {
            self.push(&heading, &plain(text), span);
        }
        for line in text.split(|inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak))
        {
            let (Some(first), Some(last)) = (line.first(), line.last()) else {
                continue;
            };
            let words = plain(line);
            let span = Span { start: first.span.start, end: last.span.end };
            // `Date: … | Severity: …` are two.
            for part in words.split(" | ").flat_map(|part| part.split(" · ")) {
                if let Some((label, value)) = part.split_once(':') {
                    self.push(label, value, span);
                }
            }
        }
    }

    /// An item, and the pairs of the list below it: `- **Duration:**` above `- **Start time:** …`.
    fn item(&mut self, blocks: &[Block]) {
        let below = blocks.iter().skip(1).filter_map(|block| match &block.kind {
            BlockKind::List(list) => Some(&list.items),
            _ => None,
        });
        let inner = below.flatten().filter_map(|item| item.blocks.first());
        for block in blocks.first().into_iter().chain(inner) {
            if let BlockKind::Paragraph(text) = &block.kind {
                self.paragraph(text, None, block.span);
            }
        }
    }

    /// Rows of two cells, or the one row below a header of labels.
    fn table(&mut self, table: &Table) {
        if let ([row], true) = (table.rows.as_slice(), table.head.cells.len() > 2) {
            for (label, value) in table.head.cells.iter().zip(&row.cells) {
                self.push(&plain(&label.text), &plain(&value.text), value.span);
            }
        }
        for row in std::iter::once(&table.head).chain(&table.rows) {
            if let [label, value] = row.cells.as_slice() {
                self.push(&plain(&label.text), &plain(&value.text), value.span);
            }
        }
    }

    fn push(&mut self, label: &str, value: &str, span: Span) {
        let value = value.trim();
        if label.len() <= 60 && !value.is_empty() && value.len() <= MAX_VALUE {
            self.pairs.push((normal(label), Located::new(value.to_owned(), span)));
        }
    }
}
