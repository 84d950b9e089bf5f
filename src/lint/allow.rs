//! Permissions in place: `<!-- kb: allow RULE, because … -->`.
//!
//! Before the first heading it holds for the whole document, elsewhere for the block that follows. A permission
//! without a reason is no permission.

use crate::corpus::Published;
use crate::diag::{Diagnostic, Span};
use crate::model::text::{Block, BlockKind};
use std::collections::BTreeMap;

/// Which rules are allowed to be broken where, by file.
pub(super) struct Permissions<'a> {
    by_file: BTreeMap<&'a str, Vec<(String, Span)>>,
}

impl<'a> Permissions<'a> {
    pub(super) fn of(documents: impl IntoIterator<Item = &'a Published>) -> Self {
        let mut by_file: BTreeMap<&str, Vec<(String, Span)>> = BTreeMap::new();
        for published in documents {
            let mut found = Vec::new();
            collect(&published.incident.document.blocks, true, &mut found);
            if !found.is_empty() {
                by_file.insert(&published.incident.name, found);
            }
        }
        Self { by_file }
    }

    /// Whether `finding` stands where its rule is allowed to be broken.
    pub(super) fn covers(&self, finding: &Diagnostic) -> bool {
        let here = self.by_file.get(&*finding.file);
        here.is_some_and(|all| {
            all.iter().any(|(code, span)| {
                code == finding.code && span.start <= finding.span.start && finding.span.start <= span.end
            })
        })
    }
}

fn collect(blocks: &[Block], top: bool, found: &mut Vec<(String, Span)>) {
    let mut before_headings = top;
    for (place, block) in blocks.iter().enumerate() {
        before_headings &= !matches!(&block.kind, BlockKind::Heading(heading) if heading.level > 1);
        if let BlockKind::Html(html) = &block.kind {
            let whole = Span { start: 0, end: u32::MAX };
            let next = blocks.get(place + 1).map_or(block.span, |next| next.span);
            let scope = if before_headings { whole } else { next };
            found.extend(permissions(html).into_iter().map(|code| (code, scope)));
        }
        for children in block.children() {
            collect(children, false, found);
        }
    }
}

fn permissions(html: &str) -> Vec<String> {
    let inner = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    let Some(rest) = inner.and_then(|inner| inner.trim().strip_prefix("kb: allow ")) else {
        return Vec::new();
    };
    let Some((codes, reason)) = rest.split_once("because") else {
        return Vec::new();
    };
    if reason.trim().is_empty() {
        return Vec::new();
    }
    codes.split([',', ' ']).filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_needs_a_reason() {
        assert_eq!(
            permissions("<!-- kb: allow action-owner, because the vendor does it -->"),
            ["action-owner"]
        );
        assert_eq!(
            permissions("<!-- kb: allow action-owner action-due, because x -->"),
            ["action-owner", "action-due"]
        );
        assert!(permissions("<!-- kb: allow action-owner -->").is_empty());
        assert!(permissions("<!-- kb: allow action-owner, because -->").is_empty());
        assert!(permissions("<!-- an ordinary comment -->").is_empty());
    }
}
