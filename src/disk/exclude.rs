//! The globs of `[content] exclude`, matched against paths relative to the content folder.

use crate::diag::{Checked, Diagnostic, Source, Span};
use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

/// Which paths below the content folder are not read.
#[derive(Debug, Clone, Default)]
pub struct Exclude(GlobSet);

impl Exclude {
    /// Reads `globs` as `settings` gives them. `*` stays within one folder, `**` does not; a glob that names a folder
    /// leaves out everything in it. A glob that cannot be read is a finding and excludes nothing.
    pub fn new(globs: &[String], settings: Option<&Source>) -> Checked<Self> {
        let mut set = GlobSetBuilder::new();
        let mut found = Vec::new();
        for written in globs {
            match glob(written) {
                Ok(glob) => {
                    set.add(glob);
                }
                Err(error) => found.extend(settings.map(|source| bad_glob(source, written, &error))),
            }
        }
        Checked::new(Self(set.build().unwrap_or_default()), found)
    }

    /// Whether `path` (relative, `/` between parts) or a folder that holds it is excluded.
    pub fn covers(&self, path: &str) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        folders.chain([path]).any(|part| self.0.is_match(part))
    }
}

fn glob(written: &str) -> Result<Glob, globset::Error> {
    let plain = written.trim_start_matches("./").trim_end_matches('/');
    GlobBuilder::new(plain).literal_separator(true).build()
}

fn bad_glob(source: &Source, written: &str, error: &globset::Error) -> Diagnostic {
    let at = source.text.find(written).map_or(Span::at(0), |at| Span::new(at, at + written.len()));
    let message = format!("`{written}` is no pattern for files: {}", error.kind());
    Diagnostic::error("config-exclude", source, at, message).help("write it like `drafts/**` or `*.draft.md`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exclude(globs: &[&str]) -> Exclude {
        Exclude::new(&globs.iter().map(|glob| (*glob).to_owned()).collect::<Vec<_>>(), None).value
    }

    #[test]
    fn a_folder_leaves_out_what_it_holds() {
        for written in ["drafts", "drafts/", "drafts/**", "./drafts"] {
            assert!(exclude(&[written]).covers("drafts/a/b.md"), "{written}");
        }
        assert!(!exclude(&["drafts"]).covers("2024/drafts/a.md"));
    }

    #[test]
    fn one_star_stays_in_its_folder() {
        assert!(exclude(&["*.draft.md"]).covers("a.draft.md"));
        assert!(!exclude(&["*.draft.md"]).covers("x/a.draft.md"));
        assert!(exclude(&["**/*.draft.md"]).covers("x/a.draft.md"));
    }

    #[test]
    fn a_broken_glob_is_shown_where_it_stands() {
        let settings = Source::new("site.toml", "[content]\nexclude = [\"a[\"]");
        let found = Exclude::new(&["a[".into()], Some(&settings)).found;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].span.of(&settings.text), "a[");
    }
}
