//! Puts an archive on disk: `site.toml`, `content/YYYY/*.md` and, where asked for, the truth about them as JSON.
#![allow(clippy::disallowed_methods, reason = "benches and tests write their own files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::thread;

use serde_json::Value;

use super::Corpus;

/// What has been written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Written {
    /// Reports.
    pub(crate) documents: usize,
    /// Words in them, front matter left out.
    pub(crate) words: usize,
    /// Bytes of Markdown.
    pub(crate) bytes: usize,
}

/// Writes all files below `folder`, with as many threads as there are cores. Files of an earlier, larger archive are
/// left where they are.
pub(crate) fn write(corpus: &Corpus, folder: &Path, truth: Option<&Path>) -> io::Result<Written> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = corpus.len().div_ceil(threads).max(1);
    let years: BTreeSet<&str> =
        corpus.plans.iter().filter_map(|plan| Some(plan.path.rsplit_once('/')?.0)).collect();
    fs::create_dir_all(folder.join("content"))?;
    for year in years {
        fs::create_dir_all(folder.join(year))?;
    }
    fs::write(folder.join("site.toml"), corpus.site_toml())?;
    let parts: Vec<io::Result<(Written, BTreeMap<String, Value>)>> = thread::scope(|scope| {
        let ranges = (0..corpus.len()).step_by(share).map(|from| from..corpus.len().min(from + share));
        let running: Vec<_> =
            ranges.map(|range| scope.spawn(|| part(corpus, range, folder, truth.is_some()))).collect();
        running
            .into_iter()
            .map(|one| one.join().unwrap_or_else(|_| Err(io::Error::other("a writer failed"))))
            .collect()
    });
    let (mut sum, mut known) = (Written::default(), BTreeMap::new());
    for part in parts {
        let (written, truths) = part?;
        sum.documents += written.documents;
        sum.words += written.words;
        sum.bytes += written.bytes;
        known.extend(truths);
    }
    if let Some(file) = truth {
        fs::write(file, serde_json::to_vec_pretty(&known)?)?;
    }
    Ok(sum)
}

fn part(
    corpus: &Corpus,
    range: Range<usize>,
    folder: &Path,
    keep_truth: bool,
) -> io::Result<(Written, BTreeMap<String, Value>)> {
    let (mut written, mut truths) = (Written::default(), BTreeMap::new());
    for document in range.filter_map(|index| corpus.document(index)) {
        refresh(&folder.join(&document.path), document.text.as_bytes())?;
        written.documents += 1;
        written.words += document.words;
        written.bytes += document.text.len();
        if keep_truth {
            truths.insert(document.path, document.truth);
        }
    }
    Ok((written, truths))
}

/// Writes a file unless it has these bytes already: some file systems wait for the disk when a file is cut short and
/// written anew.
fn refresh(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(file).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    fs::write(file, bytes)
}
