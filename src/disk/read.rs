//! One file of the content folder: what it is, and its text if it is a postmortem.
//!
//! Whatever lies under a name ends in one of four ways: a document, an attachment, a finding, or nothing there.

use super::names::{has_no_extension, is_document};
use super::open::{open_regular, place_inside};
use crate::diag::{Diagnostic, Level, Source, Span};
use crate::output::OutputPath;
use std::fs::{self, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Longest text read, in bytes; a longer one is a finding.
pub const LARGEST_TEXT: u64 = 8 * 1024 * 1024;

/// What was found under one name.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    /// A postmortem.
    Document(Source),
    /// Any other file that can be published.
    Asset,
    /// Something that is not read; the finding says why.
    Refused(Diagnostic),
}

/// Where one file lies and how it is called.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// True place of the content folder.
    pub(super) root: Arc<Path>,
    /// The file itself.
    pub(super) file: PathBuf,
    /// Path relative to the content folder, with `/` between parts.
    pub(super) path: Arc<str>,
    /// The name shown to people.
    pub(super) name: Arc<str>,
}

/// Reads what lies at `place`; `None` where there is nothing (any more), or a folder.
pub(super) fn entry(place: &Place) -> Option<Entry> {
    let kind = match fs::symlink_metadata(&place.file) {
        Ok(metadata) => metadata.file_type(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => return Some(Entry::Refused(unreadable(place, &error))),
    };
    of_kind(place, kind)
}

/// The same where the kind is known already.
pub(super) fn of_kind(place: &Place, kind: FileType) -> Option<Entry> {
    if kind.is_dir() {
        None
    } else if kind.is_symlink() {
        linked(place)
    } else if kind.is_file() {
        Some(regular(place, &place.file))
    } else {
        let message = format!("`{}` is a pipe, socket or device, which is not read", place.path);
        Some(Entry::Refused(finding(place, Level::Warning, "special-file", message)))
    }
}

fn linked(place: &Place) -> Option<Entry> {
    let refuse = |message: String, help: &str| {
        Some(Entry::Refused(finding(place, Level::Error, "link-refused", message).help(help)))
    };
    match place_inside(&place.root, &place.file) {
        Ok(target) if target.is_dir() => refuse(
            format!("`{}` is a link to a folder, which is not followed", place.path),
            "move the folder here",
        ),
        Ok(target) => Some(regular(place, &target)),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => refuse(
            format!("`{}` is a link that leaves the content folder", place.path),
            "copy the file into the content folder instead",
        ),
        Err(_) => {
            refuse(format!("`{}` is a link that leads nowhere", place.path), "remove it, or mend its target")
        }
    }
}

fn regular(place: &Place, file: &Path) -> Entry {
    let named = is_document(&place.path);
    let reads_like_one = || has_no_extension(&place.path) && starts_like_a_report(file);
    if !(named || reads_like_one()) {
        return asset(place);
    }
    match text(file) {
        Ok(Text::Good(text)) => {
            let (path, name) = (Arc::clone(&place.path), Arc::clone(&place.name));
            Entry::Document(Source { path, name, text: text.into() })
        }
        Ok(Text::Bad(code, message, help)) => Entry::Refused(
            finding(place, Level::Error, code, format!("`{}` {message}", place.path)).help(help),
        ),
        Err(error) => Entry::Refused(unreadable(place, &error)),
    }
}

/// Whether a file without an extension is a postmortem that lost it: it starts with a title (`# …`) and is text. A
/// script's first line starts with `#!`, a settings file's comment rarely stands alone above a blank line or heading.
fn starts_like_a_report(file: &Path) -> bool {
    let mut head = Vec::new();
    let read = open_regular(file).and_then(|(file, _)| file.take(4096).read_to_end(&mut head));
    let head = String::from_utf8_lossy(&head);
    let mut lines = head.lines();
    let titled = lines.next().is_some_and(|line| line.starts_with("# ") && line.len() > 4);
    let next = lines.next().map(str::trim);
    read.is_ok()
        && titled
        && next.is_some_and(|line| line.is_empty() || line.starts_with("## "))
        && head.contains("\n## ")
}

fn asset(place: &Place) -> Entry {
    if OutputPath::new(&place.path).is_some() {
        return Entry::Asset;
    }
    let message = format!("`{}` cannot be published under its name", place.path.escape_debug());
    let help = "rename it without `\\`, `:` and control characters";
    Entry::Refused(finding(place, Level::Warning, "file-name", message).help(help))
}

/// A text, or what is wrong with it: code, message and help.
pub(super) enum Text {
    /// The text without a byte-order mark.
    Good(String),
    /// Why it is none.
    Bad(&'static str, String, &'static str),
}

/// Reads the text of a regular file, at most [`LARGEST_TEXT`] bytes.
pub(super) fn text(file: &Path) -> io::Result<Text> {
    text_within(file, LARGEST_TEXT)
}

/// Reads the text of a regular file, at most `most` bytes.
pub(super) fn text_within(file: &Path, most: u64) -> io::Result<Text> {
    let (file, metadata) = open_regular(file)?;
    let too_long = || {
        let message = format!("is longer than {} MiB, which is too long to read", most >> 20);
        Ok(Text::Bad("file-too-large", message, "keep logs and dumps as attachments beside the postmortem"))
    };
    if metadata.len() > most {
        return too_long();
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return too_long();
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    Ok(match String::from_utf8(bytes) {
        Ok(text) => Text::Good(text),
        Err(error) => not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()),
    })
}

fn not_utf8(bytes: &[u8], at: usize) -> Text {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Text::Bad("invalid-utf-8", "is written in UTF-16".into(), "save it as UTF-8");
    }
    let line = bytes.get(..at).unwrap_or_default().split(|byte| *byte == b'\n').count();
    Text::Bad(
        "invalid-utf-8",
        format!("is not UTF-8: byte {at}, on line {line}, is no character"),
        "save it as UTF-8",
    )
}

fn unreadable(place: &Place, error: &io::Error) -> Diagnostic {
    let message = format!("cannot read `{}`: {}", place.path, error.kind());
    finding(place, Level::Error, "unreadable", message)
}

pub(super) fn finding(place: &Place, level: Level, code: &'static str, message: String) -> Diagnostic {
    Diagnostic { level, code, file: Arc::clone(&place.name), span: Span::at(0), message, help: None }
}
