//! Links to a part of the same page, `[below](#what-we-changed)`, that lead to no heading of it.

use super::links::leads_nowhere;
use crate::diag::{Diagnostic, Span, words};
use crate::model::Incident;
use crate::model::text::{Block, BlockKind, Inline, InlineKind};
use std::collections::BTreeSet;

/// Warnings for the links of `incident` to parts of itself that are not there. Raw HTML may name parts in ways of its own:
/// where it does, nothing is said.
pub(super) fn dead(incident: &Incident) -> Vec<Diagnostic> {
    let (mut anchors, mut links) = (BTreeSet::new(), Vec::new());
    let named = walk(&incident.document.blocks, &mut anchors, &mut links);
    if named {
        return Vec::new();
    }
    let gone = links.into_iter().filter(|(part, _)| !is_there(part, &anchors));
    gone.map(|(part, span)| {
        let help =
            words::nearest(part, anchors.iter().copied()).map(|near| format!("did you mean `#{near}`"));
        leads_nowhere(incident, span, format!("there is no part `#{part}` in this document"), help)
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
        || matches!(lower.as_str(), "" | "top" | "main")
        || ["kb-", "fn-", "fnref-"].iter().any(|begin| lower.starts_with(begin))
        || part.contains('%')
        || anchors.contains(lower.as_str())
        || anchors.contains(format!("{lower}-1").as_str())
}

/// Collects the names of headings and the links to parts; says whether raw HTML names a part.
fn walk<'d>(blocks: &'d [Block], anchors: &mut BTreeSet<&'d str>, links: &mut Vec<(&'d str, Span)>) -> bool {
    let mut named = false;
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => drop(anchors.insert(&heading.anchor)),
            BlockKind::Html(html) => named |= names_a_part(html),
            _ => {}
        }
        for inlines in block.inlines() {
            named |= collect(inlines, links);
        }
        for children in block.children() {
            named |= walk(children, anchors, links);
        }
    }
    named
}

fn collect<'d>(inlines: &'d [Inline], links: &mut Vec<(&'d str, Span)>) -> bool {
    let mut named = false;
    for inline in inlines {
        match &inline.kind {
            InlineKind::Link(link) => {
                links.extend(link.target.strip_prefix('#').map(|part| (part, inline.span)));
            }
            InlineKind::Html(html) => named |= names_a_part(html),
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                named |= collect(inner, links);
            }
            _ => {}
        }
    }
    named
}

fn names_a_part(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    !lower.starts_with("<!--") && (lower.contains("id=") || lower.contains("name="))
}
