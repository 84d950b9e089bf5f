//! One document under the rules, with the questions all rules ask of it.

use super::findable::Vocabulary;
use crate::config::SiteConfig;
use crate::corpus::Published;
use crate::diag::{Diagnostic, Level, Span};
use crate::model::text::{Block, BlockKind, Inline, InlineKind, plain_blocks};
use crate::model::{Incident, Section, SectionKind, Status};
use jiff::civil::Date;
use std::sync::Arc;

/// What a rule sees.
pub struct Case<'a> {
    /// The document.
    pub incident: &'a Incident,
    /// Settings: policy, people, components.
    pub config: &'a SiteConfig,
    /// The day all ages refer to.
    pub as_of: Date,
    /// Tags and components in use.
    pub(super) vocabulary: &'a Vocabulary,
}

impl<'a> Case<'a> {
    pub(super) fn new(
        published: &'a Published,
        config: &'a SiteConfig,
        as_of: Date,
        vocabulary: &'a Vocabulary,
    ) -> Self {
        Self { incident: &published.incident, config, as_of, vocabulary }
    }

    /// A warning; its level is settled later.
    pub(super) fn finding(&self, code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            level: Level::Warning,
            code,
            file: Arc::clone(&self.incident.name),
            span,
            message: message.into(),
            help: None,
        }
    }

    /// Whether the document is long enough, and finished enough, to be held to the form of a postmortem. A status
    /// notice of three sentences is not.
    pub(super) fn is_report(&self) -> bool {
        let sections = self.incident.sections.iter().filter(|section| section.kind.is_some()).count();
        self.incident.status != Status::Draft && sections >= 3
    }

    /// Whether the file is a log of several incidents: the same title of a timeline comes again and again.
    pub(super) fn tells_many(&self) -> bool {
        self.sections(SectionKind::Timeline).count() >= 3
    }

    /// The sections of a kind.
    pub(super) fn sections(&self, kind: SectionKind) -> impl Iterator<Item = &'a Section> {
        self.incident.sections.iter().filter(move |section| section.kind == Some(kind))
    }

    /// Whether a section is of this kind, by itself or with another: `Root cause and resolution`.
    pub(super) fn has(&self, kind: SectionKind) -> bool {
        self.incident.sections.iter().any(|section| section.is(kind))
    }

    /// Whether a place lies in a section of one of `kinds`; the innermost section that has a kind decides.
    pub(super) fn within(&self, span: Span, kinds: &[SectionKind]) -> bool {
        let mut around =
            self.incident.sections.iter().filter(|one| one.kind.is_some() && one.extent.contains(span.start));
        around.next_back().and_then(|section| section.kind).is_some_and(|kind| kinds.contains(&kind))
    }

    /// The words of the blocks of a section, without its title.
    pub(super) fn words_in(&self, section: &Section) -> String {
        let blocks = self.incident.document.blocks.iter();
        let inside = blocks
            .filter(|one| one.span.start >= section.span.end && section.extent.contains(one.span.start));
        inside.map(|block| plain_blocks(std::slice::from_ref(block))).collect()
    }

    /// Calls `look` with every run of words outside code, quotes and links' addresses.
    pub(super) fn each_text(&self, mut look: impl FnMut(&str, Span)) {
        texts(&self.incident.document.blocks, &mut look);
    }

    /// Calls `look` with everything that is written: as [`each_text`](Self::each_text), and code, quotes, raw HTML and
    /// addresses too.
    pub(super) fn each_words(&self, mut look: impl FnMut(&str, Span)) {
        everything(&self.incident.document.blocks, &mut look);
    }
}

/// Calls `look` with everything that is written in `blocks`.
pub(super) fn everything(blocks: &[Block], look: &mut impl FnMut(&str, Span)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Code(code) => look(&code.text, block.span),
            BlockKind::Html(html) => look(html, block.span),
            _ => {}
        }
        for inlines in block.inlines() {
            every_inline(inlines, look);
        }
        for children in block.children() {
            everything(children, look);
        }
    }
}

fn every_inline(inlines: &[Inline], look: &mut impl FnMut(&str, Span)) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Html(text) => {
                look(text, inline.span);
            }
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                every_inline(inner, look);
            }
            InlineKind::Link(link) | InlineKind::Image(link) => {
                look(&link.target, inline.span);
                every_inline(&link.text, look);
            }
            InlineKind::FootnoteMark(_) | InlineKind::SoftBreak | InlineKind::HardBreak => {}
        }
    }
}

fn texts(blocks: &[Block], look: &mut impl FnMut(&str, Span)) {
    for block in blocks {
        if matches!(block.kind, BlockKind::Quote(None, _) | BlockKind::Code(_) | BlockKind::Html(_)) {
            continue;
        }
        for inlines in block.inlines() {
            inline_texts(inlines, look);
        }
        for children in block.children() {
            texts(children, look);
        }
    }
}

fn inline_texts(inlines: &[Inline], look: &mut impl FnMut(&str, Span)) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) => look(text, inline.span),
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                inline_texts(inner, look);
            }
            InlineKind::Link(link) => inline_texts(&link.text, look),
            _ => {}
        }
    }
}
