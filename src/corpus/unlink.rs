//! Takes away what links to documents outside an edition say: their words may be the title of a hidden one. What a dead
//! link says is treated the same, so that nothing tells the two apart.
//!
//! The words go from the text, and from everything that was read from the place where the link stands: summary, timeline,
//! promises, titles.

use super::links::html_addresses;
use super::resolve::{Directory, Meaning};
use super::scrub::INSTEAD;
use super::slug::slugify;
use super::tags;
use crate::diag::Span;
use crate::model::text::{Block, BlockKind, Inline, InlineKind, plain};
use crate::model::{Incident, Stated};
use std::ops::Range;

/// A link that was taken out: where it stood and what it said.
struct Gone {
    span: Span,
    words: Vec<String>,
}

/// Takes the words of links that lead to no document of this edition out of `incident`.
pub(super) fn hide_dead_links(incident: &mut Incident, directory: &Directory) {
    let path = incident.path.clone();
    let dead =
        |address: &str| may_be_document(address) && directory.meaning(&path, address) == Meaning::Missing;
    let mut gone = Vec::new();
    replace(&mut incident.document.blocks, &dead, &mut gone);
    gone.retain(|one| !one.words.is_empty());
    if !gone.is_empty() {
        facts(incident, &gone);
    }
}

fn replace(all: &mut [Block], dead: &impl Fn(&str) -> bool, gone: &mut Vec<Gone>) {
    for block in all {
        match &mut block.kind {
            BlockKind::Paragraph(text) => inlines(text, dead, gone),
            BlockKind::Heading(heading) => {
                let before = gone.len();
                inlines(&mut heading.text, dead, gone);
                if gone.len() > before {
                    heading.anchor = slugify(&plain(&heading.text)).into();
                }
            }
            BlockKind::Quote(_, inner) | BlockKind::Footnote(_, inner) => replace(inner, dead, gone),
            BlockKind::List(list) => {
                list.items.iter_mut().for_each(|item| replace(&mut item.blocks, dead, gone));
            }
            BlockKind::Table(table) => {
                let rows = std::iter::once(&mut table.head).chain(&mut table.rows);
                rows.flat_map(|row| &mut row.cells).for_each(|cell| inlines(&mut cell.text, dead, gone));
            }
            BlockKind::Definitions(all) => {
                for definition in all {
                    inlines(&mut definition.term, dead, gone);
                    definition.details.iter_mut().for_each(|inner| replace(inner, dead, gone));
                }
            }
            BlockKind::Html(html) if html.contains('<') => *html = raw(html, dead).into(),
            BlockKind::Code(_) | BlockKind::Html(_) | BlockKind::Rule => {}
        }
    }
}

fn inlines(all: &mut Vec<Inline>, dead: &impl Fn(&str) -> bool, gone: &mut Vec<Gone>) {
    tagged(all, dead, gone);
    for inline in all {
        match &mut inline.kind {
            InlineKind::Link(link) | InlineKind::Image(link) if dead(&link.target) => {
                let words = words(&plain(&link.text)).map(|(_, word)| word).collect();
                gone.push(Gone { span: inline.span, words });
                inline.kind = InlineKind::Text(INSTEAD.into());
            }
            InlineKind::Link(link) | InlineKind::Image(link) => inlines(&mut link.text, dead, gone),
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                inlines(inner, dead, gone);
            }
            InlineKind::Html(html) => *html = pictures(html, dead).into(),
            _ => {}
        }
    }
}

/// The same for links that are written as tags in a line.
fn tagged(all: &mut Vec<Inline>, dead: &impl Fn(&str) -> bool, gone: &mut Vec<Gone>) {
    let is_dead =
        |inline: &Inline| matches!(&inline.kind, InlineKind::Html(tag) if is_link(tag) && leads(tag, dead));
    if !all.iter().any(is_dead) {
        return;
    }
    let mut kept = Vec::with_capacity(all.len());
    let mut rest = all.drain(..);
    while let Some(mut inline) = rest.next() {
        if is_dead(&inline) {
            let closes = |one: &Inline| matches!(&one.kind, InlineKind::Html(tag) if tag.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("</a")));
            let inner: Vec<Inline> = rest.by_ref().take_while(|one| !closes(one)).collect();
            let end = inner.last().map_or(inline.span.end, |last| last.span.end);
            inline.span = Span { end, ..inline.span };
            gone.push(Gone {
                span: inline.span,
                words: words(&plain(&inner)).map(|(_, word)| word).collect(),
            });
            inline.kind = InlineKind::Text(INSTEAD.into());
        }
        kept.push(inline);
    }
    drop(rest);
    *all = kept;
}

/// Raw HTML in which dead links say nothing.
fn raw(html: &str, dead: &impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag, after)) = tags::first(rest) {
        out.push_str(before);
        rest = after;
        if is_link(tag) && leads(tag, dead) {
            out.push_str(INSTEAD);
            let closes = |(at, _): &(usize, &str)| {
                rest.as_bytes().get(at + 2).is_some_and(|b| b.eq_ignore_ascii_case(&b'a'))
            };
            let end = rest.match_indices("</").find(closes);
            rest = end.and_then(|(end, _)| rest.get(end..)).unwrap_or_default();
            rest = rest.split_once('>').map_or("", |(_, after)| after);
        } else {
            out.push_str(&pictures(tag, dead));
        }
    }
    out.push_str(rest);
    out
}

/// A picture that is a document says nothing either.
fn pictures(tag: &str, dead: &impl Fn(&str) -> bool) -> String {
    let picture = tag.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("<img"));
    if picture && leads(tag, dead) { INSTEAD.to_owned() } else { tag.to_owned() }
}

fn is_link(tag: &str) -> bool {
    let begins = tag.get(..2).is_some_and(|begin| begin.eq_ignore_ascii_case("<a"));
    begins && tag.get(2..).is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '/'))
}

fn leads(tag: &str, dead: &impl Fn(&str) -> bool) -> bool {
    let mut any = false;
    html_addresses(tag, &mut |address| any |= dead(address));
    any
}

/// Whether `address` can be that of a document: one that ends as other files do is not.
fn may_be_document(address: &str) -> bool {
    let path = address.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.') {
        Some((_, end)) => {
            let end = end.to_ascii_lowercase();
            matches!(end.as_str(), "md" | "markdown" | "html" | "htm") || !is_extension(&end)
        }
        None => !name.is_empty(),
    }
}

fn is_extension(end: &str) -> bool {
    (1..=5).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Takes the words out of all that was read from the text. `gone` is in the order of the text.
fn facts(incident: &mut Incident, gone: &[Gone]) {
    forget(&mut incident.title, gone);
    for Stated { text, span, .. } in
        [&mut incident.summary, &mut incident.fix, &mut incident.trigger].into_iter().flatten()
    {
        forget(text, within(gone, *span));
    }
    for figure in &mut incident.impact {
        forget(&mut figure.label, within(gone, figure.span));
        forget(&mut figure.value, within(gone, figure.span));
    }
    for entry in &mut incident.timeline {
        forget(&mut entry.text, within(gone, entry.span));
    }
    for why in &mut incident.whys {
        forget(&mut why.question, within(gone, why.span));
        forget(&mut why.answer, within(gone, why.span));
    }
    for section in &mut incident.sections {
        forget(&mut section.title, within(gone, section.span));
    }
    for action in &mut incident.actions {
        let near = within(gone, action.span);
        forget(&mut action.text, near);
        // The heading of the list stands elsewhere.
        forget(&mut action.section, gone);
        [&mut action.reason, &mut action.done_when].into_iter().flatten().for_each(|text| forget(text, near));
    }
    for reference in &mut incident.references {
        // Around an id stand the words of its whole line.
        forget(
            &mut reference.text,
            if reference.notation == "id" { gone } else { within(gone, reference.span) },
        );
    }
}

/// Those of `gone` that stand in `span`.
fn within(gone: &[Gone], span: Span) -> &[Gone] {
    let from = gone.partition_point(|one| one.span.end <= span.start);
    let until = gone.partition_point(|one| one.span.start < span.end);
    gone.get(from..until).unwrap_or_default()
}

fn forget(text: &mut String, gone: &[Gone]) {
    for one in gone {
        let mut from = 0;
        while let Some(place) = find(text, &one.words, from) {
            from = place.start + INSTEAD.len();
            text.replace_range(place, INSTEAD);
        }
    }
}

/// Where `wanted` stands in `text` from byte `from`: all of them in a row, or as many as a text that was cut still has.
fn find(text: &str, wanted: &[String], from: usize) -> Option<Range<usize>> {
    let all: Vec<(usize, String)> = words(text).filter(|(at, _)| *at >= from).collect();
    (0..all.len()).find_map(|first| {
        let rest = all.get(first..)?;
        let same = rest.iter().zip(wanted).take_while(|((_, word), other)| word == *other).count();
        let cut = same == rest.len() && (same >= 2 || text.ends_with('…'));
        let (end, word) = rest.get(same.checked_sub(1)?)?;
        (same == wanted.len() || cut).then_some(rest.first()?.0..end + word.len())
    })
}

/// The words of `text` with the byte each begins at: runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = (usize, String)> + '_ {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, link: &str) -> String {
        let mut text = text.to_owned();
        let words = words(link).map(|(_, word)| word).collect();
        forget(&mut text, &[Gone { span: Span::default(), words }]);
        text
    }

    #[test]
    fn the_words_of_a_link_go_wherever_they_stand_in_a_row() {
        assert_eq!(without("See Disk full, again.", "Disk *full*"), "See another report, again.");
        assert_eq!(without("Disk full and Disk full", "Disk full"), "another report and another report");
        assert_eq!(without("The Disks were full", "Disk full"), "The Disks were full");
        assert_eq!(without("See another report", "another report"), "See another report");
    }

    #[test]
    fn a_cut_text_keeps_no_beginning_of_them() {
        assert_eq!(without("Like the Disk full…", "Disk full of logs"), "Like the another report…");
        assert_eq!(without("Like the Disk…", "Disk full of logs"), "Like the another report…");
        assert_eq!(without("We replaced the Disk", "Disk full of logs"), "We replaced the Disk");
    }
}
