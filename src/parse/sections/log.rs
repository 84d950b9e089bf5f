//! Files that log many incidents under one title, such as `Incident log`, which reads like the title of a timeline.

use super::label::{self, Style};
use crate::model::SectionKind;
use crate::model::text::{Block, BlockKind, List, plain};
use crate::parse::synonyms::Synonyms;

/// Timelines below a title that make it the title of a log.
const MANY: usize = 2;

/// Whether a heading of `level` that is called a timeline holds timelines itself, as headings or labels in `rest`, the
/// blocks after it. The times of a log stand in those, and a label in it opens a section as it does elsewhere.
pub(super) fn tells_many(level: u8, rest: &[Block], synonyms: &Synonyms) -> bool {
    let below = rest
        .iter()
        .take_while(|block| !matches!(&block.kind, BlockKind::Heading(heading) if heading.level <= level));
    below.filter(|block| opens_timeline(block, synonyms)).take(MANY).count() == MANY
}

fn opens_timeline(block: &Block, synonyms: &Synonyms) -> bool {
    match &block.kind {
        BlockKind::Heading(heading) => synonyms.exact(&plain(&heading.text)) == Some(SectionKind::Timeline),
        BlockKind::Paragraph(text) => {
            label::in_paragraph(text, false, synonyms).iter().any(|one| one.kind == SectionKind::Timeline)
        }
        BlockKind::List(list) => holds_label(list, synonyms),
        _ => false,
    }
}

fn holds_label(list: &List, synonyms: &Synonyms) -> bool {
    let style = if list.start.is_some() { Style::Numbered } else { Style::Bullet };
    let label = |blocks: &[Block]| match &blocks.first()?.kind {
        BlockKind::Paragraph(text) => label::in_item(text, style, synonyms),
        _ => None,
    };
    list.items.iter().filter_map(|item| label(&item.blocks)).any(|one| one.kind == SectionKind::Timeline)
}
