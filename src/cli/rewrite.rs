//! Changing a document of the content folder: whole or not at all, with its permissions and its byte order mark.
#![expect(clippy::disallowed_methods, reason = "changed documents are written here")]

use crate::diag::Source;
use crate::{Error, Result};
use std::fs;
use std::io;
use std::path::Path;

/// The mark that some editors put before a text; kb reads texts without it.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Puts `text` in the place of `source`, which was read from the file at `path`. Refuses where the file has changed since.
pub(super) fn rewrite(path: &Path, source: &Source, text: &str) -> Result<()> {
    let failed = |error| Error::Write { path: path.to_path_buf(), source: error };
    let place = fs::canonicalize(path).map_err(failed)?;
    let old = fs::read_to_string(&place).map_err(failed)?;
    let (mark, known) = match old.strip_prefix(BYTE_ORDER_MARK) {
        Some(known) => (BYTE_ORDER_MARK, known),
        None => ("", old.as_str()),
    };
    if known != &*source.text {
        let name = &source.name;
        return Err(Error::Usage(format!("`{name}` changed while it was being written; run kb again")));
    }
    replace(&place, &format!("{mark}{text}")).map_err(failed)
}

/// Puts `text` into the file at `path`, whatever it held before.
pub(super) fn put(path: &Path, text: &str) -> Result<()> {
    let failed = |error| Error::Write { path: path.to_path_buf(), source: error };
    // A link stays one: the file it leads to is replaced.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    replace(&place, text).map_err(failed)
}

/// Readers see the old text or the new one, never a part.
fn replace(place: &Path, text: &str) -> io::Result<()> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let beside = place.with_file_name(format!(".{name}.kb-new"));
    fs::write(&beside, text)?;
    if let Ok(old) = fs::metadata(place) {
        fs::set_permissions(&beside, old.permissions())?;
    }
    fs::rename(&beside, place)
}
