//! Source texts and how a byte offset becomes a line and a column for people.

use std::collections::BTreeMap;
use std::sync::Arc;

/// One text file as it was read: a postmortem, `site.toml`, or a template.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path relative to its root (content folder, project, theme), with `/` between parts.
    pub path: Arc<str>,
    /// The name shown to people, such as `content/2024/hub.md`: what an editor can open from where `kb` was started.
    pub name: Arc<str>,
    /// The text, without a byte-order mark.
    pub text: Arc<str>,
}

impl Source {
    /// A source whose shown name is its path.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let path = path.into();
        Self { name: Arc::clone(&path), path, text: text.into() }
    }
}

/// Line and column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line number from 1.
    pub line: usize,
    /// Column in characters from 1.
    pub column: usize,
}

/// Line and column of a byte `offset` in `text`; offsets past the end name the end.
pub fn position(text: &str, offset: usize) -> Position {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = text.get(..offset).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
    }
}

/// The start of every line, so that many offsets of one text are turned into lines cheaply.
#[derive(Debug, Clone)]
pub struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// Reads the line starts of `text`, once.
    pub fn of(text: &str) -> Self {
        let after = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(after.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)));
        Self { starts: starts.collect() }
    }

    /// The line, from 1, on which byte `offset` stands.
    pub fn line(&self, offset: u32) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// The byte at which `line`, from 1, begins; the last line's beginning for lines past the end.
    pub fn start(&self, line: u32) -> u32 {
        let at = (line.max(1) as usize - 1).min(self.starts.len().saturating_sub(1));
        self.starts.get(at).copied().unwrap_or_default()
    }
}

/// Every source a run has read, by shown name; only reports look into it.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    texts: BTreeMap<Arc<str>, Arc<str>>,
    /// By name.
    documents: Vec<Source>,
}

impl SourceMap {
    /// Remembers `source`.
    pub fn insert(&mut self, source: &Source) {
        self.texts.insert(Arc::clone(&source.name), Arc::clone(&source.text));
    }

    /// Remembers all `documents`, and none of those that were remembered by this before.
    pub fn replace_documents(&mut self, mut documents: Vec<Source>) {
        documents.sort_by(|a, b| a.name.cmp(&b.name));
        self.documents = documents;
    }

    /// The text shown under `name`, if it was read.
    pub fn text(&self, name: &str) -> Option<&str> {
        let document = || self.documents.binary_search_by(|one| (*one.name).cmp(name)).ok();
        let text = document().and_then(|at| self.documents.get(at)).map(|one| &one.text);
        text.or_else(|| self.texts.get(name)).map(AsRef::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let text = "α\nβγ x";
        assert_eq!(position(text, 0), Position { line: 1, column: 1 });
        assert_eq!(position(text, text.find('x').unwrap()), Position { line: 2, column: 4 });
        assert_eq!(position(text, 999), Position { line: 2, column: 5 });
    }

    #[test]
    fn line_table_agrees_with_counting() {
        let text = "a\n\nbc\n";
        let lines = Lines::of(text);
        for offset in 0..=text.len() {
            assert_eq!(lines.line(u32::try_from(offset).unwrap()) as usize, position(text, offset).line);
        }
    }
}
