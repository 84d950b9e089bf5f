//! Members of a ZIP archive, read in memory. A bomb meets a limit, a broken archive a failure.
//!
//! Source: PKWARE's APPNOTE 6.3.10, sections 4.3.12 (central directory) and 4.3.16 (its end). Stored and deflated members are
//! read; archives beyond 4 GiB and encrypted ones are not.

use crate::interop::web::Failure;
use flate2::read::DeflateDecoder;
use std::io::Read;

/// Bytes of one member, at most.
const MEMBER: u64 = 64 << 20;
/// Bytes of all members together, at most.
const ALL: usize = 512 << 20;

/// The members whose name `wanted` likes, by name.
pub(super) fn members(
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let broken = || Failure::Garbled("the archive is broken; unpack it and name the folder".into());
    let end = end_of_directory(bytes).ok_or_else(broken)?;
    let count = short(bytes, end + 10).ok_or_else(broken)?;
    let mut at = long(bytes, end + 16).ok_or_else(broken)?;
    let (mut found, mut total) = (Vec::new(), 0_usize);
    for _ in 0..count {
        let entry = Entry::at(bytes, at).ok_or_else(broken)?;
        at = entry.next;
        if !wanted(&entry.name) {
            continue;
        }
        let member = entry.unpack(bytes).ok_or_else(broken)?;
        total += member.len();
        if total > ALL {
            return Err(Failure::Garbled(format!("the archive holds more than {} MiB", ALL >> 20)));
        }
        found.push((entry.name, member));
    }
    Ok(found)
}

struct Entry {
    name: String,
    method: usize,
    packed: usize,
    start: usize,
    next: usize,
}

impl Entry {
    fn at(bytes: &[u8], at: usize) -> Option<Self> {
        (bytes.get(at..at.checked_add(4)?)? == b"PK\x01\x02").then_some(())?;
        let lengths = [28, 30, 32].map(|place| short(bytes, at + place));
        let [name, extra, comment] = lengths;
        let (name, extra, comment) = (name?, extra?, comment?);
        let text = bytes.get(at + 46..at + 46 + name)?;
        Some(Self {
            name: String::from_utf8_lossy(text).into_owned(),
            method: short(bytes, at + 10)?,
            packed: long(bytes, at + 20)?,
            start: long(bytes, at + 42)?,
            next: at + 46 + name + extra + comment,
        })
    }

    fn unpack(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let head = bytes.get(self.start..self.start.checked_add(4)?)?;
        (head == b"PK\x03\x04").then_some(())?;
        let begin = self.start + 30 + short(bytes, self.start + 26)? + short(bytes, self.start + 28)?;
        let packed = bytes.get(begin..begin.checked_add(self.packed)?)?;
        let mut member = Vec::new();
        match self.method {
            0 => member.extend_from_slice(packed),
            8 => {
                let read = DeflateDecoder::new(packed).take(MEMBER + 1).read_to_end(&mut member).ok()?;
                (read as u64 <= MEMBER).then_some(())?;
            }
            _ => return None,
        }
        Some(member)
    }
}

/// Where the end of the central directory begins: it may be followed by a comment only.
fn end_of_directory(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(22)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    (first..=last).rev().find(|at| bytes.get(*at..at + 4) == Some(b"PK\x05\x06"))
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk().map(|pair| usize::from(u16::from_le_bytes(*pair)))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk().and_then(|four| usize::try_from(u32::from_le_bytes(*four)).ok())
}
