//! From an edition to an index: one segment, documents in the edition's order, so that a document's number in tantivy is
//! its number in the edition.

use super::Index;
use super::analysis::{Analysis, Indexer};
use super::column::{ANALYSIS, Column, schema};
use super::filter::Filters;
use super::forms::Forms;
use super::kept::Kept;
use super::piece;
use super::surfaces::{Met, Surfaces};
use super::volume::{ColumnReader, Volume, columns};
use crate::config::SiteConfig;
use crate::corpus::{Edition, Published};
use crate::error::Error;
use crate::model::Audience;
use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::{Directory, RamDirectory};
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Document, Field};
use tantivy::{SegmentReader, TantivyError};

/// What tantivy may use before it grows its tables, in bytes: for an archive, and for a few documents.
const TABLES: usize = 64 << 20;
const FEW_TABLES: usize = 512 << 10;
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
        let index = write(edition.incidents.iter(), config, &indexer, directory, TABLES).map_err(failed)?;
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
        surfaces: Vec<Met>,
    ) -> Result<Self, Error> {
        let segment = segment(index)?;
        let found = segment.as_ref().map_or(0, SegmentReader::max_doc) as usize;
        if found != edition.incidents.len() {
            let message = format!("it holds {found} documents, the site has {}", edition.incidents.len());
            return Err(Error::Index(message));
        }
        let surfaces = Surfaces::new(surfaces);
        let columns = columns(segment.as_ref(), config).map_err(failed)?.into();
        let (volumes, gone) = (vec![Volume { columns, numbers: None }], Arc::from([]));
        Ok(Self {
            means: Self::means(&volumes, &gone, edition.incidents.len()),
            volumes,
            gone,
            count: edition.incidents.len(),
            listed: listed(edition, config),
            filters: Arc::new(Filters::of(edition, config, today)),
            forms: Arc::new(Forms::learn(&surfaces, &analysis)),
            synonyms: synonyms(edition, config, &surfaces),
            surfaces,
            analysis,
            kept: Kept::default(),
        })
    }
}

/// What a few documents are in an index of their own: its columns, and the surfaces that were met.
pub(super) type Few = (Arc<[ColumnReader]>, Vec<Met>);

/// Indexes `documents` alone.
pub(super) fn few(documents: &[&Published], config: &SiteConfig, analysis: &Analysis) -> Result<Few, Error> {
    if documents.is_empty() {
        return Ok((Arc::from([]), Vec::new()));
    }
    let indexer = Indexer::new(analysis.clone());
    let directory = Box::new(RamDirectory::create());
    let index = write(documents.iter().copied(), config, &indexer, directory, FEW_TABLES).map_err(failed)?;
    let segment = segment(&index)?;
    let columns = columns(segment.as_ref(), config).map_err(failed)?;
    Ok((columns.into(), indexer.surfaces()))
}

/// Numbers of the documents that can be found.
pub(super) fn listed(edition: &Edition, config: &SiteConfig) -> Vec<u32> {
    let hidden = hidden(config);
    let numbered = (0u32..).zip(&edition.incidents);
    numbered.filter(|(_, one)| !is_hidden(one, &hidden)).map(|(number, _)| number).collect()
}

/// `[search.synonyms]`, of which the public gets what its texts say anyway: the rest may be the names of colleagues for
/// things.
fn synonyms(edition: &Edition, config: &SiteConfig, surfaces: &Surfaces) -> BTreeMap<String, Vec<String>> {
    let all = config.search.synonyms.clone();
    if edition.audience == Audience::Internal {
        return all;
    }
    let said = |text: &str| {
        let text = text.to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.all(|word| surfaces.term_of(word).is_some())
    };
    let known = all.into_iter().filter(|(word, _)| said(word));
    known
        .map(|(word, others)| (word, others.into_iter().filter(|other| said(other)).collect::<Vec<_>>()))
        .filter(|(_, others)| !others.is_empty())
        .collect()
}

fn segment(index: &tantivy::Index) -> Result<Option<SegmentReader>, Error> {
    let segments = index.searchable_segments().map_err(failed)?;
    segments.first().map(SegmentReader::open).transpose().map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Index(error.to_string())
}

fn write<'p>(
    documents: impl Iterator<Item = &'p Published>,
    config: &SiteConfig,
    indexer: &Indexer,
    directory: Box<dyn Directory>,
    tables: usize,
) -> Result<tantivy::Index, TantivyError> {
    let mut builder = tantivy::Index::builder().schema(schema());
    let tokenizers = tantivy::tokenizer::TokenizerManager::new();
    tokenizers.register(ANALYSIS, indexer.clone());
    builder = builder.tokenizers(tokenizers);
    let hidden = hidden(config);
    let mut writer = builder.single_segment_index_writer::<Entry>(directory, tables)?;
    for published in documents {
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
