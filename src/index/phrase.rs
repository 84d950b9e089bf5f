//! Words at given distances from each other. As in [`score`](super::score) each column is asked alone and the columns are
//! added; a phrase has the sum of its words' idf, and its own occurrences for tf.

use super::Index;
use super::column::Column;
use super::ranking::{Scored, add};
use super::score::asked;
use super::tally::Tally;
use super::volume::{ColumnReader, Volume};
use crate::error::Error;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

/// A word of a phrase: its term, and its distance from where the phrase is counted from.
type Placed = (String, u32);

/// Where the first words of a phrase stand in one column of one volume.
struct Opening<'i> {
    volume: &'i Volume,
    reader: &'i ColumnReader,
    at: usize,
    /// What the words are worth.
    weight: f32,
    /// Documents by their number in the segment, ascending, each with the end of its own `starts`.
    documents: Vec<(u32, usize)>,
    /// Where the phrase begins in them, document after document; ascending within each.
    starts: Vec<u32>,
}

impl Index {
    /// Documents in which the terms stand at these distances from each other.
    pub(super) fn phrase(&self, terms: &[Placed], column: Option<Column>) -> Result<Scored, Error> {
        let mut sum = Scored::new();
        for opening in self.openings(terms, column)? {
            let mean = self.mean(opening.at);
            let gain = |(number, starts): (u32, &[u32])| {
                let times = u32::try_from(starts.len()).unwrap_or(u32::MAX);
                let now = opening.volume.number(number)?;
                Some((now, opening.reader.gain(opening.weight, number, times, mean)))
            };
            sum = add(sum, opening.each().filter_map(gain).collect());
        }
        Ok(sum)
    }

    /// For each of `lasts` the documents in which `terms` stand at their distances and it stands at `place`. Where the first
    /// words stand is looked up once, however many words may follow them.
    pub(super) fn phrases(
        &self,
        terms: &[Placed],
        (lasts, place): (&[String], u32),
        column: Option<Column>,
    ) -> Result<Vec<Scored>, Error> {
        let openings = self.openings(terms, column)?;
        let mut sum = Tally::new(self.count);
        let mut all = Vec::with_capacity(lasts.len());
        for last in lasts {
            for opening in &openings {
                self.follow(&mut sum, opening, (last, place))?;
            }
            all.push(sum.take());
        }
        Ok(all)
    }

    /// Where `terms` stand at their distances, in every column that has them all.
    fn openings(&self, terms: &[Placed], column: Option<Column>) -> Result<Vec<Opening<'_>>, Error> {
        let mut openings = Vec::new();
        for at in asked(column) {
            let mut weight = 0.0;
            let mut all = !terms.is_empty();
            for (term, _) in terms {
                let own = self.weigh(at, term)?;
                all &= own.is_some();
                weight += own.unwrap_or_default();
            }
            for volume in self.volumes.iter().filter(|_| all) {
                let Some(reader) = volume.columns.get(at) else { continue };
                let (documents, starts) = (Vec::new(), Vec::new());
                let mut opening = Opening { volume, reader, at, weight, documents, starts };
                opening.read(terms)?;
                if !opening.documents.is_empty() {
                    openings.push(opening);
                }
            }
        }
        Ok(openings)
    }

    /// Adds what it is worth to each document of `opening` that `last` stands at `place` of the phrase.
    fn follow(
        &self,
        sum: &mut Tally,
        opening: &Opening<'_>,
        (last, place): (&str, u32),
    ) -> Result<(), Error> {
        let Some(own) = self.weigh(opening.at, last)? else { return Ok(()) };
        let Some(info) = opening.reader.info(last)? else { return Ok(()) };
        let (weight, mean) = (opening.weight + own, self.mean(opening.at));
        let mut postings = opening.reader.postings(&info, IndexRecordOption::WithFreqsAndPositions)?;
        let mut places = Vec::new();
        for (number, starts) in opening.each() {
            if postings.doc() < number {
                postings.seek(number);
            }
            if postings.doc() == TERMINATED {
                break;
            }
            if postings.doc() != number {
                continue;
            }
            postings.positions(&mut places);
            let times = starts.iter().filter(|start| places.binary_search(&(*start + place)).is_ok()).count();
            if let Some(now) = opening.volume.number(number).filter(|_| times > 0) {
                let times = u32::try_from(times).unwrap_or(u32::MAX);
                sum.add(now, opening.reader.gain(weight, number, times, mean));
            }
        }
        Ok(())
    }
}

impl Opening<'_> {
    /// Fills in where `terms` stand.
    fn read(&mut self, terms: &[Placed]) -> Result<(), Error> {
        let mut members = Vec::with_capacity(terms.len());
        for (term, offset) in terms {
            let Some(info) = self.reader.info(term)? else { return Ok(()) };
            let postings = self.reader.postings(&info, IndexRecordOption::WithFreqsAndPositions)?;
            members.push(Member { postings, offset: *offset, places: Vec::new() });
        }
        members.sort_by_key(|member| member.postings.doc_freq());
        let Some((rarest, others)) = members.split_first_mut() else { return Ok(()) };
        let mut number = rarest.postings.doc();
        while number != TERMINATED {
            if self.volume.number(number).is_some() && others.iter_mut().all(|member| member.reaches(number))
            {
                let before = self.starts.len();
                occurrences(rarest, others, &mut self.starts);
                if self.starts.len() > before {
                    self.documents.push((number, self.starts.len()));
                }
            }
            number = rarest.postings.advance();
        }
        Ok(())
    }

    /// Every document with the places where the phrase begins in it.
    fn each(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let begins = std::iter::once(0).chain(self.documents.iter().map(|(_, end)| *end));
        let ranges = begins.zip(&self.documents);
        ranges.map(|(begin, (number, end))| (*number, self.starts.get(begin..*end).unwrap_or_default()))
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

/// Where all members stand at their distances in the document they are at.
fn occurrences(first: &mut Member, others: &mut [Member], into: &mut Vec<u32>) {
    let read = |member: &mut Member| member.postings.positions(&mut member.places);
    read(first);
    others.iter_mut().for_each(read);
    let starts = first.places.iter().filter_map(|place| place.checked_sub(first.offset));
    into.extend(starts.filter(|start| {
        others.iter().all(|member| member.places.binary_search(&(start + member.offset)).is_ok())
    }));
}
