//! Every place that a reading names lies within its source, between whole characters.

use kb::diag::{Diagnostic, Span};
use kb::model::Incident;
use kb::model::text::{Block, BlockKind, Inline, InlineKind};

/// Checks the places of findings.
pub(super) fn of_findings(found: &[Diagnostic], text: &str) {
    for finding in found {
        check(finding.span, text, &finding.message);
    }
}

/// Checks every place of `incident`, which was read from `text`.
pub(super) fn of_incident(incident: &Incident, text: &str) {
    let lines = u32::try_from(text.lines().count().max(1)).unwrap_or(u32::MAX);
    let line = |line: u32| assert!((1..=lines + 1).contains(&line), "line {line} of {lines}");
    check(incident.id_span, text, "id");
    let clock = &incident.clock;
    let points = [
        &clock.started,
        &clock.detected,
        &clock.acknowledged,
        &clock.mitigated,
        &clock.resolved,
        &clock.published,
    ];
    for point in points.into_iter().flatten() {
        check(point.span, text, "clock point");
    }
    for stated in [&incident.trigger, &incident.fix, &incident.summary].into_iter().flatten() {
        check(stated.span, text, stated.from);
    }
    incident.impact.iter().for_each(|figure| check(figure.span, text, "impact"));
    incident.whys.iter().for_each(|why| check(why.span, text, "why"));
    for entry in &incident.timeline {
        check(entry.span, text, "timeline entry");
        line(entry.line);
    }
    for action in &incident.actions {
        check(action.span, text, "action item");
        line(action.line);
    }
    for reference in &incident.references {
        check(reference.span, text, "reference");
        line(reference.line);
    }
    for section in &incident.sections {
        check(section.span, text, "section title");
        check(section.extent, text, "section");
        line(section.line);
        let inside = section.extent.start <= section.span.start && section.span.end <= section.extent.end;
        assert!(inside, "the title of a section lies outside it: {section:?}");
    }
    of_blocks(&incident.document.blocks, text);
}

fn of_blocks(blocks: &[Block], text: &str) {
    for block in blocks {
        check(block.span, text, "block");
        if let BlockKind::List(list) = &block.kind {
            list.items.iter().for_each(|item| check(item.span, text, "list item"));
        }
        if let BlockKind::Table(table) = &block.kind {
            for row in std::iter::once(&table.head).chain(&table.rows) {
                check(row.span, text, "row");
                row.cells.iter().for_each(|cell| check(cell.span, text, "cell"));
            }
        }
        block.inlines().into_iter().for_each(|inlines| of_inlines(inlines, text));
        block.children().into_iter().for_each(|children| of_blocks(children, text));
    }
}

fn of_inlines(inlines: &[Inline], text: &str) {
    for inline in inlines {
        check(inline.span, text, "inline");
        match &inline.kind {
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                of_inlines(inner, text);
            }
            InlineKind::Link(link) | InlineKind::Image(link) => of_inlines(&link.text, text),
            _ => {}
        }
    }
}

fn check(span: Span, text: &str, what: &str) {
    assert!(
        text.get(span.range()).is_some(),
        "{what}: {span:?} is no part of a text of {} bytes",
        text.len()
    );
}
