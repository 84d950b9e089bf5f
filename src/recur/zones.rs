//! Which part of a report a piece of text stands in, and the walk that hands out all pieces.
//!
//! Sections begin at headings, at bold labels in a paragraph or at list items, so a zone is looked up by position, not
//! by block.

use super::weights::Field;
use crate::model::Incident;
use crate::model::text::{Block, BlockKind, Inline, InlineKind};

/// A piece of a report's text.
pub(super) enum Piece<'a> {
    /// Running text, code in the line included.
    Words(&'a str),
    /// One code span, already part of the running text.
    Code(&'a str),
    /// A code block.
    Block(&'a str),
}

/// The zones of one report, as (start, field), ascending.
struct Zones {
    starts: Vec<(u32, Field)>,
    titles: Vec<u32>,
}

impl Zones {
    fn of(incident: &Incident) -> Self {
        // (start, end, field); a section of unknown kind belongs to the one around it.
        let mut extents: Vec<(u32, u32, Option<Field>)> = incident
            .sections
            .iter()
            .map(|one| (one.extent.start, one.extent.end, one.kind.map(Field::of)))
            .chain(incident.timeline.iter().map(|one| (one.span.start, one.span.end, Some(Field::Silent))))
            .chain(incident.actions.iter().map(|one| (one.span.start, one.span.end, Some(Field::Actions))))
            .collect();
        extents.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
        let mut titles: Vec<u32> = incident
            .sections
            .iter()
            .filter(|one| one.kind.is_some() && one.notation != "opening paragraph")
            .map(|one| one.span.start)
            .collect();
        titles.sort_unstable();
        Self { starts: flatten(&extents), titles }
    }

    fn at(&self, position: u32) -> Field {
        let after = self.starts.partition_point(|(start, _)| *start <= position);
        let zone = after.checked_sub(1).and_then(|place| self.starts.get(place));
        zone.map_or(Field::Other, |(_, field)| *field)
    }

    fn is_title(&self, position: u32) -> bool {
        self.titles.binary_search(&position).is_ok()
    }
}

/// Nested extents, outermost first, as a flat list of where which field begins.
fn flatten(extents: &[(u32, u32, Option<Field>)]) -> Vec<(u32, Field)> {
    let mut starts = vec![(0, Field::Other)];
    let mut open: Vec<(u32, Field)> = vec![(u32::MAX, Field::Other)];
    let close = |open: &mut Vec<(u32, Field)>, starts: &mut Vec<(u32, Field)>, until: u32| {
        while let Some(&(end, _)) = open.last()
            && end <= until
        {
            open.pop();
            let around = open.last().map_or(Field::Other, |(_, field)| *field);
            starts.push((end, around));
        }
    };
    for (start, end, field) in extents {
        close(&mut open, &mut starts, *start);
        let (limit, around) = open.last().copied().unwrap_or((u32::MAX, Field::Other));
        let field = field.unwrap_or(around);
        starts.push((*start, field));
        open.push(((*end).min(limit), field));
    }
    close(&mut open, &mut starts, u32::MAX - 1);
    starts
}

/// Calls `visit` for every piece of text of `incident` that is compared, with its field.
pub(super) fn walk(incident: &Incident, mut visit: impl FnMut(Field, Piece<'_>)) {
    visit(Field::Title, Piece::Words(&incident.title));
    let zones = Zones::of(incident);
    let mut walker = Walker { zones: &zones, field: Field::Other, words: String::new(), visit: &mut visit };
    walker.blocks(&incident.document.blocks);
    from_front_matter(incident, &mut visit);
}

/// What stands in front matter is not part of the text.
fn from_front_matter(incident: &Incident, visit: &mut impl FnMut(Field, Piece<'_>)) {
    let stated = [
        (Field::Summary, &incident.summary),
        (Field::Cause, &incident.trigger),
        (Field::Other, &incident.fix),
    ];
    for (field, stated) in stated {
        if let Some(stated) = stated.as_ref().filter(|one| one.from == "front matter") {
            visit(field, Piece::Words(&stated.text));
        }
    }
    for cause in &incident.causes {
        visit(Field::Cause, Piece::Words(cause));
    }
}

struct Walker<'a, V> {
    zones: &'a Zones,
    field: Field,
    words: String,
    visit: &'a mut V,
}

impl<V: FnMut(Field, Piece<'_>)> Walker<'_, V> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let BlockKind::Code(code) = &block.kind {
                (self.visit)(self.zones.at(block.span.start), Piece::Block(&code.text));
            }
            let title = matches!(block.kind, BlockKind::Heading(_)) && self.zones.is_title(block.span.start);
            if !title {
                for inlines in block.inlines() {
                    self.inlines(inlines);
                    self.flush();
                }
            }
            for children in block.children() {
                self.blocks(children);
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => self.text(inline, text),
                InlineKind::Code(code) => {
                    self.text(inline, code);
                    (self.visit)(self.field, Piece::Code(code));
                }
                InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                    if !self.zones.is_title(inline.span.start) {
                        self.inlines(inner);
                    }
                }
                InlineKind::Link(link) => self.inlines(&link.text),
                InlineKind::SoftBreak | InlineKind::HardBreak => self.words.push(' '),
                InlineKind::Image(_) | InlineKind::FootnoteMark(_) | InlineKind::Html(_) => {}
            }
        }
    }

    fn text(&mut self, inline: &Inline, text: &str) {
        let field = self.zones.at(inline.span.start);
        if field != self.field {
            self.flush();
            self.field = field;
        }
        self.words.push_str(text);
    }

    fn flush(&mut self) {
        if !self.words.is_empty() {
            (self.visit)(self.field, Piece::Words(&self.words));
            self.words.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_sections_give_way_to_the_one_around_them() {
        let extents = [
            (10, 100, Some(Field::Summary)),
            (20, 60, None),
            (30, 40, Some(Field::Silent)),
            (100, 200, Some(Field::Cause)),
            (150, 250, Some(Field::Actions)),
        ];
        let zones = Zones { starts: flatten(&extents), titles: Vec::new() };
        let fields = [5, 10, 25, 35, 45, 70, 100, 160, 205].map(|at| zones.at(at));
        assert_eq!(
            fields,
            [
                Field::Other,
                Field::Summary,
                Field::Summary,
                Field::Silent,
                Field::Summary,
                Field::Summary,
                Field::Cause,
                Field::Actions,
                Field::Other,
            ]
        );
    }
}
