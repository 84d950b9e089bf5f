//! A document as pieces of text, each with its column and the place a reader finds it at.
//!
//! Indexing walks all pieces of all documents; a result walks those of the documents on screen, so both see the same
//! text and a passage always names the place its words came from.

use super::column::Column;
use crate::config::SiteConfig;
use crate::corpus::Published;
use crate::diag::Span;
use crate::model::text::{Block, BlockKind, Inline, InlineKind, Item, Row, push_plain};
use crate::model::{Incident, Section, SectionKind};

/// Where a piece stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot<'e> {
    /// The title.
    Title,
    /// The names the document goes by.
    Names,
    /// The line that says what fixed it.
    Fix,
    /// The summary of the front matter.
    Summary,
    /// A cause stated in the front matter.
    Cause,
    /// The n-th entry of the timeline, from 0.
    Entry(usize),
    /// The n-th action, from 0.
    Action(usize),
    /// Under a heading or label: its title, and the anchor of the nearest heading; both empty before the first.
    Section(&'e str, &'e str),
}

/// One piece of a document.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'e, 't> {
    /// What it counts as.
    pub column: Column,
    /// Where it stands.
    pub spot: Spot<'e>,
    /// Its words.
    pub text: &'t str,
    /// Whether another piece holds the same words with those around them.
    pub repeated: bool,
}

/// Walks everything there is to find in `published`.
pub fn walk<'e>(published: &'e Published, config: &SiteConfig, visit: &mut impl FnMut(Piece<'e, '_>)) {
    let incident = &published.incident;
    give(visit, Column::Title, Spot::Title, &incident.title);
    give(visit, Column::Headings, Spot::Names, &names(incident, config));
    if let Some(fix) = &incident.fix {
        give(visit, Column::Fix, Spot::Fix, &fix.text);
    }
    let blocks = &incident.document.blocks;
    let body_starts = blocks.first().map_or(u32::MAX, |block| block.span.start);
    walk_front_matter(incident, body_starts, visit);
    let mut walker = Walker {
        incident,
        entries: places(incident.timeline.iter().map(|entry| entry.span)),
        actions: places(incident.actions.iter().map(|action| action.span)),
        next_section: 0,
        open: Vec::new(),
        heading: ("", ""),
        text: String::new(),
        visit,
    };
    walker.blocks(blocks);
}

fn give<'e>(visit: &mut impl FnMut(Piece<'e, '_>), column: Column, spot: Spot<'e>, text: &str) {
    visit(Piece { column, spot, text, repeated: false });
}

/// What the body does not repeat: text that stands before it, in the front matter.
fn walk_front_matter<'e>(incident: &'e Incident, body_starts: u32, visit: &mut impl FnMut(Piece<'e, '_>)) {
    let ahead = |span: Span| span.start < body_starts;
    if let Some(summary) = incident.summary.as_ref().filter(|summary| ahead(summary.span)) {
        give(visit, Column::Summary, Spot::Summary, &summary.text);
    }
    if let Some(trigger) = incident.trigger.as_ref().filter(|trigger| ahead(trigger.span)) {
        give(visit, Column::Causes, Spot::Cause, &trigger.text);
    }
    for cause in &incident.causes {
        give(visit, Column::Causes, Spot::Cause, cause);
    }
    for (n, entry) in incident.timeline.iter().enumerate().filter(|(_, entry)| ahead(entry.span)) {
        give(visit, Column::Timeline, Spot::Entry(n), &entry.text);
    }
    for (n, action) in incident.actions.iter().enumerate().filter(|(_, action)| ahead(action.span)) {
        give(visit, Column::Actions, Spot::Action(n), &action.text);
    }
}

fn names(incident: &Incident, config: &SiteConfig) -> String {
    let mut names = vec![incident.id.as_str()];
    for id in &incident.components {
        names.push(id);
        if let Some(component) = config.components.get(id) {
            names.extend(component.name.as_deref());
            names.extend(component.aliases.iter().map(String::as_str));
        }
    }
    names.extend(incident.tags.iter().map(String::as_str));
    names.extend(incident.family.as_deref());
    names.extend(incident.team.as_deref());
    names.join("; ")
}

/// Spans with their numbers, in the order they stand.
fn places(spans: impl Iterator<Item = Span>) -> Vec<(Span, usize)> {
    let mut places: Vec<_> = spans.enumerate().map(|(n, span)| (span, n)).collect();
    places.sort_unstable();
    places
}

struct Walker<'e, 'v, V> {
    incident: &'e Incident,
    entries: Vec<(Span, usize)>,
    actions: Vec<(Span, usize)>,
    next_section: usize,
    open: Vec<&'e Section>,
    heading: (&'e str, &'e str),
    text: String,
    visit: &'v mut V,
}

impl<'e, V: FnMut(Piece<'e, '_>)> Walker<'e, '_, V> {
    fn blocks(&mut self, blocks: &'e [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'e Block) {
        self.enter(block.span.start);
        match &block.kind {
            BlockKind::Heading(heading) => {
                self.text.clear();
                push_plain(&heading.text, &mut self.text);
                let title = self.open.last().map_or("", |section| section.title.as_str());
                self.heading = (title, &heading.anchor);
                if self.text != self.incident.title {
                    self.give(Column::Headings, self.spot(block.span));
                }
            }
            BlockKind::Paragraph(text) => self.lines(text),
            BlockKind::Code(code) => {
                let spot = self.spot(block.span);
                give(self.visit, Column::Error, spot, &code.text);
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| self.item(item)),
            BlockKind::Table(table) => {
                self.row(&table.head);
                table.rows.iter().for_each(|row| self.row(row));
            }
            BlockKind::Definitions(all) => {
                for one in all {
                    self.lines(&one.term);
                    one.details.iter().for_each(|blocks| self.blocks(blocks));
                }
            }
            BlockKind::Quote(_, inner) | BlockKind::Footnote(_, inner) => self.blocks(inner),
            BlockKind::Html(_) | BlockKind::Rule => {}
        }
    }

    fn item(&mut self, item: &'e Item) {
        self.blocks(&item.blocks);
    }

    fn row(&mut self, row: &'e Row) {
        self.enter(row.span.start);
        self.text.clear();
        for cell in &row.cells {
            push_plain(&cell.text, &mut self.text);
            self.text.push_str(" \u{b7} ");
        }
        self.text.truncate(self.text.trim_end_matches(" \u{b7} ").len());
        let spot = self.spot(row.span);
        self.give(self.column(spot), spot);
        row.cells.iter().for_each(|cell| self.codes(&cell.text, spot));
    }

    /// Running text; where single lines of it are timeline entries or actions, each is a piece.
    fn lines(&mut self, text: &'e [Inline]) {
        let mut from = 0;
        while let Some(first) = text.get(from) {
            let spot = self.spot(first.span);
            let rest = &text[from..];
            let same = rest.iter().take_while(|inline| self.spot(inline.span) == spot).count().max(1);
            let line = &rest[..same];
            self.text.clear();
            push_plain(line, &mut self.text);
            self.give(self.column(spot), spot);
            self.codes(line, spot);
            from += same;
        }
    }

    fn give(&mut self, column: Column, spot: Spot<'e>) {
        if !self.text.trim().is_empty() {
            give(self.visit, column, spot, &self.text);
        }
    }

    /// Code in a line, once more, as error text.
    fn codes(&mut self, inlines: &[Inline], spot: Spot<'e>) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Code(code) => {
                    (self.visit)(Piece { column: Column::Error, spot, text: code, repeated: true });
                }
                InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                    self.codes(inner, spot);
                }
                InlineKind::Link(link) => self.codes(&link.text, spot),
                _ => {}
            }
        }
    }

    /// Opens and closes sections up to the byte `at`.
    fn enter(&mut self, at: u32) {
        while let Some(section) = self.incident.sections.get(self.next_section) {
            if section.extent.start > at {
                break;
            }
            self.open.retain(|open| open.extent.end > section.extent.start);
            self.open.push(section);
            self.next_section += 1;
        }
        self.open.retain(|open| open.extent.end > at);
    }

    fn spot(&self, span: Span) -> Spot<'e> {
        if let Some(n) = covering(&self.entries, span) {
            return Spot::Entry(n);
        }
        if let Some(n) = covering(&self.actions, span) {
            return Spot::Action(n);
        }
        let title = self.open.last().map_or(self.heading.0, |section| section.title.as_str());
        Spot::Section(title, self.heading.1)
    }

    fn column(&self, spot: Spot<'e>) -> Column {
        match spot {
            Spot::Entry(_) => Column::Timeline,
            Spot::Action(_) => Column::Actions,
            _ => match self.open.iter().rev().find_map(|section| section.kind) {
                Some(SectionKind::Summary) => Column::Summary,
                Some(SectionKind::Timeline) => Column::Timeline,
                Some(SectionKind::Actions) => Column::Actions,
                Some(
                    SectionKind::RootCause
                    | SectionKind::Whys
                    | SectionKind::Trigger
                    | SectionKind::ContributingFactors,
                ) => Column::Causes,
                _ => Column::Body,
            },
        }
    }
}

/// The number of the place that holds the start of `span`, or begins inside it.
fn covering(places: &[(Span, usize)], span: Span) -> Option<usize> {
    let after = places.partition_point(|(place, _)| place.start <= span.start);
    let before =
        after.checked_sub(1).and_then(|n| places.get(n)).filter(|(place, _)| place.contains(span.start));
    let inside = || places.get(after).filter(|(place, _)| place.start < span.end);
    before.or_else(inside).map(|(_, n)| *n)
}
