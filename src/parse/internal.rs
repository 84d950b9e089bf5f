//! Parts that only colleagues may read: what stands between lines `<!-- internal -->` and `<!-- /internal -->`.
//!
//! They are cut out of the source text before the public reading is made, so that nothing later can know of them. All
//! doubt falls on the side of hiding: whatever looks like a marker and is none is an error, and everything from an
//! opening that is never closed is internal.

use crate::diag::{Checked, Diagnostic, Source, Span, words};
use crate::model::fold::folded_text;
use crate::model::text::{Block, BlockKind, Document, Inline, InlineKind};
use std::ops::Range;

/// Most findings about one text: the first are enough to see what is wrong.
const MAX_FINDINGS: usize = 50;

/// The internal parts of a text: whole lines, markers included, in order and apart from each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Internal {
    cuts: Vec<Range<usize>>,
}

impl Internal {
    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.cuts.is_empty()
    }

    /// `text` without these parts.
    pub(super) fn cut(&self, text: &str) -> String {
        without(text, &self.cuts)
    }
}

/// `text` without `cuts`, which are in order of their beginnings and may overlap.
pub(super) fn without(text: &str, cuts: &[Range<usize>]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut at = 0;
    for cut in cuts {
        left.push_str(text.get(at..cut.start).unwrap_or_default());
        at = at.max(cut.end);
    }
    left.push_str(text.get(at..).unwrap_or_default());
    left
}

/// Finds the internal parts of the Markdown that begins at byte `body` of `source` and was read as `document`.
pub(super) fn find(source: &Source, body: usize, document: &Document) -> Checked<Internal> {
    let mut reader = Reader { source, cuts: Vec::new(), open: None, nested: 0, found: Vec::new() };
    if !might_mark(source.text.get(body..).unwrap_or_default()) {
        return Checked::new(Internal::default(), Vec::new());
    }
    let quoted = quoted(document, &source.text);
    let mut at = body;
    for line in source.text.get(body..).unwrap_or_default().split_inclusive('\n') {
        reader.line(line, at, &quoted);
        at += line.len();
    }
    reader.finish(at)
}

fn might_mark(text: &str) -> bool {
    text.contains("<!--")
}

/// What a comment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Opens,
    Closes,
    /// Looks like one of the two, and is neither.
    Near,
}

struct Reader<'a> {
    source: &'a Source,
    cuts: Vec<Range<usize>>,
    /// The start of the part that is open, and its marker.
    open: Option<(usize, Span)>,
    /// How many parts were opened inside it: as many endings do not end it.
    nested: usize,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, at: usize, quoted: &[Span]) {
        let source = self.source;
        let mut from = 0;
        while let Some(start) = line.get(from..).and_then(|rest| rest.find("<!--")).map(|start| start + from)
        {
            let rest = line.get(start..).unwrap_or_default();
            let length = rest.find("-->").map_or(rest.trim_end().len(), |end| end + 3);
            let comment = rest.get(..length).unwrap_or_default();
            let comment = if comment.trim_end() == "<!--" { over_lines(source, at + start) } else { comment };
            from = start + length.max(4);
            let span = Span::new(at + start, at + start + length);
            if is_quoted(span.start, quoted) {
                continue;
            }
            let alone = line.trim() == comment;
            match mark(comment) {
                None => {}
                Some(Mark::Opens) if alone => self.opens(at, span),
                Some(Mark::Closes) if alone => self.closes(at + line.len(), span),
                Some(Mark::Near) => {
                    self.near(at, span, comment, "write it as `<!-- internal -->` or `<!-- /internal -->`");
                }
                Some(_) => self.near(at, span, comment, "put it on a line of its own"),
            }
        }
    }

    fn opens(&mut self, at: usize, span: Span) {
        if self.open.is_some() {
            self.nested += 1;
            let message = "an internal part opens inside another";
            let help = "close the first with `<!-- /internal -->`, or remove this line";
            self.found.push(Diagnostic::error("internal", self.source, span, message).help(help));
            return;
        }
        self.open = Some((at, span));
    }

    fn closes(&mut self, end: usize, span: Span) {
        if self.nested > 0 {
            self.nested -= 1;
            return;
        }
        if let Some((start, _)) = self.open.take() {
            self.cuts.push(start..end);
            return;
        }
        let message = "an internal part is closed that was never opened";
        let help = "open it with `<!-- internal -->`, or remove this line";
        self.found.push(Diagnostic::error("internal", self.source, span, message).help(help));
    }

    /// A marker that is none hides what follows, as if it were an opening, up to the next right closing.
    fn near(&mut self, at: usize, span: Span, comment: &str, help: &str) {
        let shown: String = comment.chars().take(40).collect();
        let message = format!("`{shown}` looks like the mark of an internal part and is none");
        self.found.push(Diagnostic::error("internal", self.source, span, message).help(help));
        self.open.get_or_insert((at, span));
    }

    fn finish(mut self, end: usize) -> Checked<Internal> {
        if let Some((start, span)) = self.open {
            self.cuts.push(start..end);
            let message = "an internal part is never closed; all that follows is taken as internal";
            let help = "close it with a line `<!-- /internal -->`";
            self.found.push(Diagnostic::error("internal", self.source, span, message).help(help));
        }
        self.found.truncate(MAX_FINDINGS);
        Checked::new(Internal { cuts: self.cuts }, self.found)
    }
}

/// A comment whose text begins on a later line, as far as a marker could reach.
fn over_lines(source: &Source, at: usize) -> &str {
    let rest = source.text.get(at..).unwrap_or_default();
    let near = rest.char_indices().nth(80).map_or(rest, |(end, _)| rest.get(..end).unwrap_or_default());
    near.find("-->").and_then(|end| near.get(..end + 3)).unwrap_or("<!--")
}

fn is_quoted(at: u32, quoted: &[Span]) -> bool {
    let after = quoted.partition_point(|span| span.start <= at);
    after.checked_sub(1).and_then(|last| quoted.get(last)).is_some_and(|span| span.contains(at))
}

/// Words that stand around `internal` where somebody means to mark a part: `begin internal section`.
const AROUND: [&str; 24] = [
    "a", "audience", "begin", "block", "do", "end", "for", "here", "is", "not", "note", "of", "only", "part",
    "private", "publish", "section", "start", "starts", "ends", "the", "this", "to", "use",
];

fn mark(comment: &str) -> Option<Mark> {
    let closed = comment.len() >= 7 && comment.ends_with("-->");
    let inner = comment.strip_prefix("<!--")?;
    let inner = inner.strip_suffix("-->").unwrap_or(inner).trim();
    match inner.to_ascii_lowercase().as_str() {
        "internal" if closed => return Some(Mark::Opens),
        "/internal" if closed => return Some(Mark::Closes),
        _ => {}
    }
    // One or two words, of which one is nearly `internal`: more of them are a remark.
    let folded = folded_text(inner);
    let all: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let near =
        |word: &&str| words::distance(word, "internal", 2).is_some() || word.eq_ignore_ascii_case("intern");
    // What only says where a part begins or ends, or that it is one, is no remark either.
    let around = |word: &&str| AROUND.iter().any(|known| word.eq_ignore_ascii_case(known));
    let only = all.len() <= 6 && all.iter().all(|word| near(word) || around(word));
    ((all.len() <= 2 || only) && all.iter().any(near)).then_some(Mark::Near)
}

/// The places where a marker is text, in order: in a fence that is closed, and in code in a line.
///
/// Fences of which one holds a lone opening and a later one a lone closing are none of them: such a pair stands around
/// text, whatever fences lie about its ends.
fn quoted(document: &Document, text: &str) -> Vec<Span> {
    let (mut fences, mut quoted) = (Vec::new(), Vec::new());
    as_text(&document.blocks, text, &mut fences, &mut quoted);
    let lone: Vec<Lone> = fences.iter().map(|fence| lone(fence.of(text))).collect();
    let opening = lone.iter().position(|lone| lone.opening);
    let closing = lone.iter().rposition(|lone| lone.closing);
    let pair = opening.zip(closing).is_some_and(|(opening, closing)| opening < closing);
    let is_text = |lone: &Lone| !pair || !(lone.opening || lone.closing);
    quoted.extend(fences.iter().zip(&lone).filter(|(_, lone)| is_text(lone)).map(|(fence, _)| *fence));
    quoted.sort_by_key(|span| span.start);
    quoted
}

fn as_text(blocks: &[Block], text: &str, fences: &mut Vec<Span>, quoted: &mut Vec<Span>) {
    for block in blocks {
        if let BlockKind::Code(_) = &block.kind
            && is_closed_fence(block.span.of(text))
        {
            fences.push(block.span);
        }
        for inlines in block.inlines() {
            code(inlines, quoted);
        }
        for children in block.children() {
            as_text(children, text, fences, quoted);
        }
    }
}

/// Whether a fence holds markers that have no partner in it.
struct Lone {
    opening: bool,
    closing: bool,
}

fn lone(code: &str) -> Lone {
    let (mut open, mut closing) = (0_usize, false);
    for line in code.lines() {
        match mark(line.trim_start_matches(|c: char| c.is_whitespace() || c == '>').trim_end()) {
            Some(Mark::Opens) => open += 1,
            Some(Mark::Closes) if open == 0 => closing = true,
            Some(Mark::Closes) => open -= 1,
            Some(Mark::Near) | None => {}
        }
    }
    Lone { opening: open > 0, closing }
}

fn code(inlines: &[Inline], quoted: &mut Vec<Span>) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Code(_) => quoted.push(inline.span),
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                code(inner, quoted);
            }
            InlineKind::Link(link) | InlineKind::Image(link) => code(&link.text, quoted),
            _ => {}
        }
    }
}

/// A fence that nothing closes swallows the rest of its text, markers included: too doubtful to trust.
fn is_closed_fence(code: &str) -> bool {
    let fence = |line: &str| {
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        line.starts_with("```") || line.starts_with("~~~")
    };
    let mut lines = code.trim_end().lines();
    lines.next().is_some_and(fence) && lines.next_back().is_some_and(fence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown;

    /// What is left of `text`, and the messages.
    fn cut(text: &str) -> (String, Vec<String>) {
        let source = Source::new("a.md", text);
        let document = markdown::document(&source, 0, false).value;
        let found = find(&source, 0, &document);
        (found.value.cut(text), found.found.into_iter().map(|finding| finding.message).collect())
    }

    #[test]
    fn what_stands_between_the_markers_is_cut_with_them() {
        let (left, told) = cut(
            "a\n\n<!-- internal -->\nsecret\n<!-- /internal -->\n\nb\r\n<!--INTERNAL-->\r\nx\r\n  <!--/internal-->\r\nc",
        );
        assert_eq!((left.as_str(), told.len()), ("a\n\n\nb\r\nc", 0));
    }

    #[test]
    fn an_unclosed_part_hides_the_rest_and_is_an_error() {
        let (left, told) = cut("a\n<!-- internal -->\nb\n\nc\n");
        assert_eq!(left, "a\n");
        assert_eq!(told, ["an internal part is never closed; all that follows is taken as internal"]);
    }

    #[test]
    fn nested_and_stray_markers_are_errors() {
        let (left, told) =
            cut("<!-- internal -->\na\n<!-- internal -->\nb\n<!-- /internal -->\nc\n<!-- /internal -->\n");
        assert_eq!((left.as_str(), told), ("", vec!["an internal part opens inside another".to_owned()]));
        let (left, told) = cut("a\n<!-- /internal -->\nb\n");
        assert_eq!(told, ["an internal part is closed that was never opened"]);
        assert_eq!(left, "a\n<!-- /internal -->\nb\n");
    }

    #[test]
    fn near_misses_are_errors_and_hide_what_follows() {
        for near in [
            "<!-- intern -->",
            "<!-- internl -->",
            "<!-- internal",
            "<!-- internal only -->",
            "x <!-- internal -->",
            "<!--\ninternal\n-->",
        ] {
            let (left, told) = cut(&format!("a\n\n{near}\n\nsecret\n"));
            assert_eq!(left, "a\n\n", "{near}");
            assert!(told[0].contains("looks like the mark of an internal part"), "{near}: {told:?}");
        }
    }

    #[test]
    fn an_ending_that_is_mistyped_does_not_end_the_part() {
        for near in ["<!-- /intrnal -->", "<!-- end internal -->", "<!-- / internal -->", "</internal>"] {
            let (left, told) = cut(&format!("<!-- internal -->\nsecret\n{near}\nstill secret\n"));
            assert_eq!(left, "", "{near}");
            assert!(!told.is_empty());
        }
    }

    #[test]
    fn ordinary_comments_are_left_alone() {
        let text = "<!-- an internal note about the internal network -->\n<!-- TODO -->\na <!-- b -->\n";
        assert_eq!(cut(text), (text.to_owned(), Vec::new()));
    }

    #[test]
    fn markers_in_a_closed_fence_are_text_and_in_an_open_one_are_not() {
        let closed = "```html\n<!-- internal -->\n```\n\nSee `<!-- internal -->`.\n";
        assert_eq!(cut(closed), (closed.to_owned(), Vec::new()));
        assert_eq!(cut("a\n\n```\n<!-- internal -->\nsecret\n").0, "a\n\n```\n");
        assert_eq!(cut("a\n\n    <!-- internal -->\n    secret\n").0, "a\n\n");
    }

    #[test]
    fn a_pair_of_markers_in_two_fences_stands_around_what_lies_between() {
        let (left, told) = cut("a\n\n```\nb\n<!-- internal -->\n```\nsecret\n```\n<!-- /internal -->\n```\n");
        assert_eq!((left.as_str(), told.len()), ("a\n\n```\nb\n```\n", 0));
        let both = "```\n<!-- internal -->\na\n<!-- /internal -->\n```\n";
        assert_eq!(cut(both), (both.to_owned(), Vec::new()));
    }

    #[test]
    fn cutting_again_changes_nothing() {
        const PARTS: &[&str] = &[
            "<!-- internal -->\n",
            "<!-- /internal -->\n",
            "```\n",
            "a\n",
            "> ",
            "\n",
            "<!-- intern -->\n",
            "    ",
        ];
        let pieces = proptest::collection::vec(proptest::sample::select(PARTS), 0..14);
        proptest::proptest!(|(pieces in pieces)| {
            let (left, told) = cut(&pieces.concat());
            if told.is_empty() {
                proptest::prop_assert_eq!(cut(&left).0, left);
            }
        });
    }

    #[test]
    fn a_fence_inside_a_part_cannot_keep_it_from_ending_where_it_is_closed() {
        let (left, told) = cut("<!-- internal -->\n\n```\nsecret\n```\n\n<!-- /internal -->\nb\n");
        assert_eq!((left.as_str(), told.len()), ("b\n", 0));
    }
}
