//! The first file a page asks for: what it has to know before it can look for a word.

use super::documents::ROWS;
use crate::index::Index;
use crate::index::filter::Facet;
use serde::Serialize;
use std::collections::BTreeMap;

/// Stop words that readers type even where no text has them; the language decides which of them count.
const TYPED: [&str; 33] = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no",
    "not", "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to",
    "was", "will", "with",
];

/// The JSON of `index`; keys are short because every visitor loads it.
#[derive(Serialize)]
pub(super) struct Head<'i> {
    v: u8,
    #[serde(rename = "gen")]
    generation: u32,
    /// Documents.
    n: usize,
    /// Name, weight and number of words of each column.
    fields: Vec<(&'static str, f32, u64)>,
    /// Facets that have a file.
    filters: Vec<&'static str>,
    rules: &'i [(String, String)],
    stops: Vec<&'i str>,
    /// The first term of each `t`.
    bounds: &'i [String],
    synonyms: &'i BTreeMap<String, Vec<String>>,
    /// Documents that are not found.
    hidden: Vec<u32>,
    /// Documents in a `d` and in an `f`.
    rows: usize,
    frag: usize,
}

impl<'i> Head<'i> {
    pub(super) fn new(index: &'i Index, bounds: &'i [String], frag: usize) -> Self {
        let words = index.surfaces.iter().map(|(surface, _)| surface).chain(TYPED);
        let mut stops: Vec<&str> = words.filter(|word| index.analysis.is_stop(word)).collect();
        stops.sort_unstable();
        stops.dedup();
        let count = u32::try_from(index.count).unwrap_or(u32::MAX);
        Self {
            v: 2,
            generation: 0,
            n: index.count,
            fields: index.columns().iter().map(|one| (one.column.name(), one.weight, one.words)).collect(),
            filters: Facet::ALL
                .into_iter()
                .filter(|facet| index.filters.values(*facet).next().is_some())
                .map(Facet::name)
                .collect(),
            rules: &index.forms.rules,
            stops,
            bounds,
            synonyms: &index.synonyms,
            hidden: (0..count).filter(|n| index.listed.binary_search(n).is_err()).collect(),
            rows: ROWS,
            frag,
        }
    }

    pub(super) fn marked(self, generation: u32) -> Self {
        Self { generation, ..self }
    }
}
