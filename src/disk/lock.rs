//! One build at a time for one output folder: an advisory lock on a file beside it.
//!
//! The kernel drops the lock when its holder dies, so a killed build never blocks the next. The file goes when the
//! lock is given back; whoever waits on a file that has been removed meanwhile notices and takes the new one.

use crate::{Error, Result};
use rustix::fs::FlockOperation;
use rustix::io::Errno;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The right to write one output folder, until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
    held: bool,
}

impl Lock {
    /// Takes the lock at `path` for the folder `out`, or says at once that another build has it.
    pub(super) fn take(path: PathBuf, out: &Path) -> Result<Self> {
        let refused = |source: io::Error| Error::Write { path: path.clone(), source };
        for _ in 0..100 {
            let file =
                OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(refused)?;
            let held = match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => true,
                Err(Errno::WOULDBLOCK) => return Err(Error::Locked { path: out.to_owned() }),
                Err(Errno::NOSYS | Errno::NOTSUP | Errno::NOLCK) => false,
                Err(error) => return Err(refused(error.into())),
            };
            if is_still_at(&file, &path) {
                return Ok(Self { path, file, held });
            }
        }
        Err(Error::Locked { path: out.to_owned() })
    }

    /// Whether other builds are really kept out; some network file systems know no locks.
    pub(super) fn is_held(&self) -> bool {
        self.held
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.held && is_still_at(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn is_still_at(file: &File, path: &Path) -> bool {
    let same = |a: &fs::Metadata, b: &fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    matches!((file.metadata(), fs::symlink_metadata(path)), (Ok(a), Ok(b)) if same(&a, &b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_to_wait_and_the_next_may() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(".dist.kb-lock");
        let first = Lock::take(path.clone(), Path::new("dist")).unwrap();
        let second = Lock::take(path.clone(), Path::new("dist"));
        assert!(matches!(second, Err(Error::Locked { path }) if path == Path::new("dist")));
        drop(first);
        assert!(!path.exists());
        assert!(Lock::take(path, Path::new("dist")).unwrap().is_held());
    }
}
