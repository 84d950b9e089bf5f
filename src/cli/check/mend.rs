//! `kb check --fix`: writes what `lint::fix` mends, and tells every change.

use super::Check;
use crate::Result;
use crate::cli::rewrite::rewrite;
use crate::cli::terminal::Terminal;
use crate::diag::report::printable;
use crate::diag::words::count;
use crate::diag::{Diagnostic, Source, position};
use crate::lint::fix::{self, Edit};
use crate::pipeline::{self, Memo, Quiet};
use std::fmt::Write as _;

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
            let mended = fix::apply(&source.text, &edits);
            rewrite(&project.folder.path().join(&*source.path), source, &mended)?;
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
