//! What a finished build leaves beside its output: from which inputs the site was made, and what was said about them.
//!
//! The next build over the same inputs can stop there, as soon as it has seen that the site still lies there byte for
//! byte. The receipt lies beside the output folder, never in it: it tells of everything that was read, and may be
//! deleted at any time.

use super::manifest::{MARKER, Manifest, Record};
use super::swap::Names;
use super::write::file;
use rayon::prelude::*;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

const FIRST_LINE: &str = "kb receipt, version 1";

/// What a build was made from and what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Hash of everything that was read.
    pub inputs: String,
    /// Whatever the next build wants to know.
    pub notes: String,
}

impl Receipt {
    /// The receipt of the site in `out` and the number of its files, if every one of them lies there as it was written.
    pub fn of_intact(out: &Path, inputs: &str) -> Option<(Self, usize)> {
        let kept = fs::read_to_string(Names::around(out).ok()?.receipt()).ok()?;
        let mut lines = kept.splitn(4, '\n');
        if lines.next() != Some(FIRST_LINE) || lines.next() != Some(inputs) {
            return None;
        }
        let marker = fs::read_to_string(out.join(MARKER)).ok()?;
        if lines.next() != Some(blake3::hash(marker.as_bytes()).to_hex().as_str()) {
            return None;
        }
        let receipt = Self { inputs: inputs.to_owned(), notes: lines.next()?.to_owned() };
        let (folder, manifest) = (File::open(out).ok()?, Manifest::parse(&marker)?);
        let files: Vec<_> = manifest.0.iter().collect();
        let intact = files.par_iter().all(|(path, record)| holds(&folder, path.as_str(), record));
        intact.then_some((receipt, files.len()))
    }

    /// Leaves the receipt for the site that now stands in `out`. Where that is not possible the next build only takes
    /// longer, so nothing is said.
    pub fn leave(&self, out: &Path) {
        let Ok(names) = Names::around(out) else { return };
        let Ok(marker) = fs::read(out.join(MARKER)) else { return };
        let site = blake3::hash(&marker).to_hex();
        let text = format!("{FIRST_LINE}\n{}\n{site}\n{}", self.inputs, self.notes);
        let place = names.receipt();
        if fs::write(&place, text).is_err() {
            let _ = fs::remove_file(place);
        }
    }
}

fn holds(folder: &File, path: &str, record: &Record) -> bool {
    let Ok(mut file) = file::open(folder, path) else { return false };
    if !file.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() == record.size) {
        return false;
    }
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return hasher.finalize() == record.hash,
            Ok(n) => hasher.update(buffer.get(..n).unwrap_or_default()),
            Err(_) => return false,
        };
    }
}
