//! Writing files that must not exist yet.
#![expect(clippy::disallowed_methods, reason = "folders of new files are made here")]

use crate::{Error, Result};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrote {
    /// It was written.
    New,
    /// Something stood there already and was left alone.
    Nothing,
}

/// Writes `text` to `path` and makes its folders, unless something is there: decided by the file system in one step, so
/// that two runs cannot overwrite each other.
pub(super) fn write_new(path: &Path, text: &str) -> Result<Wrote> {
    let failed = |source| Error::Write { path: path.to_path_buf(), source };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(Wrote::Nothing),
        Err(error) => return Err(failed(error)),
    };
    file.write_all(text.as_bytes()).map_err(failed)?;
    Ok(Wrote::New)
}
