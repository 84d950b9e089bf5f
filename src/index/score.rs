//! BM25 over one column at a time, added over columns: the numbers a published page must come to as well.
//!
//! `idf = ln(1 + (N - df + ½) / (df + ½))`, `w = idf · 2.2 · weight`, and a document adds
//! `w · tf / (tf + 1.2 · (¼ + ¾ · length / mean))`, with lengths in steps of half an octave ([`length`]). A phrase has the sum
//! of its words' idf and its own tf.

use super::Index;
use super::column::Column;
use super::length;
use super::ranking::{Scored, add};
use super::tally::Tally;
use super::volume::{ColumnReader, Volume};
use crate::error::Error;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

const K1: f32 = 1.2;
const B: f32 = 0.75;

impl Index {
    /// Documents with `term`, in `column` or anywhere.
    pub(super) fn term(&self, term: &str, column: Option<Column>) -> Result<Scored, Error> {
        let mut sum = Tally::new(self.count);
        self.add_term(&mut sum, term, column)?;
        Ok(sum.into_scored())
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

    /// Documents in which the terms stand at these distances from each other.
    pub(super) fn phrase(&self, terms: &[(String, u32)], column: Option<Column>) -> Result<Scored, Error> {
        let mut sum = Scored::new();
        for at in asked(column) {
            let mut weight = 0.0;
            let mut all = true;
            for (term, _) in terms {
                let own = self.weigh(at, term)?;
                all &= own.is_some();
                weight += own.unwrap_or_default();
            }
            for volume in self.volumes.iter().filter(|_| all) {
                sum = add(sum, self.phrase_in(volume, at, terms, weight)?);
            }
        }
        Ok(sum)
    }

    fn phrase_in(
        &self,
        volume: &Volume,
        at: usize,
        terms: &[(String, u32)],
        weight: f32,
    ) -> Result<Scored, Error> {
        let mut found = Scored::new();
        let Some(reader) = volume.columns.get(at) else { return Ok(found) };
        let mut members = Vec::with_capacity(terms.len());
        for (term, offset) in terms {
            let Some(info) = reader.info(term)? else { return Ok(found) };
            let postings = reader.postings(&info, IndexRecordOption::WithFreqsAndPositions)?;
            members.push(Member { postings, offset: *offset, places: Vec::new() });
        }
        members.sort_by_key(|member| member.postings.doc_freq());
        let Some((rarest, others)) = members.split_first_mut() else {
            return Ok(found);
        };
        let mean = self.mean(at);
        let mut number = rarest.postings.doc();
        while number != TERMINATED {
            if let Some(now) = volume.number(number)
                && others.iter_mut().all(|member| member.reaches(number))
            {
                let times = occurrences(rarest, others);
                if times > 0 {
                    found.push((now, reader.gain(weight, number, times, mean)));
                }
            }
            number = rarest.postings.advance();
        }
        Ok(found)
    }

    /// What one occurrence of `term` is worth in the column at place `at`; `None` where it does not occur.
    fn weigh(&self, at: usize, term: &str) -> Result<Option<f32>, Error> {
        let frequency = self.documents_with(at, term)?;
        let weight = self.columns().get(at).map_or(1.0, |reader| reader.weight);
        Ok((frequency > 0).then(|| idf(self.count, frequency) * (1.0 + K1) * weight))
    }

    /// In how many documents a term occurs: the most of any column.
    pub(super) fn frequency(&self, term: &str) -> Result<u32, Error> {
        let mut most = 0;
        for at in asked(None) {
            most = most.max(self.documents_with(at, term)?);
        }
        Ok(most)
    }

    fn mean(&self, at: usize) -> f32 {
        self.means.get(at).copied().unwrap_or_default()
    }
}

/// Places of the columns that are asked: one, or all.
fn asked(column: Option<Column>) -> impl Iterator<Item = usize> {
    let wanted = move |one: &Column| column.is_none_or(|column| column == *one);
    Column::ALL.into_iter().filter(wanted).map(Column::index)
}

impl ColumnReader {
    #[expect(clippy::cast_precision_loss, reason = "counts of words fit the seven digits of an f32")]
    fn gain(&self, weight: f32, number: u32, times: u32, mean: f32) -> f32 {
        let tf = times as f32;
        let length = length::words(self.lengths.fieldnorm_id(number));
        weight * tf / (tf + K1 * (1.0 - B + B * length / mean))
    }
}

struct Member {
    postings: SegmentPostings,
    offset: u32,
    places: Vec<u32>,
}

impl Member {
    fn reaches(&mut self, number: u32) -> bool {
        self.postings.doc() == number
            || (self.postings.doc() < number && self.postings.seek(number) == number)
    }
}

/// How often all members stand at their distances in the document they are at.
fn occurrences(first: &mut Member, others: &mut [Member]) -> u32 {
    let read = |member: &mut Member| {
        member.places.clear();
        member.postings.positions(&mut member.places);
    };
    read(first);
    others.iter_mut().for_each(read);
    let starts = first.places.iter().filter_map(|place| place.checked_sub(first.offset));
    let all = starts.filter(|start| {
        others.iter().all(|member| member.places.binary_search(&(start + member.offset)).is_ok())
    });
    u32::try_from(all.count()).unwrap_or(u32::MAX)
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
