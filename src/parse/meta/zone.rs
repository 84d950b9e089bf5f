//! The zone of times that name none: `timezone`, then what the text declares, then the site's.

use crate::diag::{Diagnostic, Source, Span};
use crate::model::Zone;
use crate::model::text::{Block, BlockKind, Document, plain};
use crate::parse::front_matter::FrontMatter;
use crate::parse::synonyms::normal;
use crate::parse::times::{Declared, declaration, declared_zone};

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
    let said = document.blocks.iter().find_map(|block| declared(block).map(|said| (said, block.span)));
    match (said, site) {
        (Some((Declared::Zone(zone), _)), _) => (zone, "text"),
        (Some((Declared::Contradiction(one, other), span)), _) => {
            found.push(contradiction(&one, &other, span, source));
            (Zone::Unknown, "contradiction")
        }
        (_, Zone::Unknown) => (Zone::Unknown, ""),
        (_, site) => (site.clone(), "site"),
    }
}

/// Neither of two zones is taken where they cannot both be meant.
fn contradiction(one: &Zone, other: &Zone, span: Span, source: &Source) -> Diagnostic {
    let name = |zone: &Zone| zone.name().unwrap_or_default();
    let message = format!("`{}` and `{}` are not the same zone", name(one), name(other));
    let help = "say which one the times are in; summer time has a name of its own, such as `PDT` or `CEST`";
    let line = source.text.get(span.range()).and_then(|text| text.lines().next()).map_or(0, str::len);
    let start = span.start as usize;
    Diagnostic::warning("zone-conflict", source, Span::new(start, start + line), message).help(help)
}

/// What a block says of all times: `All times in UTC.`, `## Timeline (times in CEST)`, a column `Time (UTC)`.
fn declared(block: &Block) -> Option<Declared> {
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
fn speaks_of_times(text: &str) -> Option<Declared> {
    let words = normal(text);
    let of_times = ["time", "timeline", "tidslinje", "tid", "zeit", "when"];
    words.split(' ').any(|word| of_times.iter().any(|one| word.starts_with(one))).then(|| said(text))?
}

fn said(text: &str) -> Option<Declared> {
    Some(declaration(text)).filter(|said| *said != Declared::Nothing)
}

/// A sentence must say that it is about all times, or it may speak of one.
fn sentence(text: &str) -> Option<Declared> {
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
    about.iter().any(|phrase| words.contains(phrase)).then(|| said(text))?
}
