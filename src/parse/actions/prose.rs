//! Promises written as paragraphs, in action sections without a list.

use crate::diag::Span;
use crate::model::text::{Inline, InlineKind, plain};
use crate::parse::lines::Line;

/// First words of sentences that tell and do not promise, unless a word of [`INTENT`] follows.
const TELLING: [&str; 44] = [
    "the",
    "this",
    "these",
    "those",
    "there",
    "it",
    "its",
    "we",
    "our",
    "i",
    "in",
    "on",
    "at",
    "as",
    "after",
    "since",
    "why",
    "what",
    "how",
    "when",
    "while",
    "most",
    "going",
    "they",
    "he",
    "she",
    "a",
    "an",
    "all",
    "no",
    "for",
    "see",
    "from",
    "with",
    "although",
    "during",
    "if",
    "perhaps",
    "because",
    "please",
    "thank",
    "thanks",
    "sorry",
    "completed",
];

/// Words that say that something is still to be done.
const INTENT: [&str; 14] = [
    " will ",
    " should ",
    " need to ",
    " needs to ",
    " must ",
    " to be ",
    " going to ",
    " plan to ",
    " plans to ",
    " continuing to ",
    " intend to ",
    " committed to ",
    "'ll ",
    " aim to ",
];

/// Short headings of groups that are no promises however many words they have.
pub(super) fn is_topic(title: &str) -> bool {
    let lower = title.to_lowercase();
    ["improvement", "action", "follow up", "follow-up", "long term", "short term", "long-term", "short-term"]
        .iter()
        .any(|word| lower.contains(word))
}

/// Cuts the lines of a paragraph where a line ends a sentence, or behind each where each is `marked` as one: every run is
/// told on its own.
pub(super) fn promises<'a, 'b>(lines: &'b [Line<'a>], marked: bool) -> impl Iterator<Item = &'b [Line<'a>]> {
    lines.split_inclusive(move |line| marked || line.text.ends_with(['.', '!', '?', ')', ':']))
}

/// Whether a sentence promises something: it begins with a deed, says what will be, or links a ticket.
pub(super) fn promises_something(text: &str, linked: bool) -> bool {
    let lower = format!(" {} ", text.to_lowercase());
    let first =
        lower.split_whitespace().next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let intends = INTENT.iter().any(|phrase| lower.contains(phrase));
    let question = text.trim_end().ends_with('?') && text.split_whitespace().count() > 12;
    let words = text.split_whitespace().count();
    // What only introduces the promises below it is none.
    let intro = [
        " here are ",
        " here is ",
        " the following ",
        " by addressing these ",
        " by addressing this ",
        " by implementing these ",
        " by taking these ",
    ]
    .iter()
    .any(|phrase| lower.contains(phrase));
    !question
        && (linked || !intro)
        && words >= 2
        && (intends || (!TELLING.contains(&first)) || (linked && !TELLING.contains(&first)))
}

/// The inlines of a line without the section's own label: `**Action item:** Start incidents earlier`.
pub(super) fn after_label<'a>(line: &Line<'a>, label: Span) -> &'a [Inline] {
    let from = line.inlines.iter().position(|inline| inline.span.start >= label.end);
    if line.span.start <= label.start && label.start < line.span.end {
        from.and_then(|from| line.inlines.get(from..)).unwrap_or_default()
    } else {
        line.inlines
    }
}

/// The promise of an item whose bold lead-in says it all: `**Limit the pool size**: today it grows …`. Lead-ins of
/// fewer than three words are topics, and the sentence behind them is the promise.
pub(super) fn promise<'a>(line: &Line<'a>) -> &'a [Inline] {
    let [first, rest @ ..] = line.inlines else {
        return line.inlines;
    };
    let InlineKind::Strong(inner) = &first.kind else {
        return line.inlines;
    };
    let lead = plain(inner);
    let closed = lead.ends_with([':', '.'])
        || matches!(rest.first().map(|inline| &inline.kind), Some(InlineKind::Text(text)) if text.starts_with([':', '.']));
    let told = rest.iter().any(|inline| !matches!(&inline.kind, InlineKind::Text(text) if text.trim_matches([' ', ':', '.']).is_empty()));
    if closed && told && lead.split_whitespace().count() >= 3 {
        std::slice::from_ref(first)
    } else {
        line.inlines
    }
}
