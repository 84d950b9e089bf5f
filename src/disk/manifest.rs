//! The marker file `.kb-site`: says that kb made a folder, and which files with which bytes.
//!
//! One line per file, in path order: BLAKE3 hash, length in bytes, path. No time and no machine stands in it, so the
//! same site has the same manifest.

use crate::output::OutputPath;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Name of the marker file.
pub(super) const MARKER: &str = ".kb-site";
const FIRST_LINE: &str = "kb site, version 1: this folder is replaced by every build";

/// What is known of one published file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    /// Hash of its bytes.
    pub(super) hash: blake3::Hash,
    /// How many they are.
    pub(super) size: u64,
}

/// The files of one site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest(pub(super) BTreeMap<OutputPath, Record>);

impl Manifest {
    /// The manifest as the text of the marker file.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        for (path, Record { hash, size }) in &self.0 {
            let _ = writeln!(text, "{} {size} {path}", hash.to_hex());
        }
        text
    }

    /// Reads a marker file; `None` where it is not one of ours. A line that cannot be read is left out: its file will
    /// be written again.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        (lines.next() == Some(FIRST_LINE)).then(|| Self(lines.filter_map(record).collect()))
    }
}

fn record(line: &str) -> Option<(OutputPath, Record)> {
    let mut parts = line.splitn(3, ' ');
    let hash = blake3::Hash::from_hex(parts.next()?).ok()?;
    let size = parts.next()?.parse().ok()?;
    Some((OutputPath::new(parts.next()?)?, Record { hash, size }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written_whatever_the_names() {
        let record = Record { hash: blake3::hash(b"x"), size: 1 };
        let names = ["index.html", "a b/c  d.html", "ü/%20.png", "'quote\".html"];
        let manifest = Manifest(names.iter().map(|name| (OutputPath::new(name).unwrap(), record)).collect());
        assert_eq!(Manifest::parse(&manifest.text()), Some(manifest));
    }

    #[test]
    fn a_file_of_somebody_else_is_no_manifest() {
        assert_eq!(Manifest::parse(""), None);
        assert_eq!(Manifest::parse("kb site"), None);
    }

    #[test]
    fn a_path_out_of_the_folder_is_never_taken_from_a_manifest() {
        let line = format!("{} 1 ../secret", blake3::hash(b"x").to_hex());
        assert_eq!(Manifest::parse(&format!("{FIRST_LINE}\n{line}\n")), Some(Manifest::default()));
    }
}
