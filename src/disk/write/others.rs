//! What people keep in the output folder beside the site, such as `CNAME` or `.nojekyll`: it stays where it is.

use super::MARKER;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The files below `out`, links among them, that are not `known`: their paths, relative to it and in order. Folders in
/// which nothing lies are passed over.
pub(super) fn others(out: &Path, known: impl Fn(&str) -> bool) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in WalkDir::new(out).min_depth(1).follow_links(false).sort_by_file_name() {
        let entry = entry.map_err(io::Error::from)?;
        let Ok(path) = entry.path().strip_prefix(out) else { continue };
        let ours = path.to_str().is_some_and(|path| path == MARKER || known(path));
        if !entry.file_type().is_dir() && !ours {
            found.push(path.to_owned());
        }
    }
    Ok(found)
}

/// Puts `path`, which lies below `from`, at the same place below `to`: the same file where links are possible.
pub(super) fn keep(path: &Path, from: &Path, to: &Path) -> io::Result<()> {
    let (from, to) = (from.join(path), to.join(path));
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::hard_link(&from, &to).or_else(|error| {
        if from.is_symlink() || error.kind() == io::ErrorKind::AlreadyExists {
            return Err(error);
        }
        std::fs::copy(&from, &to).map(drop)
    })
}
