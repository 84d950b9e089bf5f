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
mod forms;
pub mod grammar;
mod hits;
mod long;
pub mod piece;
mod query;
mod score;
pub mod signature;
mod surfaces;
pub mod words;

pub use answer::Answer;
pub use evaluate::Instead;
pub use filter::Facet;
pub use hits::{Hit, Passage};
pub use query::{Order, Request, Results};
pub use surfaces::Surfaces;

use crate::config::SiteConfig;
use analysis::Analysis;
use column::Column;
use filter::Filters;
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::{InvertedIndexReader, SegmentReader, TantivyError};

/// A searchable edition.
pub struct Index {
    columns: Vec<ColumnReader>,
    count: usize,
    /// Numbers of the documents that can be found, ascending.
    listed: Vec<u32>,
    filters: Filters,
    surfaces: Surfaces,
    /// How forms of words the texts do not have become terms.
    forms: Vec<forms::Rule>,
    analysis: Analysis,
    synonyms: BTreeMap<String, Vec<String>>,
}

/// What tantivy keeps of one column.
struct ColumnReader {
    column: Column,
    weight: f32,
    /// Words in all documents.
    words: u64,
    /// Mean number of words in a document.
    mean: f32,
    terms: Arc<InvertedIndexReader>,
    lengths: FieldNormReader,
}

fn columns(segment: Option<&SegmentReader>, config: &SiteConfig) -> Result<Vec<ColumnReader>, TantivyError> {
    let Some(segment) = segment else {
        return Ok(Vec::new());
    };
    let read = |column: Column| {
        let terms = segment.inverted_index(column.field())?;
        let words = terms.total_num_tokens();
        #[expect(
            clippy::cast_precision_loss,
            reason = "a mean needs no more than the seven digits of an f32"
        )]
        let mean = words as f32 / segment.max_doc().max(1) as f32;
        let lengths = segment.get_fieldnorms_reader(column.field())?;
        Ok(ColumnReader { column, weight: column.weight(config), words, mean, terms, lengths })
    };
    Column::ALL.into_iter().map(read).collect()
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

    /// The filters, for pages that list what can be asked for.
    pub fn filters(&self) -> &Filters {
        &self.filters
    }
}

#[cfg(test)]
mod stories;
