//! From an edition to an index: one segment, documents in the edition's order, so that a document's number in tantivy is
//! its number in the edition.

use super::Index;
use super::analysis::{Analysis, Indexer};
use super::column::{ANALYSIS, Column, schema};
use super::filter::Filters;
use super::forms;
use super::piece;
use super::surfaces::Surfaces;
use crate::config::SiteConfig;
use crate::corpus::{Edition, Published};
use crate::error::Error;
use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::civil::Date;
use std::path::Path;
use tantivy::directory::{Directory, RamDirectory};
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Document, Field};
use tantivy::{SegmentReader, TantivyError};

/// What tantivy may use before it grows its tables, in bytes.
const TABLES: usize = 64 << 20;
/// File beside tantivy's own that holds the surfaces.
const SURFACES: &str = "surfaces.json";

impl Index {
    /// Indexes `edition` in memory.
    pub fn in_memory(edition: &Edition, config: &SiteConfig, today: Date) -> Result<Self, Error> {
        Self::build(edition, config, today, Box::new(RamDirectory::create()))
    }

    /// Indexes `edition` into `directory`, which must be empty.
    pub fn build(
        edition: &Edition,
        config: &SiteConfig,
        today: Date,
        directory: Box<dyn Directory>,
    ) -> Result<Self, Error> {
        let analysis = Analysis::new(config);
        let indexer = Indexer::new(analysis.clone());
        let index = write(edition, config, &indexer, directory).map_err(failed)?;
        let surfaces = indexer.surfaces();
        let bytes = serde_json::to_vec(&surfaces).map_err(failed)?;
        index.directory().atomic_write(Path::new(SURFACES), &bytes).map_err(failed)?;
        Self::over(&index, edition, config, today, analysis, surfaces)
    }

    /// Opens what [`Index::build`] wrote for the same edition.
    pub fn open(
        edition: &Edition,
        config: &SiteConfig,
        today: Date,
        directory: Box<dyn Directory>,
    ) -> Result<Self, Error> {
        let index = tantivy::Index::open(directory).map_err(failed)?;
        let bytes = index.directory().atomic_read(Path::new(SURFACES)).map_err(failed)?;
        let surfaces = serde_json::from_slice(&bytes).map_err(failed)?;
        Self::over(&index, edition, config, today, Analysis::new(config), surfaces)
    }

    fn over(
        index: &tantivy::Index,
        edition: &Edition,
        config: &SiteConfig,
        today: Date,
        analysis: Analysis,
        surfaces: Vec<(Box<str>, Box<str>)>,
    ) -> Result<Self, Error> {
        let segments = index.searchable_segments().map_err(failed)?;
        let segment = match segments.first() {
            Some(segment) => Some(SegmentReader::open(segment).map_err(failed)?),
            None => None,
        };
        let found = segment.as_ref().map_or(0, SegmentReader::max_doc) as usize;
        if found != edition.incidents.len() {
            let message = format!("it holds {found} documents, the site has {}", edition.incidents.len());
            return Err(Error::Index(message));
        }
        let hidden = hidden(config);
        let listed = (0u32..)
            .zip(&edition.incidents)
            .filter(|(_, one)| !is_hidden(one, &hidden))
            .map(|(n, _)| n)
            .collect();
        let surfaces = Surfaces::new(surfaces);
        Ok(Self {
            columns: super::columns(segment.as_ref(), config).map_err(failed)?,
            count: edition.incidents.len(),
            listed,
            filters: Filters::of(edition, config, today),
            forms: forms::learn(&surfaces, |surface| analysis.fold(surface)),
            surfaces,
            analysis,
            synonyms: config.search.synonyms.clone(),
        })
    }
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Index(error.to_string())
}

fn write(
    edition: &Edition,
    config: &SiteConfig,
    indexer: &Indexer,
    directory: Box<dyn Directory>,
) -> Result<tantivy::Index, TantivyError> {
    let mut builder = tantivy::Index::builder().schema(schema());
    let tokenizers = tantivy::tokenizer::TokenizerManager::new();
    tokenizers.register(ANALYSIS, indexer.clone());
    builder = builder.tokenizers(tokenizers);
    let hidden = hidden(config);
    let mut writer = builder.single_segment_index_writer::<Entry>(directory, TABLES)?;
    for published in &edition.incidents {
        let mut entry = Entry::default();
        if !is_hidden(published, &hidden) {
            piece::walk(published, config, &mut |piece| {
                entry.pieces.push((piece.column, piece.text.to_owned()));
            });
        }
        writer.add_document(entry)?;
    }
    writer.finalize()
}

/// `[search.exclude]`; what is no glob excludes nothing.
fn hidden(config: &SiteConfig) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in config.search.exclude.iter().filter_map(|text| Glob::new(text).ok()) {
        set.add(glob);
    }
    set.build().unwrap_or_default()
}

fn is_hidden(published: &Published, hidden: &GlobSet) -> bool {
    hidden.is_match(&*published.incident.path)
}

/// A document on its way into tantivy.
#[derive(Default)]
struct Entry {
    pieces: Vec<(Column, String)>,
}

impl Document for Entry {
    type Value<'a> = Text<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, Text<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        Box::new(self.pieces.iter().map(|(column, text)| (column.field(), Text(text))))
    }
}

/// One piece as tantivy wants it.
#[derive(Debug, Clone, Copy)]
struct Text<'a>(&'a str);

impl<'a> tantivy::schema::Value<'a> for Text<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(ReferenceValueLeaf::Str(self.0))
    }
}
