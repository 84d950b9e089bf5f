//! Front matter as written: names and values with their places, before anything is understood.

use crate::diag::{Located, Span};

/// One `key: value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::parse) struct Field {
    /// The key as written.
    pub(in crate::parse) key: Located<String>,
    /// The value.
    pub(in crate::parse) value: Located<Value>,
}

/// A value. Scalars stay text as written: `1.10`, `yes` and `2024-03-14` mean what the reader of their key says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::parse) enum Value {
    /// Nothing, or an empty string.
    Null,
    /// One word, number, date or text.
    Scalar(String),
    /// Several.
    List(Vec<Located<Value>>),
    /// Named ones.
    Map(Vec<Field>),
}

impl Value {
    /// The text of a scalar.
    pub(in crate::parse) fn text(&self) -> Option<&str> {
        match self {
            Self::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The scalars of a list, or the one scalar.
    pub(in crate::parse) fn texts(&self, span: Span) -> Vec<Located<&str>> {
        match self {
            Self::Scalar(text) => vec![Located::new(text.as_str(), span)],
            Self::List(all) => all
                .iter()
                .filter_map(|one| one.value.text().map(|text| Located::new(text, one.span)))
                .collect(),
            Self::Null | Self::Map(_) => Vec::new(),
        }
    }

    /// The same value without places, to be compared with one that stands elsewhere.
    pub(in crate::parse) fn unplaced(self) -> Self {
        match self {
            Self::List(all) => {
                let all = all.into_iter().map(|one| Located::new(one.value.unplaced(), Span::default()));
                Self::List(all.collect())
            }
            Self::Map(fields) => Self::Map(
                fields
                    .into_iter()
                    .map(|field| Field {
                        key: Located::new(field.key.value, Span::default()),
                        value: Located::new(field.value.value.unplaced(), Span::default()),
                    })
                    .collect(),
            ),
            plain => plain,
        }
    }

    /// The value on one line, for themes.
    pub(in crate::parse) fn shown(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Scalar(text) => text.clone(),
            Self::List(all) => all.iter().map(|one| one.value.shown()).collect::<Vec<_>>().join(", "),
            Self::Map(all) => {
                let pairs =
                    all.iter().map(|field| format!("{}: {}", field.key.value, field.value.value.shown()));
                pairs.collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// What a person would call the kind of value.
    pub(in crate::parse) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Scalar(_) => "one value",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}
