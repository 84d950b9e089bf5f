//! What is made of a few postmortems: rules, figures, relatives and the pieces that search reads.

use super::{editions, spans};
use jiff::civil::date;
use kb::index::{piece, signature};
use kb::lint;
use kb::measure::{Closings, measure};
use kb::model::Audience;
use kb::recur::Relatives;
use kb::relate::relate;

/// Reads up to three files, divided by lines `%%`, and judges them together.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut texts = text.splitn(3, "\n%%\n");
    let files: Vec<(&str, &str)> =
        ["2024/a.md", "2024/b.md", "c/INC-3.md"].into_iter().zip(&mut texts).collect();
    let (config, _) = editions::settings();
    let read = editions::of(&files, Audience::Internal);
    let edition = &read.value;
    relate(edition);
    let as_of = date(2026, 1, 1);
    let told = lint::check(edition, config, as_of, read.found);
    for (path, text) in &files {
        let own: Vec<_> = told.iter().filter(|finding| &*finding.file == *path).cloned().collect();
        spans::of_findings(&own, text);
    }
    measure(edition, config, as_of, &Closings::default());
    Relatives::of(edition, config);
    for published in &edition.incidents {
        piece::walk(published, config, &mut |_| {});
        signature::of_document(&published.incident.document);
    }
}
