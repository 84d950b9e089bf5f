//! `kb check --fix`: writes what `lint::fix` mends, and tells every change.
#![expect(clippy::disallowed_methods, reason = "mended files are written here")]

use super::Check;
use crate::cli::terminal::Terminal;
use crate::diag::report::printable;
use crate::diag::words::count;
use crate::diag::{Diagnostic, Source, position};
use crate::lint::fix::{self, Edit};
use crate::pipeline::{self, Memo, Quiet};
use crate::{Error, Result};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The mark that some editors put before a text; kb reads texts without it.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Mends what can be mended, or shows it where that is all that was asked.
pub(super) fn mend(check: &Check, terminal: &Terminal) -> Result<()> {
    let mut found = Vec::new();
    let mut project = check.open()?.unpack(&mut found);
    pipeline::read(&mut project, &mut Memo::default(), &Quiet).unpack(&mut found);
    let content = project.content().unpack(&mut Vec::new());
    let mut account = String::new();
    let (mut changes, mut files) = (0, 0);
    for source in content.documents.iter().filter(|source| check.covers(&source.name)) {
        let here: Vec<Diagnostic> = found.iter().filter(|one| one.file == source.name).cloned().collect();
        let edits = fix::edits(&source.text, &here);
        if edits.is_empty() {
            continue;
        }
        changes += edits.len();
        files += 1;
        told(source, &edits, &mut account);
        if !check.dry_run {
            write(&project.folder.path().join(&*source.path), source, &edits)?;
        }
    }
    let did = if check.dry_run { "would mend" } else { "mended" };
    let sum = if changes == 0 {
        "nothing to mend".to_owned()
    } else {
        format!("{did} {} in {}", count(changes, "place"), count(files, "file"))
    };
    if check.dry_run {
        terminal.result(&format!("{account}{sum}\n"));
    } else {
        terminal.say(&format!("{account}{sum}"));
    }
    Ok(())
}

/// Each change with the line before and after it.
fn told(source: &Source, edits: &[Edit], account: &mut String) {
    let text = &source.text;
    for edit in edits {
        let line = position(text, edit.range.start).line;
        let start = text.get(..edit.range.start).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
        let end = text
            .get(edit.range.end..)
            .and_then(|rest| rest.find('\n'))
            .map_or(text.len(), |at| edit.range.end + at);
        let old = text.get(start..end).unwrap_or_default();
        let removed = edit.new.is_empty() && edit.range.end - edit.range.start > 1;
        let _ = writeln!(account, "{}:{line}: {}", printable(&source.name), printable(&edit.why));
        if removed {
            let gone = text.get(edit.range.clone()).unwrap_or_default().trim_end();
            let _ = writeln!(account, "  - {}", printable(gone));
            continue;
        }
        let head = text.get(start..edit.range.start).unwrap_or_default();
        let tail = text.get(edit.range.end..end).unwrap_or_default();
        let new = format!("{head}{}{tail}", edit.new);
        let _ = writeln!(account, "  - {}\n  + {}", printable(old.trim_end()), printable(new.trim_end()));
    }
}

/// Puts the mended text in the place of the old one, whole or not at all, with its permissions.
fn write(path: &Path, source: &Source, edits: &[Edit]) -> Result<()> {
    let failed = |error| Error::Write { path: path.to_path_buf(), source: error };
    let place = fs::canonicalize(path).map_err(failed)?;
    let old = fs::read_to_string(&place).map_err(failed)?;
    let (mark, text) = match old.strip_prefix(BYTE_ORDER_MARK) {
        Some(text) => (BYTE_ORDER_MARK, text),
        None => ("", old.as_str()),
    };
    if text != &*source.text {
        return Err(Error::Usage(format!(
            "`{}` changed while it was being mended; run kb again",
            source.name
        )));
    }
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let beside = place.with_file_name(format!(".{name}.kb-fix"));
    let permissions = fs::metadata(&place).map_err(failed)?.permissions();
    fs::write(&beside, format!("{mark}{}", fix::apply(text, edits))).map_err(failed)?;
    fs::set_permissions(&beside, permissions).map_err(failed)?;
    fs::rename(&beside, &place).map_err(failed)
}
