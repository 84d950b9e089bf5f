//! From bytes to files: a mark that says which index they belong to, compression, and the second form for `file://`.

use crate::error::Error;
use crate::output::{Output, OutputPath};
use flate2::{Compression, GzBuilder};
use rayon::prelude::*;
use std::io::Write;

/// Files of one kind that the second form puts into one script, as a power of two.
const TOGETHER: usize = 4;
/// How hard is compressed. Terms at 9 take seven times as long for 4 % fewer bytes, texts twice as long for 1 %.
const LEVEL: u32 = 5;
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Where files go: a name and bytes, in any order, from any thread.
pub type Sink<'s> = &'s (dyn Fn(Output) -> Result<(), Error> + Sync);

/// Makes the files of one index.
pub(super) struct Shelf<'s> {
    /// Which index they belong to.
    pub(super) generation: u32,
    /// Whether they are written as scripts as well.
    pub(super) offline: bool,
    pub(super) sink: Sink<'s>,
}

impl Shelf<'_> {
    /// A file that stands alone.
    pub(super) fn single(&self, name: &str, content: &[u8]) -> Result<(), Error> {
        self.together(name, vec![(name.to_owned(), content.to_vec())])
    }

    /// `kind0`, `kind1` and so on, made one by one by `content` from their number.
    pub(super) fn numbered<C>(&self, kind: &str, count: usize, content: C) -> Result<(), Error>
    where
        C: Fn(usize) -> Vec<u8> + Sync,
    {
        let packs = count.div_ceil(1 << TOGETHER);
        (0..packs).into_par_iter().try_for_each(|pack| {
            let from = pack << TOGETHER;
            let to = count.min(from + (1 << TOGETHER));
            let files = (from..to).map(|n| (format!("{kind}{n}"), content(n))).collect();
            self.together(&format!("{kind}-{pack}"), files)
        })
    }

    fn together(&self, pack: &str, files: Vec<(String, Vec<u8>)>) -> Result<(), Error> {
        let mut script = String::from("kbShards({");
        for (n, (name, content)) in files.into_iter().enumerate() {
            let bytes = self.compressed(&content)?;
            if self.offline {
                let comma = if n == 0 { "" } else { "," };
                script.push_str(&format!("{comma}\"{name}\":\""));
                base64(&bytes, &mut script);
                script.push('"');
            }
            self.put(&format!("search/{name}.kbs"), bytes)?;
        }
        if self.offline {
            script.push_str("})\n");
            self.put(&format!("search/offline/{pack}.js"), script.into_bytes())?;
        }
        Ok(())
    }

    fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), Error> {
        let path = OutputPath::new(path).ok_or_else(|| Error::Index(format!("`{path}` is no path")))?;
        (self.sink)(Output { path, bytes })
    }

    /// The mark and `content` as one gzip member, the same bytes for the same content.
    fn compressed(&self, content: &[u8]) -> Result<Vec<u8>, Error> {
        let failed = |error: std::io::Error| Error::Index(error.to_string());
        let out = Vec::with_capacity(content.len() / 2 + 64);
        let mut zip = GzBuilder::new().mtime(0).write(out, Compression::new(LEVEL));
        zip.write_all(&self.generation.to_le_bytes()).map_err(failed)?;
        zip.write_all(content).map_err(failed)?;
        zip.finish().map_err(failed)
    }
}

/// A mark from a hash; never one that looks like the head of a compressed file.
pub(super) fn mark(hash: &blake3::Hash) -> u32 {
    let [a, b, c, d, ..] = *hash.as_bytes();
    u32::from_le_bytes([a, b & 0x7f, c, d])
}

fn base64(bytes: &[u8], out: &mut String) {
    out.reserve(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |n: usize| u32::from(chunk.get(n).copied().unwrap_or_default());
        let all = at(0) << 16 | at(1) << 8 | at(2);
        for n in 0..4 {
            let letter = LETTERS.get((all >> (18 - 6 * n) & 63) as usize).copied().unwrap_or(b'=');
            out.push(if n <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_as_letters() {
        let letters = |bytes: &[u8]| {
            let mut out = String::new();
            base64(bytes, &mut out);
            out
        };
        assert_eq!(letters(b"kb"), "a2I=");
        assert_eq!(letters(b"kbs"), "a2Jz");
        assert_eq!(letters(&[0xff]), "/w==");
        assert_eq!(letters(b""), "");
    }

    #[test]
    fn a_mark_is_never_the_head_of_a_compressed_file() {
        let hash = blake3::Hash::from_bytes([0x8b; 32]);
        assert_eq!(mark(&hash).to_le_bytes(), [0x8b, 0x0b, 0x8b, 0x8b]);
    }
}
