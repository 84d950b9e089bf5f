//! The addresses that a text links to or shows, and what is said of one that leads nowhere.

use crate::diag::{Diagnostic, Level, Span};
use crate::model::Incident;
use crate::model::text::{Block, BlockKind, Inline, InlineKind};
use std::sync::Arc;

/// A warning about a link or an image of `incident` at `span`.
pub(super) fn leads_nowhere(
    incident: &Incident,
    span: Span,
    message: String,
    help: Option<String>,
) -> Diagnostic {
    Diagnostic {
        level: Level::Warning,
        code: "dead-link",
        file: Arc::clone(&incident.name),
        span,
        message,
        help,
    }
}

/// Calls `visit` with every address that `blocks` link to or show.
pub(super) fn walk_links(blocks: &[Block], visit: &mut impl FnMut(&str)) {
    for block in blocks {
        if let BlockKind::Html(html) = &block.kind {
            html_addresses(html, visit);
        }
        for inlines in block.inlines() {
            walk_inlines(inlines, visit);
        }
        for children in block.children() {
            walk_links(children, visit);
        }
    }
}

fn walk_inlines(inlines: &[Inline], visit: &mut impl FnMut(&str)) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Link(link) | InlineKind::Image(link) => {
                visit(&link.target);
                walk_inlines(&link.text, visit);
            }
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                walk_inlines(inner, visit);
            }
            InlineKind::Html(html) => html_addresses(html, visit),
            _ => {}
        }
    }
}

/// The values of `src` and `href` in raw HTML. What is no address is looked up in vain and harms nothing.
pub(super) fn html_addresses(html: &str, visit: &mut impl FnMut(&str)) {
    let lower = html.to_ascii_lowercase();
    for name in ["src", "href"] {
        for (at, _) in lower.match_indices(name) {
            let after = html.get(at + name.len()..).unwrap_or_default().trim_start();
            let Some(value) = after.strip_prefix('=').map(str::trim_start) else { continue };
            let value = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value.get(1..).and_then(|rest| rest.split(quote).next()),
                _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
            };
            let address = value.unwrap_or_default().replace("&amp;", "&");
            if !address.is_empty() && address.len() < 4096 {
                visit(&address);
            }
        }
    }
}
