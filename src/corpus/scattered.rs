//! Names that formatting takes apart: `**A**da Lind` is one name to a reader, and two pieces of text in the tree.

use super::scrub::{Place, Scrubber};
use super::tags;
use crate::model::text::{Inline, InlineKind};
use std::ops::Range;

/// Pieces of text in a row, as a reader sees them.
#[derive(Default)]
struct Row<'t> {
    text: String,
    /// Each piece, where it stands in the row, and whether it is text, of which what stands before it says more.
    pieces: Vec<(Range<usize>, &'t mut Box<str>, bool)>,
}

impl<'t> Row<'t> {
    fn push(&mut self, piece: &'t mut Box<str>, is_text: bool) {
        let start = self.text.len();
        self.text.push_str(piece);
        self.pieces.push((start..self.text.len(), piece, is_text));
    }

    /// Takes out what stands in several pieces, or in a text after words of another; what takes its place stands in the
    /// first of them.
    fn clean(self, scrubber: &Scrubber<'_>) {
        let hits = scrubber.hits(&self.text, Place::Prose);
        for (range, piece, is_text) in self.pieces {
            let from = hits.partition_point(|(hit, _)| hit.end <= range.start);
            let until = hits.partition_point(|(hit, _)| hit.start < range.end);
            let here = hits.get(from..until).unwrap_or_default();
            let across =
                |hit: &&(Range<usize>, &str)| is_text || hit.0.start < range.start || hit.0.end > range.end;
            for (hit, instead) in here.iter().filter(across).rev() {
                let inside = hit.start.max(range.start) - range.start..hit.end.min(range.end) - range.start;
                let mut text = String::from(&**piece);
                text.replace_range(inside, if hit.start >= range.start { instead } else { "" });
                *piece = text.into();
            }
        }
    }
}

/// Takes out of `all` what is scattered over several of them.
pub(super) fn inlines(all: &mut [Inline], scrubber: &Scrubber<'_>) {
    let mut row = Row::default();
    collect(all, &mut row);
    if row.pieces.len() > 1 {
        row.clean(scrubber);
    }
}

fn collect<'t>(all: &'t mut [Inline], row: &mut Row<'t>) {
    for inline in all {
        match &mut inline.kind {
            InlineKind::Text(text) => row.push(text, true),
            InlineKind::Code(text) => row.push(text, false),
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                collect(inner, row);
            }
            InlineKind::Link(link) | InlineKind::Image(link) => collect(&mut link.text, row),
            InlineKind::SoftBreak | InlineKind::HardBreak => row.text.push(' '),
            InlineKind::Html(html) if html.to_ascii_lowercase().starts_with("<br") => row.text.push(' '),
            InlineKind::Html(_) | InlineKind::FootnoteMark(_) => {}
        }
    }
}

/// Takes out of raw HTML what its tags take apart.
pub(super) fn html(html: &mut Box<str>, scrubber: &Scrubber<'_>) {
    let mut pieces: Vec<(bool, Box<str>)> = Vec::new();
    let mut rest = &**html;
    while let Some((before, tag, after)) = tags::first(rest) {
        pieces.extend([(true, before.into()), (false, tag.into())]);
        rest = after;
    }
    pieces.push((true, rest.into()));
    if pieces.len() < 3 {
        return;
    }
    let mut row = Row::default();
    for (is_text, piece) in &mut pieces {
        if *is_text {
            row.push(piece, true);
        } else if parts(piece) {
            row.text.push(' ');
        }
    }
    row.clean(scrubber);
    *html = pieces.into_iter().map(|(_, piece)| String::from(piece)).collect::<String>().into();
}

/// Whether a tag stands between words: all but those that only dress letters.
fn parts(tag: &str) -> bool {
    const DRESS: [&str; 20] = [
        "a", "abbr", "b", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
        "strong", "sub", "sup", "u", "wbr",
    ];
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    !DRESS.contains(&name.to_ascii_lowercase().as_str())
}
