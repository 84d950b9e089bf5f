//! A first look over a document, before it is written: which ids it has, where its footnotes are, whether it holds raw
//! HTML that needs filtering, and whether its first heading only repeats the title.

use crate::model::text::{Block, BlockKind, Document, Inline, InlineKind, plain};
use std::collections::{BTreeMap, BTreeSet};

/// What was seen.
#[derive(Default)]
pub(super) struct Survey<'a> {
    /// Anchors of headings.
    pub(super) anchors: BTreeSet<&'a str>,
    /// Footnotes by label.
    pub(super) notes: BTreeMap<&'a str, &'a [Block]>,
    /// Whether there are raw tags other than line breaks and comments.
    pub(super) raw: bool,
    /// The heading that repeats the title, by the start of its span.
    pub(super) title: Option<u32>,
}

impl<'a> Survey<'a> {
    pub(super) fn of(document: &'a Document, title: &str) -> Self {
        let mut survey = Self { title: repeated_title(&document.blocks, title), ..Self::default() };
        survey.blocks(&document.blocks, document.has_html);
        survey
    }

    fn blocks(&mut self, blocks: &'a [Block], has_html: bool) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(heading) => {
                    self.anchors.insert(&heading.anchor);
                }
                BlockKind::Footnote(label, text) => {
                    self.notes.entry(label).or_insert(text);
                }
                BlockKind::Html(html) => self.raw |= needs_filter(html),
                _ => {}
            }
            if has_html && !self.raw {
                self.raw = block.inlines().iter().any(|inlines| any_raw(inlines));
            }
            for children in block.children() {
                self.blocks(children, has_html);
            }
        }
    }
}

fn any_raw(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match &inline.kind {
        InlineKind::Html(html) => needs_filter(html),
        InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => any_raw(inner),
        InlineKind::Link(link) | InlineKind::Image(link) => any_raw(&link.text),
        _ => false,
    })
}

/// Whether raw HTML is more than comments and line breaks, which the writer deals with itself.
pub(super) fn needs_filter(html: &str) -> bool {
    let html = html.trim();
    !(html.is_empty() || is_break(html) || is_comment(html))
}

/// Whether raw HTML is one line break.
pub(super) fn is_break(html: &str) -> bool {
    let inner = html.trim().strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inner.is_some_and(|name| name.trim_end_matches([' ', '/']).eq_ignore_ascii_case("br"))
}

fn is_comment(html: &str) -> bool {
    let inner = html.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| !inner.contains("-->"))
}

fn repeated_title(blocks: &[Block], title: &str) -> Option<u32> {
    let first = blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Heading(heading) => Some((block.span.start, heading)),
        _ => None,
    });
    let (start, heading) = first?;
    let same = plain(&heading.text).split_whitespace().eq(title.split_whitespace());
    same.then_some(start)
}
