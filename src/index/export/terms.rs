//! One term as the page reads it: the documents that have it, how often in which column, how long those are, and where.

use super::bytes::{ascending, length, number, steps};
use crate::error::Error;
use crate::index::Index;
use crate::index::length::{LENGTHS, level};
use crate::index::volume::ColumnReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

/// How many lengths there are.
#[expect(clippy::cast_possible_truncation, reason = "there are 28")]
const LEVELS: u32 = LENGTHS.len() as u32;

/// One term, encoded.
#[derive(Debug)]
pub(super) struct Encoded<'a> {
    pub(super) term: &'a str,
    pub(super) surfaces: Vec<&'a str>,
    /// A bit for every column that has it.
    pub(super) mask: u32,
    /// Its documents: a list; where several columns have it, for each document which of these do, as bits; then column by
    /// column and document by document [`Part::occurrences`]. Lengths are repeated with every term because a table of all
    /// of them would cost a first search more than the rest together.
    pub(super) postings: Vec<u8>,
    /// For each column and document: the places, as steps.
    pub(super) positions: Vec<u8>,
    /// In how many documents it is: the most of any column.
    pub(super) frequency: u32,
}

/// What one column has of a term.
struct Part {
    documents: Vec<u32>,
    /// How often less one, times the number of lengths, and how long: a byte mostly.
    occurrences: Vec<u32>,
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
    if parts.len() > 1 {
        columns(&mut postings, &documents, &parts);
    }
    let mut positions = Vec::new();
    for (_, part) in &parts {
        for both in &part.occurrences {
            number(&mut postings, *both);
        }
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
        occurrences: Vec::with_capacity(count),
        places: Vec::new(),
    };
    let mut places = Vec::new();
    let mut document = postings.doc();
    while document != TERMINATED {
        part.documents.push(document);
        let more = postings.term_freq().saturating_sub(1);
        part.occurrences
            .push(more.saturating_mul(LEVELS) + u32::from(level(reader.lengths.fieldnorm_id(document))));
        if placed {
            places.clear();
            postings.positions(&mut places);
            steps(&mut part.places, &places);
        }
        document = postings.advance();
    }
    part
}

/// For each of `documents` which of the `parts` have it, the first one the lowest bit.
fn columns(out: &mut Vec<u8>, documents: &[u32], parts: &[(u32, Part)]) {
    let mut rests: Vec<_> = parts.iter().map(|(_, part)| part.documents.iter().peekable()).collect();
    for document in documents {
        let bits = rests
            .iter_mut()
            .enumerate()
            .map(|(bit, rest)| u32::from(rest.next_if_eq(&document).is_some()) << bit);
        number(out, bits.sum());
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
