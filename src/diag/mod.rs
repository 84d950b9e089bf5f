//! Findings: what an author can mend in content, theme or `site.toml`, each with its place.
//!
//! A [`Diagnostic`] is a fact with a span. Stages collect them beside their value ([`Checked`]); nothing stops at the
//! first one. How they look on a terminal, in JSON or in a browser is decided in [`report`] and above.

pub mod report;
mod source;
mod span;
pub mod words;

pub use source::{Lines, Position, Source, SourceMap, position};
pub use span::{Located, Span};

use std::sync::Arc;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth mending; does not stop a build unless it is strict.
    Warning,
    /// Stops a build before anything is written.
    Error,
}

impl Level {
    /// The word for people and machine formats: `warning` or `error`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How grave it is.
    pub level: Level,
    /// Stable name of the rule, such as `unknown-key`; kebab-case.
    pub code: &'static str,
    /// Shown name of the file (see [`Source::name`]).
    pub file: Arc<str>,
    /// Where in that file.
    pub span: Span,
    /// The fact, lower case, without a full stop.
    pub message: String,
    /// What to write instead, if there is something to say.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding of level error.
    pub fn error(code: &'static str, source: &Source, span: Span, message: impl Into<String>) -> Self {
        Self::new(Level::Error, code, source, span, message)
    }

    /// A finding of level warning.
    pub fn warning(code: &'static str, source: &Source, span: Span, message: impl Into<String>) -> Self {
        Self::new(Level::Warning, code, source, span, message)
    }

    /// A finding of any level.
    pub fn new(
        level: Level,
        code: &'static str,
        source: &Source,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self { level, code, file: Arc::clone(&source.name), span, message: message.into(), help: None }
    }

    /// The same finding with a hint on how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The order in which findings are told: file, place, code, message.
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        let key = |d: &Self| (Arc::clone(&d.file), d.span, d.code);
        key(self).cmp(&key(other)).then_with(|| self.message.cmp(&other.message))
    }
}

/// A value and what was found while making it; the value is usable even when there are findings.
#[derive(Debug, Clone)]
pub struct Checked<T> {
    /// What was made.
    pub value: T,
    /// What was found on the way.
    pub found: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// `value` with its findings.
    pub fn new(value: T, found: Vec<Diagnostic>) -> Self {
        Self { value, found }
    }

    /// Moves the findings into `all` and returns the value.
    pub fn unpack(self, all: &mut Vec<Diagnostic>) -> T {
        all.extend(self.found);
        self.value
    }
}

/// Whether any finding is an error.
pub fn has_errors(found: &[Diagnostic]) -> bool {
    found.iter().any(|finding| finding.level == Level::Error)
}
