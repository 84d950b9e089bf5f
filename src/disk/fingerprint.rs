//! A hash over files that are inputs of a build beside the postmortems: settings, tickets, themes, attachments.

use super::names::is_passed_over;
use super::open::open_regular;
use rayon::prelude::*;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Hashes the names and bytes of the files that lie directly in `root`, of all below `root/themes`, and of `attachments`.
/// `None` where one of them cannot be read.
pub fn fingerprint(root: &Path, attachments: Vec<PathBuf>) -> Option<blake3::Hash> {
    let mut files = attachments;
    for (folder, depth) in [(root.to_owned(), 1), (root.join("themes"), usize::MAX)] {
        if folder.is_dir() {
            files.extend(below(&folder, depth)?);
        }
    }
    files.sort();
    files.dedup();
    let hashes: Option<Vec<blake3::Hash>> = files.par_iter().map(|file| hash(file)).collect();
    let mut all = blake3::Hasher::new();
    for (file, hash) in files.iter().zip(hashes?) {
        all.update(file.as_os_str().as_encoded_bytes());
        all.update(&[0]);
        all.update(hash.as_bytes());
    }
    Some(all.finalize())
}

fn below(folder: &Path, depth: usize) -> Option<Vec<PathBuf>> {
    let walk = WalkDir::new(folder).min_depth(1).max_depth(depth).follow_links(false).into_iter();
    let wanted = walk
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(is_passed_over));
    let mut files = Vec::new();
    for entry in wanted {
        let entry = entry.ok()?;
        if entry.file_type().is_file() || entry.file_type().is_symlink() {
            files.push(entry.into_path());
        }
    }
    Some(files)
}

/// A link counts as what it leads to; what is no regular file counts as nothing at all.
fn hash(file: &Path) -> Option<blake3::Hash> {
    let place = fs::canonicalize(file).ok()?;
    if !place.is_file() {
        return Some(blake3::hash(&[]));
    }
    let (mut file, _) = open_regular(&place).ok()?;
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut file, &mut hasher).ok()?;
    Some(hasher.finalize())
}
