//! Words of the field as they stand in `site.toml`; an unknown one is told with those that are known.

use crate::model::{ActionState, SectionKind};
use serde::Deserialize;

/// A section kind, by its word in `site.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SectionName(pub SectionKind);

impl<'de> Deserialize<'de> for SectionName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let kinds = SectionKind::ALL.map(SectionKind::word);
        SectionKind::ALL.into_iter().find(|kind| kind.word() == word).map(Self).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "unknown section kind `{word}`, expected one of {}",
                kinds.join(", ")
            ))
        })
    }
}

/// An action state, by its word in `site.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateName(pub ActionState);

impl<'de> Deserialize<'de> for StateName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let words = ActionState::ALL.map(ActionState::word);
        ActionState::ALL.into_iter().find(|state| state.word() == word).map(Self).ok_or_else(|| {
            serde::de::Error::custom(format!("unknown state `{word}`, expected one of {}", words.join(", ")))
        })
    }
}
