//! The index as small compressed files that a page reads without a server: the same terms, the same numbers.
//!
//! | file | holds |
//! |---|---|
//! | `index` | what there is, in JSON ([`head`]) |
//! | `t{i}`, `p{i}` | terms with their documents; the places of the terms ([`shards`]) |
//! | `x-{facet}`, `x-id`, `x-date` | what can be filtered by ([`filters`]) |
//! | `d{i}`, `f{i}` | rows of documents; their texts ([`documents`]) |
//! | `spell` | words that may have been meant ([`spell`]) |
//!
//! Every file starts with a mark, a hash of all of them, and is one gzip member ([`shelf`]). Numbers, words and lists are
//! written as in [`bytes`]. The same edition, settings and day give the same bytes.

mod bytes;
mod documents;
mod filters;
mod head;
mod shards;
mod shelf;
mod spell;
mod terms;

pub use shelf::Sink;

use super::Index;
use super::filter::Facet;
use crate::config::SiteConfig;
use crate::corpus::{Edition, Published};
use crate::error::Error;
use head::Head;
use rayon::prelude::*;
use serde::Serialize;
use shards::Shards;
use shelf::Shelf;
use terms::Encoded;

/// Files that some hosts take at most.
const MOST_FILES: usize = 20_000;
/// Files of an index beside the texts, at most, about.
const OTHERS: usize = 2_000;

/// How the files are made.
pub struct Options<'a> {
    /// Gives the address of a document from the root of the site.
    pub link: &'a (dyn Fn(&Published) -> String + Sync),
    /// How many documents share a file of text; where not said, as few as keep the site below 20,000 files.
    pub frag: Option<usize>,
    /// Whether the files are also written as scripts, which work from `file://`.
    pub offline: bool,
}

impl Index {
    /// Gives every file of this index, which was made of `edition`, to `sink`.
    ///
    /// # Errors
    /// Where the index cannot be read back, and what `sink` says.
    pub fn export(
        &self,
        edition: &Edition,
        config: &SiteConfig,
        options: &Options<'_>,
        sink: Sink<'_>,
    ) -> Result<(), Error> {
        let all = self.terms()?;
        let shards = shards::pack(&all);
        let least = self.least_meant();
        let mut files = filters::files(&self.filters);
        files.push(("spell".to_owned(), spell::file(&all, least)));
        drop(all);
        let frag = options.frag.unwrap_or_else(|| frag(self.count)).max(1);
        let texts = Texts { edition, config, options, frag, listed: &self.listed };
        let head = Head::new(self, &shards.bounds, frag);
        let generation = generation(&json(&head)?, &shards, &files, &texts);
        let shelf = Shelf { generation, offline: options.offline, sink };
        shelf.single("index", &json(&head.marked(generation))?)?;
        files.par_iter().try_for_each(|(name, content)| shelf.single(name, content))?;
        let copy = |files: &[Vec<u8>], n: usize| files.get(n).cloned().unwrap_or_default();
        shelf.numbered("t", shards.terms.len(), |n| copy(&shards.terms, n))?;
        shelf.numbered("p", shards.places.len(), |n| copy(&shards.places, n))?;
        shelf.numbered("d", self.count.div_ceil(documents::ROWS), |n| texts.rows(n))?;
        shelf.numbered("f", self.count.div_ceil(frag), |n| texts.texts(n))
    }

    /// Every word of the index and every value of its filters, a line each.
    pub fn plain_words(&self) -> String {
        let mut words = String::new();
        let values = Facet::ALL.into_iter().flat_map(|facet| self.filters.values(facet));
        let names = values.chain(self.filters.named()).map(|(name, _)| name);
        for word in self.surfaces.iter().map(|(surface, _)| surface).chain(names) {
            words.push_str(word);
            words.push('\n');
        }
        words
    }

    /// Every term, in the order of the files.
    fn terms(&self) -> Result<Vec<Encoded<'_>>, Error> {
        let mut by_term = self.surfaces.by_term();
        by_term.sort_by(|a, b| if a.0.is_ascii() && b.0.is_ascii() { a.0.cmp(b.0) } else { utf16(a.0, b.0) });
        by_term
            .into_par_iter()
            .map(|(term, surfaces)| {
                let placed = !surfaces.iter().all(|surface| self.analysis.is_stop(surface));
                terms::encode(self, term, surfaces, placed)
            })
            .collect()
    }
}

/// How many documents share a file of text. Every document has two files of its own, a page and its data. A site that is
/// too large however its texts are packed has no use for packing.
fn frag(count: usize) -> usize {
    let files = |frag: &usize| count * 2 + count.div_ceil(*frag) + count.div_ceil(documents::ROWS) + OTHERS;
    [1, 2, 4].into_iter().find(|frag| files(frag) <= MOST_FILES).unwrap_or(1)
}

fn utf16(a: &str, b: &str) -> std::cmp::Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// The documents as rows and as texts.
struct Texts<'a> {
    edition: &'a Edition,
    config: &'a SiteConfig,
    options: &'a Options<'a>,
    frag: usize,
    /// Numbers of the documents that can be found; of others nothing is written.
    listed: &'a [u32],
}

impl Texts<'_> {
    fn rows(&self, n: usize) -> Vec<u8> {
        let row = |one| documents::row(one, self.options.link);
        let rows: Vec<_> = self.some(n, documents::ROWS).map(|one| one.map(row)).collect();
        json(&rows).unwrap_or_default()
    }

    fn texts(&self, n: usize) -> Vec<u8> {
        let text = |one| {
            (
                documents::row(one, self.options.link),
                documents::sections(one, self.config),
                documents::fix(one),
            )
        };
        let texts: Vec<_> = self.some(n, self.frag).map(|one| one.map(text)).collect();
        json(&texts).unwrap_or_default()
    }

    /// The documents of file `n`; none for one that is not found.
    fn some(&self, n: usize, each: usize) -> impl Iterator<Item = Option<&Published>> {
        let numbered = (0u32..).zip(&self.edition.incidents).skip(n * each).take(each);
        numbered.map(|(number, one)| self.listed.binary_search(&number).is_ok().then_some(one))
    }
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(value).map_err(|error| Error::Index(error.to_string()))
}

/// The mark of an index: a hash of all that is in it.
fn generation(head: &[u8], shards: &Shards, files: &[(String, Vec<u8>)], texts: &Texts<'_>) -> u32 {
    let count = texts.edition.incidents.len().div_ceil(texts.frag);
    let of_texts: Vec<blake3::Hash> =
        (0..count).into_par_iter().map(|n| blake3::hash(&texts.texts(n))).collect();
    let mut hasher = blake3::Hasher::new();
    let parts = shards.terms.iter().chain(&shards.places).chain(files.iter().map(|(_, bytes)| bytes));
    for bytes in parts.map(Vec::as_slice).chain([head]) {
        hasher.update(blake3::hash(bytes).as_bytes());
    }
    for hash in of_texts {
        hasher.update(hash.as_bytes());
    }
    shelf::mark(&hasher.finalize())
}

#[cfg(test)]
mod tests;
