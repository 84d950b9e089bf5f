//! What the team promised: the items of action sections, of action tables anywhere, and of front matter.
//!
//! The lines of each section are walked once. Headings, bold lines and label items open a group, whose words may say
//! who owns its items, where they stand and what they are for; items, rows and, where there are none, paragraphs are
//! promises. What is nested below a promise explains it.

mod aside;
mod due;
mod fields;
mod item;
mod kind;
mod lead;
mod loose;
mod owner;
mod prose;
mod reader;
mod state;
mod stated;
mod table;
#[cfg(test)]
mod tests;
mod ticket;
mod walk;

use super::context::Context;
use super::lines::Lined;
use super::times::Order;
use crate::diag::Diagnostic;
use crate::model::{ActionItem, ActionKind, ActionState, Section, SectionKind, StateMark, TimelineEntry};
use reader::Reader;
use std::collections::{BTreeMap, BTreeSet};
use walk::Walker;

/// What a group says of its items.
#[derive(Debug, Clone, Default)]
struct Group {
    title: String,
    owners: Vec<String>,
    state: Option<state::Marked>,
    kind: Option<ActionKind>,
}

/// Reads all promises of a text, in the author's order.
pub(super) fn read(
    context: &Context<'_>,
    lined: &Lined<'_>,
    order: Order,
    timeline: &[TimelineEntry],
    found: &mut Vec<Diagnostic>,
) -> Vec<ActionItem> {
    let reader = Reader { config: &context.options.config, order, incident: context.date };
    let mut items = stated::read(context, &reader);
    let from_text = items.len();
    let mut walker = Walker {
        context,
        lined,
        reader,
        items,
        found,
        tables: BTreeMap::new(),
        values: BTreeSet::new(),
        lost_header: None,
        lists: Vec::new(),
    };
    let mut read_to = 0;
    for section in context.sections.iter().filter(|section| is_promising(section)) {
        let run = lined.inside(section.extent);
        let run = run.start.max(read_to)..run.end;
        if run.start < run.end {
            read_to = run.end;
            let before = walker.items.len();
            walker.section(section, run);
            if walker.items.len() == before {
                walker.indented(section);
            }
        }
    }
    walker.stray_tables(&timeline.iter().map(|entry| entry.span.start).collect());
    let lists = std::mem::take(&mut walker.lists);
    items = walker.items;
    settle(&mut items, from_text, &lists);
    let told = items.get_mut(from_text..).unwrap_or_default();
    lead::names(told, &lists, context);
    lead::tails(told, &lists, context);
    lead::brackets(told, &lists, context);
    // A column or a box may say that an item stands whose own words sound like a refusal.
    for standing in items.iter_mut().filter(|item| item.state != ActionState::Cancelled) {
        standing.reason = None;
    }
    drop_repeated(&mut items, from_text);
    items.sort_by_key(|item| item.span.start);
    items
}

/// `actions: [OPS-12]` in front matter names an item of the text by its ticket and says nothing of its own.
fn drop_repeated(items: &mut Vec<ActionItem>, from_text: usize) {
    let (stated, told) = items.split_at(from_text.min(items.len()));
    let tickets = told.iter().flat_map(|item| &item.tickets).map(|ticket| ticket.id.clone());
    let known: BTreeSet<String> = tickets.collect();
    let repeated = |item: &ActionItem| {
        item.tickets.first().is_some_and(|ticket| ticket.id == item.text && known.contains(&ticket.id))
    };
    let mut kept: Vec<bool> = stated.iter().map(|item| !repeated(item)).collect();
    kept.resize(items.len(), true);
    let mut kept = kept.into_iter();
    items.retain(|_| kept.next().unwrap_or(true));
}

/// Sections of promises; not those that tell of work already done, whatever their kind.
fn is_promising(section: &Section) -> bool {
    let title = section.title.to_lowercase();
    let past = ["taken", "backlog check"].iter().any(|word| title.contains(word)) || title == "recovery";
    section.kind == Some(SectionKind::Actions) && !past
}

/// `❌` beside `✅` says that an item is not done, not that it never will be.
fn crossed(items: &mut [ActionItem], lists: &[u32]) {
    let is =
        |item: &ActionItem, sign: &str| item.state_from.from == "emoji" && item.state_from.written == sign;
    let ticked: BTreeSet<u32> =
        items.iter().zip(lists).filter(|(item, _)| is(item, "✅")).map(|(_, list)| *list).collect();
    for (item, _) in items.iter_mut().zip(lists).filter(|(_, list)| **list != 0 && ticked.contains(list)) {
        if is(item, "❌") {
            (item.state, item.reason) = (ActionState::Open, None);
        }
    }
}

/// An unmarked item whose neighbours carry marks is open: its author marks what is done.
fn settle(items: &mut [ActionItem], from_text: usize, lists: &[u32]) {
    let strong = |item: &ActionItem| {
        item.state != ActionState::Unknown
            && !["past tense", "group heading", "none"].contains(&item.state_from.from)
    };
    let mut marked: Vec<(u32, &str)> = Vec::new();
    for (item, list) in items.iter().skip(from_text).zip(lists) {
        if strong(item) && marked.last().is_none_or(|(last, _)| last != list) {
            marked.push((*list, item.state_from.from));
        }
    }
    marked.sort_unstable();
    crossed(items.get_mut(from_text..).unwrap_or_default(), lists);
    for (item, list) in items.iter_mut().skip(from_text).zip(lists) {
        let said = !item.state_from.written.is_empty();
        let weak = item.state == ActionState::Unknown && !said || item.state_from.from == "past tense";
        let has_marked_sibling = marked.binary_search_by(|(known, _)| known.cmp(list)).is_ok() && *list != 0;
        if weak && has_marked_sibling && item.state_from.from != "past tense" {
            item.state = ActionState::Open;
            item.state_from = StateMark { from: "sibling", written: String::new() };
        }
    }
}
