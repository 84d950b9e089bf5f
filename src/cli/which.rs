//! Which postmortem is meant: a file, an id, a slug or another of its names.
#![expect(clippy::disallowed_methods, reason = "a text from outside the content folder is read here")]

use crate::corpus::Edition;
use crate::diag::Source;
use crate::diag::words::nearest;
use crate::pipeline::Project;
use crate::{Error, Result};
use std::io::Read;
use std::path::{Path, PathBuf};

/// What was named.
#[derive(Debug)]
pub(super) enum Which {
    /// An incident of the edition, by number.
    Incident(usize),
    /// A text that lies elsewhere.
    Outside(Source),
}

/// What `what` names: a file that is there, else an incident by id, slug, alias or path in the content folder.
pub(super) fn find(what: &str, edition: &Edition, project: &Project) -> Result<Which> {
    if what == "-" {
        let mut bytes = Vec::new();
        let failed = |source| Error::Read { path: PathBuf::from("-"), source };
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(failed)?;
        return outside("standard input", Path::new("-"), bytes);
    }
    let file = Path::new(what);
    if file.is_file() {
        let failed = |source| Error::Read { path: file.to_owned(), source };
        let place = std::fs::canonicalize(file).map_err(failed)?;
        return match within(&place, project) {
            Some(path) => incident_at(&path, edition).map(Which::Incident),
            None => outside(what, &place, std::fs::read(&place).map_err(failed)?),
        };
    }
    incident(what, edition).map(Which::Incident)
}

/// The incident of `edition` that goes by `name`.
pub(super) fn incident(name: &str, edition: &Edition) -> Result<usize> {
    let name = name.trim();
    let all = || edition.incidents.iter().map(|one| (&one.incident, one.slug.as_str()));
    let by_id = all().position(|(one, _)| one.id.eq_ignore_ascii_case(name));
    let by_name = || {
        all().position(|(one, slug)| {
            let alias = || one.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name));
            *one.path == *name || slug == name || alias()
        })
    };
    // A file's name alone will do where no other is called so.
    let by_file = || {
        let file = |path: &str| {
            let file = path.rsplit('/').next().unwrap_or(path).to_owned();
            file == name || file.rsplit_once('.').is_some_and(|(stem, _)| stem == name)
        };
        let mut called = (0..edition.incidents.len()).zip(all()).filter(|(_, (one, _))| file(&one.path));
        called.next().filter(|_| called.next().is_none()).map(|(number, _)| number)
    };
    by_id.or_else(by_name).or_else(by_file).ok_or_else(|| {
        let ids: Vec<&str> = all().flat_map(|(one, slug)| [one.id.as_str(), &*one.path, slug]).collect();
        let near = nearest(name, ids.iter().copied());
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        Error::Usage(format!("there is no file and no postmortem called `{name}`{near}"))
    })
}

/// The path of `place` relative to the content folder, where it lies in it.
fn within(place: &Path, project: &Project) -> Option<String> {
    let folder = std::fs::canonicalize(project.folder.path()).ok()?;
    let path = place.strip_prefix(folder).ok()?;
    Some(path.to_str()?.replace(std::path::MAIN_SEPARATOR, "/"))
}

fn incident_at(path: &str, edition: &Edition) -> Result<usize> {
    edition.incidents.iter().position(|one| *one.incident.path == *path).ok_or_else(|| {
        let help = "it is a page, excluded by `site.toml`, or cannot be read; `kb check` tells more";
        Error::Usage(format!("`{path}` is no postmortem of this project: {help}"))
    })
}

/// A text from elsewhere. Its full path cannot be that of a document of the content folder.
fn outside(name: &str, place: &Path, bytes: Vec<u8>) -> Result<Which> {
    let text = String::from_utf8(bytes)
        .map_err(|_| Error::Usage(format!("`{name}` is no UTF-8 text, so it cannot be compared")))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let path = format!("/{}", place.to_string_lossy().trim_start_matches('/'));
    Ok(Which::Outside(Source { name: name.into(), ..Source::new(path, text) }))
}
