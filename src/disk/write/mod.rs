//! Publishing a site: staged beside the output folder, then put in its place in one step.
//!
//! [`Stage::open`] takes the lock, makes sure the folder is ours, and clears what killed builds left. Files arrive
//! through [`Stage::put`] and [`Stage::copy`], from many threads. One whose bytes are those of the old site is only
//! noted: [`Stage::commit`] links it into the staged folder, so it is not written again and keeps its time. When
//! nothing differs at all, nothing is touched.
//!
//! That a file is unchanged is never believed from the manifest alone: its bytes on disk are compared. So a file that
//! was edited, or torn by a power cut, is written again by the next build; which is why nothing waits for the disk
//! here (no `fsync`): against a kill, the exchange is enough, and after a power cut a build mends the site.

pub(super) mod file;
mod others;

use super::lock::Lock;
use super::manifest::{MARKER, Manifest, Record};
use super::swap::{How, Names, recover, replace};
use crate::output::{Output, OutputPath};
use crate::{Error, Result};
use rayon::prelude::*;
use rustix::fs::{AtFlags, Mode, linkat, mkdirat};
use rustix::io::Errno;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a build did to the output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have other bytes.
    pub written: usize,
    /// Files that were left as they were.
    pub unchanged: usize,
    /// Files of the old site that are not in the new one.
    pub removed: usize,
    /// Files beside the site that were not kb's, and stay.
    pub others: usize,
    /// How the new site came into its place.
    pub swapped: How,
}

/// A site on its way to the output folder. Dropped without [`commit`](Stage::commit), it leaves no trace.
#[derive(Debug)]
pub struct Stage {
    out: PathBuf,
    names: Names,
    old: Option<Old>,
    staged: Staged,
    _lock: Lock,
}

/// The site that stands now.
#[derive(Debug)]
struct Old {
    folder: File,
    manifest: Manifest,
    text: String,
}

/// The folder being filled; removed when dropped, unless it is the site by then.
#[derive(Debug)]
struct Staged {
    path: PathBuf,
    folder: File,
    folders: Mutex<BTreeSet<String>>,
    files: Mutex<BTreeMap<OutputPath, Noted>>,
}

#[derive(Debug, Clone, Copy)]
struct Noted {
    record: Record,
    unchanged: bool,
}

impl Stage {
    /// Prepares to replace the folder `out`, which must be absent, empty, or made by kb.
    pub fn open(out: &Path) -> Result<Self> {
        let refused = |path: &Path| {
            let path = path.to_owned();
            move |source: io::Error| Error::Write { path: path.clone(), source }
        };
        // A link to the folder stays a link: what it leads to is replaced.
        let out =
            if out.is_symlink() { fs::canonicalize(out).map_err(refused(out))? } else { out.to_owned() };
        let names = Names::around(&out).map_err(refused(&out))?;
        fs::create_dir_all(names.parent()).map_err(refused(names.parent()))?;
        let lock = Lock::take(names.lock(), &out)?;
        if lock.is_held() {
            recover(&names, &out).map_err(refused(names.parent()))?;
        }
        let old = Old::open(&out)?;
        let staged = Staged::create(names.stage(std::process::id()), &out).map_err(refused(&out))?;
        Ok(Self { out, names, old, staged, _lock: lock })
    }

    /// Takes in one file of the site. A path can be put once.
    pub fn put(&self, output: &Output) -> Result<()> {
        let record = Record { hash: blake3::hash(&output.bytes), size: output.bytes.len() as u64 };
        let same = self.old_file(&output.path, |known| *known == record);
        let unchanged = same.is_some_and(|file| file::holds(file, &output.bytes));
        self.note(&output.path, Noted { record, unchanged })?;
        if !unchanged {
            let written = self.create(&output.path).and_then(|file| file::write(file, &output.bytes));
            written.map_err(|source| self.refused(&output.path, source))?;
        }
        Ok(())
    }

    /// Takes in the regular file at `source` (no link) as `path`, without holding it in memory.
    pub fn copy(&self, source: &Path, path: &OutputPath) -> Result<()> {
        let unread = |error| Error::Read { path: source.to_owned(), source: error };
        let open = || super::open::open_regular(source).map_err(unread);
        let (mut original, metadata) = open()?;
        if let Some(old) = self.old_file(path, |known| known.size == metadata.len()) {
            if let Some(record) = file::compare(original, old).map_err(unread)? {
                return self.note(path, Noted { record, unchanged: true });
            }
            original = open()?.0;
        }
        let record = match self.create(path) {
            Ok(file) => file::copy(original, file),
            Err(error) => Err(file::Failed::Writing(error)),
        };
        match record {
            Ok(record) => self.note(path, Noted { record, unchanged: false }),
            Err(file::Failed::Reading(error)) => Err(unread(error)),
            Err(file::Failed::Writing(error)) => Err(self.refused(path, error)),
        }
    }

    /// Publishes what was put. On failure the output folder is as it was.
    pub fn commit(self) -> Result<Written> {
        let refused = |source| Error::Write { path: self.out.clone(), source };
        let noted = std::mem::take(&mut *locked(&self.staged.files));
        let manifest = Manifest(noted.iter().map(|(path, noted)| (path.clone(), noted.record)).collect());
        let old_paths = self.old.iter().flat_map(|old| old.manifest.0.keys());
        let removed = old_paths.filter(|path| !manifest.0.contains_key(*path)).count();
        let unchanged: Vec<&OutputPath> =
            noted.iter().filter(|(_, noted)| noted.unchanged).map(|(path, _)| path).collect();
        let others = self.others(&manifest).map_err(refused)?;
        let counts = |swapped| Written {
            written: noted.len() - unchanged.len(),
            unchanged: unchanged.len(),
            removed,
            others: others.len(),
            swapped,
        };
        let text = manifest.text();
        if unchanged.len() == noted.len() && self.old.as_ref().is_some_and(|old| old.text == text) {
            return Ok(counts(How::Untouched));
        }
        unchanged.par_iter().try_for_each(|path| self.keep(path))?;
        for path in &others {
            let kept = others::keep(path, &self.out, &self.staged.path);
            kept.map_err(|source| Error::Write { path: self.out.join(path), source })?;
        }
        file::create(&self.staged.folder, MARKER)
            .and_then(|file| file::write(file, text.as_bytes()))
            .map_err(refused)?;
        let how = replace(&self.names, &self.staged.path, &self.out).map_err(refused)?;
        Ok(counts(how))
    }

    /// What lies in the folder and is neither of the old site nor of the one that `manifest` lists. Where the old list is
    /// damaged nobody can tell: then nothing but the new site is there afterwards.
    fn others(&self, manifest: &Manifest) -> io::Result<Vec<PathBuf>> {
        let Some(old) = self.old.as_ref().filter(|old| old.manifest.text() == old.text) else {
            return Ok(Vec::new());
        };
        let known = |path: &str| {
            OutputPath::new(path)
                .is_some_and(|path| old.manifest.0.contains_key(&path) || manifest.0.contains_key(&path))
        };
        others::others(&self.out, known)
    }

    fn refused(&self, path: &OutputPath, source: io::Error) -> Error {
        Error::Write { path: self.out.join(path.as_str()), source }
    }

    /// The file of the old site at `path`, if the manifest's record of it satisfies `is_like`.
    fn old_file(&self, path: &OutputPath, is_like: impl Fn(&Record) -> bool) -> Option<File> {
        let old = self.old.as_ref()?;
        old.manifest.0.get(path).filter(|record| is_like(record))?;
        file::open(&old.folder, path.as_str()).ok()
    }

    fn note(&self, path: &OutputPath, noted: Noted) -> Result<()> {
        let taken =
            path.as_str() == MARKER || locked(&self.staged.files).insert(path.clone(), noted).is_some();
        if taken {
            return Err(self.refused(path, io::ErrorKind::AlreadyExists.into()));
        }
        Ok(())
    }

    fn create(&self, path: &OutputPath) -> io::Result<File> {
        self.staged.make_folders(path.as_str())?;
        file::create(&self.staged.folder, path.as_str())
    }

    /// Links an unchanged file from the old site; where links are not possible its bytes are copied.
    fn keep(&self, path: &OutputPath) -> Result<()> {
        let Some(old) = &self.old else { return Ok(()) };
        let name = path.as_str();
        let linked = self.staged.make_folders(name).and_then(|()| {
            linkat(&old.folder, name, &self.staged.folder, name, AtFlags::empty()).map_err(io::Error::from)
        });
        let kept = linked.or_else(|_| {
            let (from, to) = (file::open(&old.folder, name)?, self.create(path)?);
            file::copy(from, to).map(drop).map_err(file::Failed::into_inner)
        });
        kept.map_err(|source| self.refused(path, source))
    }
}

impl Old {
    /// The site at `out`; `None` where there is nothing, an error where it is not ours.
    fn open(out: &Path) -> Result<Option<Self>> {
        let not_ours = || Error::NotOurs { path: out.to_owned() };
        let unread = |source| Error::Read { path: out.to_owned(), source };
        match fs::metadata(out) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unread(error)),
            Ok(metadata) if !metadata.is_dir() => return Err(not_ours()),
            Ok(_) => {}
        }
        if fs::read_dir(out).map_err(unread)?.next().is_none() {
            return Ok(None);
        }
        // A repository that was put into the output is worth more than the output.
        if out.join(".git").exists() {
            return Err(Error::Repository { path: out.to_owned() });
        }
        let folder = File::open(out).map_err(unread)?;
        let mut marker = file::open(&folder, MARKER).map_err(|_| not_ours())?;
        let mut text = String::new();
        io::Read::read_to_string(&mut marker, &mut text).map_err(|_| not_ours())?;
        let manifest = Manifest::parse(&text).ok_or_else(not_ours)?;
        Ok(Some(Self { folder, manifest, text }))
    }
}

impl Staged {
    fn create(path: PathBuf, out: &Path) -> io::Result<Self> {
        fs::create_dir(&path)?;
        if let Ok(old) = fs::metadata(out) {
            fs::set_permissions(&path, old.permissions())?;
        }
        let folder = File::open(&path)?;
        Ok(Self { path, folder, folders: Mutex::default(), files: Mutex::default() })
    }

    /// Makes the folders above `file`, each once.
    fn make_folders(&self, file: &str) -> io::Result<()> {
        let Some((parent, _)) = file.rsplit_once('/') else {
            return Ok(());
        };
        let mut made = locked(&self.folders);
        if made.contains(parent) {
            return Ok(());
        }
        let ends = parent.match_indices('/').map(|(at, _)| at).chain([parent.len()]);
        for folder in ends.filter_map(|end| parent.get(..end)) {
            if !made.contains(folder) {
                match mkdirat(&self.folder, folder, Mode::from(0o777)) {
                    Ok(()) | Err(Errno::EXIST) => made.insert(folder.to_owned()),
                    Err(error) => return Err(error.into()),
                };
            }
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
