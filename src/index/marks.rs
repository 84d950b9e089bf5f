//! The words of a question in a text, where they stand and how much each tells: what passages are chosen by and marked with.

use super::Index;
use super::openings::Openings;
use super::words::{Word, split};
use crate::error::Error;
use foldhash::HashMap;
use std::collections::BTreeSet;

/// What is marked, as words in lower case.
pub(super) struct Marks {
    weights: HashMap<String, (usize, f32)>,
    openings: Openings,
}

/// Where a marked word stands in a text.
pub(super) struct Place {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Number of words before it.
    pub(super) position: u32,
    /// Number of its term among those that are marked.
    pub(super) term: usize,
    pub(super) weight: f32,
}

impl Marks {
    /// All forms of `terms`; rare ones weigh more.
    pub(super) fn new(index: &Index, terms: &BTreeSet<String>) -> Result<Self, Error> {
        let mut marks = Self { weights: HashMap::default(), openings: Openings::default() };
        for (n, term) in terms.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a weight for choosing, not a count")]
            let weight = (1.0 + index.count as f32 / (1.0 + index.frequency(term)? as f32)).ln();
            for surface in index.surfaces.of_term(term) {
                marks.openings.add(surface);
                marks.weights.insert(surface.to_owned(), (n, weight));
            }
        }
        Ok(marks)
    }

    /// Whether nothing is marked.
    pub(super) fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// The marked places of `text`.
    pub(super) fn places(&self, text: &str) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        if !self.openings.may_be_in(text) {
            return places;
        }
        let mut lower = String::new();
        split(text, &mut |word: Word<'_>| {
            if !self.openings.may_begin(word.text) {
                return;
            }
            lower.clear();
            if word.text.is_ascii() {
                lower.push_str(word.text);
                lower.make_ascii_lowercase();
            } else {
                lower.push_str(&word.text.to_lowercase());
            }
            let found = self.weights.get(lower.as_str());
            if let Some((term, weight)) = found {
                let Word { start, end, position, .. } = word;
                places.push(Place { start, end, position, term: *term, weight: *weight });
            }
        });
        places
    }
}
