//! Pages of people: a link that says who somebody is, and leads to an address that says it too, loses both.

use super::addresses::decoded;
use super::scrub::{Place, Scrubber};
use crate::model::fold::letters;
use crate::model::text::{Inline, InlineKind, plain};

/// Shorter names are in too many addresses by chance.
const SHORTEST: usize = 3;

/// Takes the address away from links that name somebody in their words and in their address.
pub(super) fn close(all: &mut Vec<Inline>, scrubber: &Scrubber<'_>) {
    let mut kept = Vec::with_capacity(all.len());
    for mut inline in all.drain(..) {
        match &mut inline.kind {
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                close(inner, scrubber);
            }
            InlineKind::Link(link) if says_the_same(&plain(&link.text), &link.target, scrubber) => {
                kept.append(&mut link.text);
                continue;
            }
            _ => {}
        }
        kept.push(inline);
    }
    *all = kept;
}

/// Whether a name that goes from `words` stands in `address`.
fn says_the_same(words: &str, address: &str, scrubber: &Scrubber<'_>) -> bool {
    let hits = scrubber.hits(words, Place::Prose);
    if hits.is_empty() {
        return false;
    }
    let address = letters(&decoded(address));
    hits.into_iter().any(|(range, _)| {
        let name = letters(words.get(range).unwrap_or_default());
        name.len() >= SHORTEST && address.contains(&name)
    })
}
