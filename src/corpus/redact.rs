//! What the public reading of a document loses beyond its internal blocks: people, tickets and internal hosts.
//!
//! Internal blocks, hidden sections and hidden fields are gone before: `parse` reads a public document a second time
//! with them cut out of its source.

use super::links::html_addresses;
use super::scrub::{Place, ROLES, Reports, Scrubber, is_somebody};
use super::slug::slugify;
use super::{entities, profiles, scattered, tags};
use crate::config::SiteConfig;
use crate::model::text::{Block, BlockKind, Inline, InlineKind, Table, plain};
use crate::model::{ActionItem, Incident, PageTimes, Stated, TimelineEntry};

/// `incident` as the public may read it, before links are resolved; `reports` are those it may name.
pub(super) fn for_public(mut incident: Incident, config: &SiteConfig, reports: &Reports) -> Incident {
    let scrubber = Scrubber::new(&incident, config, reports);
    incident.authors.clear();
    incident.reviewers.clear();
    incident.participants.clear();
    incident.team = None;
    incident.extra.clear();
    incident.links.retain(|(_, address)| !scrubber.is_internal(address));
    if incident.status_page.as_deref().is_some_and(|address| scrubber.is_internal(address)) {
        incident.status_page = None;
        incident.page_times = PageTimes::default();
    }
    incident.imported_from.clear();
    incident.aliases.retain(|alias| scrubber.hits(alias, Place::Address).is_empty());
    facts(&mut incident, &scrubber);
    if config.audience.public.actions {
        incident.actions.retain(|action| action.public != Some(false));
    } else {
        incident.actions.retain(|action| action.public == Some(true));
    }
    blocks(&mut incident.document.blocks, &scrubber);
    incident
}

fn facts(incident: &mut Incident, scrubber: &Scrubber<'_>) {
    clean(&mut incident.title, scrubber);
    for (title, _) in &mut incident.links {
        clean(title, scrubber);
    }
    let stated = [&mut incident.summary, &mut incident.fix, &mut incident.trigger];
    for Stated { text, .. } in stated.into_iter().flatten() {
        clean(text, scrubber);
    }
    for text in incident.causes.iter_mut().chain(&mut incident.tags).chain(&mut incident.family) {
        clean(text, scrubber);
    }
    for figure in &mut incident.impact {
        clean(&mut figure.label, scrubber);
        clean(&mut figure.value, scrubber);
    }
    for entry in &mut incident.timeline {
        // One of the columns may hold people.
        let columns = TimelineEntry::BETWEEN;
        if entry.text.contains(columns) {
            let people = |cell| if scrubber.is_people(cell) { scrubber.role() } else { cell };
            entry.text = entry.text.split(columns).map(people).collect::<Vec<_>>().join(columns);
        }
        clean(&mut entry.text, scrubber);
    }
    for why in &mut incident.whys {
        clean(&mut why.question, scrubber);
        clean(&mut why.answer, scrubber);
    }
    for section in &mut incident.sections {
        clean(&mut section.title, scrubber);
    }
    for action in &mut incident.actions {
        action_item(action, scrubber);
    }
    for reference in &mut incident.references {
        clean(&mut reference.text, scrubber);
        if let Some(why) = &mut reference.why {
            clean(why, scrubber);
        }
    }
}

fn action_item(action: &mut ActionItem, scrubber: &Scrubber<'_>) {
    action.owners.clear();
    action.tickets.clear();
    clean(&mut action.text, scrubber);
    clean(&mut action.section, scrubber);
    clean(&mut action.state_from.written, scrubber);
    for text in [&mut action.reason, &mut action.done_when, &mut action.priority].into_iter().flatten() {
        clean(text, scrubber);
    }
}

fn clean(text: &mut String, scrubber: &Scrubber<'_>) {
    if let Some(cleaned) = scrubber.clean(text, Place::Prose) {
        *text = cleaned;
    }
}

fn blocks(all: &mut [Block], scrubber: &Scrubber<'_>) {
    for block in all {
        match &mut block.kind {
            BlockKind::Paragraph(text) => inlines(text, scrubber),
            BlockKind::Heading(heading) => {
                let before = plain(&heading.text);
                inlines(&mut heading.text, scrubber);
                // An anchor is made of the words of its heading.
                let after = plain(&heading.text);
                if after != before {
                    heading.anchor = slugify(&after).into();
                }
            }
            BlockKind::Quote(_, inner) | BlockKind::Footnote(_, inner) => blocks(inner, scrubber),
            BlockKind::Code(code) => boxed(&mut code.text, scrubber, Place::Code),
            BlockKind::List(list) => {
                list.items.iter_mut().for_each(|item| blocks(&mut item.blocks, scrubber));
            }
            BlockKind::Table(table) => {
                people_beside(table, scrubber);
                let rows = std::iter::once(&mut table.head).chain(&mut table.rows);
                rows.flat_map(|row| &mut row.cells).for_each(|cell| cell_text(&mut cell.text, scrubber));
            }
            BlockKind::Definitions(all) => {
                for definition in all {
                    inlines(&mut definition.term, scrubber);
                    definition.details.iter_mut().for_each(|inner| blocks(inner, scrubber));
                }
            }
            BlockKind::Html(html) => raw_html(html, scrubber),
            BlockKind::Rule => {}
        }
    }
}

/// Tables of two columns tell facts: beside `Owner` stands somebody, also in the row that Markdown takes for the heading.
fn people_beside(table: &mut Table, scrubber: &Scrubber<'_>) {
    const FACTS: [&str; 12] = [
        "status", "date", "severity", "impact", "duration", "summary", "started", "ended", "resolved",
        "detected", "team", "service",
    ];
    let label = |cell: &[Inline]| plain(cell).trim().trim_end_matches(':').to_lowercase();
    let of_people =
        |label: &str| matches!(label, "owner" | "owners" | "assignee" | "dri") || ROLES.contains(&label);
    let facts = table.rows.iter().any(|row| {
        let label = row.cells.first().map(|cell| label(&cell.text)).unwrap_or_default();
        FACTS.contains(&&*label) || of_people(&label)
    });
    let head = std::iter::once(&mut table.head).filter(|_| facts);
    for row in head.chain(&mut table.rows) {
        let [name, value] = row.cells.as_mut_slice() else { continue };
        if of_people(&label(&name.text)) && is_somebody(plain(&value.text).trim()) {
            let span = value.text.first().map(|first| first.span).unwrap_or_default();
            value.text = vec![Inline { span, kind: InlineKind::Text(scrubber.role().into()) }];
        }
    }
}

/// A cell that holds people and nothing else loses even names that are too common to be taken out of running text.
fn cell_text(all: &mut Vec<Inline>, scrubber: &Scrubber<'_>) {
    match all.first().filter(|_| scrubber.is_people(&plain(all))).map(|first| first.span) {
        Some(span) => *all = vec![Inline { span, kind: InlineKind::Text(scrubber.role().into()) }],
        None => inlines(all, scrubber),
    }
}

fn inlines(all: &mut Vec<Inline>, scrubber: &Scrubber<'_>) {
    // First what a reader sees as one, since a part of it may be found by itself and leave the rest.
    if all.len() > 1 || all.iter().any(|one| !matches!(one.kind, InlineKind::Text(_))) {
        profiles::close(all, scrubber);
        scattered::inlines(all, scrubber);
    }
    one_by_one(all, scrubber);
}

fn one_by_one(all: &mut Vec<Inline>, scrubber: &Scrubber<'_>) {
    let mut kept = Vec::with_capacity(all.len());
    for mut inline in all.drain(..) {
        match &mut inline.kind {
            InlineKind::Text(text) => boxed(text, scrubber, Place::Prose),
            InlineKind::Code(code) => boxed(code, scrubber, place_of(code)),
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                one_by_one(inner, scrubber);
            }
            InlineKind::Link(link) | InlineKind::Image(link) => {
                one_by_one(&mut link.text, scrubber);
                boxed(&mut link.title, scrubber, Place::Prose);
                if scrubber.is_internal(&link.target) {
                    kept.append(&mut link.text);
                    continue;
                }
            }
            InlineKind::Html(html) => raw_html(html, scrubber),
            InlineKind::FootnoteMark(_) | InlineKind::SoftBreak | InlineKind::HardBreak => {}
        }
        kept.push(inline);
    }
    *all = kept;
}

/// A channel that is all of a piece of code is one: people mark names so. `@Override`, `#include` and `#fafafa` are none.
fn place_of(code: &str) -> Place {
    const DIRECTIVES: [&str; 14] = [
        "define",
        "elif",
        "else",
        "endif",
        "endregion",
        "error",
        "ifdef",
        "ifndef",
        "include",
        "line",
        "pragma",
        "region",
        "undef",
        "warning",
    ];
    let name = code.trim().strip_prefix('#').unwrap_or_default();
    let word = name.len() >= 4
        && name.starts_with(char::is_lowercase)
        && !DIRECTIVES.contains(&name)
        && !name.chars().all(|c| c.is_ascii_hexdigit());
    let whole =
        (word || name.contains('-')) && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if whole { Place::Prose } else { Place::Code }
}

fn boxed(text: &mut Box<str>, scrubber: &Scrubber<'_>, place: Place) {
    if let Some(cleaned) = scrubber.clean(text, place) {
        *text = cleaned.into();
    }
}

/// Comments go; references to characters become characters; the words between and inside tags are cleaned like prose.
fn raw_html(html: &mut Box<str>, scrubber: &Scrubber<'_>) {
    if html.contains("<!--") {
        *html = without_comments(html).into();
    }
    if html.contains('&') {
        *html = entities::decoded(html).into();
    }
    if html.contains('<') {
        *html = without_ways_in(html, scrubber).into();
    }
    scattered::html(html, scrubber);
    boxed(html, scrubber, Place::Prose);
}

/// `html` without tags that lead or load from where the public must not be led.
fn without_ways_in(html: &str, scrubber: &Scrubber<'_>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag, after)) = tags::first(rest) {
        out.push_str(before);
        let mut leads = false;
        html_addresses(tag, &mut |address| leads |= scrubber.is_internal(address));
        if !leads {
            out.push_str(tag);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// `html` without its comments; one that is never closed takes the rest. What stood around one cannot become another.
fn without_comments(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        out.push_str(before);
        if out.ends_with(['<', '!', '-']) {
            out.push(' ');
        }
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_go_whatever_stands_around_them() {
        assert_eq!(without_comments("a <!-- b --> c<!---->d<!-- e"), "a  cd");
        assert_eq!(without_comments("<!<!-- a -->-- b --><<!-- c -->!-- d"), "<! -- b -->< !-- d");
    }

    #[test]
    fn a_hundred_thousand_comments_are_taken_out_in_one_go() {
        assert_eq!(without_comments(&"<!---->".repeat(100_000)), "");
    }
}
