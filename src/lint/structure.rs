//! Rules on the form of a postmortem: what must be there, and what must not be left over.

use super::Case;
use super::words::{phrases, place};
use crate::diag::words as say;
use crate::diag::{Diagnostic, Span};
use crate::model::text::{BlockKind, InlineKind};
use crate::model::{Kind, SectionKind, Status};

/// The sections that the policy requires for this severity.
pub(super) fn missing_sections(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    if !case.is_report() || case.incident.kind != Kind::Incident || case.incident.status == Status::Draft {
        return;
    }
    let required = &case.config.policy.required_sections;
    let level = case.incident.severity.as_ref().map(|severity| severity.label.as_str());
    let wanted = ["any"].into_iter().chain(level).filter_map(|key| required.get(key)).flatten();
    let has = |kind: SectionKind| match kind {
        SectionKind::Summary => case.incident.summary.is_some(),
        SectionKind::Timeline => !case.incident.timeline.is_empty() || case.has(kind),
        SectionKind::Actions => !case.incident.actions.is_empty() || case.has(kind),
        SectionKind::RootCause => {
            !case.incident.whys.is_empty() || !case.incident.causes.is_empty() || case.has(kind)
        }
        SectionKind::Impact => !case.incident.impact.is_empty() || case.has(kind),
        kind => case.has(kind),
    };
    let missing: Vec<&str> =
        wanted.map(|name| name.0).filter(|kind| !has(*kind)).map(SectionKind::word).collect();
    if !missing.is_empty() {
        let message = format!("no section on {}", say::alternatives(&missing).replace(" or ", " and "));
        found.push(
            case.finding("missing-section", Span::at(0), message)
                .help("`[policy] required_sections` asks for it"),
        );
    }
}

/// A title with nothing under it before the next one of its level.
pub(super) fn empty_sections(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let headings = case.incident.sections.iter().filter(|section| section.notation == "heading");
    // The first heading is a title, whatever its level, unless it is that of a known section.
    for (_, section) in headings.enumerate().filter(|(place, one)| *place > 0 || one.kind.is_some()) {
        let inside = |span: Span| span.start >= section.span.end && section.extent.contains(span.start);
        let filled = case.incident.document.blocks.iter().any(|block| {
            inside(block.span)
                && !matches!(&block.kind, BlockKind::Html(html) if html.trim_start().starts_with("<!--"))
        });
        // `## Owner: Ada` says what it has to say in the heading itself.
        let says = section.title.contains(':');
        if !filled && section.level > 1 && !says {
            let message = format!("section `{}` is empty", section.title);
            found.push(
                case.finding("empty-section", section.span, message).help("fill it, or take the heading out"),
            );
        }
    }
}

/// Marks that templates leave for authors to replace.
const LEFTOVERS: [&str; 12] = [
    "tbd",
    "to be determined",
    "to be filled in",
    "lorem ipsum",
    "yyyy-mm-dd",
    "[brief description]",
    "[link to github issue]",
    "{source}",
    "{{ summary }}",
    "these are only sample subheadings",
    "<description>",
    "insert text here",
];

/// Those that authors also write in sentences of their own, of what is not decided yet.
const OPEN: [&str; 2] = ["tbd", "to be determined"];

/// Text of the template that nobody replaced.
pub(super) fn template_text(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    case.each_text(|text, span| {
        let mut hits = phrases(text, &LEFTOVERS);
        let hit = hits.find(|(_, mark)| !OPEN.contains(mark) || text.split_whitespace().count() <= 5);
        if let Some((at, mark)) = hit {
            let message = format!("`{mark}` looks left over from a template");
            found.push(case.finding("template-text", place(span, at, mark.len()), message));
        }
    });
}

/// Images without words for those who cannot see them.
pub(super) fn image_text(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for block in &case.incident.document.blocks {
        for inline in block.inlines().into_iter().flatten() {
            if let InlineKind::Image(image) = &inline.kind
                && image.text.is_empty()
            {
                let message = format!("image `{}` has no text", image.target);
                let help =
                    "say between the brackets what it shows: `![latency rises to 9 s at 14:05](plot.svg)`";
                found.push(case.finding("image-text", inline.span, message).help(help));
            }
        }
    }
}
