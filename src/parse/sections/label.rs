//! Labels that open a section without being a heading.

use crate::diag::Span;
use crate::model::SectionKind;
use crate::model::text::{Inline, InlineKind, plain};
use crate::parse::synonyms::Synonyms;

/// A label that was found.
pub(super) struct Label {
    pub(super) kind: SectionKind,
    pub(super) title: String,
    pub(super) notation: &'static str,
    /// The label itself.
    pub(super) span: Span,
}

/// What kind of list an item stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Bullet,
    Numbered,
}

/// Longest label in words: beyond it a colon belongs to a sentence.
const MAX_WORDS: usize = 8;

/// Bold words that say something about the document where text follows them: `**Severity:** high` tells no impact.
const FIELDS: [&str; 10] = [
    "severity",
    "state",
    "authors",
    "people",
    "data",
    "incident",
    "affected services",
    "affected systems",
    "services affected",
    "systems affected",
];

/// Words before a colon that mark the item behind them: `TODO: raise the limit`.
const MARKS: [&str; 4] = ["todo", "to do", "action", "action item"];

/// The labels that begin a line of `text`. Where the document has no headings (`bare`), a line that is a known title is
/// one too.
pub(super) fn in_paragraph(text: &[Inline], bare: bool, synonyms: &Synonyms) -> Vec<Label> {
    let mut found = Vec::new();
    let mut before = String::new();
    for (number, line) in lines(text).enumerate() {
        let label = bold(line, "bold label", synonyms).or_else(|| worded(line, number == 0, bare, synonyms));
        if !bare {
            found.extend(label);
            continue;
        }
        let fresh = before.is_empty() || before.ends_with(['.', '!', '?', ':', ')']);
        found.extend(label.or_else(|| untitled(line, synonyms).filter(|_| fresh)));
        before = plain(line);
        before.truncate(before.trim_end().len());
    }
    found
}

/// A line of a text without headings that is a title and nothing else: `ROOT CAUSE`, `What happened?`,
/// `Timeline (all times in UTC)`, `Root cause and resolution:`.
fn untitled(line: &[Inline], synonyms: &Synonyms) -> Option<Label> {
    let [Inline { kind: InlineKind::Text(text), span }] = line else { return None };
    // `##Timeline` without the blank that Markdown asks for is a line of text; one mark alone may be a tag.
    let title = text.trim();
    let title = if title.starts_with("##") { title.trim_start_matches('#').trim_start() } else { title };
    // A colon inside belongs to a sentence, a tabulator to a table without pipes.
    if title.trim_end_matches(':').contains([':', '\t']) {
        return None;
    }
    let count = title.split_whitespace().count();
    let asks = title.ends_with([':', '?']);
    let loud = title.chars().any(char::is_uppercase) && !title.chars().any(char::is_lowercase);
    let short = count <= 4 || title.contains('(') || loud || asks;
    let fits = count <= MAX_WORDS + 4 && starts_like_a_title(title) && !title.ends_with(['.', ',', ';', '!']);
    let kind = if short && fits { synonyms.kind(title)? } else { return None };
    Some(Label { kind, title: trimmed(title), notation: "plain label", span: *span })
}

/// A paragraph that is a known title and nothing else, without a colon: `Action Items` above a list.
pub(super) fn alone(text: &[Inline], synonyms: &Synonyms) -> Option<Label> {
    let [Inline { kind: InlineKind::Text(title), span }] = text else { return None };
    let short = title.split_whitespace().count() <= 4 && !title.trim_end().ends_with(':');
    let kind = synonyms.exact(title).filter(|_| short && starts_like_a_title(title))?;
    Some(Label { kind, title: trimmed(title), notation: "plain label", span: *span })
}

fn starts_like_a_title(title: &str) -> bool {
    title.trim_start().starts_with(char::is_uppercase)
}

/// The label that an item of a list is.
pub(super) fn in_item(text: &[Inline], style: Style, synonyms: &Synonyms) -> Option<Label> {
    let line = lines(text).next()?;
    let notation = if style == Style::Numbered { "numbered label" } else { "bullet label" };
    if let Some(label) = bold(line, notation, synonyms) {
        return Some(label);
    }
    let title = plain(line);
    let kind = synonyms.exact(&title).filter(|_| style == Style::Numbered)?;
    Some(Label { kind, title: trimmed(&title), notation, span: span(line)? })
}

/// `- **What went well?** The drill had been done before` among lessons.
pub(super) fn in_lessons(text: &[Inline], synonyms: &Synonyms) -> Option<Label> {
    use SectionKind::{Lucky, WentPoorly, WentWell};
    in_item(text, Style::Bullet, synonyms).filter(|label| [Lucky, WentPoorly, WentWell].contains(&label.kind))
}

/// `- Impact: text` in a list above all headings, and `- 👍 What went well:` among `lessons`: a known title and a colon,
/// without any mark.
pub(super) fn in_bullet(text: &[Inline], lessons: bool, synonyms: &Synonyms) -> Option<Label> {
    use SectionKind::{Lucky, WentPoorly, WentWell};
    let line = lines(text).next()?;
    let Inline { kind: InlineKind::Text(words), span } = line.first()? else { return None };
    let (title, rest) = words.split_once(':')?;
    let alone = rest.trim().is_empty() && line.len() == 1;
    let field = FIELDS.contains(&title.trim().to_lowercase().as_str());
    let kind = synonyms.exact(title).filter(|_| !field && title.split_whitespace().count() <= MAX_WORDS)?;
    let fits =
        if lessons { alone && [Lucky, WentPoorly, WentWell].contains(&kind) } else { rest.starts_with(' ') };
    let span = Span { end: span.end.min(span.start + u32::try_from(title.len()).ok()?), ..*span };
    fits.then(|| Label { kind, title: trimmed(title), notation: "bullet label", span })
}

/// Whether a paragraph says things about the document, such as `**Date**: …`, and nothing else.
pub(super) fn is_metadata(text: &[Inline]) -> bool {
    let says = |line: &[Inline]| matches!(parts(line), Some((_, rest)) if rest.trim_start().starts_with(':') || ends_with_colon(line));
    let mut all = lines(text).filter(|line| !plain(line).trim().is_empty()).peekable();
    all.peek().is_some() && all.all(says)
}

fn ends_with_colon(line: &[Inline]) -> bool {
    parts(line).is_some_and(|(label, _)| plain(std::slice::from_ref(label)).trim_end().ends_with(':'))
}

/// `**Impact:** text`, `**Impact**: text`, or a line that is all bold.
fn bold(line: &[Inline], notation: &'static str, synonyms: &Synonyms) -> Option<Label> {
    let (label, rest) = parts(line)?;
    let title = plain(std::slice::from_ref(label));
    let rest = rest.trim();
    let alone = rest.is_empty() || rest == ":";
    let kind = if alone {
        synonyms.kind(&title).filter(|_| title.split_whitespace().count() <= MAX_WORDS)?
    } else if rest.starts_with(':') || title.trim_end().ends_with([':', '?']) {
        let field = FIELDS.contains(&trimmed(&title).to_lowercase().as_str());
        synonyms.exact(&title).filter(|_| !field)?
    } else {
        return None;
    };
    Some(Label { kind, title: trimmed(&title), notation, span: label.span })
}

/// The bold words a line begins with, and what follows them as plain text.
fn parts(line: &[Inline]) -> Option<(&Inline, String)> {
    let blank = |inline: &&Inline| matches!(&inline.kind, InlineKind::Text(text) if text.trim().is_empty());
    let at = line.iter().take_while(blank).count();
    let label =
        line.get(at).filter(|one| matches!(one.kind, InlineKind::Strong(_) | InlineKind::Emphasis(_)))?;
    Some((label, plain(line.get(at + 1..).unwrap_or_default())))
}

/// `What went well:` on a line of its own, or `Impact: …` at the beginning of a paragraph; in a text without headings
/// (`bare`) `Cause: …` too.
fn worded(line: &[Inline], first: bool, bare: bool, synonyms: &Synonyms) -> Option<Label> {
    let Inline { kind: InlineKind::Text(text), span: place } = line.first()? else {
        return None;
    };
    let (title, rest) = text.split_once(':')?;
    let alone = rest.trim().is_empty() && line.len() == 1;
    if title.split_whitespace().count() > MAX_WORDS || !(alone || (first && rest.starts_with(' '))) {
        return None;
    }
    let mark = MARKS.contains(&title.trim().to_lowercase().as_str());
    // `Next steps / prevention: …`
    let phrase = || synonyms.phrase(title).or_else(|| synonyms.phrase(title.split_once(" / ")?.0));
    let cause = || synonyms.exact(title).filter(|kind| bare && *kind == SectionKind::RootCause);
    let kind = if alone { synonyms.exact(title)? } else { phrase().or_else(cause).filter(|_| !mark)? };
    let length = u32::try_from(title.len()).unwrap_or_default();
    let span = Span { start: place.start, end: place.end.min(place.start + length + 1) };
    Some(Label { kind, title: trimmed(title), notation: "plain label", span })
}

fn trimmed(title: &str) -> String {
    title.trim().trim_end_matches(':').trim_end().to_owned()
}

fn span(line: &[Inline]) -> Option<Span> {
    Some(Span { start: line.first()?.span.start, end: line.last()?.span.end })
}

fn lines(text: &[Inline]) -> impl Iterator<Item = &[Inline]> {
    text.split(|inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak))
}
