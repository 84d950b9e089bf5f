//! Blocks: paragraphs, headings, lists, code, quotations.

use super::{DEEPEST, Heading, Place, Writer, escape, survey};
use crate::diag::Span;
use crate::model::text::{
    Alert, Block, BlockKind, Code, Definition, Heading as Written, List, plain, plain_blocks,
};
use std::fmt::Write as _;

/// Characters in a line of code above which it may not fit a phone and gets a tab stop to be scrolled.
const WIDE: usize = 40;

impl Writer<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        if self.depth >= DEEPEST {
            self.text(&plain_blocks(blocks));
            return;
        }
        self.depth += 1;
        for block in blocks {
            self.block(block);
        }
        self.depth -= 1;
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(block.span, heading),
            BlockKind::Paragraph(text) => {
                let attributes = self.mark(block.span) + &self.at(block.span);
                self.open("p", &attributes);
                self.inlines(text);
                self.flush_anchor();
                self.close("p");
            }
            BlockKind::Quote(alert, inner) => self.quote(*alert, inner),
            BlockKind::Code(code) => self.code(block.span, code),
            BlockKind::List(list) => self.list(list),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Definitions(all) => self.definitions(all),
            BlockKind::Footnote(..) => return,
            BlockKind::Html(html) => self.raw(html),
            BlockKind::Rule => self.out.push_str("<hr>"),
        }
        self.out.push('\n');
    }

    /// The id attribute of a mark that starts exactly where `span` does; its anchor is written later.
    pub(super) fn mark(&mut self, span: Span) -> String {
        match self.marks.take_at(span.start) {
            Some(mark) if !self.place.plain => {
                self.anchor = Some(mark);
                format!(" id=\"{}\"", mark.id())
            }
            _ => String::new(),
        }
    }

    /// In a preview: where in the source something stands, in bytes, so that findings can be shown beside it.
    pub(super) fn at(&self, span: Span) -> String {
        let Place { site, plain, .. } = &self.place;
        if site.live && site.is_internal() && !plain {
            format!(" data-at=\"{}\"", span.start)
        } else {
            String::new()
        }
    }

    fn heading(&mut self, span: Span, heading: &Written) {
        let words = plain(&heading.text);
        if self.survey.title == Some(span.start) || words.trim().is_empty() {
            return;
        }
        while self.levels.last().is_some_and(|above| *above >= heading.level) {
            self.levels.pop();
        }
        self.levels.push(heading.level);
        let level = u8::try_from(self.levels.len() + 1).unwrap_or(6).min(6);
        let tag = format!("h{level}");
        let mark = self.marks.take_at(span.start);
        let own = heading.anchor.to_string();
        let id = mark.map_or_else(|| own.clone(), super::marks::Mark::id);
        let mut attributes = String::new();
        if !self.place.plain {
            escape::push("id", &id, &mut attributes);
        }
        attributes.push_str(&self.at(span));
        self.open(&tag, &attributes);
        if mark.is_some() && !self.place.plain {
            // Links within the text may still name the heading.
            let mut attributes = String::new();
            escape::push("id", &own, &mut attributes);
            self.open("span", &attributes);
            self.close("span");
        }
        self.inlines(&heading.text);
        self.anchor_of_heading(&id, &words);
        self.close(&tag);
        if mark.is_none() {
            self.headings.push(Heading { id, title: words.trim().to_owned(), level });
        }
    }

    fn anchor_of_heading(&mut self, id: &str, words: &str) {
        if self.place.plain {
            return;
        }
        let label = self.say("link_to", words.trim());
        let mut attributes = String::from(" class=\"anchor\"");
        escape::push("href", &format!("#{id}"), &mut attributes);
        escape::push("aria-label", &label, &mut attributes);
        self.open("a", &attributes);
        self.out.push('#');
        self.close("a");
    }

    fn quote(&mut self, alert: Option<Alert>, inner: &[Block]) {
        let Some(alert) = alert else {
            self.out.push_str("<blockquote>\n");
            self.blocks(inner);
            self.close("blockquote");
            return;
        };
        let key = alert.word().to_lowercase();
        self.open("div", &format!(" class=\"alert {key}\" role=\"note\""));
        self.open("p", " class=\"alert-title\"");
        let title = self.place.words.get(&format!("alert_{key}")).to_owned();
        self.text(&title);
        self.out.push_str("</p>\n");
        self.blocks(inner);
        self.close("div");
    }

    fn code(&mut self, span: Span, code: &Code) {
        let wide = code.text.lines().any(|line| line.chars().nth(WIDE).is_some());
        let mut html = String::with_capacity(code.text.len() + 80);
        html.push_str("<pre");
        html.push_str(&self.at(span));
        if wide && !self.place.plain {
            self.codes += 1;
            let label = self.say("code_block", &self.codes.to_string());
            html.push_str(" tabindex=\"0\" role=\"region\"");
            escape::push("aria-label", &label, &mut html);
        }
        html.push_str("><code>");
        match self.highlighted(&code.language, &code.text) {
            Some(coloured) => html.push_str(&coloured),
            None => escape::text(&code.text, &mut html),
        }
        html.push_str("</code></pre>");
        self.whole(html);
    }

    fn list(&mut self, list: &List) {
        let tag = if list.start.is_some() { "ol" } else { "ul" };
        let mut attributes = String::new();
        if let Some(start) = list.start.filter(|start| *start != 1) {
            let _ = write!(attributes, " start=\"{}\"", start.min(i32::MAX as u64));
        }
        self.open(tag, &attributes);
        for item in &list.items {
            let attributes = self.mark(item.span) + &self.at(item.span);
            self.open("li", &attributes);
            if let Some(done) = item.task {
                self.task(done);
            }
            self.item(&item.blocks, list.loose);
            self.flush_anchor();
            self.out.push_str("</li>\n");
        }
        self.close(tag);
    }

    fn task(&mut self, done: bool) {
        let (mark, key) = if done { ("☑", "task_done") } else { ("☐", "task_open") };
        let mut attributes = String::from(" class=\"task\" role=\"img\"");
        escape::push("aria-label", self.place.words.get(key), &mut attributes);
        self.open("span", &attributes);
        self.out.push_str(mark);
        self.close("span");
        self.out.push(' ');
    }

    /// In tight lists a paragraph is its words alone.
    fn item(&mut self, blocks: &[Block], loose: bool) {
        for block in blocks {
            let BlockKind::Paragraph(text) = &block.kind else {
                self.blocks(std::slice::from_ref(block));
                continue;
            };
            if loose {
                self.blocks(std::slice::from_ref(block));
                continue;
            }
            let id = self.mark(block.span);
            if !id.is_empty() {
                self.open("span", &id);
            }
            self.inlines(text);
            if !id.is_empty() {
                self.close("span");
            }
            self.flush_anchor();
            self.out.push('\n');
        }
    }

    fn definitions(&mut self, all: &[Definition]) {
        self.out.push_str("<dl>\n");
        for definition in all {
            let id = self.mark(definition.span);
            self.open("dt", &id);
            self.inlines(&definition.term);
            self.flush_anchor();
            self.close("dt");
            for detail in &definition.details {
                self.out.push_str("<dd>");
                self.blocks(detail);
                self.out.push_str("</dd>\n");
            }
        }
        self.out.push_str("</dl>");
    }

    fn raw(&mut self, html: &str) {
        if survey::is_break(html) {
            self.out.push_str("<br>");
        } else if self.survey.raw {
            self.raw_tags(html);
        }
    }
}
