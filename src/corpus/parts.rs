//! Links to a part of the same page, `[below](#what-we-changed)`, that lead to no heading of it.

use crate::diag::{Diagnostic, Level, Span, words};
use crate::model::Incident;
use crate::model::text::{Block, BlockKind, Inline, InlineKind};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Warnings for the links of `incident` to parts of itself that are not there. Raw HTML may name parts in ways of its own:
/// where there is any, nothing is said.
pub(super) fn dead(incident: &Incident) -> Vec<Diagnostic> {
    if incident.document.has_html {
        return Vec::new();
    }
    let (mut anchors, mut links) = (BTreeSet::new(), Vec::new());
    walk(&incident.document.blocks, &mut anchors, &mut links);
    let gone = links.into_iter().filter(|(part, _)| !is_there(part, &anchors));
    gone.map(|(part, span)| Diagnostic {
        level: Level::Warning,
        code: "dead-link",
        file: Arc::clone(&incident.name),
        span,
        message: format!("there is no part `#{part}` in this document"),
        help: words::nearest(part, anchors.iter().copied()).map(|near| format!("did you mean `#{near}`")),
    })
    .collect()
}

/// Whether a page has `part`: a heading's name, the top, or a mark that pages number themselves (`#t3`, `#action-2`).
fn is_there(part: &str, anchors: &BTreeSet<&str>) -> bool {
    let lower = part.to_lowercase();
    let numbered = ["t", "action-"]
        .iter()
        .any(|mark| lower.strip_prefix(mark).is_some_and(|number| number.parse::<u32>().is_ok()));
    numbered
        || matches!(lower.as_str(), "" | "top")
        || lower.starts_with("kb-")
        || part.contains('%')
        || anchors.contains(lower.as_str())
        || anchors.contains(format!("{lower}-1").as_str())
}

fn walk<'d>(blocks: &'d [Block], anchors: &mut BTreeSet<&'d str>, links: &mut Vec<(&'d str, Span)>) {
    for block in blocks {
        if let BlockKind::Heading(heading) = &block.kind {
            anchors.insert(&heading.anchor);
        }
        for inlines in block.inlines() {
            collect(inlines, links);
        }
        for children in block.children() {
            walk(children, anchors, links);
        }
    }
}

fn collect<'d>(inlines: &'d [Inline], links: &mut Vec<(&'d str, Span)>) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Link(link) => {
                links.extend(link.target.strip_prefix('#').map(|part| (part, inline.span)))
            }
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                collect(inner, links);
            }
            _ => {}
        }
    }
}
