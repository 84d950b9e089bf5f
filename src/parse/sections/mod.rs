//! The sections of a postmortem, whichever notation opens them: headings, bold labels on a line or in a bullet,
//! numbered labels, and plain lines that are a known label and a colon.
//!
//! Headings are sections even where kb does not know their title; labels only where it does, or every bold word would
//! be one. Under a timeline or a list of actions bold words belong to entries and items.

mod label;
mod log;
#[cfg(test)]
mod tests;

use super::synonyms::Synonyms;
use crate::diag::{Lines, Span};
use crate::model::text::{Block, BlockKind, Document, Heading, List, plain};
use crate::model::{Section, SectionKind};
use label::{Label, Style};

/// Words that stand before the first section and serve as the summary.
const OPENING_WORDS: usize = 15;

/// Words behind the colon of a heading beyond which they are its text and no part of the title.
const TITLE_WORDS: usize = 6;

/// Deepest level a section can have: a label under a heading of level 6.
const MAX_LEVEL: u8 = 7;

/// Finds the sections of `document`. The heading at `title` is the title of the whole and no section; `end` is the
/// length of the source.
pub(super) fn find(
    document: &Document,
    title: Option<Span>,
    lines: &Lines,
    end: usize,
    synonyms: &Synonyms,
) -> Vec<Section> {
    let heads = |block: &Block| matches!(block.kind, BlockKind::Heading(_)) && Some(block.span) != title;
    let bare = !document.blocks.iter().any(heads);
    let mut finder = Finder {
        synonyms,
        lines,
        title,
        bare,
        sections: Vec::new(),
        headings: Vec::new(),
        before: None,
        sunk: None,
    };
    let after = document.blocks.iter().skip(1).map(Some).chain([None]);
    for (at, (block, next)) in document.blocks.iter().zip(after).enumerate() {
        finder.block(block, next, document.blocks.get(at + 1..).unwrap_or_default());
        finder.before = Some(block.span);
    }
    let mut sections = finder.sections;
    close(&mut sections, end);
    let opening = opening(document, &sections, title, lines, end);
    opening.into_iter().chain(sections).collect()
}

struct Finder<'a> {
    synonyms: &'a Synonyms,
    lines: &'a Lines,
    title: Option<Span>,
    /// Whether there is no heading but the title: then lines that are known titles open sections.
    bare: bool,
    sections: Vec<Section>,
    /// The headings around the current place, outermost first.
    headings: Vec<(u8, Option<SectionKind>)>,
    /// The block before the current one.
    before: Option<Span>,
    /// The level that headings of level 1 have here, where they are groups of the actions above them.
    sunk: Option<u8>,
}

impl Finder<'_> {
    fn block(&mut self, block: &Block, next: Option<&Block>, rest: &[Block]) {
        let before_list = matches!(next.map(|next| &next.kind), Some(BlockKind::List(_)));
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading, block.span, rest),
            BlockKind::Paragraph(text) if self.takes_labels() => {
                let mut labels = label::in_paragraph(text, self.bare, self.synonyms);
                // Without headings a title on a line of its own is among them already.
                if labels.is_empty() && before_list {
                    labels.extend(label::alone(text, self.synonyms));
                }
                for found in labels {
                    if found.title.starts_with(|c: char| c.is_ascii_digit()) && self.below_actions() {
                        continue;
                    }
                    let start = found.span.start;
                    self.label(found, start);
                }
            }
            BlockKind::List(list) if self.takes_labels() => self.list(list),
            _ => {}
        }
    }

    fn heading(&mut self, heading: &Heading, span: Span, rest: &[Block]) {
        if self.title == Some(span) {
            self.headings.retain(|(level, _)| *level < heading.level);
            self.headings.push((heading.level, None));
            return;
        }
        let title = plain(&heading.text).trim().to_owned();
        // `# Resolution: The certificate was renewed by hand …`: a label and its text, written as one heading.
        let labelled = || {
            let (label, text) = title.split_once(':')?;
            self.synonyms.exact(label).filter(|_| text.split_whitespace().count() > TITLE_WORDS)
        };
        let known = labelled().or_else(|| self.synonyms.kind(&title));
        let level = self.level(heading.level, known);
        self.headings.retain(|(around, _)| *around < level);
        let log = known == Some(SectionKind::Timeline) && log::tells_many(heading.level, rest, self.synonyms);
        let kind = known.filter(|kind| !log && !self.is_group(*kind));
        self.headings.push((level, kind));
        self.push(Section {
            kind,
            also: kind.and_then(|kind| self.synonyms.besides(&title, kind)),
            title,
            notation: "heading",
            level,
            span,
            extent: span,
            line: self.lines.line(span.start),
        });
    }

    /// The level of a heading. `# Improve the alarm` straight below `## Action items` is a group of those, and so are the
    /// unknown titles of level 1 after it: there `#` stands for a label.
    fn level(&mut self, written: u8, known: Option<SectionKind>) -> u8 {
        let above = self.sections.last().filter(|last| Some(last.span) == self.before);
        let above =
            above.filter(|last| last.kind == Some(SectionKind::Actions) && last.notation == "heading");
        if known.is_some() || written > 1 {
            self.sunk = None;
        } else if let Some(above) = above.filter(|above| above.level > written) {
            self.sunk = Some((above.level + 1).min(MAX_LEVEL - 1));
        }
        self.sunk.unwrap_or(written)
    }

    /// Whether a heading of `kind` here only groups the items of the list of actions around it.
    fn is_group(&self, kind: SectionKind) -> bool {
        let among_actions = self.headings.iter().any(|(_, around)| *around == Some(SectionKind::Actions));
        among_actions
            && !matches!(
                kind,
                SectionKind::Actions
                    | SectionKind::Timeline
                    | SectionKind::Related
                    | SectionKind::Appendix
                    | SectionKind::About
            )
    }

    fn takes_labels(&self) -> bool {
        let full =
            |kind: &Option<SectionKind>| matches!(kind, Some(SectionKind::Timeline | SectionKind::Actions));
        !self.headings.iter().any(|(_, kind)| full(kind))
    }

    /// Whether the last label opened a list of actions: its items are promises, and `4. Response:` among them a group.
    fn below_actions(&self) -> bool {
        let lines = ["plain label", "bold label"];
        self.sections
            .last()
            .is_some_and(|last| last.kind == Some(SectionKind::Actions) && lines.contains(&last.notation))
    }

    /// Whether no heading but the title stands above: there a list may hold the whole form, `- Impact: …`.
    fn is_top(&self) -> bool {
        self.headings.len() <= 1 && self.sections.iter().all(|section| section.notation != "heading")
    }

    /// Whether the heading around is a section of its own kind, whose bullets are fields: `- **Recovery**: by hand` below
    /// `## Impact`. A summary may hold the others.
    fn in_known(&self) -> bool {
        let kind = self.headings.last().and_then(|(_, kind)| *kind);
        kind.is_some_and(|kind| kind != SectionKind::Summary)
    }

    fn list(&mut self, list: &List) {
        for item in &list.items {
            let Some(Block { kind: BlockKind::Paragraph(text), .. }) = item.blocks.first() else {
                continue;
            };
            let style = if list.start.is_some() { Style::Numbered } else { Style::Bullet };
            if self.below_actions() {
                continue;
            }
            let lessons = self.headings.last().is_some_and(|(_, kind)| *kind == Some(SectionKind::Lessons));
            let plain = style == Style::Bullet && (lessons || self.is_top());
            let worded = || label::in_bullet(text, lessons, self.synonyms).filter(|_| plain);
            if style == Style::Bullet && self.in_known() {
                let bold = || label::in_lessons(text, self.synonyms).filter(|_| lessons);
                if let Some(found) = worded().or_else(bold) {
                    self.label(found, item.span.start);
                }
                continue;
            }
            if let Some(found) = label::in_item(text, style, self.synonyms).or_else(worded) {
                self.label(found, item.span.start);
            }
        }
    }

    fn label(&mut self, label: Label, start: u32) {
        let around = self.headings.last().map_or(0, |(level, _)| *level);
        self.push(Section {
            kind: Some(label.kind),
            also: self.synonyms.besides(&label.title, label.kind),
            title: label.title,
            notation: label.notation,
            level: (around + 1).min(MAX_LEVEL),
            span: label.span,
            extent: Span { start, end: label.span.end },
            line: self.lines.line(label.span.start),
        });
    }

    fn push(&mut self, section: Section) {
        self.sections.push(section);
    }
}

/// Lets every section reach to the next one of its level or a higher one.
fn close(sections: &mut [Section], end: usize) {
    let end = Span::at(end).start;
    // From the back: the nearest later start of every level and all levels above it.
    let mut next = [end; MAX_LEVEL as usize + 1];
    // A label reaches no further than to the next heading, however deep that is.
    let mut heading = end;
    for section in sections.iter_mut().rev() {
        let level = usize::from(section.level.min(MAX_LEVEL));
        let until = next.get(level).copied().unwrap_or(end);
        let headed = section.notation == "heading";
        section.extent.end = if headed { until } else { until.min(heading) }.max(section.span.end);
        if headed {
            heading = section.extent.start;
        }
        for later in next.iter_mut().skip(level) {
            *later = section.extent.start;
        }
    }
}

/// What stands before the first section, where nothing else is the summary and it says enough.
fn opening(
    document: &Document,
    sections: &[Section],
    title: Option<Span>,
    lines: &Lines,
    end: usize,
) -> Option<Section> {
    if sections.iter().any(|section| section.kind == Some(SectionKind::Summary)) {
        return None;
    }
    let until = sections.first().map_or(Span::at(end).start, |first| first.extent.start);
    let mut words = 0;
    let mut first: Option<Span> = None;
    for block in document.blocks.iter().take_while(|block| block.span.start < until) {
        if let BlockKind::Paragraph(text) = &block.kind
            && Some(block.span) != title
            && !label::is_metadata(text)
        {
            words += plain(text).split_whitespace().count();
            first = first.or(Some(block.span));
        }
    }
    let first = first.filter(|_| words >= OPENING_WORDS)?;
    Some(Section {
        kind: Some(SectionKind::Summary),
        also: None,
        title: String::new(),
        notation: "opening paragraph",
        level: 1,
        span: Span { end: first.start, ..first },
        extent: Span { start: first.start, end: until },
        line: lines.line(first.start),
    })
}
