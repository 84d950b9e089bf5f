//! What is too large or too odd to be read as written, found before the reader is started.

use crate::diag::{Diagnostic, Source, Span};
use pulldown_cmark::Options;

/// Longest text that is read, in bytes.
const MAX_BYTES: usize = 8 << 20;

/// More footnote marks than this and they are shown as written: looking each up costs more than a page is worth.
const MAX_FOOTNOTE_MARKS: usize = 5_000;

/// An error where `text` is longer than any postmortem.
pub(super) fn too_large(text: &str, from: usize, source: &Source) -> Option<Diagnostic> {
    (text.len() > MAX_BYTES).then(|| {
        let message =
            format!("the text is {} MiB long; at most {} MiB are read", text.len() >> 20, MAX_BYTES >> 20);
        Diagnostic::error("too-large", source, Span::at(from), message)
            .help("move logs and data into files beside the postmortem and link them")
    })
}

/// `options` without the notations that `text` overuses, and a finding about it.
pub(super) fn affordable(
    text: &str,
    mut options: Options,
    from: usize,
    source: &Source,
) -> (Options, Option<Diagnostic>) {
    let Some((at, _)) = text.match_indices("[^").nth(MAX_FOOTNOTE_MARKS) else {
        return (options, None);
    };
    options.remove(Options::ENABLE_FOOTNOTES);
    let message = format!("more than {MAX_FOOTNOTE_MARKS} footnote marks; they are shown as written");
    (options, Some(Diagnostic::warning("footnotes", source, Span::at(from + at), message)))
}
