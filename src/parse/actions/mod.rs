//! What the team promised: the items of action sections, of action tables anywhere, and of front matter.
//!
//! The lines of each section are walked once. Headings, bold lines and label items open a group, whose words may say
//! who owns its items, where they stand and what they are for; items, rows and, where there are none, paragraphs are
//! promises. What is nested below a promise explains it.

mod aside;
mod due;
mod item;
mod kind;
mod owner;
mod prose;
mod state;
mod stated;
mod table;
#[cfg(test)]
mod tests;
mod ticket;

use super::context::Context;
use super::lines::{Line, Lined, Shape};
use super::times::Order;
use crate::diag::{Diagnostic, Span};
use crate::model::text::InlineKind;
use crate::model::{ActionItem, ActionKind, ActionState, Section, SectionKind, StateMark};
use item::{Reader, Words};
use std::collections::BTreeMap;
use std::ops::Range;
use table::Columns;

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
        lost_header: None,
        lists: Vec::new(),
    };
    let mut read_to = 0;
    for section in context.sections.iter().filter(|section| is_promising(section)) {
        let run = lined.inside(section.extent);
        let run = run.start.max(read_to)..run.end;
        if run.start < run.end {
            read_to = run.end;
            walker.section(section, run);
        }
    }
    walker.stray_tables();
    let lists = std::mem::take(&mut walker.lists);
    items = walker.items;
    settle(&mut items, from_text, &lists);
    items.sort_by_key(|item| item.span.start);
    items
}

/// Sections of promises; not those that tell of work already done, whatever their kind.
fn is_promising(section: &Section) -> bool {
    let title = section.title.to_lowercase();
    let past = ["taken", "backlog check"].iter().any(|word| title.contains(word)) || title == "recovery";
    section.kind == Some(SectionKind::Actions) && !past
}

struct Walker<'a, 'b> {
    context: &'b Context<'a>,
    lined: &'b Lined<'a>,
    reader: Reader<'b>,
    items: Vec<ActionItem>,
    found: &'b mut Vec<Diagnostic>,
    tables: BTreeMap<u32, Option<Columns>>,
    /// The header of a table that lost its separator.
    lost_header: Option<Columns>,
    /// For each item read from the text, the list or table it stands in.
    lists: Vec<u32>,
}

impl Walker<'_, '_> {
    fn section(&mut self, section: &Section, lines: Range<usize>) {
        let title_end = section.span.end.max(section.span.start + 1);
        let mut group = self.group(&section.title, false);
        let base = group.clone();
        let mut covered = 0;
        let mut listed = false;
        let mut at = lines.start;
        while at < lines.end {
            let Some(line) = self.lined.get(at) else { return };
            at += 1;
            if line.quoted || line.span.start < covered || self.is_foreign(line, section) {
                continue;
            }
            if line.span.start < title_end
                && (line.span.end <= title_end || matches!(line.shape, Shape::Heading(_)))
            {
                continue;
            }
            match line.shape {
                Shape::Heading(_) if self.is_promise_heading(at, lines.end, &line.text) => {
                    self.push(line, None, &base);
                    covered = self.end_of_body(at, lines.end);
                }
                Shape::Heading(_) if tells_of_the_past(&line.text) => {
                    covered = self.end_of_body(at, lines.end);
                }
                Shape::Heading(_) => {
                    listed = false;
                    group = self.group(&line.text, false);
                }
                Shape::Item { task } => {
                    listed = true;
                    if is_title_item(line, section) {
                        self.behind_title(line, section, &group);
                    } else if self.is_label(at - 1, line) || self.stands_above(at, line) {
                        listed = false;
                        group = self.nested_group(line, &group);
                    } else {
                        covered = line.span.end;
                        self.push(line, task, &group);
                    }
                }
                Shape::Row { head } => {
                    listed = true;
                    self.row(line, head, true, &group);
                }
                Shape::Text { first: true } | Shape::Term => {
                    if let Some(label) = label_line(line) {
                        group = Group { title: group.title.clone(), ..self.group(&label, true) };
                        listed = false;
                    } else if self.marked_lines(at - 1, lines.end) {
                        covered = self.paragraph(at - 1, lines.end, section, &group);
                    } else if listed || self.has_items(at, lines.end) {
                        self.intro(line, &group);
                    } else {
                        covered = self.paragraph(at - 1, lines.end, section, &group);
                    }
                }
                Shape::Text { first: false } => {}
            }
        }
    }

    fn group(&self, title: &str, bold: bool) -> Group {
        let owners = if bold { owner::of_group(title, self.reader.config) } else { Vec::new() };
        Group {
            title: title.trim_end_matches(':').to_owned(),
            state: state::of_group(title, self.reader.config).filter(|_| owners.is_empty()),
            kind: kind::kind_of(title),
            owners,
        }
    }

    fn nested_group(&self, line: &Line<'_>, around: &Group) -> Group {
        let inner = self.group(&line.text, true);
        Group {
            state: inner.state.or_else(|| around.state.clone()),
            kind: inner.kind.or(around.kind),
            ..inner
        }
    }

    /// Whether a line belongs to a section of another kind inside this one: `### What went wrong` below `## Action items`.
    fn is_foreign(&self, line: &Line<'_>, around: &Section) -> bool {
        use SectionKind::{Appendix, Impact, Lucky, Related, Summary, Timeline, WentPoorly, WentWell, Whys};
        let foreign = [Appendix, Impact, Lucky, Related, Summary, Timeline, WentPoorly, WentWell, Whys];
        let sections = self.context.sections;
        let last = sections.partition_point(|section| section.extent.start <= line.span.start);
        let inner = sections.get(last.saturating_sub(6)..last).unwrap_or_default();
        inner.iter().rev().any(|section| {
            section.extent.start > around.extent.start
                && section.extent.end > line.span.start
                && section.kind.is_some_and(|kind| foreign.contains(&kind))
        })
    }

    /// `### Implement priority classes` with a paragraph below and no list is a promise; `### Process` is a group.
    fn is_promise_heading(&self, next: usize, end: usize, text: &str) -> bool {
        let body = self.lined.all.get(next..end).unwrap_or_default();
        let own = body.iter().take_while(|line| !matches!(line.shape, Shape::Heading(_)));
        let no_items = !own.clone().any(|line| matches!(line.shape, Shape::Item { .. } | Shape::Row { .. }));
        let words = text.split_whitespace().count();
        no_items && words >= 4 && !text.ends_with(':') && !prose::is_topic(text) && own.count() > 0
    }

    fn end_of_body(&self, from: usize, end: usize) -> u32 {
        let body = self.lined.all.get(from..end).unwrap_or_default();
        let own = body.iter().take_while(|line| !matches!(line.shape, Shape::Heading(_)));
        own.last().map_or(0, |line| line.span.end)
    }

    /// Whether items or rows follow before the next heading: then paragraphs only introduce them.
    fn has_items(&self, from: usize, end: usize) -> bool {
        let rest = self.lined.all.get(from..end).unwrap_or_default();
        let own = rest.iter().take_while(|line| !matches!(line.shape, Shape::Heading(_)));
        own.take(200).any(|line| !line.quoted && matches!(line.shape, Shape::Item { .. } | Shape::Row { .. }))
    }

    /// An item that only names a group: it ends in a colon or is bold alone.
    fn is_label(&self, at: usize, line: &Line<'_>) -> bool {
        let has_items = || {
            self.lined
                .children(at)
                .take(40)
                .any(|(_, line)| matches!(line.shape, Shape::Item { .. } | Shape::Text { .. }))
        };
        let short = line.text.split_whitespace().count() <= 6;
        let label =
            line.text.ends_with(':') && line.text.split_whitespace().count() <= 8 || (short && is_bold(line));
        label && has_items()
    }

    /// `1. Monitoring:` above a paragraph that is not part of the item: a group.
    fn stands_above(&self, next: usize, line: &Line<'_>) -> bool {
        let below = self.lined.get(next).filter(|below| below.shape == (Shape::Text { first: true }));
        line.text.ends_with(':')
            && line.text.split_whitespace().count() <= 8
            && below.is_some_and(|below| below.span.start >= line.span.end)
    }

    /// Whether every line of the paragraph at `at` begins with a mark, such as `TODO:`, or is a label.
    fn marked_lines(&self, at: usize, end: usize) -> bool {
        let lines = self.lined.all.get(at..end).unwrap_or_default();
        let more = lines.iter().skip(1).take_while(|line| line.shape == Shape::Text { first: false });
        let mut all = lines.first().into_iter().chain(more).peekable();
        let marked = |line: &Line<'_>| {
            let mut text = line.text.clone();
            state::take(&mut text, self.reader.config)
                .is_some_and(|(_, mark)| line.text.starts_with(&mark.written))
        };
        all.peek().is_some_and(|first| marked(first))
            && all.all(|line| line.text.ends_with(':') || marked(line))
    }

    /// `- **Review actions**: text`: what stands behind the section's own label is a promise too.
    fn behind_title(&mut self, line: &Line<'_>, section: &Section, group: &Group) {
        let words = Words::of(prose::after_label(line, section.span), self.reader.config);
        let own = words.text.trim_start_matches([':', ' ', '*']).to_owned();
        if own.ends_with(':') || !prose::promises_something(&own, !words.tickets.is_empty()) {
            return;
        }
        let words = words.with_text(own);
        let number = self.context.lines.line(line.span.start);
        if let Some(item) = self.reader.item(words, None, group, line.span, number) {
            self.items.push(item);
            self.lists.push(0);
        }
    }

    fn push(&mut self, line: &Line<'_>, task: Option<bool>, group: &Group) {
        let mut words = Words::of(prose::promise(line), self.reader.config);
        let whole = Words::of(line.inlines, self.reader.config);
        words.tickets = whole.tickets;
        self.nested_tickets(line, &mut words);
        let number = self.context.lines.line(line.span.start);
        if let Some(mut item) = self.reader.item(words, task, group, line.span, number) {
            item.done_when = self.done_when(line);
            self.items.push(item);
            self.lists.push(line.group);
        }
    }

    /// Nested bullets that are nothing but tickets belong to the item above them, if it names none itself.
    fn nested_tickets(&self, line: &Line<'_>, words: &mut Words) {
        if !matches!(line.shape, Shape::Item { .. }) || !words.tickets.is_empty() {
            return;
        }
        for (_, child) in self.below(line).take(40) {
            let inner = Words::of(child.inlines, self.reader.config);
            if inner.text.is_empty() {
                words.tickets.extend(inner.tickets);
            }
        }
    }

    fn below(&self, line: &Line<'_>) -> impl Iterator<Item = (usize, &Line<'_>)> {
        let first = self.lined.all.partition_point(|other| other.span.start <= line.span.start);
        let end = line.span.end;
        self.lined.all.iter().enumerate().skip(first).take_while(move |(_, line)| line.span.start < end)
    }

    /// `Done when: …` below an item.
    fn done_when(&self, line: &Line<'_>) -> Option<String> {
        if !matches!(line.shape, Shape::Item { .. }) {
            return None;
        }
        self.below(line).take(20).find_map(|(_, child)| {
            let (label, rest) = child.text.split_once(':')?;
            (label.eq_ignore_ascii_case("done when")).then(|| rest.trim().to_owned())
        })
    }

    fn row(&mut self, line: &Line<'_>, head: bool, trusted: bool, group: &Group) {
        if head {
            let titles: Vec<String> = line.text.split(" | ").map(str::to_owned).collect();
            self.tables.insert(
                line.group,
                Columns::of(&titles, trusted).filter(|columns| trusted || columns.is_sure()),
            );
            return;
        }
        let Some(columns) = self.tables.get(&line.group).and_then(Option::as_ref) else {
            return;
        };
        let number = self.context.lines.line(line.span.start);
        if let Some(item) = columns.row(line, &self.reader, group, number) {
            self.items.push(item);
            self.lists.push(line.group);
        }
    }

    /// Tables with an action column and an owner, state, ticket or due column are promises wherever they stand.
    fn stray_tables(&mut self) {
        let in_sections: Vec<u32> = self.tables.keys().copied().collect();
        let lined = self.lined;
        for line in lined.all.iter().filter(|line| !line.quoted) {
            if let Shape::Row { head } = line.shape
                && in_sections.binary_search(&line.group).is_err()
            {
                self.row(line, head, false, &Group::default());
            }
        }
    }

    /// A paragraph between items: a line with pipes is a row that lost its place in the table, a line with a mark is an
    /// item without a bullet; anything else only introduces the items.
    fn intro(&mut self, line: &Line<'_>, group: &Group) {
        if line.text.matches('|').count() >= 2 {
            self.lost_row(line, group);
            return;
        }
        let mut text = line.text.clone();
        if line.parent.is_none()
            && state::take(&mut text, self.reader.config).is_some_and(|(_, mark)| mark.from == "emoji")
        {
            self.push(line, None, group);
        }
    }

    /// `Add alerts | Process | Team A |`: a row whose leading pipe or whose table's separator was lost.
    fn lost_row(&mut self, line: &Line<'_>, group: &Group) {
        let cells: Vec<&str> = line.text.trim_matches(['|', ' ']).split('|').map(str::trim).collect();
        let blank = |cell: &&str| cell.chars().all(|c| matches!(c, '-' | ':' | ' '));
        if cells.iter().all(blank) {
            return;
        }
        if self.lost_header.is_none() {
            let titles: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
            self.lost_header = Columns::of(&titles, false).filter(Columns::is_sure);
            if self.lost_header.is_some() {
                return;
            }
        }
        let known = self.lost_header.as_ref().or_else(|| self.tables.values().rev().find_map(Option::as_ref));
        let Some(columns) = known.cloned() else { return };
        let message = "this line has pipes, but stands in no table";
        let help = "begin it with `|`, and put a line `| --- | --- |` below the header";
        self.found.push(Diagnostic::warning("lost-pipe", self.context.source, line.span, message).help(help));
        let number = self.context.lines.line(line.span.start);
        if let Some(item) = columns.lost_row(&cells, &self.reader, group, line.span, number) {
            self.items.push(item);
            self.lists.push(0);
        }
    }

    /// Paragraphs of a section without items: each sentence-ended line that promises something is one.
    fn paragraph(&mut self, at: usize, end_line: usize, section: &Section, group: &Group) -> u32 {
        let lines = self.lined.all.get(at..end_line).unwrap_or_default();
        let more = lines.iter().skip(1).take_while(|line| line.shape == Shape::Text { first: false }).count();
        let paragraph = lines.get(..=more).unwrap_or_default();
        let end = paragraph.last().map_or(0, |line| line.span.end);
        let pipes = paragraph.iter().filter(|line| line.text.matches('|').count() >= 2).count();
        if pipes >= 2 {
            for line in paragraph {
                self.lost_row(line, group);
            }
            return end;
        }
        let marked = self.marked_lines(at, end_line);
        for part in prose::promises(paragraph, marked) {
            let mut words = Words::default();
            for line in part {
                words.join(Words::of(prose::after_label(line, section.span), self.reader.config));
            }
            let (Some(first), Some(last)) = (part.first(), part.last()) else {
                continue;
            };
            if label_line(last).is_some() || last.text.ends_with(':') {
                continue;
            }
            let linked = !words.tickets.is_empty();
            if !prose::promises_something(&words.text, linked) {
                continue;
            }
            let span = Span { start: first.span.start, end: last.span.end };
            let number = self.context.lines.line(span.start);
            if let Some(item) = self.reader.item(words, None, group, span, number) {
                self.items.push(item);
                self.lists.push(0);
            }
        }
        end
    }
}

/// `### What went wrong` below `## Action items`: lessons, whatever section they stand in.
fn tells_of_the_past(title: &str) -> bool {
    let lower = title.to_lowercase();
    ["what went", "went well", "went wrong", "lucky", "actions taken", "action taken"]
        .iter()
        .any(|phrase| lower.contains(phrase))
}

/// Whether an item is the section's own label.
fn is_title_item(line: &Line<'_>, section: &Section) -> bool {
    line.span.start <= section.span.start && section.span.start < line.span.end
}

/// The words of a line that only names a group: bold alone, or ending in a colon.
fn label_line(line: &Line<'_>) -> Option<String> {
    let text = line.text.trim();
    let short = text.split_whitespace().count() <= 8;
    (short && (is_bold(line) || text.ends_with(':')) && !text.is_empty())
        .then(|| text.trim_end_matches(':').to_owned())
}

/// Whether all words of a line are bold.
fn is_bold(line: &Line<'_>) -> bool {
    let mut said = line.inlines.iter().filter(
        |inline| !matches!(&inline.kind, InlineKind::Text(text) if text.trim_matches([' ', ':']).is_empty()),
    );
    matches!(said.next().map(|inline| &inline.kind), Some(InlineKind::Strong(_))) && said.next().is_none()
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
    for (item, list) in items.iter_mut().skip(from_text).zip(lists) {
        let weak = item.state == ActionState::Unknown || item.state_from.from == "past tense";
        let has_marked_sibling = marked.binary_search_by(|(known, _)| known.cmp(list)).is_ok() && *list != 0;
        if weak && has_marked_sibling && item.state_from.from != "past tense" {
            item.state = ActionState::Open;
            item.state_from = StateMark { from: "sibling", written: String::new() };
        }
    }
}
