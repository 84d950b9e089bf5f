//! A document as HTML: one pass over the tree into one string.
//!
//! Without raw HTML the result is safe by construction: every tag is written here, every word and attribute is escaped,
//! every address has been resolved. With raw HTML, its tags are read and written anew ([`raw`]), and the whole is
//! balanced and filtered by ammonia ([`sanitise`]); what this writer made passes through as numbered placeholders, so
//! that authors can give nothing the attributes of ours.

mod blocks;
mod embed;
mod footnotes;
mod inlines;
mod links;
mod marks;
mod raw;
mod sanitise;
mod survey;
mod table;
mod tag;
mod tags;

use super::{escape, highlight};
use crate::corpus::Published;
use crate::plan::{Site, Words};
use marks::Marks;
use sanitise::Kept;
use std::fmt::Write as _;
use survey::Survey;

/// What a document is rendered for.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The document.
    pub published: &'a Published,
    /// The site.
    pub site: &'a Site<'a>,
    /// Words of the site.
    pub words: &'a Words,
    /// What links from here start with: the way up to the root, or the site's address in feeds.
    pub root: &'a str,
    /// Whether ids, anchors and landmarks are written; feeds want none.
    pub plain: bool,
}

/// An entry of a page's contents.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Heading {
    /// Its id on the page.
    pub id: String,
    /// Its words.
    pub title: String,
    /// 2 for the highest.
    pub level: u8,
}

/// A rendered document.
#[derive(Debug, Default)]
pub struct Written {
    /// The HTML.
    pub html: String,
    /// Its headings, without those that are entries of a timeline.
    pub headings: Vec<Heading>,
    /// Whether action item `n` (from 0) got its id somewhere in the text.
    pub actions: Vec<bool>,
}

/// Renders the text of a document.
pub fn write(place: Place<'_>) -> Written {
    let document = &place.published.incident.document;
    let survey = Survey::of(document, &place.published.incident.title);
    let mut writer = Writer::new(place, &survey);
    writer.blocks(&document.blocks);
    writer.footnotes();
    let Writer { out, kept, headings, marks, .. } = writer;
    let html = if survey.raw { sanitise::clean(&out, &kept) } else { out };
    Written { html, headings, actions: marks.placed_actions() }
}

struct Writer<'a> {
    place: Place<'a>,
    survey: &'a Survey<'a>,
    out: String,
    kept: Kept,
    headings: Vec<Heading>,
    levels: Vec<u8>,
    marks: Marks,
    anchor: Option<marks::Mark>,
    codes: usize,
    tables: usize,
    notes: footnotes::Numbers<'a>,
    in_link: bool,
    depth: usize,
    /// Raw tags that an author opened and has not closed.
    open_raw: Vec<String>,
}

/// Blocks nested deeper than this are shown as their words alone.
const DEEPEST: usize = 64;

impl<'a> Writer<'a> {
    fn new(place: Place<'a>, survey: &'a Survey<'a>) -> Self {
        Self {
            place,
            survey,
            out: String::with_capacity(8 * 1024),
            kept: Kept::default(),
            headings: Vec::new(),
            levels: Vec::new(),
            marks: Marks::of(&place.published.incident),
            anchor: None,
            codes: 0,
            tables: 0,
            notes: footnotes::Numbers::default(),
            in_link: false,
            depth: 0,
            open_raw: Vec::new(),
        }
    }

    /// Opens `tag` with ready-made attributes, written as ` a="b" c="d"`.
    fn open(&mut self, tag: &str, attributes: &str) {
        self.out.push('<');
        self.out.push_str(tag);
        if self.survey.raw && !attributes.is_empty() {
            let number = self.kept.attributes(attributes);
            let _ = write!(self.out, " data-kb=\"{number}\"");
        } else {
            self.out.push_str(attributes);
        }
        self.out.push('>');
    }

    fn close(&mut self, tag: &str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// Writes finished HTML of ours, a block of its own.
    fn whole(&mut self, html: String) {
        if self.survey.raw {
            let number = self.kept.whole(html);
            let _ = write!(self.out, "<pre data-kb=\"{number}\"></pre>");
        } else {
            self.out.push_str(&html);
        }
    }

    fn text(&mut self, words: &str) {
        escape::text(words, &mut self.out);
    }

    fn say(&self, key: &str, x: &str) -> String {
        self.place.words.with(key, x)
    }

    /// Writes the `#` link to the entry that has just been opened, once, at the end of its first line.
    fn flush_anchor(&mut self) {
        let Some(mark) = self.anchor.take() else { return };
        if self.place.plain {
            return;
        }
        let label = self.say(mark.label_key(), &mark.number.to_string());
        let mut attributes = String::from(" class=\"anchor\" href=\"#");
        attributes.push_str(&mark.id());
        attributes.push('"');
        escape::push("aria-label", &label, &mut attributes);
        self.open("a", &attributes);
        self.out.push('#');
        self.close("a");
    }

    fn highlighted(&self, language: &str, code: &str) -> Option<String> {
        let wanted = self.place.site.config.markdown.highlight && !self.place.plain;
        wanted.then(|| highlight::classes(language, code)).flatten()
    }
}

#[cfg(test)]
mod tests;
