//! From the folder that was named on the command line to settings, content folder and theme folder.

use super::folder::shown;
use super::names::is_passed_over;
use super::open::open_regular;
use super::read::{LARGEST_TEXT, Text, text_within};
use crate::diag::Source;
use crate::{Error, Result};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A project folder and the text of its `site.toml`.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder as it was named.
    pub folder: PathBuf,
    /// The text of `site.toml`, if there is one.
    pub settings: Option<Source>,
}

impl Project {
    /// Looks into `folder`. Fails where it is no folder, or its `site.toml` cannot be read as text.
    pub fn open(folder: &Path) -> Result<Self> {
        let refused = |source| Error::Read { path: folder.to_owned(), source };
        if !fs::metadata(folder).map_err(refused)?.is_dir() {
            return Err(Error::Usage(format!("`{}` is not a folder", folder.display())));
        }
        let mut project = Self { folder: folder.to_owned(), settings: None };
        project.settings = project.beside("site.toml", LARGEST_TEXT)?;
        Ok(project)
    }

    /// The text of the file `name` that lies directly in the project folder, if there is one; at most `most` bytes.
    pub fn beside(&self, name: &str, most: u64) -> Result<Option<Source>> {
        let file = self.folder.join(name);
        match fs::canonicalize(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Error::Read { path: file, source }),
            Ok(place) => match text_within(&place, most) {
                Ok(Text::Good(text)) => {
                    Ok(Some(Source { name: shown(&file).into(), ..Source::new(name, text) }))
                }
                Ok(Text::Bad(_, message, help)) => {
                    Err(Error::Usage(format!("`{}` {message}; {help}", shown(&file))))
                }
                Err(source) => Err(Error::Read { path: file, source }),
            },
        }
    }

    /// The content folder: `chosen` (from the command line, relative to where kb runs), else `setting` (the key
    /// `[content] dir`, relative to the project).
    pub fn content(&self, chosen: Option<&Path>, setting: &str) -> Result<PathBuf> {
        let content = chosen.map_or_else(|| self.folder.join(setting), Path::to_owned);
        if content.is_dir() {
            return Ok(content);
        }
        let (project, content) = (self.folder.display(), shown(&content));
        Err(Error::Usage(if chosen.is_some() {
            format!("there is no folder `{content}`; `--content` names the folder of the postmortems")
        } else if self.settings.is_some() {
            format!(
                "there is no folder `{content}`; create it, or set `dir` under `[content]` in `site.toml`"
            )
        } else {
            format!(
                "`{project}` has neither a `site.toml` nor a folder `{setting}`; \
                 start a project with `kb init`, or name the folder of the postmortems with `--content`"
            )
        }))
    }

    /// The folder of the theme called `name`.
    pub fn theme_folder(&self, name: &str) -> PathBuf {
        self.folder.join("themes").join(name)
    }
}

/// Files as relative path and bytes.
pub type Files = Vec<(String, Vec<u8>)>;

/// The files of a theme folder, in path order; `None` where there is no such folder.
///
/// Hidden and temporary files are passed over; a file that is unreadable or longer than [`LARGEST_TEXT`] fails.
pub fn theme(folder: &Path) -> Result<Option<Files>> {
    if !folder.is_dir() {
        return Ok(None);
    }
    let mut files = Vec::new();
    let walk = WalkDir::new(folder).min_depth(1).follow_links(false).sort_by_file_name().into_iter();
    for step in walk
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(is_passed_over))
    {
        let step = step.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            Error::Read { path, source: error.into() }
        })?;
        if !step.file_type().is_dir() {
            let refused = |source| Error::Read { path: step.path().to_owned(), source };
            let path = step.path().strip_prefix(folder).unwrap_or(step.path()).to_str();
            let path = path.ok_or_else(|| refused(io::Error::other("the name is not UTF-8")))?.to_owned();
            files.push((path, bytes(step.path()).map_err(refused)?));
        }
    }
    files.sort();
    Ok(Some(files))
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let (file, _) = open_regular(path)?;
    let mut bytes = Vec::new();
    file.take(LARGEST_TEXT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_TEXT {
        return Err(io::Error::other(format!("longer than {} MiB", LARGEST_TEXT >> 20)));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_settings_and_content_the_way_in_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let project = Project::open(dir.path()).unwrap();
        let message = project.content(None, "content").unwrap_err().to_string();
        assert!(message.contains("`kb init`") && message.contains("--content"), "{message}");
    }

    #[test]
    fn the_content_folder_is_chosen_set_or_the_default() {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["content", "docs", "elsewhere"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
        }
        let project = Project::open(dir.path()).unwrap();
        assert_eq!(project.content(None, "content").unwrap(), dir.path().join("content"));
        assert_eq!(project.content(None, "docs").unwrap(), dir.path().join("docs"));
        let chosen = dir.path().join("elsewhere");
        assert_eq!(project.content(Some(&chosen), "docs").unwrap(), chosen);
    }

    #[test]
    fn settings_are_read_without_their_byte_order_mark() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("site.toml"), "\u{feff}title = 'a'").unwrap();
        let settings = Project::open(dir.path()).unwrap().settings.unwrap();
        assert_eq!(&*settings.text, "title = 'a'");
        assert!(settings.name.ends_with("/site.toml"));
    }

    #[test]
    fn a_theme_is_its_files_in_order() {
        let dir = tempfile::tempdir().unwrap();
        assert!(theme(&dir.path().join("none")).unwrap().is_none());
        fs::create_dir(dir.path().join("templates")).unwrap();
        for file in ["theme.toml", "templates/b.html", "templates/a.html", ".hidden", "templates/a.html~"] {
            fs::write(dir.path().join(file), file).unwrap();
        }
        let names: Vec<_> = theme(dir.path()).unwrap().unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["templates/a.html", "templates/b.html", "theme.toml"]);
    }
}
