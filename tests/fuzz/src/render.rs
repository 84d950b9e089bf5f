//! From Markdown to HTML, for pages and for feeds, for colleagues and for the public.

use super::{cpu, editions, markup};
use jiff::civil::date;
use kb::corpus::Edition;
use kb::model::Audience;
use kb::plan::{ImageSizes, Site, Words};
use kb::relate::relate;
use kb::render::html::{Place, Written, write};
use kb::theme::Theme;
use std::sync::OnceLock;

/// Renders the input for every reader.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let public = format!("---\nvisibility: public\n---\n{text}");
    for (text, audience) in [(&*text, Audience::Internal), (&public, Audience::Public)] {
        let edition = editions::of(&[("a.md", text), ("b.md", "# B\n\n## Impact\n")], audience).value;
        for plain in [false, true] {
            let most = 300 + u64::try_from(text.len() / 1024).unwrap_or(u64::MAX) * 20;
            let written = cpu::within(most, "rendering", || pages(&edition, plain));
            written.iter().for_each(|page| markup::check(&page.html));
        }
    }
}

/// Every document of `edition` as HTML.
pub(super) fn pages(edition: &Edition, plain: bool) -> Vec<Written> {
    static WORDS: OnceLock<Words> = OnceLock::new();
    static NO_SIZES: ImageSizes = ImageSizes::new();
    let words = WORDS.get_or_init(|| Words::of(&Theme::builtin(), "en").value);
    let relations = relate(edition);
    let recurrences = kb::recur::Recurrences::of(edition, &editions::settings().0);
    let closings = kb::measure::Closings::default();
    let site = Site {
        config: &editions::settings().0,
        edition,
        relations: &relations,
        recurrences: &recurrences,
        as_of: date(2026, 1, 1),
        revision: None,
        live: false,
        image_sizes: &NO_SIZES,
        closings: &closings,
        elsewhere: None,
    };
    let all = edition.incidents.iter().chain(&edition.pages);
    all.map(|published| write(Place { published, site: &site, words, root: "../", plain })).collect()
}
