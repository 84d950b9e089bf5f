//! Putting a finished folder in the place of the old one, and clearing what killed builds left beside it.
//!
//! The exchange is one call of the kernel: at every moment the name leads to the whole old or the whole new site.
//! Where the file system lacks it, two renames come close: a kill between them leaves the old site under a name that
//! [`recover`] knows and puts back.

use super::manifest::MARKER;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How a site came into its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Nothing differed, so nothing was touched.
    Untouched,
    /// There was no site before; one rename.
    Fresh,
    /// Old and new changed places in one step.
    Exchanged,
    /// The file system cannot exchange: two renames, with a moment in between without a site.
    Renamed,
}

/// The names that belong to one output folder, all beside it.
#[derive(Debug, Clone)]
pub(super) struct Names {
    parent: PathBuf,
    name: OsString,
}

impl Names {
    /// The names around `out`, which must have a last part.
    pub(super) fn around(out: &Path) -> io::Result<Self> {
        let name =
            out.file_name().ok_or_else(|| io::Error::other("the output folder has no name of its own"))?;
        let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty());
        Ok(Self { parent: parent.unwrap_or(Path::new(".")).to_owned(), name: name.to_owned() })
    }

    /// The folder that holds them all.
    pub(super) fn parent(&self) -> &Path {
        &self.parent
    }

    /// The lock file.
    pub(super) fn lock(&self) -> PathBuf {
        self.parent.join(self.prefixed("lock"))
    }

    /// What the last build was made from.
    pub(super) fn receipt(&self) -> PathBuf {
        self.parent.join(self.prefixed("receipt"))
    }

    /// The folder a build with this process id stages in.
    pub(super) fn stage(&self, process: u32) -> PathBuf {
        self.parent.join(self.prefixed(&format!("stage-{process}")))
    }

    fn old(&self, process: u32) -> PathBuf {
        self.parent.join(self.prefixed(&format!("old-{process}")))
    }

    fn prefixed(&self, role: &str) -> OsString {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(format!(".kb-{role}"));
        name
    }

    /// Everything beside the output whose name starts like `role`.
    fn all(&self, role: &str) -> io::Result<Vec<PathBuf>> {
        let prefix = self.prefixed(role);
        let starts = |name: &OsString| name.as_encoded_bytes().starts_with(prefix.as_encoded_bytes());
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.parent)? {
            let entry = entry?;
            if starts(&entry.file_name()) {
                found.push(entry.path());
            }
        }
        found.sort();
        Ok(found)
    }
}

/// Puts back a site that a kill between two renames had moved aside, and removes what killed builds had staged. To be
/// called with the lock held: everything found is then dead.
pub(super) fn recover(names: &Names, out: &Path) -> io::Result<()> {
    for old in names.all("old-")? {
        if !out.exists() && old.join(MARKER).is_file() {
            fs::rename(&old, out)?;
        } else {
            fs::remove_dir_all(&old)?;
        }
    }
    for stage in names.all("stage-")? {
        fs::remove_dir_all(&stage)?;
    }
    Ok(())
}

/// Puts `stage` in the place of `out` and removes what was there. On failure `out` is as it was.
pub(super) fn replace(names: &Names, stage: &Path, out: &Path) -> io::Result<How> {
    replace_with(names, stage, out, exchange)
}

fn replace_with(
    names: &Names,
    stage: &Path,
    out: &Path,
    exchange: impl Fn(&Path, &Path) -> Result<(), Errno>,
) -> io::Result<How> {
    if !out.exists() {
        fs::rename(stage, out)?;
        return Ok(How::Fresh);
    }
    let (how, old) = match exchange(stage, out) {
        Ok(()) => (How::Exchanged, stage.to_owned()),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => {
            let old = names.old(std::process::id());
            fs::rename(out, &old)?;
            if let Err(error) = fs::rename(stage, out) {
                fs::rename(&old, out)?;
                return Err(error);
            }
            (How::Renamed, old)
        }
        Err(error) => return Err(error.into()),
    };
    // The new site stands; if the old one cannot be removed, the next build will.
    let _ = fs::remove_dir_all(old);
    Ok(how)
}

fn exchange(stage: &Path, out: &Path) -> Result<(), Errno> {
    renameat_with(CWD, stage, CWD, out, RenameFlags::EXCHANGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(path: &Path, text: &str) {
        fs::create_dir(path).unwrap();
        fs::write(path.join(MARKER), text).unwrap();
    }

    fn text(path: &Path) -> String {
        fs::read_to_string(path.join(MARKER)).unwrap()
    }

    #[test]
    fn a_file_system_without_exchange_gets_two_renames_and_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let (out, stage) = (dir.path().join("dist"), dir.path().join("stage"));
        site(&out, "old");
        site(&stage, "new");
        let names = Names::around(&out).unwrap();
        let how = replace_with(&names, &stage, &out, |_, _| Err(Errno::INVAL)).unwrap();
        assert_eq!((how, text(&out).as_str()), (How::Renamed, "new"));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_refused_exchange_leaves_the_old_site() {
        let dir = tempfile::tempdir().unwrap();
        let (out, stage) = (dir.path().join("dist"), dir.path().join("stage"));
        site(&out, "old");
        site(&stage, "new");
        let names = Names::around(&out).unwrap();
        assert!(replace_with(&names, &stage, &out, |_, _| Err(Errno::BUSY)).is_err());
        assert_eq!(text(&out), "old");
    }

    #[test]
    fn a_site_moved_aside_by_a_killed_build_comes_back() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("dist");
        let names = Names::around(&out).unwrap();
        site(&names.old(7), "old");
        site(&names.stage(7), "half");
        recover(&names, &out).unwrap();
        assert_eq!(text(&out), "old");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn neighbours_with_similar_names_are_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let names = Names::around(&dir.path().join("dist")).unwrap();
        for other in [".dist2.kb-stage-1", "dist.kb-stage-1", ".dist.kb"] {
            fs::create_dir(dir.path().join(other)).unwrap();
        }
        recover(&names, &dir.path().join("dist")).unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3);
    }
}
