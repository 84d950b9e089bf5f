//! What `[audience.public]` keeps from customers beside internal parts: whole sections, keys of the front matter, and promises
//! that are not for them.
//!
//! Sections are cut out of the text that the public reading is made from, and keys taken out of its front matter, before
//! anything is understood: nothing later can know of them.

use super::front_matter::{Field, FrontMatter, Value, names_of, same_key};
use super::synonyms::normal;
use crate::config::PublicAudience;
use crate::diag::Span;
use crate::model::fold::folded_text;
use crate::model::text::{Block, BlockKind, InlineKind, plain};
use crate::model::{ActionItem, Incident, Section, SectionKind};
use std::ops::Range;

/// The level of headings that every other one ends.
const LOWEST: u8 = 6;

/// What is hidden, as `site.toml` names it.
#[derive(Debug, Clone)]
pub(super) struct Hidden {
    /// Kinds, or titles as titles are compared.
    sections: Vec<(String, String)>,
    /// Keys, each as the steps of its path.
    fields: Vec<Vec<String>>,
    /// Whether promises are hidden that are not said to be public.
    actions: bool,
}

impl Hidden {
    /// What `public` hides.
    pub(super) fn new(public: &PublicAudience) -> Self {
        let sections = public.hide_sections.iter().map(|name| (name.trim().to_lowercase(), title_of(name)));
        let steps = |path: &String| path.split('.').map(|step| step.trim().to_owned()).collect();
        Self {
            sections: sections.collect(),
            fields: public.hide_fields.iter().map(steps).collect(),
            actions: !public.actions,
        }
    }

    /// Where hidden sections stand in `text`, in order, from the beginning of the line that opens each.
    ///
    /// Beside the sections of a report these are all headings of its `document`: one that was taken for the title, or
    /// stands in a quotation or in raw HTML, opens no section, and is hidden with all below it as well.
    pub(super) fn extents(&self, incident: &Incident, text: &str) -> Vec<Range<usize>> {
        let mut cuts: Vec<Range<usize>> = self.promises(incident, text);
        if !self.sections.is_empty() {
            let hidden = incident.sections.iter().filter(|section| self.hides(section));
            let headings = self.below_headings(&incident.document.blocks, text.len());
            let extents = hidden.map(|section| section.extent).chain(headings);
            cuts.extend(extents.map(|extent| whole_lines(extent, text)));
        }
        cuts.retain(|cut| !cut.is_empty());
        cuts.sort_by_key(|cut| (cut.start, cut.end));
        cuts
    }

    /// The lines of promises in the text that are not for customers, and lists of promises of which nothing is.
    fn promises(&self, incident: &Incident, text: &str) -> Vec<Range<usize>> {
        let Some(body) = incident.document.blocks.first().map(|block| block.span.start) else {
            return Vec::new();
        };
        let hides = |action: &&ActionItem| match action.public {
            Some(public) => !public,
            None => self.actions,
        };
        let here = || incident.actions.iter().filter(|action| action.span.start >= body);
        let lines = here().filter(hides).map(|action| {
            let cut = whole_lines(action.span, text);
            // An empty line would end a table.
            let rest = text.get(cut.end..).unwrap_or_default();
            let left = if text.get(cut.clone()).is_some_and(|cut| cut.ends_with('\n')) {
                0
            } else {
                rest.find('\n').map_or(rest.len(), |at| at + 1)
            };
            cut.start..cut.end + left
        });
        let empty = |section: &&Section| {
            let inside = |action: &ActionItem| section.extent.contains(action.span.start) && !hides(&action);
            self.actions && section.kind == Some(SectionKind::Actions) && !here().any(inside)
        };
        let lists = incident.sections.iter().filter(empty).map(|section| whole_lines(section.extent, text));
        lines.chain(lists).collect()
    }

    fn hides(&self, section: &Section) -> bool {
        // Who took part stood in the appendix before it was a kind of its own: where that is hidden, so are they.
        let people = (section.kind == Some(SectionKind::About)).then_some(SectionKind::Appendix);
        let kinds = [section.kind, section.also, people];
        let named = |kind: &SectionKind| self.sections.iter().any(|(word, _)| kind.word() == word);
        kinds.iter().flatten().any(named) || self.names(&section.title)
    }

    fn names(&self, title: &str) -> bool {
        let whole = title_of(title);
        // `Appendix: logs`, `Appendix (for us)`, `Appendix A: logs`, `Appendix 2`
        let begin = title.split([':', '(', '–', '—']).next().map(title_of).unwrap_or_default();
        let numbered = |title: &str| {
            let (before, last) = title.rsplit_once(' ')?;
            let number = last.chars().count() == 1 || last.bytes().all(|b| b.is_ascii_digit());
            number.then(|| before.to_owned())
        };
        let named = [numbered(&whole), numbered(&begin), Some(whole), Some(begin)];
        let is = |wanted: &str| !wanted.is_empty() && named.iter().flatten().any(|title| title == wanted);
        self.sections.iter().any(|(_, wanted)| is(wanted))
    }

    /// What stands below the headings of `blocks` that are named, up to the next of their level.
    fn below_headings(&self, blocks: &[Block], end: usize) -> Vec<Span> {
        let mut extents = Vec::new();
        for (number, block) in blocks.iter().enumerate() {
            let Some(level) = self.level(block) else {
                // Nothing outside a quotation or a list is below a heading in it.
                extents.extend(self.holds(block).then_some(block.span));
                continue;
            };
            let after = blocks.get(number + 1..).unwrap_or_default();
            let next =
                after.iter().find(|one| matches!(&one.kind, BlockKind::Heading(h) if h.level <= level));
            let stop = next.map_or(end, |next| next.span.range().start);
            extents.push(Span::new(block.span.range().start, stop));
        }
        extents
    }

    /// Whether a hidden heading stands somewhere in `block`.
    fn holds(&self, block: &Block) -> bool {
        block.children().into_iter().flatten().any(|inner| self.level(inner).is_some() || self.holds(inner))
    }

    /// The level of `block`, if it is a hidden heading.
    fn level(&self, block: &Block) -> Option<u8> {
        match &block.kind {
            BlockKind::Heading(heading) => self.names(&plain(&heading.text)).then_some(heading.level),
            // A line in bold is a heading to those who write one; all that follows is below it.
            BlockKind::Paragraph(text) => match text.as_slice() {
                [one] if matches!(one.kind, InlineKind::Strong(_)) => {
                    self.names(&plain(text)).then_some(LOWEST)
                }
                _ => None,
            },
            BlockKind::Html(html) => self.in_html(html),
            _ => None,
        }
    }

    fn in_html(&self, html: &str) -> Option<u8> {
        let lower = html.to_lowercase();
        lower.match_indices('<').find_map(|(at, _)| {
            let tag = shortened(lower.get(at + 1..)?);
            let (name, rest) = tag.split_at(tag.find(|c: char| !c.is_ascii_alphanumeric())?);
            let level = match name.as_bytes() {
                [b'h', level @ b'1'..=b'6'] => level - b'0',
                b"summary" => LOWEST,
                _ => return None,
            };
            let title = rest.split_once('>')?.1.split('\n').next()?;
            let title = title.split_once("</").map_or(title, |(title, _)| title);
            let bare: String =
                title.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words)).collect();
            self.names(&bare).then_some(level)
        })
    }

    /// `front` without hidden keys, and whether it had any.
    pub(super) fn without_fields(&self, front: FrontMatter) -> (FrontMatter, bool) {
        let mut any = false;
        let mut fields = front.fields;
        for path in &self.fields {
            any |= remove(&mut fields, path, true);
        }
        (FrontMatter { fields, ..front }, any)
    }
}

/// Takes the field at `path` out of `fields`, wherever the path leads; says whether there was one.
fn remove(fields: &mut Vec<Field>, path: &[String], outermost: bool) -> bool {
    let before = fields.len();
    let Some((step, rest)) = path.split_first() else { return false };
    let goes_by = |field: &Field| {
        same_key(&field.key.value, step)
            || outermost && names_of(step).any(|name| same_key(&field.key.value, name))
    };
    if rest.is_empty() {
        fields.retain(|field| !goes_by(field));
        return fields.len() < before;
    }
    let joined = path.join(".");
    fields.retain(|field| !same_key(&field.key.value, &joined));
    let mut any = fields.len() < before;
    for field in fields.iter_mut().filter(|field| goes_by(field)) {
        any |= remove_within(&mut field.value.value, rest);
    }
    any
}

fn remove_within(value: &mut Value, path: &[String]) -> bool {
    match value {
        Value::Map(fields) => remove(fields, path, false),
        // Every one of several, whichever of them has the key.
        // Every element must be visited, so this is no `any`.
        Value::List(all) => {
            all.iter_mut().filter_map(|one| remove_within(&mut one.value, path).then_some(())).count() > 0
        }
        Value::Null | Value::Scalar(_) => false,
    }
}

/// A title as titles are compared, without an id that somebody gave it: `Money lost {#money}`.
fn title_of(title: &str) -> String {
    let bare = title
        .trim_end()
        .strip_suffix('}')
        .and_then(|rest| rest.rsplit_once('{'))
        .map_or(title, |(bare, _)| bare);
    normal(&folded_text(bare))
}

/// As much of a tag and its words as a title may have: one that goes on is none.
fn shortened(text: &str) -> &str {
    let end = text.char_indices().nth(300).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default()
}

fn whole_lines(extent: Span, text: &str) -> Range<usize> {
    let range = extent.range();
    let before = text.get(..range.start).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    line..range.end.min(text.len())
}
