//! What authors are told after a change: errors in the page, and in the terminal what is new.

use super::super::Trouble;
use crate::diag::report::Report;
use crate::diag::{Diagnostic, Level, Position, SourceMap};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What there is to tell.
#[derive(Debug)]
pub struct News<'a> {
    /// What was not found before, in order.
    pub new: Vec<Diagnostic>,
    /// How many findings are gone.
    pub gone: usize,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
    /// The files that changed, as people name them; empty at the start.
    pub changed: Vec<String>,
    /// How long it took until the change could be seen, in milliseconds.
    pub took: u128,
    /// The texts that findings stand in.
    pub sources: &'a SourceMap,
}

/// Whom news are told to.
pub type Teller = Box<dyn Fn(&News<'_>) + Send>;

/// What was told last.
#[derive(Debug, Default)]
pub(super) struct Known(BTreeSet<(String, &'static str, String)>);

impl Known {
    /// What is new in `found` since the last time, and how many findings are gone. A finding that only moved is not new.
    pub(super) fn compare(&mut self, found: &[Diagnostic]) -> (Vec<Diagnostic>, usize) {
        let key = |one: &Diagnostic| (one.file.to_string(), one.code, one.message.clone());
        let now: BTreeSet<_> = found.iter().map(key).collect();
        let new = found.iter().filter(|one| !self.0.contains(&key(one))).cloned().collect();
        let gone = self.0.difference(&now).count();
        self.0 = now;
        (new, gone)
    }
}

/// How errors are shown in pages.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// Whether pages may show lines of the sources and name files by their full names: only to the machine they lie on.
    pub(super) sources: bool,
    /// Address that opens a file in an editor, with `{path}`, `{line}` and `{column}`.
    pub(super) editor: String,
    /// The folder from which names of files are read.
    pub(super) here: PathBuf,
}

impl Shown {
    /// The errors among `found`.
    pub(super) fn troubles(&self, found: &[Diagnostic], sources: &SourceMap) -> Vec<Trouble> {
        let errors: Vec<Diagnostic> = found.iter().filter(|one| one.level == Level::Error).cloned().collect();
        let report = Report::new(&errors, sources);
        report.places().map(|(finding, place)| self.trouble(finding, place, sources)).collect()
    }

    fn trouble(&self, finding: &Diagnostic, place: Position, sources: &SourceMap) -> Trouble {
        let text = sources.text(&finding.file).filter(|_| self.sources);
        Trouble {
            open: text.and_then(|_| self.editor(&finding.file, place)),
            file: finding.file.to_string(),
            line: place.line,
            column: place.column,
            code: finding.code.to_owned(),
            message: finding.message.clone(),
            help: finding.help.clone(),
            source: text.and_then(|text| text.lines().nth(place.line - 1)).map(str::to_owned),
        }
    }

    /// The address that opens `file` at `place`; `None` where no editor is wanted.
    pub(super) fn editor(&self, file: &str, place: Position) -> Option<String> {
        if self.editor.is_empty() || !self.sources {
            return None;
        }
        let path = self.here.join(file);
        let (line, column) = (place.line.to_string(), place.column.to_string());
        let filled = self.editor.replace("{path}", &encoded(&path));
        Some(filled.replace("{line}", &line).replace("{column}", &column))
    }
}

/// A path within an address: what is no letter, digit or one of `/-_.~` is written as `%XX`.
fn encoded(path: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    let mut text = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        if plain(*byte) {
            text.push(char::from(*byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Source, Span};

    fn finding(file: &str, at: usize, message: &str) -> Diagnostic {
        Diagnostic::warning("no-summary", &Source::new(file, "abc\ndef"), Span::at(at), message)
    }

    #[test]
    fn what_moved_is_not_new_and_what_is_mended_is_gone() {
        let mut known = Known::default();
        assert_eq!(known.compare(&[finding("a.md", 0, "x"), finding("b.md", 0, "y")]).0.len(), 2);
        let (new, gone) = known.compare(&[finding("a.md", 4, "x"), finding("a.md", 4, "z")]);
        assert_eq!((new.len(), new[0].message.as_str(), gone), (1, "z", 1));
    }

    #[test]
    fn a_link_opens_the_editor_at_the_place() {
        let editor = "vscode://file{path}:{line}:{column}".to_owned();
        let shown = Shown { sources: true, editor, here: "/home/me".into() };
        let place = Position { line: 3, column: 7 };
        assert_eq!(
            shown.editor("content/a b%.md", place).unwrap(),
            "vscode://file/home/me/content/a%20b%25.md:3:7"
        );
        assert_eq!(shown.editor("/tmp/é.md", place).unwrap(), "vscode://file/tmp/%C3%A9.md:3:7");
        assert_eq!(Shown { sources: false, ..shown }.editor("a.md", place), None);
    }
}
