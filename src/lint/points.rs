//! Rules on *what went poorly* and *where we got lucky*: each point deserves an action.

use super::Case;
use super::words::words;
use crate::diag::{Diagnostic, Span};
use crate::model::text::{Block, BlockKind, plain, plain_blocks};
use crate::model::{SectionKind, Status};
use std::collections::BTreeSet;

const POINTS: [SectionKind; 2] = [SectionKind::WentPoorly, SectionKind::Lucky];

/// Something went poorly, or was luck, and nothing at all is promised.
pub(super) fn nothing_promised(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    if !case.incident.actions.is_empty() || case.incident.status == Status::Draft {
        return;
    }
    let sections = POINTS.into_iter().flat_map(|kind| case.sections(kind));
    for section in sections.take(1) {
        let message = format!("`{}` leads to no action", section.title);
        let help = "each point deserves an action, or a word on why none is needed";
        found.push(case.finding("action-missing", section.span, message).help(help));
    }
}

/// A point that shares no telling word with any action.
pub(super) fn without_action(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    if case.incident.actions.is_empty() || case.incident.status == Status::Draft {
        return;
    }
    let promised: BTreeSet<String> =
        case.incident.actions.iter().flat_map(|action| telling(&action.text)).collect();
    for (text, span) in points(case) {
        let said: BTreeSet<String> = telling(&text).collect();
        if said.len() >= 2 && said.is_disjoint(&promised) {
            let help = "promise something about it, or say why nothing is needed";
            found.push(case.finding("point-without-action", span, "no action speaks of this").help(help));
        }
    }
}

/// The stems of the words that carry meaning.
fn telling(text: &str) -> impl Iterator<Item = String> {
    let stem = |word: String| word.chars().take(5).collect::<String>();
    words(text).filter(|word| word.chars().count() >= 5).map(stem)
}

/// The items of lists in the sections on points, where they stand.
fn points(case: &Case<'_>) -> Vec<(String, Span)> {
    let mut all = Vec::new();
    for block in &case.incident.document.blocks {
        if case.within(block.span, &POINTS) {
            items(block, &mut all);
        }
    }
    all
}

fn items(block: &Block, all: &mut Vec<(String, Span)>) {
    let BlockKind::List(list) = &block.kind else { return };
    for item in &list.items {
        let first = item.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Paragraph(text) => Some((plain(text), block.span)),
            _ => None,
        });
        if let Some((_, span)) = first {
            all.push((plain_blocks(&item.blocks), span));
        }
    }
}
