//! The leak guard at the door of the site: every byte passes it, and none that is internal gets by.

use crate::Result;
use crate::corpus::Secrets;
use crate::diag::{Diagnostic, Level, Span};
use crate::disk::Stage;
use crate::output::Output;
use std::sync::{Mutex, PoisonError};

/// Knows what no reader may see.
pub(super) struct Guard<'a> {
    secrets: &'a Secrets,
    /// What it found, and what else went wrong on the way.
    pub(super) troubles: &'a Mutex<Vec<Diagnostic>>,
}

impl<'a> Guard<'a> {
    pub(super) fn new(secrets: &'a Secrets, troubles: &'a Mutex<Vec<Diagnostic>>) -> Self {
        Self { secrets, troubles }
    }

    /// Takes a file in, after looking at it.
    pub(super) fn put(&self, stage: &Stage, output: &Output) -> Result<()> {
        if self.look(output.path.as_str(), &output.bytes) { stage.put(output) } else { Ok(()) }
    }

    /// Whether the file `name` may be published; what it would give away is noted.
    pub(super) fn look(&self, name: &str, bytes: &[u8]) -> bool {
        let leak = self.secrets.leak(name.as_bytes()).or_else(|| self.secrets.leak(bytes));
        if let Some(leak) = &leak {
            let message =
                format!("`{name}` would publish `{}`, which is internal (from `{}`)", leak.text, leak.source);
            let help = "mark the passage as internal, reword it, or make its source public";
            let finding = Diagnostic {
                level: Level::Error,
                code: "leak",
                file: name.into(),
                span: Span::at(0),
                message,
                help: Some(help.into()),
            };
            note(self.troubles, finding);
        }
        leak.is_none()
    }
}

pub(super) fn note(troubles: &Mutex<Vec<Diagnostic>>, trouble: Diagnostic) {
    troubles.lock().unwrap_or_else(PoisonError::into_inner).push(trouble);
}
