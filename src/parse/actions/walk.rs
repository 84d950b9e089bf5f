//! The walk over the lines of a section of promises: groups, items, rows, and what stands between them.

use super::item::Words;
use super::reader::Reader;
use super::table::Columns;
use super::{Group, fields, kind, owner, prose, state};
use crate::diag::Diagnostic;
use crate::model::text::{Inline, InlineKind, plain};
use crate::model::{ActionItem, ActionState, Section, SectionKind};
use crate::parse::context::Context;
use crate::parse::lines::{Line, Lined, Shape};
use crate::parse::times;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(super) struct Walker<'a, 'b> {
    pub(super) context: &'b Context<'a>,
    pub(super) lined: &'b Lined<'a>,
    pub(super) reader: Reader<'b>,
    pub(super) items: Vec<ActionItem>,
    pub(super) found: &'b mut Vec<Diagnostic>,
    pub(super) tables: BTreeMap<u32, Option<Columns>>,
    /// What the short cells of tables say, in lower case.
    pub(super) values: BTreeSet<String>,
    /// The header of a table that lost its separator.
    pub(super) lost_header: Option<Columns>,
    /// For each item read from the text, the list or table it stands in.
    pub(super) lists: Vec<u32>,
}

impl Walker<'_, '_> {
    pub(super) fn section(&mut self, section: &Section, lines: Range<usize>) {
        let title_end = section.span.end.max(section.span.start + 1);
        let mut group = self.group(&section.title, None);
        let base = group.clone();
        let mut covered = 0;
        let mut listed = false;
        // The items of the group so far begin here.
        let mut first = self.items.len();
        // Groups that items open end with them: where, and which was before.
        let mut around: Vec<(u32, Group)> = Vec::new();
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
            while let Some((_, before)) = around.pop_if(|(end, _)| *end <= line.span.start) {
                group = before;
                first = self.items.len();
            }
            if matches!(line.shape, Shape::Item { .. } | Shape::Text { .. })
                && self.field_line(line, first, &mut group)
            {
                listed = listed || matches!(line.shape, Shape::Item { .. });
                continue;
            }
            match self.shape(at - 1, line, title_end) {
                Shape::Heading(_) if self.is_promise_heading(at, lines.end, &line.text) => {
                    self.push(line, None, &base);
                    self.fields_of_body(at, lines.end);
                    covered = self.end_of_body(at, lines.end);
                }
                Shape::Heading(_) if tells_of_the_past(&line.text) => {
                    covered = self.end_of_body(at, lines.end);
                }
                Shape::Heading(_) => {
                    listed = false;
                    first = self.items.len();
                    around.clear();
                    group = self.group(&line.text, None);
                }
                Shape::Item { task } => {
                    listed = true;
                    if is_title_item(line, section) {
                        self.behind_title(line, section, &group);
                    } else if self.explains(line) {
                        covered = line.span.end;
                    } else if self.is_label(at - 1, line, task) || self.stands_above(at, line) {
                        listed = false;
                        first = self.items.len();
                        let inner = self.nested_group(line, &group);
                        let before = std::mem::replace(&mut group, inner);
                        if self.lined.children(at - 1).next().is_some() {
                            around.push((line.span.end, before));
                        }
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
                    if self.is_led(line, &lines) {
                        covered = self.led(at - 1, lines.end, &group);
                    } else if label_line(line).is_some() && self.fields_follow(at, lines.end) {
                        first = self.items.len();
                        self.push(line, None, &base);
                    } else if let Some(label) = label_line(line) {
                        first = self.items.len();
                        group =
                            Group { title: group.title.clone(), ..self.group(&label, Some(is_bold(line))) };
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

    /// The shape of a line. The first line below a title that stands in the same paragraph opens one of its own.
    fn shape(&self, at: usize, line: &Line<'_>, title_end: u32) -> Shape {
        let before = at.checked_sub(1).and_then(|before| self.lined.get(before));
        let opens = line.shape == (Shape::Text { first: false })
            && before.is_some_and(|before| before.span.start < title_end);
        if opens { Shape::Text { first: true } } else { line.shape }
    }

    /// `- **Prevention:** changes that …` below a table with a column of such words: the item says what the word means.
    fn explains(&self, line: &Line<'_>) -> bool {
        let Some(Inline { kind: InlineKind::Strong(inner), .. }) = line.inlines.first() else { return false };
        let word = plain(inner);
        line.inlines.len() > 1
            && self.values.contains(&word.trim().trim_end_matches([':', '：']).to_lowercase())
    }

    /// What the words of a group say; they may name its owner where they are a `label`, bold or not.
    pub(super) fn group(&self, title: &str, bold: Option<bool>) -> Group {
        // A heading names a team, seldom a person.
        let bold = bold.or_else(|| owner::is_team(title).then_some(true));
        let owners = bold.map(|bold| owner::of_group(title, bold, self.reader.config)).unwrap_or_default();
        Group {
            title: title.trim_end_matches(':').to_owned(),
            state: state::of_group(title, self.reader.config).filter(|_| owners.is_empty()),
            kind: kind::kind_of(title),
            owners,
        }
    }

    fn nested_group(&self, line: &Line<'_>, around: &Group) -> Group {
        let inner = self.group(&line.text, Some(is_bold(line) || owner::is_team(&line.text)));
        Group {
            state: inner.state.or_else(|| around.state.clone()),
            kind: inner.kind.or(around.kind),
            ..inner
        }
    }

    /// Whether a line belongs to a section of another kind inside this one: `### What went wrong` below `## Action items`.
    fn is_foreign(&self, line: &Line<'_>, around: &Section) -> bool {
        use SectionKind::{
            About, Appendix, Impact, Lucky, Related, Summary, Timeline, WentPoorly, WentWell, Whys,
        };
        let foreign =
            [About, Appendix, Impact, Lucky, Related, Summary, Timeline, WentPoorly, WentWell, Whys];
        let sections = self.context.sections;
        let last = sections.partition_point(|section| section.extent.start <= line.span.start);
        let inner = sections.get(last.saturating_sub(6)..last).unwrap_or_default();
        inner.iter().rev().any(|section| {
            section.extent.start > around.extent.start
                && section.extent.end > line.span.start
                && section.kind.is_some_and(|kind| foreign.contains(&kind))
        })
    }

    /// `### Implement priority classes` with a paragraph or with fields below and no list is a promise; `### Process` is a
    /// group.
    fn is_promise_heading(&self, next: usize, end: usize, text: &str) -> bool {
        let body = self.lined.all.get(next..end).unwrap_or_default();
        let own = body.iter().take_while(|line| !matches!(line.shape, Shape::Heading(_)));
        let field = |line: &Line<'_>| !fields::of(line.inlines, &self.reader).is_empty();
        let item = |line: &Line<'_>| matches!(line.shape, Shape::Item { .. }) && !field(line);
        let no_items = !own.clone().any(|line| item(line) || matches!(line.shape, Shape::Row { .. }));
        let words = text.split_whitespace().count();
        if no_items && words >= 2 && own.clone().any(field) {
            return true;
        }
        no_items && words >= 4 && !text.ends_with(':') && !prose::is_topic(text) && own.count() > 0
    }

    /// Gives the fields of the lines from `next` to the next heading to the item read last.
    fn fields_of_body(&mut self, next: usize, end: usize) {
        let body = self.lined.all.get(next..end).unwrap_or_default();
        let Some(item) = self.items.last_mut() else { return };
        for line in body.iter().take_while(|line| !matches!(line.shape, Shape::Heading(_))) {
            fields::fill(item, line.inlines, &self.reader);
        }
    }

    /// Whether the line at `next` is a field of what stands above it.
    fn fields_follow(&self, next: usize, end: usize) -> bool {
        let line = self.lined.get(next).filter(|_| next < end);
        line.is_some_and(|line| {
            !matches!(line.shape, Shape::Heading(_)) && !fields::of(line.inlines, &self.reader).is_empty()
        })
    }

    /// `Owner: Ann` on a line of its own: said of the item above it, or of the `group` where none stands above since `first`.
    fn field_line(&mut self, line: &Line<'_>, first: usize, group: &mut Group) -> bool {
        let told = fields::of(line.inlines, &self.reader);
        if told.is_empty() {
            return false;
        }
        if let Some(item) = self.items.get_mut(first..).and_then(<[ActionItem]>::last_mut) {
            fields::fill(item, line.inlines, &self.reader);
            return true;
        }
        let owners = told.iter().find(|(field, _)| *field == fields::Field::Owner);
        if let Some((_, names)) = owners {
            group.owners = owner::split(names);
        }
        owners.is_some()
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

    /// An item that only names a group: it ends in a colon, is bold alone, or is a topic, and others stand below it. One
    /// with fields below, or with a box and details without any, is a promise.
    fn is_label(&self, at: usize, line: &Line<'_>, task: Option<bool>) -> bool {
        let below = || self.lined.children(at).take(40).map(|(_, line)| line);
        let item = |line: &&Line<'_>| matches!(line.shape, Shape::Item { .. });
        let boxed = |line: &Line<'_>| matches!(line.shape, Shape::Item { task: Some(_) });
        let has_items = || below().any(|line| item(&line) || matches!(line.shape, Shape::Text { .. }));
        let fields = || below().next().is_some_and(|line| !fields::of(line.inlines, &self.reader).is_empty());
        let words = line.text.split_whitespace().count();
        let colon = line.text.ends_with(':');
        let topic =
            (words == 1 || words <= 3 && owner::is_topic(&line.text)) && below().any(|line| item(&line));
        // A bold title above one detail names that one.
        let alone = || {
            below().filter(|line| matches!(line.shape, Shape::Item { .. } | Shape::Row { .. })).count() == 1
        };
        let bold = words <= 6 && is_bold(line) && (colon || words < 2 || topic || !alone());
        let colon = colon && !prose::has_details(&line.text) && !self.is_marked(&line.text);
        let label = colon && (words <= 8 || prose::announces(&line.text)) || bold || topic;
        label && has_items() && !fields() && (task.is_none() || below().any(boxed))
    }

    /// `TODO: tell at the end what was skipped:` is a promise whose details follow; `✅ Done:` names a group.
    fn is_marked(&self, text: &str) -> bool {
        let mut rest = text.to_owned();
        let mark = state::take(&mut rest, self.reader.config);
        mark.is_some_and(|(_, mark)| mark.from == "word" && rest.split_whitespace().count() >= 3)
    }

    /// `1. Monitoring:` above a paragraph that is not part of the item: a group.
    fn stands_above(&self, next: usize, line: &Line<'_>) -> bool {
        let below = self.lined.get(next).filter(|below| below.shape == (Shape::Text { first: true }));
        line.text.ends_with(':')
            && line.text.split_whitespace().count() <= 8
            && below.is_some_and(|below| below.span.start >= line.span.end)
    }

    /// Whether every line of the paragraph at `at` begins with a mark, such as `TODO:`, or is a label.
    pub(super) fn marked_lines(&self, at: usize, end: usize) -> bool {
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
        // `… (Done)` says that it was one.
        let marked = state::take(&mut own.clone(), self.reader.config).is_some();
        let promised = marked || prose::promises_something(&own, !words.tickets.is_empty());
        if own.ends_with(':') || !promised {
            return;
        }
        let words = words.with_text(own);
        let number = self.context.lines.line(line.span.start);
        if let Some(item) = self.reader.item(words, None, group, line.span, number) {
            self.items.push(item);
            self.lists.push(0);
        }
    }

    pub(super) fn push(&mut self, line: &Line<'_>, task: Option<bool>, group: &Group) {
        let (inlines, told) = fields::cut(line.inlines, &self.reader);
        let lead = prose::promise(inlines);
        let mut words = Words::of(lead, self.reader.config);
        let whole = Words::of(inlines, self.reader.config);
        words.tickets = whole.tickets;
        self.nested_tickets(line, &mut words);
        let number = self.context.lines.line(line.span.start);
        if let Some(mut item) = self.reader.item(words, task, group, line.span, number) {
            for line in told {
                fields::fill(&mut item, line, &self.reader);
            }
            self.fields_below(line, &mut item);
            self.behind_lead(inlines.get(lead.len()..).unwrap_or_default(), &mut item, group);
            self.items.push(item);
            self.lists.push(line.group);
        }
    }

    /// `**Limit the pool**: today it grows without end. Owner: Ann (done)`: the lead-in is the promise, but who, until
    /// when and where it stands are said at the end of the sentence behind it.
    fn behind_lead(&self, rest: &[Inline], item: &mut ActionItem, group: &Group) {
        if rest.is_empty() {
            return;
        }
        let words = Words::of(rest, self.reader.config);
        let Some(told) = self.reader.item(words, None, group, item.span, item.line) else { return };
        item.due = item.due.or(told.due);
        if item.owners.is_empty() {
            item.owners = told.owners;
        }
        let marked = ["word", "emoji"].contains(&told.state_from.from) && told.text.len() < told_length(rest);
        if item.state == ActionState::Unknown && marked {
            (item.state, item.state_from) = (told.state, told.state_from);
            (item.reason, item.closed) = (told.reason, told.closed);
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

    /// The fields on lines directly below an item.
    fn fields_below(&self, line: &Line<'_>, item: &mut ActionItem) {
        if !matches!(line.shape, Shape::Item { .. }) {
            return;
        }
        let own = self.lined.all.partition_point(|other| other.span.start <= line.span.start).checked_sub(1);
        for (_, child) in self.below(line).take(40).filter(|(_, child)| child.parent == own) {
            fields::fill(item, child.inlines, &self.reader);
        }
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
        let cells = line.cells.iter().map(|cell| plain(&cell.text).trim().to_lowercase());
        let short = |cell: &String| !cell.is_empty() && cell.split_whitespace().count() <= 3;
        self.values.extend(cells.filter(short));
        let number = self.context.lines.line(line.span.start);
        if let Some(item) = columns.row(line, &self.reader, group, number) {
            self.items.push(item);
            self.lists.push(line.group);
        }
    }

    /// Tables with an action column and an owner, state, ticket or due column are promises wherever they stand.
    pub(super) fn stray_tables(&mut self, entries: &BTreeSet<u32>) {
        let mut others: BTreeSet<u32> = self.tables.keys().copied().collect();
        let lined = self.lined;
        let rows = || lined.all.iter().filter(|line| matches!(line.shape, Shape::Row { .. }));
        // `| When | Who | What |` above times of day tells what was done.
        let order = self.reader.order;
        let at_a_time = |row: &&Line<'_>| {
            let first = row.cells.first().map(|cell| plain(&cell.text)).unwrap_or_default();
            let timed = || times::read(first.trim(), order).is_some_and(|stamp| stamp.time.is_some());
            entries.contains(&row.span.start) || timed()
        };
        others.extend(rows().filter(at_a_time).map(|row| row.group));
        let mut recap = false;
        for line in lined.all.iter().filter(|line| !line.quoted) {
            if let Shape::Heading(_) = line.shape {
                recap = tells_of_promises(&line.text);
            }
            if let Shape::Row { head } = line.shape
                && !others.contains(&line.group)
                && !recap
            {
                self.row(line, head, false, &Group::default());
            }
        }
    }
}

/// Length of the plain text of `inlines`: a mark that was taken off made what is left shorter.
fn told_length(inlines: &[Inline]) -> usize {
    plain(inlines).trim().trim_start_matches([':', ' ']).len()
}

/// `## What was promised in May`, `## Actions of the last time`: promises of an earlier incident.
fn tells_of_promises(title: &str) -> bool {
    let lower = title.to_lowercase();
    let earlier = [
        "was promised",
        "were promised",
        "had promised",
        "last time",
        "earlier promises",
        "previous actions",
    ];
    earlier.iter().any(|phrase| lower.contains(phrase))
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
pub(super) fn label_line(line: &Line<'_>) -> Option<String> {
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
