//! The settings of a project, for commands that need nothing of its content.
#![expect(clippy::disallowed_methods, reason = "commands read the project they are started in")]

use super::terminal::Terminal;
use crate::config::{self, SiteConfig};
use crate::diag::{Source, SourceMap, has_errors};
use crate::{Error, Result};
use std::io::ErrorKind;
use std::path::Path;

/// Reads `site.toml` of `dir`; the defaults where there is none. What is wrong with it is told, and errors stop.
pub(super) fn read(dir: &Path, terminal: &Terminal) -> Result<SiteConfig> {
    let path = dir.join("site.toml");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(SiteConfig::default()),
        Err(source) => return Err(Error::Read { path, source }),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let name = path.strip_prefix(".").unwrap_or(&path).display().to_string();
    let source = Source::new(name, text);
    let mut sources = SourceMap::default();
    sources.insert(&source);
    let checked = config::read(&source);
    terminal.findings(&checked.found, &sources);
    if has_errors(&checked.found) {
        return Err(Error::Findings("the settings must be mended first".into()));
    }
    Ok(checked.value)
}
