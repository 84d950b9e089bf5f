//! `theme.toml`: what a theme says of itself.

use super::DEFAULT;
use crate::diag::{Checked, Diagnostic, Source, Span};
use serde::Deserialize;

/// The keys of `theme.toml`; all may be left out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Manifest {
    /// Name for people; kept so that it may be written.
    pub(super) name: String,
    /// The theme whose files stand in for those this one lacks.
    pub(super) extends: String,
}

impl Default for Manifest {
    fn default() -> Self {
        Self { name: String::new(), extends: DEFAULT.to_owned() }
    }
}

pub(super) fn read(source: &Source) -> Checked<Manifest> {
    match toml::from_str(&source.text) {
        Ok(manifest) => Checked::new(manifest, Vec::new()),
        Err(error) => {
            let span = error.span().map_or(Span::at(0), Span::from);
            let message = error.message().trim_end_matches('.').to_owned();
            let finding =
                Diagnostic::error("theme", source, span, message).help("known keys are `name` and `extends`");
            Checked::new(Manifest::default(), vec![finding])
        }
    }
}
