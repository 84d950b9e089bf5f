//! What a build produces: bytes under a path that cannot leave the output folder.

use std::fmt;
use std::sync::Arc;

/// A relative path with `/` between parts; never empty, absolute, or with `.`, `..` or empty parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Checks `path`; `None` where it could name something outside the output, or is no portable file name.
    pub fn new(path: &str) -> Option<Self> {
        let fine = |part: &str| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && part.len() <= 255
                && !part.contains(['\\', '\0', ':'])
                && !part.chars().any(char::is_control)
        };
        path.split('/').all(fine).then(|| Self(path.into()))
    }

    /// `index.html`, the first page of the site.
    pub fn index() -> Self {
        Self("index.html".into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many folders deep the file lies: 0 for `index.html`.
    pub fn depth(&self) -> usize {
        self.0.matches('/').count()
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Where it goes.
    pub path: OutputPath,
    /// What it holds.
    pub bytes: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_leave_the_output_folder() {
        for bad in ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/./b", "a\\b", "c:x", "a\nb"] {
            assert_eq!(OutputPath::new(bad), None, "{bad:?}");
        }
        assert_eq!(OutputPath::new("incidents/a.html").unwrap().depth(), 1);
    }
}
