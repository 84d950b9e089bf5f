//! Internal parts: a canary between two markers, somewhere in a public document, is never seen by the public.

use super::editions;
use super::render;
use kb::diag::has_errors;
use kb::model::Audience;
use kb::model::text::{Block, BlockKind, Inline, InlineKind};

/// What stands between the markers, in the notations that something reads; `%` is the canary.
const PARTS: [&str; 12] = [
    "%",
    "## %",
    "- 2024-03-14 14:00 UTC: %",
    "| % | % |",
    "- [ ] % (@%) OPS-%",
    "```\n%\n```",
    "[a]: https://%.example/ \"%\"",
    "[^1]: %",
    "<b>%</b>",
    "**Impact:** 12 % of % were down",
    "  % [x](%.md)",
    "> %\n\n    %",
];

/// Puts a part, chosen by the first byte, before the line that the second byte says.
pub fn run(data: &[u8]) {
    let [part, line, text @ ..] = data else { return };
    let text = String::from_utf8_lossy(text);
    let part = PARTS[usize::from(*part) % PARTS.len()];
    let Some(seen) = public(&text, part, usize::from(*line), "canary") else { return };
    if seen.everything.contains("canary") {
        assert!(seen.code.contains("canary"), "the public sees an internal part:\n{}", seen.text);
        return;
    }
    if let Some(other) = public(&text, part, usize::from(*line), "quetzalcoatlus") {
        assert_eq!(
            seen.everything, other.everything,
            "what is internal changes what the public sees:\n{}",
            seen.text
        );
    }
}

struct Seen {
    text: String,
    /// Everything the public gets, as far as it is made from this document, in lower case.
    everything: String,
    /// The code in it: there a marker is text.
    code: String,
}

/// What the public sees of a document; `None` where an error stops the build.
fn public(text: &str, part: &str, line: usize, canary: &str) -> Option<Seen> {
    let text = text.strip_prefix("---\n").map_or_else(
        || format!("---\nvisibility: public\n---\n{text}"),
        |rest| format!("---\nvisibility: public\n{rest}"),
    );
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (before, after) = lines.split_at(2 + line % (lines.len() - 1));
    let mut before = before.concat();
    if !before.ends_with('\n') {
        before.push('\n');
    }
    let part = part.replace('%', canary);
    let text = format!("{before}<!-- internal -->\n{part}\n<!-- /internal -->\n{}", after.concat());
    let read = editions::of(&[("a.md", &text)], Audience::Public);
    if has_errors(&read.found) || text.matches(canary).count() != part.matches(canary).count() {
        return None;
    }
    let mut code = String::new();
    for published in read.value.incidents.iter().chain(&read.value.pages) {
        in_blocks(&published.incident.document.blocks, &mut code);
    }
    let pages: Vec<String> = render::pages(&read.value, false).into_iter().map(|page| page.html).collect();
    let everything = format!("{:?}\n{}", read.value, pages.concat()).to_lowercase();
    Some(Seen { text, everything, code })
}

fn in_blocks(blocks: &[Block], code: &mut String) {
    for block in blocks {
        if let BlockKind::Code(found) = &block.kind {
            code.push_str(&found.text);
        }
        block.inlines().into_iter().for_each(|inlines| in_inlines(inlines, code));
        block.children().into_iter().for_each(|children| in_blocks(children, code));
    }
}

fn in_inlines(inlines: &[Inline], code: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Code(found) => code.push_str(found),
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                in_inlines(inner, code);
            }
            InlineKind::Link(link) | InlineKind::Image(link) => in_inlines(&link.text, code),
            _ => {}
        }
    }
}
