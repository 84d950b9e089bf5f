//! Words that a slip of the hand may have meant, with how many documents have them.

use super::bytes::{length, number, word};
use super::terms::Encoded;
use crate::index::surfaces::MAY_BE_MEANT;

/// `W; W × word; W × documents`: every word of letters only that is long enough, in at least `least` documents.
pub(super) fn file(all: &[Encoded<'_>], least: u32) -> Vec<u8> {
    let mut words: Vec<(&str, u32)> = Vec::new();
    for one in all.iter().filter(|one| one.frequency >= least) {
        let plain = |surface: &&str| {
            surface.chars().count() >= MAY_BE_MEANT && surface.chars().all(char::is_alphabetic)
        };
        words.extend(one.surfaces.iter().copied().filter(plain).map(|surface| (surface, one.frequency)));
    }
    words.sort_unstable();
    let mut out = Vec::new();
    length(&mut out, words.len());
    let mut last = "";
    for (one, _) in &words {
        word(&mut out, last, one);
        last = one;
    }
    for (_, documents) in words {
        number(&mut out, documents);
    }
    out
}
