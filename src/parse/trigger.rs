//! What set it off: front matter, else the first words of a trigger section or label.

use super::context::Context;
use super::lines::{Lined, Shape};
use crate::model::{SectionKind, Stated};

/// Reads the trigger.
pub(super) fn read(context: &Context<'_>, lined: &Lined<'_>) -> Option<Stated> {
    if let Some(text) = context.front.text("trigger") {
        return Some(Stated { text: text.value.to_owned(), from: "front matter", span: text.span });
    }
    let section = context.sections.iter().find(|section| section.kind == Some(SectionKind::Trigger))?;
    let run = lined.all.get(lined.inside(section.extent)).unwrap_or_default();
    let mut told = String::new();
    let mut span = None;
    for line in run.iter().filter(|line| !line.quoted && !matches!(line.shape, Shape::Heading(_))) {
        if !told.is_empty() && line.shape != (Shape::Text { first: false }) {
            break;
        }
        let words = if line.span.start <= section.span.start {
            line.text.strip_prefix(section.title.as_str()).unwrap_or(&line.text)
        } else {
            &line.text
        };
        let words = words.trim_start_matches([':', ' ', '-', '–']);
        if !words.is_empty() {
            told.push_str(if told.is_empty() { "" } else { " " });
            told.push_str(words);
            span.get_or_insert(line.span).end = line.span.end;
        }
    }
    Some(Stated { text: told, from: "section", span: span? })
}
