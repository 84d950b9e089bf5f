//! Short forms of the prose: the summary, and what fixed it.

use super::plainly::{one_line, words};
use crate::diag::Span;
use crate::model::text::{Block, BlockKind, Document, Inline, plain};
use crate::model::{Fix, Section, SectionKind, Stated};
use crate::parse::front_matter::FrontMatter;

/// The longest `fix` in characters.
const MAX_FIX: usize = 240;

/// The longest summary in characters.
const MAX_SUMMARY: usize = 2_000;

/// Front matter, then the first paragraph of the summary.
pub(super) fn summary(front: &FrontMatter, document: &Document, sections: &[Section]) -> Option<Stated> {
    if let Some(text) = front.text("summary") {
        return Some(Stated { text: words(text.value), from: "front matter", span: text.span });
    }
    let section = sections.iter().find(|section| section.kind == Some(SectionKind::Summary))?;
    let (text, span) = first_words(document, section)?;
    let from = if section.notation == "opening paragraph" { "opening paragraph" } else { "summary section" };
    Some(Stated { text: cut(&text, MAX_SUMMARY), from, span })
}

/// Front matter, then the first sentence of the resolution.
pub(super) fn fix(front: &FrontMatter, document: &Document, sections: &[Section]) -> Option<Fix> {
    if let Some(text) = front.text("fix") {
        return Some(Stated { text: words(text.value), from: "front matter", span: text.span });
    }
    let mut resolutions = sections.iter().filter(|section| section.kind == Some(SectionKind::Resolution));
    let (text, span) = resolutions.find_map(|section| first_words(document, section))?;
    let told = first_sentence(&text).trim_end_matches([':', ' ']);
    Some(Stated { text: cut(told, MAX_FIX), from: "resolution section", span })
}

/// The first running text of a section: behind its label, or the first paragraph below it.
fn first_words(document: &Document, section: &Section) -> Option<(String, Span)> {
    let from = section.span.end;
    in_blocks(&document.blocks, from, section.extent.end)
}

fn in_blocks(blocks: &[Block], from: u32, until: u32) -> Option<(String, Span)> {
    let near = blocks.iter().filter(|block| block.span.end > from && block.span.start < until);
    near.into_iter().find_map(|block| match &block.kind {
        BlockKind::Paragraph(text) => in_line(text, from, until),
        BlockKind::Code(_) | BlockKind::Html(_) | BlockKind::Heading(_) => None,
        _ => block.children().into_iter().find_map(|children| in_blocks(children, from, until)),
    })
}

fn in_line(text: &[Inline], from: u32, until: u32) -> Option<(String, Span)> {
    let first = text.iter().position(|inline| inline.span.start >= from || inline.span.end > from)?;
    let part: &[Inline] = text.get(first..).unwrap_or_default();
    let length = part.iter().take_while(|inline| inline.span.start < until).count();
    let part = part.get(..length).unwrap_or_default();
    let mut words = plain(part);
    if let Some(head) = part.first()
        && head.span.start < from
    {
        // A plain label shares its piece of text with what follows it.
        let label = usize::try_from(from - head.span.start).ok()?;
        words = words.get(label..).unwrap_or_default().to_owned();
    }
    let words = one_line(words.trim_start_matches([':', '-', '–', ' ']));
    let span = Span { start: part.first()?.span.start.max(from), end: part.last()?.span.end };
    words.chars().any(char::is_alphanumeric).then_some((words, span))
}

/// The first sentence of `text`.
pub(super) fn first_sentence(text: &str) -> &str {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let ends = matches!(letter, '.' | '!' | '?' | '。');
        let blank = letters.peek().is_none_or(|(_, next)| next.is_whitespace());
        // `e.g. this` and `No. 5` are no ends: a sentence has more than a few words.
        if ends && blank && at > 15 && !text.get(..at).is_some_and(is_abbreviated) {
            return text.get(..at + letter.len_utf8()).unwrap_or(text);
        }
    }
    text
}

fn is_abbreviated(text: &str) -> bool {
    let word = text.rsplit([' ', '(']).next().unwrap_or_default();
    word.contains('.') || ["approx", "ca", "etc", "no", "vs", "incl"].contains(&word.to_lowercase().as_str())
}

/// `text` in at most `most` characters, cut between words.
pub(super) fn cut(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let head = text.get(..end).unwrap_or_default();
    let head = head.rsplit_once(' ').map_or(head, |(head, _)| head);
    format!("{}…", head.trim_end_matches([',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_where_a_reader_would_end_it() {
        for (text, first) in [
            ("We restarted the proxy. Then we slept.", "We restarted the proxy."),
            ("Rolled back to v1.2.3 by hand", "Rolled back to v1.2.3 by hand"),
            (
                "Raised the limit for some nodes, e.g. the hub. Done.",
                "Raised the limit for some nodes, e.g. the hub.",
            ),
        ] {
            assert_eq!(first_sentence(text), first);
        }
        assert_eq!(cut("one two three", 9), "one two…");
    }
}
