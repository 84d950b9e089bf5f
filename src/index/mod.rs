//! Search: an edition becomes an [`Index`], a reader's words become [`Results`].
//!
//! ```text
//! edition ─ piece ─▶ words ─ analysis ─▶ tantivy, one segment     (build)
//! query ─ grammar ─▶ tree ─ plan ─▶ terms, phrases, filters ─ score ─▶ numbers ─ hits ─▶ passages     (search)
//! ```
//!
//! tantivy keeps terms, postings and positions; scoring is done here, because the page of a published site has to come
//! to the same numbers without tantivy. Filters come from the edition itself. Everything is a function of the edition,
//! the settings and the day.

pub mod analysis;
mod answer;
mod build;
pub mod column;
mod coverage;
mod dates;
mod evaluate;
pub mod export;
pub mod filter;
mod follow;
mod forms;
pub mod grammar;
mod hits;
mod kept;
mod length;
mod letters;
mod long;
mod marks;
mod openings;
mod phrase;
pub mod piece;
mod query;
mod ranking;
mod score;
mod set;
pub mod signature;
mod surfaces;
mod tally;
mod volume;
pub mod words;

pub use answer::Answer;
pub use evaluate::Instead;
pub use filter::Facet;
pub use follow::Following;
pub use hits::{Hit, Passage};
pub use query::{Order, Request, Results};
pub use surfaces::Surfaces;

use analysis::Analysis;
use filter::Filters;
use std::collections::BTreeMap;
use std::sync::Arc;
use volume::{ColumnReader, Volume};

/// A searchable edition.
pub struct Index {
    /// All documents of one edition; where that one was changed since, also those that were written or changed.
    volumes: Vec<Volume>,
    /// The older versions of what was changed or removed since, as they stand in the first volume.
    gone: Arc<[ColumnReader]>,
    /// Mean number of words in a document, by column.
    means: Vec<f32>,
    count: usize,
    /// Numbers of the documents that can be found, ascending.
    listed: Vec<u32>,
    filters: Arc<Filters>,
    surfaces: Surfaces,
    /// How forms of words the texts do not have become terms.
    forms: Arc<forms::Forms>,
    analysis: Analysis,
    synonyms: BTreeMap<String, Vec<String>>,
    kept: kept::Kept,
}

impl Index {
    /// How many documents the edition has.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The columns of the edition that everything was indexed of.
    fn columns(&self) -> &[ColumnReader] {
        self.volumes.first().map_or(&[], |volume| &volume.columns)
    }

    /// How many documents were written or changed since the first edition.
    fn written_since(&self) -> u32 {
        let later = self.volumes.iter().skip(1).filter_map(|volume| volume.numbers.as_ref());
        later.fold(0, |all, numbers| all + u32::try_from(numbers.len()).unwrap_or(u32::MAX))
    }

    /// The filters, for pages that list what can be asked for.
    pub fn filters(&self) -> &Filters {
        &self.filters
    }
}

#[cfg(test)]
mod stories;
