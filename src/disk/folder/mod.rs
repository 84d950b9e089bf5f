//! The content folder: walked once, then kept fresh path by path.
//!
//! [`ContentFolder::open`] walks (names sorted, links not followed) and reads all files in parallel. After an edit
//! [`ContentFolder::refresh`] looks at the named paths alone, so that a save among ten thousand documents costs one
//! read. [`ContentFolder::content`] hands out what is there now, in path order; texts are shared, not copied.

use super::exclude::Exclude;
use super::names::is_passed_over;
use super::read::{Entry, Place, entry, finding, of_kind};
use crate::corpus::AssetFile;
use crate::diag::{Checked, Diagnostic, Level, Source};
use crate::{Error, Result};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, FileType};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

/// Postmortems and attachments, each in path order.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// The postmortems.
    pub documents: Vec<Source>,
    /// All other files.
    pub assets: Vec<AssetFile>,
}

/// A content folder and what was read from it.
#[derive(Debug)]
pub struct ContentFolder {
    folder: PathBuf,
    root: Arc<Path>,
    exclude: Exclude,
    entries: BTreeMap<Arc<str>, Entry>,
}

impl ContentFolder {
    /// Reads `folder`. Fails only where the folder itself cannot be opened.
    pub fn open(folder: &Path, exclude: Exclude) -> Result<Self> {
        let refused = |source| Error::Read { path: folder.to_owned(), source };
        let root: Arc<Path> = fs::canonicalize(folder).map_err(refused)?.into();
        fs::read_dir(&root).map_err(refused)?;
        let mut this = Self { folder: folder.to_owned(), root, exclude, entries: BTreeMap::new() };
        this.entries = this.walk(Path::new(""));
        Ok(this)
    }

    /// The folder as it was named.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// What is there now, with what cannot be read.
    pub fn content(&self) -> Checked<Content> {
        let mut content = Content::default();
        let mut found = Vec::new();
        for (path, entry) in &self.entries {
            match entry {
                Entry::Document(source) => content.documents.push(source.clone()),
                Entry::Asset => content.assets.push(AssetFile { path: Arc::clone(path) }),
                Entry::Refused(finding) => found.push(finding.clone()),
            }
        }
        Checked::new(content, found)
    }

    /// The postmortem at `path`, relative to the folder.
    pub fn document(&self, path: &str) -> Option<&Source> {
        match self.entries.get(path)? {
            Entry::Document(source) => Some(source),
            _ => None,
        }
    }

    /// Looks again at `changed` (files or folders, however named, there or gone) and returns the relative paths that
    /// are new, different or gone, in order. An attachment counts as different wherever it or a folder around it was told:
    /// nobody looks into it.
    pub fn refresh(&mut self, changed: &[PathBuf]) -> Vec<Arc<str>> {
        let below = changed.iter().filter_map(|path| {
            path.strip_prefix(&self.folder)
                .or_else(|_| path.strip_prefix(&self.root))
                .ok()
                .map(Path::to_owned)
        });
        let below: BTreeSet<PathBuf> = below.collect();
        let mut touched = BTreeSet::new();
        for path in &below {
            self.refresh_one(path, &mut touched);
        }
        touched.into_iter().collect()
    }

    /// Reads everything again; for when it is not known what changed. Fails where the folder is gone.
    pub fn rescan(&mut self) -> Result<Vec<Arc<str>>> {
        let fresh = Self::open(&self.folder, self.exclude.clone())?;
        let mut touched = BTreeSet::new();
        let old = std::mem::replace(self, fresh).entries;
        note_differences(&old, &self.entries, &mut touched);
        Ok(touched.into_iter().collect())
    }

    /// Lets go of all texts, for a run that has read them and needs its memory; what lies where is still known.
    pub fn let_go(&mut self) {
        for entry in self.entries.values_mut() {
            if let Entry::Document(source) = entry {
                source.text = Arc::from("");
            }
        }
    }

    /// Reads the documents shown under `names` once more, after [`let_go`](Self::let_go).
    pub fn recall(&mut self, names: &BTreeSet<&str>) {
        let wanted =
            |entry: &Entry| matches!(entry, Entry::Document(source) if names.contains(&*source.name));
        let paths: Vec<Arc<str>> = self
            .entries
            .iter()
            .filter(|(_, entry)| wanted(entry))
            .map(|(path, _)| Arc::clone(path))
            .collect();
        for path in paths {
            if let Some(entry) = entry(&self.place(&path)) {
                self.entries.insert(path, entry);
            }
        }
    }

    fn refresh_one(&mut self, path: &Path, touched: &mut BTreeSet<Arc<str>>) {
        let Some(text) = path.to_str() else { return };
        let parts = || path.components().filter_map(|part| part.as_os_str().to_str());
        if parts().any(is_passed_over) || self.exclude.covers(text) {
            return;
        }
        let old = self.take_below(text);
        let place = self.place(text);
        let fresh = if text.is_empty() || is_folder(&place.file) {
            self.walk(path)
        } else {
            entry(&place).map(|entry| (place.path, entry)).into_iter().collect()
        };
        let assets = fresh.iter().filter(|(_, entry)| matches!(entry, Entry::Asset));
        touched.extend(assets.map(|(path, _)| Arc::clone(path)));
        note_differences(&old, &fresh, touched);
        self.entries.extend(fresh);
    }

    /// Takes out the entry at `path` and all below it.
    fn take_below(&mut self, path: &str) -> BTreeMap<Arc<str>, Entry> {
        if path.is_empty() {
            return std::mem::take(&mut self.entries);
        }
        let folder = format!("{path}/");
        let after = (Bound::Included(folder.as_str()), Bound::Unbounded);
        let inside = self.entries.range::<str, _>(after).map(|(name, _)| Arc::clone(name));
        let mut names: Vec<Arc<str>> = inside.take_while(|name| name.starts_with(&folder)).collect();
        names.push(path.into());
        names.into_iter().filter_map(|name| self.entries.remove_entry(&name)).collect()
    }

    fn place(&self, path: &str) -> Place {
        let name = shown(&self.folder.join(path));
        Place {
            root: Arc::clone(&self.root),
            file: self.root.join(path),
            path: path.into(),
            name: name.into(),
        }
    }

    /// Walks the folder `below` the root and reads what lies there.
    fn walk(&self, below: &Path) -> BTreeMap<Arc<str>, Entry> {
        let start = self.root.join(below);
        let mut files: Vec<(Place, FileType)> = Vec::new();
        let mut refused: Vec<(Place, Diagnostic)> = Vec::new();
        let walk = WalkDir::new(&start).min_depth(1).follow_links(false).sort_by_file_name();
        for step in walk.into_iter().filter_entry(|entry| self.is_wanted(entry)) {
            match step.map_err(|error| self.unwalkable(&error)).and_then(|step| self.step(&step)) {
                Ok(Some(file)) => files.push(file),
                Ok(None) => {}
                Err(because) => refused.push(*because),
            }
        }
        let read = files.into_par_iter().filter_map(|(place, kind)| Some((of_kind(&place, kind)?, place)));
        let mut entries: BTreeMap<_, _> = read.map(|(entry, place)| (place.path, entry)).collect();
        entries.extend(refused.into_iter().map(|(place, finding)| (place.path, Entry::Refused(finding))));
        entries
    }

    fn is_wanted(&self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 {
            return true;
        }
        let passed = entry.file_name().to_str().is_some_and(is_passed_over);
        !passed && !self.relative(entry.path()).is_some_and(|path| self.exclude.covers(&path))
    }

    fn relative(&self, path: &Path) -> Option<String> {
        path.strip_prefix(&self.root).ok()?.to_str().map(ToOwned::to_owned)
    }

    /// What one step of the walk came upon.
    fn step(&self, step: &DirEntry) -> Step {
        if let Some(path) = self.relative(step.path()) {
            let kind = step.file_type();
            return Ok((!kind.is_dir()).then(|| (self.place(&path), kind)));
        }
        let place =
            self.place(&step.path().strip_prefix(&self.root).unwrap_or(step.path()).to_string_lossy());
        let message = format!("the name `{}` is not UTF-8", place.path);
        let finding = finding(&place, Level::Error, "file-name", message).help("rename the file");
        Err(Box::new((place, finding)))
    }

    fn unwalkable(&self, error: &walkdir::Error) -> Box<(Place, Diagnostic)> {
        let path = error.path().and_then(|path| path.strip_prefix(&self.root).ok());
        let place = self.place(&path.unwrap_or(Path::new("")).to_string_lossy());
        let why =
            error.io_error().map_or_else(|| "links in a circle".to_owned(), |why| why.kind().to_string());
        let message = format!("cannot read the folder `{}`: {why}", shown(&self.folder.join(&*place.path)));
        let finding = finding(&place, Level::Error, "unreadable", message);
        Box::new((place, finding))
    }
}

/// A file to read, nothing (a folder), or why something cannot be read.
type Step = std::result::Result<Option<(Place, FileType)>, Box<(Place, Diagnostic)>>;

fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// A path as people type it: without a leading `./`.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

fn note_differences(
    old: &BTreeMap<Arc<str>, Entry>,
    new: &BTreeMap<Arc<str>, Entry>,
    touched: &mut BTreeSet<Arc<str>>,
) {
    let gone = old.keys().filter(|path| !new.contains_key(*path));
    let other =
        new.iter().filter(|(path, entry)| old.get(*path).is_none_or(|before| !is_same(before, entry)));
    touched.extend(gone.chain(other.map(|(path, _)| path)).cloned());
}

fn is_same(before: &Entry, after: &Entry) -> bool {
    match (before, after) {
        (Entry::Document(a), Entry::Document(b)) => a.text == b.text,
        (Entry::Asset, Entry::Asset) => true,
        (Entry::Refused(a), Entry::Refused(b)) => a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
