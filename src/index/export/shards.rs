//! Terms into files small enough to be fetched for one word: `t` with the documents, `p` with the places.
//!
//! ```text
//! t: offset in p of the first term; T; T × { word, mask, bytes of postings, step to its p file, bytes of positions,
//!    S·2 + 1 if the term itself is written so, S × word }; A; A × { surface, its term }; postings in order of term
//! ```
//! Aliases (A) are surfaces that a reader looks for in this file while their term stands in another.

use super::bytes::{length, number, word};
use super::terms::Encoded;

/// About how large a file of terms is before compression, in bytes.
const TERMS: usize = 24 << 10;
/// The same for places: a phrase needs those of all its words.
const PLACES: usize = 8 << 10;

/// The files, and the first term of each `t`.
#[derive(Debug, Default)]
pub(super) struct Shards {
    pub(super) terms: Vec<Vec<u8>>,
    pub(super) places: Vec<Vec<u8>>,
    pub(super) bounds: Vec<String>,
}

/// Where the positions of a term lie.
#[derive(Clone, Copy)]
struct Place {
    file: u32,
    offset: usize,
}

/// Packs `all`, sorted by term as JavaScript sorts.
pub(super) fn pack(all: &[Encoded<'_>]) -> Shards {
    let (places, at) = pack_places(all);
    let groups = groups(all);
    let bounds: Vec<String> =
        groups.iter().filter_map(|group| all.get(group.start)).map(|one| one.term.to_owned()).collect();
    let aliases = aliases(all, &groups, &bounds);
    let terms = groups
        .iter()
        .zip(&aliases)
        .map(|(group, aliases)| {
            let (all, at) = (all.get(group.clone()), at.get(group.clone()));
            shard(all.unwrap_or_default(), at.unwrap_or_default(), aliases)
        })
        .collect();
    Shards { terms, places, bounds }
}

fn pack_places(all: &[Encoded<'_>]) -> (Vec<Vec<u8>>, Vec<Place>) {
    let mut files: Vec<Vec<u8>> = vec![Vec::new()];
    let mut at = Vec::with_capacity(all.len());
    for one in all {
        let full =
            files.last().is_some_and(|last| !last.is_empty() && last.len() + one.positions.len() > PLACES);
        if full {
            files.push(Vec::new());
        }
        let file = u32::try_from(files.len() - 1).unwrap_or(u32::MAX);
        if let Some(last) = files.last_mut() {
            at.push(Place { file, offset: last.len() });
            last.extend_from_slice(&one.positions);
        }
    }
    (files, at)
}

/// Which terms stand in one file together; a list longer than a file stands alone.
fn groups(all: &[Encoded<'_>]) -> Vec<std::ops::Range<usize>> {
    let size = |one: &Encoded<'_>| {
        one.postings.len() + one.term.len() + 6 + one.surfaces.iter().map(|s| s.len() / 2 + 2).sum::<usize>()
    };
    let mut groups = Vec::new();
    let (mut start, mut filled) = (0, 0);
    for (n, one) in all.iter().enumerate() {
        if filled > 0 && filled + size(one) > TERMS {
            groups.push(start..n);
            (start, filled) = (n, 0);
        }
        filled += size(one);
    }
    if start < all.len() {
        groups.push(start..all.len());
    }
    groups
}

/// For each file the surfaces a reader looks for there in vain, with their terms.
fn aliases<'a>(
    all: &[Encoded<'a>],
    groups: &[std::ops::Range<usize>],
    bounds: &[String],
) -> Vec<Vec<(&'a str, &'a str)>> {
    let mut aliases = vec![Vec::new(); groups.len()];
    for (n, group) in groups.iter().enumerate() {
        for one in all.get(group.clone()).unwrap_or_default() {
            for surface in &one.surfaces {
                let after = bounds.partition_point(|bound| !before(surface, bound));
                let home = after.saturating_sub(1);
                if home != n
                    && let Some(list) = aliases.get_mut(home)
                {
                    list.push((*surface, one.term));
                }
            }
        }
    }
    for list in &mut aliases {
        list.sort_unstable();
    }
    aliases
}

/// Whether `a` sorts before `b` in JavaScript, which compares units of UTF-16.
pub(super) fn before(a: &str, b: &str) -> bool {
    a.encode_utf16().lt(b.encode_utf16())
}

fn shard(all: &[Encoded<'_>], at: &[Place], aliases: &[(&str, &str)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(TERMS);
    length(&mut out, at.first().map_or(0, |place| place.offset));
    length(&mut out, all.len());
    let (mut last, mut file) = ("", 0);
    for (one, place) in all.iter().zip(at) {
        word(&mut out, last, one.term);
        number(&mut out, one.mask);
        length(&mut out, one.postings.len());
        one.places(&mut out, place.file - file);
        surfaces(&mut out, one);
        (last, file) = (one.term, place.file);
    }
    length(&mut out, aliases.len());
    for (surface, term) in aliases {
        word(&mut out, "", surface);
        word(&mut out, surface, term);
    }
    for one in all {
        out.extend_from_slice(&one.postings);
    }
    out
}

fn surfaces(out: &mut Vec<u8>, one: &Encoded<'_>) {
    let others: Vec<&str> = one.surfaces.iter().copied().filter(|surface| *surface != one.term).collect();
    let itself = usize::from(others.len() < one.surfaces.len());
    length(out, others.len() * 2 + itself);
    for surface in others {
        word(out, one.term, surface);
    }
}
