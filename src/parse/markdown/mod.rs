//! Markdown to a [`Document`]: `CommonMark` with tables, task lists, strikethrough, footnotes and alerts as code hosts have
//! them, and definition lists.
//!
//! `pulldown-cmark` gives events with offsets; [`build`] folds them into the tree with an explicit stack, so that no
//! nesting can exhaust the thread's. [`bounds`] decides beforehand what is too large or too odd to be read as written.

mod anchor;
mod bounds;
mod boxes;
mod build;
mod frame;
mod inline;
mod spill;

use crate::diag::{Checked, Diagnostic, Source, Span};
use crate::model::text::Document;
use pulldown_cmark::{Options, Parser};

/// Nesting deeper than this is read as if it stood at this depth.
pub(super) const MAX_DEPTH: usize = 64;

/// Reads the Markdown of `source` from byte `from` (the end of its front matter) to its end. All spans are offsets into
/// the whole source. With `smart`, straight quotes, `--` and `...` become typographic ones.
pub fn document(source: &Source, from: usize, smart: bool) -> Checked<Document> {
    let text = source.text.get(from..).unwrap_or_default();
    if let Some(finding) = bounds::too_large(text, from, source) {
        return Checked::new(Document::default(), vec![finding]);
    }
    let mut found = Vec::new();
    let (mut options, finding) = bounds::affordable(text, options(smart), from, source);
    found.extend(finding);
    if let Some(span) = boxes::first(text) {
        // `:::note` below a paragraph would make that a term and itself its definition.
        options.remove(Options::ENABLE_DEFINITION_LIST);
        found.push(boxes::told(source, span.shifted(from)));
    }
    let mut builder = build::Builder::new(text, from);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        builder.take(event, range);
    }
    let (document, odd) = builder.finish();
    found.extend(odd.too_deep.map(|at| nested_too_deep(source, at)));
    found.extend(spill::told(&odd.spilled, source));
    Checked::new(document, found)
}

fn options(smart: bool) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    options.set(Options::ENABLE_SMART_PUNCTUATION, smart);
    options
}

fn nested_too_deep(source: &Source, at: Span) -> Diagnostic {
    let message = format!("nested deeper than {MAX_DEPTH} levels; what lies deeper is shown at that depth");
    Diagnostic::warning("nesting", source, at, message)
}

#[cfg(test)]
mod tests;
