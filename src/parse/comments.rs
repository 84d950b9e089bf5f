//! Comments that are none: what an author hid between `<!--` and `-->` and readers would see all the same, because a blank
//! line parts the two. A public document with one is not published; one that never ends is told.

use crate::diag::{Diagnostic, Source, Span};
use crate::model::text::{Block, BlockKind, Document, Inline, InlineKind};

/// Most findings about one text.
const MOST: usize = 20;

/// What looks hidden in `document` and is shown.
pub(super) fn shown(source: &Source, document: &Document) -> Vec<Diagnostic> {
    if !source.text.contains("<!--") && !source.text.contains("internal") {
        return Vec::new();
    }
    let mut found = Vec::new();
    blocks(&document.blocks, source, &mut found);
    found.truncate(MOST);
    found
}

fn blocks(all: &[Block], source: &Source, found: &mut Vec<Diagnostic>) {
    for (number, block) in all.iter().enumerate() {
        if let BlockKind::Html(html) = &block.kind {
            tag(html, block.span, source, found);
            // One that is never closed hides its own block, and nothing that follows it.
            let open = html.rsplit_once("<!--").is_some_and(|(_, rest)| !rest.contains("-->"));
            if open && number + 1 < all.len() {
                found.push(told(source, block.span));
            }
        }
        for text in block.inlines() {
            inlines(text, source, found);
        }
        for children in block.children() {
            blocks(children, source, found);
        }
    }
}

fn inlines(all: &[Inline], source: &Source, found: &mut Vec<Diagnostic>) {
    for inline in all {
        match &inline.kind {
            InlineKind::Text(text) if text.contains("<!--") => {
                let written = inline.span.of(&source.text);
                let escaped =
                    source.text.get(..inline.span.range().start).is_some_and(|text| text.ends_with('\\'));
                let own = written.match_indices("<!--").any(|(at, _)| {
                    at > 0 && !written.get(..at).is_some_and(|t| t.ends_with('\\')) || at == 0 && !escaped
                });
                if own {
                    found.push(told(source, inline.span));
                }
            }
            InlineKind::Html(html) => tag(html, inline.span, source, found),
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                inlines(inner, source, found);
            }
            InlineKind::Link(link) | InlineKind::Image(link) => inlines(&link.text, source, found),
            _ => {}
        }
    }
}

/// `<internal>` and `<div class="internal">` are no marks of an internal part.
fn tag(html: &str, span: Span, source: &Source, found: &mut Vec<Diagnostic>) {
    const MARKS: [&str; 8] = [
        "<internal>",
        "</internal>",
        "<internal ",
        "<internal/",
        "=\"internal\"",
        "='internal'",
        "=internal>",
        "=internal ",
    ];
    let lower = html.to_ascii_lowercase();
    if MARKS.iter().any(|mark| lower.contains(mark)) {
        let message = "`internal` in a tag looks like the mark of an internal part and is none";
        let help = "write it as `<!-- internal -->` or `<!-- /internal -->`";
        found.push(Diagnostic::error("internal", source, span, message).help(help));
    }
}

/// An error where the end stands further on: there the author hid something. Without any end the mark is text like other
/// text, as Markdown has it.
fn told(source: &Source, span: Span) -> Diagnostic {
    let rest = source.text.get(span.range().start..).unwrap_or_default();
    if rest.contains("-->") {
        let message = "a comment does not end where it began, and customers would read what follows";
        let help = "close it with `-->` without a blank line between, or begin it on a line of its own";
        return Diagnostic::error("comment", source, span, message).help(help);
    }
    let message = "a comment begins here and ends nowhere, so that customers read it";
    Diagnostic::warning("comment", source, span, message).help("close it with `-->`, or write `\\<!--`")
}
