//! The zone of times that name none: `timezone`, then what the text declares, then the site's.

use crate::diag::{Diagnostic, Source};
use crate::model::Zone;
use crate::model::text::{Block, BlockKind, Document, plain};
use crate::parse::front_matter::FrontMatter;
use crate::parse::synonyms::normal;
use crate::parse::times::declared_zone;

/// Finds the zone and why it is that, and tells of a `timezone` that is none.
pub(in crate::parse) fn zone(
    front: &FrontMatter,
    document: &Document,
    site: &Zone,
    source: &Source,
    found: &mut Vec<Diagnostic>,
) -> (Zone, &'static str) {
    if let Some(stated) = front.text("timezone") {
        if let Some(zone) = declared_zone(stated.value) {
            return (zone, "front matter");
        }
        let message = format!("unknown time zone `{}`", stated.value);
        let help = "use a name of the IANA database such as `Europe/Copenhagen`, or `UTC`";
        found.push(Diagnostic::error("bad-timezone", source, stated.span, message).help(help));
    }
    match (document.blocks.iter().find_map(declared), site) {
        (Some(zone), _) => (zone, "text"),
        (None, Zone::Unknown) => (Zone::Unknown, ""),
        (None, site) => (site.clone(), "site"),
    }
}

/// What a block says of all times: `All times in UTC.`, `## Timeline (times in CEST)`, a column `Time (UTC)`.
fn declared(block: &Block) -> Option<Zone> {
    match &block.kind {
        BlockKind::Heading(heading) => speaks_of_times(&plain(&heading.text)),
        BlockKind::Paragraph(text) => plain(text).split(['.', ';', '\n']).find_map(sentence),
        BlockKind::Table(table) => {
            table.head.cells.iter().find_map(|cell| speaks_of_times(&plain(&cell.text)))
        }
        BlockKind::List(list) => {
            let first = |blocks: &[Block]| match &blocks.first()?.kind {
                BlockKind::Paragraph(text) => sentence(&plain(text)),
                _ => None,
            };
            list.items.iter().find_map(|item| first(&item.blocks))
        }
        BlockKind::Quote(_, blocks) => blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Paragraph(text) => sentence(&plain(text)),
            _ => None,
        }),
        _ => None,
    }
}

/// A heading or a column is about times when it says so.
fn speaks_of_times(text: &str) -> Option<Zone> {
    let words = normal(text);
    let of_times = ["time", "timeline", "tidslinje", "tid", "zeit", "when"];
    words
        .split(' ')
        .any(|word| of_times.iter().any(|one| word.starts_with(one)))
        .then(|| declared_zone(text))?
}

/// A sentence must say that it is about all times, or it may speak of one.
fn sentence(text: &str) -> Option<Zone> {
    let words = normal(text.get(..text.len().min(200)).unwrap_or(text));
    let about = [
        "all times",
        "times are",
        "times in",
        "all timestamps",
        "timestamps are",
        "timestamps in",
        "time zone",
        "timezone",
        "all dates and times",
        "alle tider",
        "alle tidspunkt",
        "all time in",
        "alle zeiten",
        "hours are in",
    ];
    about.iter().any(|phrase| words.contains(phrase)).then(|| declared_zone(text))?
}
