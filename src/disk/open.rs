//! Opening files that may be anything: never waits on a FIFO, never touches a device, never leaves its folder.

use rustix::fs::{Mode, OFlags};
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// Opens a regular file that is no link; a FIFO or device is refused without waiting for it.
pub(super) fn open_regular(path: &Path) -> io::Result<(File, Metadata)> {
    let told = fs::symlink_metadata(path)?;
    if !told.is_file() {
        return Err(not_a_file());
    }
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok((file, metadata)) } else { Err(not_a_file()) }
}

/// The true place of `path`, if that lies in `folder`, whose own true place is `canonical`.
pub(super) fn place_inside(canonical: &Path, path: &Path) -> io::Result<PathBuf> {
    let place = fs::canonicalize(path)?;
    if place.starts_with(canonical) {
        Ok(place)
    } else {
        Err(io::Error::new(io::ErrorKind::PermissionDenied, "the link leaves the folder"))
    }
}

/// Opens the regular file at `path` for reading, links resolved, if its true place lies in `folder`.
pub fn open_inside(folder: &Path, path: &Path) -> io::Result<(File, Metadata)> {
    open_regular(&place_inside(&fs::canonicalize(folder)?, path)?)
}

fn not_a_file() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_is_followed_inside_the_folder_and_not_out_of_it() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("content");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("a.png"), "a").unwrap();
        fs::write(dir.path().join("secret"), "s").unwrap();
        fs::create_dir(dir.path().join("content-2")).unwrap();
        fs::write(dir.path().join("content-2/b.png"), "b").unwrap();
        symlink("a.png", folder.join("inside.png")).unwrap();
        symlink("../secret", folder.join("outside.png")).unwrap();
        symlink("../content-2/b.png", folder.join("sibling.png")).unwrap();

        assert!(open_inside(&folder, &folder.join("inside.png")).is_ok());
        assert!(open_inside(&folder, &folder.join("outside.png")).is_err());
        assert!(open_inside(&folder, &folder.join("sibling.png")).is_err());
        assert!(open_inside(&folder, &folder.join("../secret")).is_err());
        assert!(open_inside(&folder, &folder).is_err());
    }

    #[test]
    fn a_fifo_and_a_device_are_refused_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let fifo = dir.path().join("pipe.md");
        rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, Mode::RWXU, 0).unwrap();
        assert!(open_regular(&fifo).is_err());
        assert!(open_regular(Path::new("/dev/zero")).is_err());
    }
}
