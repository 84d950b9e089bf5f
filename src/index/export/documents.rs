//! What the page shows of documents: a row each for lists while a reader types (`d`), of few documents because those that
//! are found seldom stand together; and the row with the texts and their places for passages (`f`).

use crate::config::SiteConfig;
use crate::corpus::Published;
use crate::index::hits::{place_of, shown_text};
use crate::index::piece::{self, Spot};
use serde::Serialize;

/// Rows in one `d` file.
pub(super) const ROWS: usize = 8;
/// Longest *fixed by*, in characters.
const FIX: usize = 160;

/// One document in a list.
#[derive(Serialize)]
pub(super) struct Row<'e>(String, &'e str, Option<String>, Option<&'e str>, &'e [String], usize);

/// A place of a document with what stands there: `["Timeline 06:30", "t2", "text", …]`.
type Section = Vec<String>;

pub(super) fn row<'e>(published: &'e Published, link: &dyn Fn(&Published) -> String) -> Row<'e> {
    let incident = &published.incident;
    let open = incident.actions.iter().filter(|action| action.state.is_open()).count();
    Row(
        link(published),
        &incident.title,
        incident.date.as_ref().map(|dated| dated.date.to_string()),
        incident.severity.as_ref().map(|severity| severity.label.as_str()),
        &incident.components,
        open,
    )
}

/// What fixed it, in short.
pub(super) fn fix(published: &Published) -> Option<String> {
    published.incident.fix.as_ref().map(|fix| short(&fix.text))
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(FIX).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The places of `published` in the order passages are looked for in.
pub(super) fn sections(published: &Published, config: &SiteConfig) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    piece::walk(published, config, &mut |piece| {
        if piece.repeated || matches!(piece.spot, Spot::Title | Spot::Names) {
            return;
        }
        let (place, anchor) = place_of(published, piece.spot);
        let text = shown_text(published, piece.spot, piece.text).to_owned();
        match sections.last_mut() {
            Some(last) if last.first() == Some(&place) && last.get(1) == Some(&anchor) => last.push(text),
            _ => sections.push(vec![place, anchor, text]),
        }
    });
    sections
}
