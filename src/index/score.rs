//! BM25 over one column at a time, added over columns: the numbers a published page must come to as well.
//!
//! `idf = ln(1 + (N - df + ½) / (df + ½))`, `w = idf · 2.2 · weight`, and a document adds
//! `w · tf / (tf + 1.2 · (¼ + ¾ · length / mean))`, with lengths in steps of half an octave ([`length`]). Phrases:
//! [`phrase`](super::phrase).

use super::Index;
use super::column::Column;
use super::length;
use super::ranking::Scored;
use super::tally::Tally;
use super::volume::{ColumnReader, Volume};
use crate::error::Error;
use std::sync::Arc;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

const K1: f32 = 1.2;
const B: f32 = 0.75;

impl Index {
    /// Documents with `term`, in `column` or anywhere.
    pub(super) fn term(&self, term: &str, column: Option<Column>) -> Result<Scored, Error> {
        let mut sum = Tally::new(self.count);
        if column.is_none() {
            return Ok(self.anywhere(&mut sum, term)?.to_vec());
        }
        self.add_term(&mut sum, term, column)?;
        Ok(sum.into_scored())
    }

    /// Documents with `term` in any column; `sum` is empty before and after.
    fn anywhere(&self, sum: &mut Tally, term: &str) -> Result<Arc<Scored>, Error> {
        if let Some(known) = self.kept.get(term) {
            return Ok(known);
        }
        self.add_term(sum, term, None)?;
        let found = Arc::new(sum.take());
        self.kept.keep(term, &found);
        Ok(found)
    }

    /// Documents of `found` or with any of `terms`, each with its best score.
    pub(super) fn best_of(
        &self,
        found: &Scored,
        terms: &[String],
        column: Option<Column>,
    ) -> Result<Scored, Error> {
        let (mut best, mut sum) = (Tally::new(self.count), Tally::new(self.count));
        for (number, score) in found {
            best.raise(*number, *score);
        }
        for term in terms {
            if column.is_none() {
                self.anywhere(&mut sum, term)?.iter().for_each(|(number, score)| best.raise(*number, *score));
                continue;
            }
            self.add_term(&mut sum, term, column)?;
            sum.drain(|number, score| best.raise(number, score));
        }
        Ok(best.into_scored())
    }

    /// Adds what `term` is worth to every document that has it.
    fn add_term(&self, sum: &mut Tally, term: &str, column: Option<Column>) -> Result<(), Error> {
        for at in asked(column) {
            let Some(weight) = self.weigh(at, term)? else {
                continue;
            };
            for volume in &self.volumes {
                self.add_term_in(sum, volume, (at, term, weight))?;
            }
        }
        Ok(())
    }

    fn add_term_in(
        &self,
        sum: &mut Tally,
        volume: &Volume,
        (at, term, weight): (usize, &str, f32),
    ) -> Result<(), Error> {
        let Some(reader) = volume.columns.get(at) else { return Ok(()) };
        let Some(info) = reader.info(term)? else { return Ok(()) };
        let mut postings = reader.postings(&info, IndexRecordOption::WithFreqs)?;
        let mean = self.mean(at);
        let mut number = postings.doc();
        while number != TERMINATED {
            if let Some(now) = volume.number(number) {
                sum.add(now, reader.gain(weight, number, postings.term_freq(), mean));
            }
            number = postings.advance();
        }
        Ok(())
    }

    /// What one occurrence of `term` is worth in the column at place `at`; `None` where it does not occur.
    pub(super) fn weigh(&self, at: usize, term: &str) -> Result<Option<f32>, Error> {
        let frequency = self.documents_with(at, term)?;
        let weight = self.columns().get(at).map_or(1.0, |reader| reader.weight);
        Ok((frequency > 0).then(|| idf(self.count, frequency) * (1.0 + K1) * weight))
    }

    /// In how many documents a term occurs: the most of any column.
    pub(super) fn frequency(&self, term: &str) -> Result<u32, Error> {
        self.kept.frequency(term, || {
            let mut most = 0;
            for at in asked(None) {
                most = most.max(self.documents_with(at, term)?);
            }
            Ok(most)
        })
    }

    pub(super) fn mean(&self, at: usize) -> f32 {
        self.means.get(at).copied().unwrap_or_default()
    }
}

/// Places of the columns that are asked: one, or all.
pub(super) fn asked(column: Option<Column>) -> impl Iterator<Item = usize> {
    let wanted = move |one: &Column| column.is_none_or(|column| column == *one);
    Column::ALL.into_iter().filter(wanted).map(Column::index)
}

impl ColumnReader {
    #[expect(clippy::cast_precision_loss, reason = "counts of words fit the seven digits of an f32")]
    pub(super) fn gain(&self, weight: f32, number: u32, times: u32, mean: f32) -> f32 {
        let tf = times as f32;
        let length = length::words(self.lengths.fieldnorm_id(number));
        weight * tf / (tf + K1 * (1.0 - B + B * length / mean))
    }
}

/// How much a word tells that `frequency` of `count` documents have.
#[expect(clippy::cast_precision_loss, reason = "counts of documents fit the seven digits of an f32")]
pub(super) fn idf(count: usize, frequency: u32) -> f32 {
    let rest = (count as f32 - frequency as f32).max(0.0);
    (1.0 + (rest + 0.5) / (frequency as f32 + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_word_weighs_more_than_a_common_one() {
        assert!(idf(1000, 3) > idf(1000, 300));
        assert!(idf(10, 10) > 0.0);
    }
}
