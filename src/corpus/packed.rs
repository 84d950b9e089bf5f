//! What is compressed inside a file: whole gzip files, members of archives and office documents, texts in pictures, streams
//! of PDFs. The leak guard looks into all of them, since a reader can.

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// Most bytes that one member is unpacked to.
const LARGEST: u64 = 64 << 20;
/// Shorter ones hold no word worth looking for.
const SMALLEST: usize = 8;
/// Most members that are opened in one file: each costs time, and nobody hides words behind a thousand pictures.
const MOST: usize = 4096;

/// Hands each member of `bytes` to `look` until that finds something. What does not unpack cannot be read by anyone else
/// either, but as far as it does, it is looked at.
pub(super) fn members<T>(bytes: &[u8], mut look: impl FnMut(&[u8]) -> Option<T>) -> Option<T> {
    // Text is the common case, and nothing packed reads as text.
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let mut opened = 0;
    let mut at = 0;
    while let Some(start) = next(bytes, at) {
        at = start + 1;
        let packed = bytes.get(start..).unwrap_or_default();
        if let Some(found) = name(packed).and_then(&mut look) {
            return Some(found);
        }
        let Some(inner) = unpack(packed) else { continue };
        if let Some(found) = look(&inner) {
            return Some(found);
        }
        opened += 1;
        if opened == MOST {
            break;
        }
    }
    None
}

/// Where a member may start, at or after byte `from`.
fn next(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(4).position(is_start).map(|at| from + at)
}

fn is_start(four: &[u8]) -> bool {
    match four {
        [0x1f, 0x8b, 8, ..] | b"PK\x03\x04" => true,
        // Zlib: the first two bytes are a multiple of 31, and the next ones begin a block.
        [0x78, level @ (0x01 | 0x5e | 0x9c | 0xda), block, _] => level & 0x20 == 0 && block & 6 != 6,
        _ => false,
    }
}

/// What a member of an archive is called.
fn name(bytes: &[u8]) -> Option<&[u8]> {
    let length = bytes.get(26..28).filter(|_| bytes.starts_with(b"PK")).map(<[u8; 2]>::try_from)?.ok()?;
    bytes.get(30..30 + usize::from(u16::from_le_bytes(length)))
}

fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut inner = Vec::new();
    let _ = match bytes {
        [0x1f, ..] => MultiGzDecoder::new(bytes).take(LARGEST).read_to_end(&mut inner),
        [b'P', ..] => DeflateDecoder::new(zipped(bytes)?).take(LARGEST).read_to_end(&mut inner),
        _ => ZlibDecoder::new(bytes).take(LARGEST).read_to_end(&mut inner),
    };
    (inner.len() >= SMALLEST).then_some(inner)
}

/// The packed bytes after the head of a member of a ZIP archive, if it is packed at all.
fn zipped(bytes: &[u8]) -> Option<&[u8]> {
    let short = |at: usize| {
        bytes
            .get(at..at + 2)
            .and_then(|pair| pair.first_chunk())
            .map(|pair| usize::from(u16::from_le_bytes(*pair)))
    };
    if short(8)? != 8 {
        return None;
    }
    bytes.get(30 + short(26)? + short(28)?..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use std::io::Write;

    const WORDS: &[u8] = b"a word of ours that nobody else may read";

    fn found(bytes: &[u8]) -> usize {
        let mut count = 0;
        members(bytes, |inner| {
            count += usize::from(inner.starts_with(WORDS));
            None::<()>
        });
        count
    }

    #[test]
    fn every_way_to_pack_is_looked_into_wherever_it_stands() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(WORDS).unwrap();
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(WORDS).unwrap();
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflate.write_all(WORDS).unwrap();
        let mut zip = b"PK\x03\x04\x14\0\0\0\x08\0".to_vec();
        zip.extend([0; 16]);
        zip.extend(b"\x01\0\0\0a");
        zip.extend(deflate.finish().unwrap());
        for member in [gzip.finish().unwrap(), zlib.finish().unwrap(), zip] {
            assert_eq!(found(&member), 1);
            assert_eq!(found(&[b"%PDF stream\n", &member[..], b"\nendstream"].concat()), 1);
        }
    }

    #[test]
    fn what_is_not_packed_or_torn_ends() {
        assert_eq!(found(WORDS), 0);
        assert_eq!(found(&[0x78, 0x9c].repeat(50_000)), 0);
        assert_eq!(found(b"\x1f\x8b\x08"), 0);
    }
}
