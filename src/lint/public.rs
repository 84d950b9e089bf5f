//! What the public site would leave out or say otherwise, document by document: for authors who want to see it before
//! customers do.
//!
//! The two editions are compared, so that what is told here is what the gate does, not what it ought to do. Blocks that
//! the public reading lacks are left out; blocks that come in their place are shown as they would read.

use crate::corpus::{Edition, Published};
use crate::diag::{Diagnostic, Level, Span, words as say};
use crate::model::Incident;
use crate::model::text::{Block, Inline, plain};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// The code of these findings; they are not part of the table, since they ask for nothing.
pub const REMOVED: &str = "public-removes";

/// Characters of a public wording that are shown.
const SHOWN: usize = 100;

/// What `public` lacks of the documents it shares with `internal`, in the order of files and places.
pub fn removed(internal: &Edition, public: &Edition) -> Vec<Diagnostic> {
    let all = |edition| -> BTreeMap<Arc<str>, Arc<Incident>> {
        let Edition { incidents, pages, .. }: &Edition = edition;
        let both = incidents.iter().chain(pages).map(|one: &Published| &one.incident);
        both.map(|one| (Arc::clone(&one.path), Arc::clone(one))).collect()
    };
    let whole = all(internal);
    let mut found = Vec::new();
    for (path, shown) in all(public) {
        if let Some(incident) = whole.get(&path) {
            document(incident, &shown, &mut found);
        }
    }
    found.sort_by(Diagnostic::order);
    found
}

fn document(whole: &Incident, shown: &Incident, found: &mut Vec<Diagnostic>) {
    let tell = |span, message: String| Diagnostic {
        level: Level::Warning,
        code: REMOVED,
        file: Arc::clone(&whole.name),
        span,
        message,
        help: None,
    };
    let named = keys(whole, shown);
    if !named.is_empty() {
        let message = format!("left out: {}", say::alternatives(&named).replace(" or ", " and "));
        found.push(tell(Span::at(0), message));
    }
    for action in &whole.actions {
        if !shown.actions.iter().any(|other| other.text == action.text) && action.public == Some(false) {
            found.push(tell(action.span, "the action is left out".to_owned()));
            continue;
        }
        if action.owners.is_empty() && action.tickets.is_empty() {
            continue;
        }
        let tickets = action.tickets.iter().map(|ticket| ticket.id.clone());
        let gone: Vec<String> = action.owners.iter().cloned().chain(tickets).collect();
        let message =
            format!("the action stands without {}", say::alternatives(&gone).replace(" or ", " and "));
        found.push(tell(action.span, message));
    }
    for (span, text, public) in changes(whole, shown) {
        let gone = || format!("left out: `{}`", short(&text));
        found.push(tell(span, public.map_or_else(gone, |text| format!("reads `{text}`"))));
    }
}

/// Keys of the front matter whose values the public reading lacks.
fn keys(whole: &Incident, shown: &Incident) -> Vec<&'static str> {
    let gone = [
        ("authors", whole.authors.len() > shown.authors.len()),
        ("reviewers", whole.reviewers.len() > shown.reviewers.len()),
        ("participants", whole.participants.len() > shown.participants.len()),
        ("team", whole.team.is_some() && shown.team.is_none()),
        ("fix", whole.fix.is_some() && shown.fix.is_none()),
        ("trigger", whole.trigger.is_some() && shown.trigger.is_none()),
        ("family", whole.family.is_some() && shown.family.is_none()),
        ("tags", whole.tags.len() > shown.tags.len()),
        ("impact", whole.impact.len() > shown.impact.len()),
        ("links", whole.links.len() > shown.links.len()),
        ("status_page", whole.status_page.is_some() && shown.status_page.is_none()),
    ];
    gone.into_iter().filter(|(_, is_gone)| *is_gone).map(|(key, _)| key).collect()
}

/// Each changed block: its place, its words, and its public wording, or `None` where it is gone.
fn changes(whole: &Incident, shown: &Incident) -> Vec<(Span, String, Option<String>)> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    texts(&whole.document.blocks, &mut before);
    texts(&shown.document.blocks, &mut after);
    let mut same: BTreeMap<&str, usize> = BTreeMap::new();
    for (text, _) in &before {
        *same.entry(text).or_default() += 1;
    }
    let new = after.iter().filter(|(text, _)| match same.get_mut(text.as_str()) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    });
    let mut new: VecDeque<&str> = new.map(|(text, _)| text.as_str()).collect();
    let mut changed = Vec::new();
    for (text, span) in before.iter().rev() {
        // What is left in the table was not met in the public reading.
        let Some(left) = same.get_mut(text.as_str()).filter(|left| **left > 0) else { continue };
        *left -= 1;
        changed.push((text, *span));
    }
    changed.reverse();
    let reworded = |(text, span): (&String, Span)| {
        let public = new.front().copied().filter(|public| alike(text, public));
        if public.is_some() {
            new.pop_front();
        }
        (span, text.clone(), public.map(short))
    };
    changed.into_iter().map(reworded).collect()
}

/// Whether one is the other with some words changed.
fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> { super::words::words(text).collect() };
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count();
    shared * 2 >= a.len().min(b.len()) && shared > 0
}

fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn texts(blocks: &[Block], all: &mut Vec<(String, Span)>) {
    for block in blocks {
        for inlines in block.inlines() {
            let span = inlines.first().zip(inlines.last()).map_or(
                block.span,
                |(first, last): (&Inline, &Inline)| Span { start: first.span.start, end: last.span.end },
            );
            all.push((plain(inlines), span));
        }
        for children in block.children() {
            texts(children, all);
        }
    }
}
