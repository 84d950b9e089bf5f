//! What tantivy keeps of some documents: one segment, column by column, and which numbers the documents have.

use super::Index;
use super::column::Column;
use crate::config::SiteConfig;
use crate::error::Error;
use std::io;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{InvertedIndexReader, SegmentReader, TantivyError, Term};

/// One segment and the numbers of its documents.
pub(super) struct Volume {
    pub(super) columns: Arc<[ColumnReader]>,
    /// Numbers in the edition by number in the segment; where there are none the two are the same. They ascend, apart
    /// from [`GONE`].
    pub(super) numbers: Option<Vec<u32>>,
}

/// The number of what is in the edition no more.
pub(super) const GONE: u32 = u32::MAX;

/// What tantivy keeps of one column.
pub(super) struct ColumnReader {
    pub(super) column: Column,
    pub(super) weight: f32,
    /// Words in all documents.
    pub(super) words: u64,
    pub(super) terms: Arc<InvertedIndexReader>,
    pub(super) lengths: FieldNormReader,
}

/// The columns of `segment`; none where there is no document.
pub(super) fn columns(
    segment: Option<&SegmentReader>,
    config: &SiteConfig,
) -> Result<Vec<ColumnReader>, TantivyError> {
    let Some(segment) = segment else {
        return Ok(Vec::new());
    };
    let read = |column: Column| {
        let terms = segment.inverted_index(column.field())?;
        let words = terms.total_num_tokens();
        let lengths = segment.get_fieldnorms_reader(column.field())?;
        Ok(ColumnReader { column, weight: column.weight(config), words, terms, lengths })
    };
    Column::ALL.into_iter().map(read).collect()
}

impl Volume {
    /// The number in the edition of the document with `number` in the segment; `None` where it is gone.
    pub(super) fn number(&self, number: u32) -> Option<u32> {
        let Some(numbers) = &self.numbers else { return Some(number) };
        numbers.get(number as usize).copied().filter(|now| *now != GONE)
    }
}

impl ColumnReader {
    /// What is known of `term`; `None` where it does not occur.
    pub(super) fn info(&self, term: &str) -> Result<Option<TermInfo>, Error> {
        let term = Term::from_field_text(self.column.field(), term);
        self.terms.get_term_info(&term).map_err(|error| failed(&error))
    }

    /// The documents that `info` tells of.
    pub(super) fn postings(
        &self,
        info: &TermInfo,
        option: IndexRecordOption,
    ) -> Result<SegmentPostings, Error> {
        self.terms.read_postings_from_terminfo(info, option).map_err(|error| failed(&error))
    }
}

impl Index {
    /// In how many documents `term` occurs in the column at place `at`.
    pub(super) fn documents_with(&self, at: usize, term: &str) -> Result<u32, Error> {
        let count = |columns: &[ColumnReader]| -> Result<u32, Error> {
            let info = columns.get(at).map(|reader| reader.info(term)).transpose()?.flatten();
            Ok(info.map_or(0, |info| info.doc_freq))
        };
        let mut all = 0;
        for volume in &self.volumes {
            all += count(&volume.columns)?;
        }
        Ok(all.saturating_sub(count(&self.gone)?))
    }

    /// Mean lengths of the columns of `volumes` without those of `gone`, over `count` documents.
    #[expect(clippy::cast_precision_loss, reason = "a mean needs no more than the seven digits of an f32")]
    pub(super) fn means(volumes: &[Volume], gone: &[ColumnReader], count: usize) -> Vec<f32> {
        let words = |columns: &[ColumnReader], at: usize| columns.get(at).map_or(0, |reader| reader.words);
        let mean = |at: usize| {
            let all: u64 = volumes.iter().map(|volume| words(&volume.columns, at)).sum();
            all.saturating_sub(words(gone, at)) as f32 / count.max(1) as f32
        };
        (0..Column::ALL.len()).map(mean).collect()
    }
}

fn failed(error: &io::Error) -> Error {
    Error::Index(error.to_string())
}
