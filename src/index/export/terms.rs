//! One term as the page reads it: the documents that have it, how often in which column, how long those are, and where.

use super::bytes::{ascending, length, number, steps};
use crate::error::Error;
use crate::index::Index;
use crate::index::volume::ColumnReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

/// One term, encoded.
#[derive(Debug)]
pub(super) struct Encoded<'a> {
    pub(super) term: &'a str,
    pub(super) surfaces: Vec<&'a str>,
    /// A bit for every column that has it.
    pub(super) mask: u32,
    /// Its documents: a list, then for each column how often, then for each column how long. Lengths are
    /// repeated with every term because a table of all of them would cost a first search more than the rest together.
    pub(super) postings: Vec<u8>,
    /// For each column and document: the places, as steps.
    pub(super) positions: Vec<u8>,
    /// In how many documents it is: the most of any column.
    pub(super) frequency: u32,
}

/// What one column has of a term.
struct Part {
    documents: Vec<u32>,
    times: Vec<u32>,
    /// Bytes of the lengths, document by document.
    lengths: Vec<u8>,
    places: Vec<u8>,
}

/// Reads `term` back from the index; `placed` where a phrase may ask for its places.
pub(super) fn encode<'a>(
    index: &Index,
    term: &'a str,
    surfaces: Vec<&'a str>,
    placed: bool,
) -> Result<Encoded<'a>, Error> {
    let mut parts: Vec<(u32, Part)> = Vec::new();
    for (bit, reader) in (0..).zip(index.columns()) {
        if let Some(part) = part(reader, term, placed)? {
            parts.push((bit, part));
        }
    }
    let mask = parts.iter().fold(0, |mask, (bit, _)| mask | 1 << bit);
    let documents = union(&parts);
    let mut postings = Vec::new();
    ascending(&mut postings, &documents);
    for (_, part) in &parts {
        times(&mut postings, &documents, part);
    }
    let mut positions = Vec::new();
    for (_, part) in &parts {
        postings.extend_from_slice(&part.lengths);
        positions.extend_from_slice(&part.places);
    }
    let most = parts.iter().map(|(_, part)| part.documents.len()).max().unwrap_or_default();
    let frequency = u32::try_from(most).unwrap_or(u32::MAX);
    Ok(Encoded { term, surfaces, mask, postings, positions, frequency })
}

fn part(reader: &ColumnReader, term: &str, placed: bool) -> Result<Option<Part>, Error> {
    let Some(info) = reader.info(term)? else {
        return Ok(None);
    };
    let option = if placed { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
    let postings = reader.postings(&info, option)?;
    Ok(Some(read(reader, postings, info.doc_freq as usize, placed)))
}

fn read(reader: &ColumnReader, mut postings: SegmentPostings, count: usize, placed: bool) -> Part {
    let mut part = Part {
        documents: Vec::with_capacity(count),
        times: Vec::with_capacity(count),
        lengths: Vec::with_capacity(count),
        places: Vec::new(),
    };
    let mut places = Vec::new();
    let mut document = postings.doc();
    while document != TERMINATED {
        part.documents.push(document);
        part.times.push(postings.term_freq());
        part.lengths.push(reader.lengths.fieldnorm_id(document));
        if placed {
            places.clear();
            postings.positions(&mut places);
            steps(&mut part.places, &places);
        }
        document = postings.advance();
    }
    part
}

/// How often `part` has the term in each of `documents`: twice the number of documents that have it, and a number for
/// every document; where most have it not, one more, and for those that do the step to their place and a number.
fn times(out: &mut Vec<u8>, documents: &[u32], part: &Part) {
    let sparse = part.documents.len() * 2 < documents.len();
    length(out, part.documents.len() * 2 + usize::from(sparse));
    let mut own = part.documents.iter().zip(&part.times).peekable();
    let mut last = 0;
    for (place, document) in documents.iter().enumerate() {
        match own.next_if(|(one, _)| *one == document) {
            Some((_, times)) => {
                if sparse {
                    length(out, place - last);
                    last = place;
                }
                number(out, *times);
            }
            None if sparse => {}
            None => number(out, 0),
        }
    }
}

fn union(parts: &[(u32, Part)]) -> Vec<u32> {
    if let [(_, only)] = parts {
        return only.documents.clone();
    }
    let mut all: Vec<u32> = parts.iter().flat_map(|(_, part)| part.documents.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

impl Encoded<'_> {
    /// Everything but the strings and the postings: what a reader needs to find the positions.
    pub(super) fn places(&self, out: &mut Vec<u8>, file_step: u32) {
        number(out, file_step);
        length(out, self.positions.len());
    }
}
