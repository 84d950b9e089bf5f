//! Who does it, told by what items begin with, where their neighbours show that it is a name: `Ann: …`, `[ann] …`, `**AC** …`.

use super::item::Words;
use super::walk::Walker;
use super::{Group, kind, owner, state};
use crate::diag::Span;
use crate::model::text::{Inline, InlineKind, plain};
use crate::model::{ActionItem, SectionKind};
use crate::parse::context::Context;
use crate::parse::lines::{Line, Shape};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Capitals in bold that are no initials: parts of a system, and marks.
const NO_INITIALS: [&str; 22] = [
    "API", "UI", "CLI", "DB", "CI", "CD", "DNS", "SDK", "AWS", "GCP", "CDN", "HTTP", "SSL", "TLS", "VPN",
    "TODO", "DONE", "WIP", "NOTE", "NB", "LOW", "HIGH",
];

/// Items of one list, by the number of the list; those of none are left out.
fn by_list<'i>(items: &'i mut [ActionItem], lists: &[u32]) -> BTreeMap<u32, Vec<&'i mut ActionItem>> {
    let mut by_list: BTreeMap<u32, Vec<&mut ActionItem>> = BTreeMap::new();
    for (item, list) in items.iter_mut().zip(lists).filter(|(_, list)| **list != 0) {
        by_list.entry(*list).or_default().push(item);
    }
    by_list
}

/// `Ann: write it` above `Bo: …` and `Ann: …`: where all items of a list begin like that and a name comes again, they
/// are who does it; topics are told once.
pub(super) fn names(items: &mut [ActionItem], lists: &[u32], context: &Context<'_>) {
    for list in by_list(items, lists).into_values() {
        let heads = list.iter().map(|item| {
            let (names, rest) = owner::head(&item.text, &context.options.config)?;
            item.owners.is_empty().then(|| (names, rest.to_owned()))
        });
        let Some(heads) = heads.collect::<Option<Vec<_>>>() else { continue };
        let mut names: Vec<&String> = heads.iter().flat_map(|(names, _)| names).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        if names.len() == all {
            continue;
        }
        for (item, (owners, text)) in list.into_iter().zip(heads) {
            (item.owners, item.text) = (owners, text);
        }
    }
}

/// `write it — Ann` above `try it — Bo`: where all items of a list end like that, they are who does it.
pub(super) fn tails(items: &mut [ActionItem], lists: &[u32], context: &Context<'_>) {
    for list in by_list(items, lists).into_values().filter(|list| list.len() >= 2) {
        let ends = list.iter().map(|item| {
            let (text, names) = owner::tail(&item.text, &context.options.config)?;
            item.owners.is_empty().then(|| (text.to_owned(), names))
        });
        let Some(ends) = ends.collect::<Option<Vec<_>>>() else { continue };
        for (item, (text, owners)) in list.into_iter().zip(ends) {
            (item.owners, item.text) = (owners, text);
        }
    }
}

/// `[ann] write it` above `[bo?] …`: in a list where one is asked for, or is named among those who took part, all are
/// who does it; parts of a system stand in brackets too.
pub(super) fn brackets(items: &mut [ActionItem], lists: &[u32], context: &Context<'_>) {
    let mut people: Option<BTreeSet<String>> = None;
    for list in by_list(items, lists).into_values() {
        let mut heads = list.iter().filter_map(|item| bracket(&item.text)).peekable();
        if heads.peek().is_none() {
            continue;
        }
        let people = people.get_or_insert_with(|| took_part(context));
        if !heads.any(|(name, _)| name.ends_with('?') || people.contains(&name.to_lowercase())) {
            continue;
        }
        for item in list.into_iter().filter(|item| item.owners.is_empty()) {
            if let Some((name, rest)) = bracket(&item.text) {
                let (name, rest) = (name.trim_end_matches('?').to_owned(), rest.trim().to_owned());
                (item.owners, item.text) = (vec![name], rest);
            }
        }
    }
}

/// A handle in brackets at the start of an item, and the rest.
fn bracket(text: &str) -> Option<(&str, &str)> {
    let square = || text.strip_prefix('[')?.split_once("] ");
    let (name, rest) = square().or_else(|| text.strip_prefix('(')?.split_once(") "))?;
    let bare = name.trim_end_matches('?');
    let handle =
        !bare.is_empty() && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let other = owner::is_topic(bare) || kind::kind_of(bare).is_some() || state::is_word(bare);
    (handle && !other).then_some((name, rest))
}

/// The words of the sections that tell who took part.
fn took_part(context: &Context<'_>) -> BTreeSet<String> {
    let about = context.sections.iter().filter(|section| section.kind == Some(SectionKind::About));
    let words = about.flat_map(|section| section.extent.of(&context.source.text).split_whitespace());
    words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).collect()
}

/// The bold initials a paragraph begins with, and the words behind them: `**AC** Move the alert`.
fn initials(inlines: &[Inline]) -> Option<(String, &[Inline])> {
    let (Inline { kind: InlineKind::Strong(inner), .. }, rest) = inlines.split_first()? else { return None };
    let name = plain(inner).trim().trim_end_matches(':').to_owned();
    let capitals = (2..=4).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase());
    let fits = capitals && !NO_INITIALS.contains(&name.as_str()) || name.starts_with('@');
    let told = plain(rest).split_whitespace().count() >= 2;
    (fits && told).then(|| (name.trim_start_matches('@').to_owned(), rest))
}

impl Walker<'_, '_> {
    /// Whether a line opens one of several paragraphs among `lines` that begin with who does it.
    pub(super) fn is_led(&self, line: &Line<'_>, lines: &Range<usize>) -> bool {
        let led = |line: &&Line<'_>| {
            line.shape == (Shape::Text { first: true }) && initials(line.inlines).is_some()
        };
        let all = self.lined.all.get(lines.clone()).unwrap_or_default();
        led(&line) && all.iter().filter(led).nth(1).is_some()
    }

    /// Reads the paragraph at `at`, which begins with who does it, and skips the list below it where that tells details.
    pub(super) fn led(&mut self, at: usize, end: usize, group: &Group) -> u32 {
        let lines = self.lined.all.get(at..end).unwrap_or_default();
        let Some((first, below)) = lines.split_first() else { return 0 };
        let Some((name, rest)) = initials(first.inlines) else { return first.span.end };
        let more = below.iter().take_while(|line| line.shape == Shape::Text { first: false }).count();
        let mut words = Words::of(rest, self.reader.config);
        let mut last = first;
        for line in below.iter().take(more) {
            words.join(Words::of(line.inlines, self.reader.config));
            last = line;
        }
        let own = words.text.trim_start_matches([':', ' ', '-', '–', '—']).to_owned();
        let span = Span { start: first.span.start, end: last.span.end };
        let number = self.context.lines.line(span.start);
        if let Some(mut item) = self.reader.item(words.with_text(own), None, group, span, number) {
            item.owners = vec![name];
            self.items.push(item);
            self.lists.push(0);
        }
        let list = below.get(more..).unwrap_or_default();
        let details = list
            .iter()
            .take_while(|line| last.text.ends_with(':') && matches!(line.shape, Shape::Item { .. }));
        details.last().map_or(span.end, |line| line.span.end.max(span.end))
    }
}
