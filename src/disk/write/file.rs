//! Single files, named relative to an open folder: create, compare, copy with the hash taken on the way.

use super::super::manifest::Record;
use rustix::fs::{Mode, OFlags, openat};
use std::fs::File;
use std::io::{self, Read, Write};

const CHUNK: usize = 64 * 1024;

/// Which side of a copy failed.
pub(super) enum Failed {
    Reading(io::Error),
    Writing(io::Error),
}

impl Failed {
    pub(super) fn into_inner(self) -> io::Error {
        match self {
            Self::Reading(error) | Self::Writing(error) => error,
        }
    }
}

/// Opens a file below `folder` for reading; links and pipes in its place are not followed or waited for.
pub(in crate::disk) fn open(folder: &File, path: &str) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(File::from(openat(folder, path, flags, Mode::empty())?))
}

/// Creates a file below `folder`; fails where the name is taken.
pub(super) fn create(folder: &File, path: &str) -> io::Result<File> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
    Ok(File::from(openat(folder, path, flags, Mode::from(0o666))?))
}

/// Writes all `bytes`.
pub(super) fn write(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)
}

/// Whether a file holds exactly `bytes`.
pub(super) fn holds(mut file: File, bytes: &[u8]) -> bool {
    let mut buffer = vec![0; CHUNK.min(bytes.len() + 1)];
    let mut rest = bytes;
    loop {
        match fill(&mut file, &mut buffer) {
            Ok(0) => return rest.is_empty(),
            Ok(n) => match buffer.get(..n).and_then(|read| rest.strip_prefix(read)) {
                Some(left) => rest = left,
                None => return false,
            },
            Err(_) => return false,
        }
    }
}

/// The record of `original` if `old` holds the same bytes.
pub(super) fn compare(mut original: File, mut old: File) -> io::Result<Option<Record>> {
    let mut hasher = blake3::Hasher::new();
    let mut size = 0;
    let (mut ours, mut theirs) = (vec![0; CHUNK], vec![0; CHUNK]);
    loop {
        let n = fill(&mut original, &mut ours)?;
        let m = fill(&mut old, &mut theirs).unwrap_or(usize::MAX);
        let read = ours.get(..n).unwrap_or_default();
        if n != m || Some(read) != theirs.get(..n) {
            return Ok(None);
        }
        if n == 0 {
            return Ok(Some(Record { hash: hasher.finalize(), size }));
        }
        hasher.update(read);
        size += n as u64;
    }
}

/// Copies `from` into `to` and tells what was copied.
pub(super) fn copy(mut from: File, mut to: File) -> Result<Record, Failed> {
    let mut hasher = blake3::Hasher::new();
    let mut size = 0;
    let mut buffer = vec![0; CHUNK];
    loop {
        let n = fill(&mut from, &mut buffer).map_err(Failed::Reading)?;
        let read = buffer.get(..n).unwrap_or_default();
        if read.is_empty() {
            return Ok(Record { hash: hasher.finalize(), size });
        }
        hasher.update(read);
        to.write_all(read).map_err(Failed::Writing)?;
        size += n as u64;
    }
}

/// Reads until `buffer` is full or the file ends.
fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
