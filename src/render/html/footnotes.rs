//! Footnotes: numbered in the order they are referred to, listed at the end, with a way back.

use super::{Writer, escape};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Numbers given so far.
#[derive(Debug, Default)]
pub(super) struct Numbers<'a> {
    by_label: BTreeMap<&'a str, (usize, usize)>,
    order: Vec<&'a str>,
}

impl<'a> Writer<'a> {
    pub(super) fn footnote_mark(&mut self, label: &str) {
        let Some((&label, _)) = self.survey.notes.get_key_value(label) else {
            self.text(&format!("[^{label}]"));
            return;
        };
        let (number, uses) = self.use_note(label);
        if self.place.plain {
            let _ = write!(self.out, "<sup>[{number}]</sup>");
            return;
        }
        let back = if uses == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{uses}") };
        let label = self.say("footnote", &number.to_string());
        let mut attributes = format!(" id=\"{back}\" href=\"#fn-{number}\" class=\"note\"");
        escape::push("aria-label", &label, &mut attributes);
        self.out.push_str("<sup>");
        self.open("a", &attributes);
        self.text(&number.to_string());
        self.out.push_str("</a></sup>");
    }

    fn use_note(&mut self, label: &'a str) -> (usize, usize) {
        let next = self.notes.order.len() + 1;
        let entry = self.notes.by_label.entry(label).or_insert((next, 0));
        entry.1 += 1;
        let found = *entry;
        if found.0 == next && found.1 == 1 {
            self.notes.order.push(label);
        }
        found
    }

    /// Lists the footnotes that were referred to, and after them those that nothing refers to.
    pub(super) fn footnotes(&mut self) {
        let survey = self.survey;
        if survey.notes.is_empty() {
            return;
        }
        let label = self.place.words.get("footnotes").to_owned();
        let mut attributes = String::from(" class=\"footnotes\"");
        escape::push("aria-label", &label, &mut attributes);
        self.open("section", if self.place.plain { "" } else { &attributes });
        self.out.push_str("<ol>\n");
        let mut next = 0;
        while let Some(label) = self.notes.order.get(next).copied() {
            next += 1;
            self.footnote(label, Some(next));
        }
        for label in survey.notes.keys() {
            if !self.notes.by_label.contains_key(label) {
                self.footnote(label, None);
            }
        }
        self.out.push_str("</ol>");
        self.close("section");
    }

    fn footnote(&mut self, label: &str, number: Option<usize>) {
        let Some(blocks) = self.survey.notes.get(label).copied() else { return };
        let id = number
            .filter(|_| !self.place.plain)
            .map(|number| format!(" id=\"fn-{number}\""))
            .unwrap_or_default();
        self.open("li", &id);
        self.blocks(blocks);
        if let Some(number) = number.filter(|_| !self.place.plain) {
            let label = self.say("footnote_back", &number.to_string());
            let mut attributes = format!(" href=\"#fnref-{number}\"");
            escape::push("aria-label", &label, &mut attributes);
            self.open("a", &attributes);
            self.out.push('↩');
            self.close("a");
        }
        self.out.push_str("</li>\n");
    }
}
