//! What a document is divided into for searching, and how much each part counts.

use crate::config::SiteConfig;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// Name under which the analysis is registered with tantivy.
pub(super) const ANALYSIS: &str = "kb";

/// One searchable part of a document. Every piece of text stands in one column; code in a line also stands in *error*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The title.
    Title,
    /// What fixed it.
    Fix,
    /// Code blocks and code in a line: error texts, names of metrics, commands.
    Error,
    /// The short version.
    Summary,
    /// Headings, and the names the document goes by: id, components, tags, family, team.
    Headings,
    /// Root cause, whys, trigger, contributing factors.
    Causes,
    /// What was promised.
    Actions,
    /// Everything else.
    Body,
    /// The timeline.
    Timeline,
}

impl Column {
    /// All columns, in the order of the index.
    pub const ALL: [Self; 9] = [
        Self::Title,
        Self::Fix,
        Self::Error,
        Self::Summary,
        Self::Headings,
        Self::Causes,
        Self::Actions,
        Self::Body,
        Self::Timeline,
    ];

    /// The name in queries (`title:`) and in `[search.weights]`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Fix => "fix",
            Self::Error => "error",
            Self::Summary => "summary",
            Self::Headings => "headings",
            Self::Causes => "causes",
            Self::Actions => "actions",
            Self::Body => "body",
            Self::Timeline => "timeline",
        }
    }

    /// The column of this name, in any case; `heading`, `cause` and `action` are understood.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let plural = format!("{name}s");
        Self::ALL.into_iter().find(|column| column.name() == name || column.name() == plural)
    }

    /// How much a word counts here, unless `[search.weights]` says otherwise.
    pub fn weight(self, config: &SiteConfig) -> f32 {
        let stated = config.search.weights.get(self.name()).copied();
        stated.filter(|weight| weight.is_finite() && *weight > 0.0).unwrap_or(match self {
            Self::Title => 3.0,
            Self::Fix | Self::Error | Self::Summary => 2.0,
            Self::Headings | Self::Causes => 1.5,
            Self::Actions | Self::Body => 1.0,
            Self::Timeline => 0.5,
        })
    }

    /// Place in [`Column::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The tantivy field: columns are the schema's only fields, in order.
    pub(super) fn field(self) -> Field {
        Field::from_field_id(self as u32)
    }
}

/// The schema: one unstored text field with positions per column. Filters are no part of it, see `filter`.
pub(super) fn schema() -> Schema {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(ANALYSIS)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    for column in Column::ALL {
        schema.add_text_field(column.name(), TextOptions::default().set_indexing_options(indexing.clone()));
    }
    schema.build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_fields_stand_in_the_same_order() {
        let schema = schema();
        for column in Column::ALL {
            assert_eq!(schema.get_field_name(column.field()), column.name());
            assert_eq!(Column::ALL[column.index()], column);
        }
    }

    #[test]
    fn weights_can_be_set_and_nonsense_is_ignored() {
        let mut config = SiteConfig::default();
        config.search.weights = [("title".to_owned(), 5.0), ("body".to_owned(), f32::NAN)].into();
        assert!((Column::Title.weight(&config) - 5.0).abs() < f32::EPSILON);
        assert!((Column::Body.weight(&config) - 1.0).abs() < f32::EPSILON);
    }
}
