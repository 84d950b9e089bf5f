//! A timeline that stands in a block of code: fenced, to keep its lines apart, or indented below its title by an author who
//! writes plain text.
//!
//! Elsewhere code holds logs. Here it counts because its section is called a timeline and holds no other entries, and only
//! where nearly every line begins with a time.

use super::collect::Candidate;
use super::label;
use super::points::Run;
use super::regions::Region;
use crate::diag::Span;
use crate::model::SectionKind;
use crate::model::text::{Block, BlockKind};
use crate::parse::context::Context;
use crate::parse::lines::{self, Lined};
use crate::parse::times::{self, Order};

/// Fewest entries of such a block.
const FEWEST: usize = 2;

/// The runs of all timeline sections whose entries stand in code.
pub(super) fn read(context: &Context<'_>, lined: &Lined<'_>, order: Order) -> Vec<Run> {
    let named = context.sections.iter().filter(|section| section.kind == Some(SectionKind::Timeline));
    let mut runs = Vec::new();
    let mut read_to = 0;
    for section in named {
        let inside = |block: &&Block| {
            block.span.start >= section.span.end.max(read_to) && block.span.start < section.extent.end
        };
        let blocks = context.document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Code(_)));
        for block in blocks.filter(inside) {
            let lines = lined.inside(Span { start: section.span.end, end: block.span.start });
            let found = entries(context, block.span, lines.end, order);
            if found.len() >= FEWEST {
                let region = Region {
                    lines,
                    title: section.title.clone(),
                    label: section.notation != "heading",
                    sure: true,
                };
                runs.push((region, found));
            }
        }
        read_to = read_to.max(section.extent.end);
    }
    runs
}

/// The lines of a block, where most of them begin with a time of day; `line` is where it stands among all lines.
fn entries(context: &Context<'_>, block: Span, line: usize, order: Order) -> Vec<Candidate> {
    let mut all = 0;
    let mut found: Vec<Candidate> = Vec::new();
    let mut margin = 0;
    let source = &context.source.text;
    for (start, text) in lines::trimmed(block.of(source), block.start as usize) {
        if text.is_empty() || text.starts_with("```") || text.starts_with("~~~") {
            continue;
        }
        let head = source.get(..start).unwrap_or_default();
        let indent = start - head.rfind('\n').map_or(0, |end| end + 1);
        let stamp = times::read(text, order).filter(times::Stamp::has_time);
        // What is indented deeper goes on with the entry above.
        if let (None, Some(above)) = (&stamp, found.last_mut().filter(|_| indent > margin)) {
            above.text = format!("{} {text}", above.text);
            above.span.end = Span::new(start, start + text.len()).end;
            continue;
        }
        all += 1;
        if let Some(stamp) = stamp {
            margin = indent;
            let plain = Candidate::new(line, Span::new(start, start + text.len()), text, Some(stamp));
            let mark = label::leading(&plain.text);
            found.push(Candidate { mark, ..plain });
        }
    }
    if found.len() * 4 >= all * 3 { found } else { Vec::new() }
}
