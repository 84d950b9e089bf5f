//! Running text.

use super::{Writer, escape, links, survey};
use crate::model::text::{Inline, InlineKind, plain};

impl Writer<'_> {
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.marks_within(inline);
            self.inline(inline);
        }
    }

    /// A paragraph may hold many entries: each that starts within this piece gets its id before it.
    fn marks_within(&mut self, inline: &Inline) {
        if self.place.plain
            || !matches!(
                inline.kind,
                InlineKind::Text(_) | InlineKind::Strong(_) | InlineKind::Code(_) | InlineKind::Emphasis(_)
            )
        {
            return;
        }
        while let Some(mark) = self.marks.take_within(inline.span.start, inline.span.end) {
            self.open("span", &format!(" id=\"{}\"", mark.id()));
            self.close("span");
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(words) => self.text(words),
            InlineKind::Code(code) => self.wrapped("code", |writer| writer.text(code)),
            InlineKind::Emphasis(inner) => self.wrapped("em", |writer| writer.inlines(inner)),
            InlineKind::Strong(inner) => self.wrapped("strong", |writer| writer.inlines(inner)),
            InlineKind::Strike(inner) => self.wrapped("del", |writer| writer.inlines(inner)),
            InlineKind::Link(link) => self.link(&link.target, &link.title, &link.text),
            InlineKind::Image(link) => {
                let words = plain(&link.text);
                self.image(&link.target, &words);
            }
            InlineKind::FootnoteMark(label) => self.footnote_mark(label),
            InlineKind::Html(html) if survey::is_break(html) => self.out.push_str("<br>"),
            InlineKind::Html(html) if self.survey.raw => self.raw_tags(html),
            InlineKind::Html(_) => {}
            InlineKind::SoftBreak => self.out.push('\n'),
            InlineKind::HardBreak => self.out.push_str("<br>\n"),
        }
    }

    fn wrapped(&mut self, tag: &str, inside: impl FnOnce(&mut Self)) {
        self.open(tag, "");
        inside(self);
        self.close(tag);
    }

    fn link(&mut self, target: &str, title: &str, words: &[Inline]) {
        let address =
            if self.in_link { None } else { links::address(&self.place, self.survey, &self.marks, target) };
        let Some(address) = address else {
            self.inlines(words);
            return;
        };
        let mut attributes = String::new();
        escape::push("href", &address, &mut attributes);
        if !title.is_empty() {
            escape::push("title", title, &mut attributes);
        }
        self.open("a", &attributes);
        self.in_link = true;
        let before = self.out.len();
        self.inlines(words);
        if self.out.get(before..).is_some_and(|written| written.trim().is_empty()) {
            self.text(links::short(target));
        }
        self.in_link = false;
        self.close("a");
    }

    /// A local image is shown; one from elsewhere becomes a link with its alternative text.
    pub(super) fn image(&mut self, target: &str, words: &str) {
        if let Some((source, size)) = links::image(&self.place, target) {
            let mut attributes = String::new();
            escape::push("src", &source, &mut attributes);
            escape::push("alt", words, &mut attributes);
            if let Some((width, height)) = size {
                escape::push("width", &width.to_string(), &mut attributes);
                escape::push("height", &height.to_string(), &mut attributes);
            }
            attributes.push_str(" loading=\"lazy\"");
            self.open("img", &attributes);
            return;
        }
        let shown = if words.trim().is_empty() { links::short(target) } else { words };
        let label = self.say("image", shown);
        match links::address(&self.place, self.survey, &self.marks, target).filter(|_| !self.in_link) {
            Some(address) => {
                let mut attributes = String::new();
                escape::push("href", &address, &mut attributes);
                self.open("a", &attributes);
                self.text(&label);
                self.close("a");
            }
            None => self.text(if words.trim().is_empty() { "" } else { &label }),
        }
    }
}
