//! Attachments on their way into the site: harmless where a browser would run them, without what they tell about their
//! makers where they are for the public, and looked at by the leak guard like everything else.

use super::guard::{Guard, note};
use super::site::Parts;
use super::{Progress, Project};
use crate::diag::{Diagnostic, Level, Span};
use crate::disk::{Stage, open_inside};
use crate::model::Audience;
use crate::output::{Output, OutputPath};
use crate::render::attached;
use crate::{Error, Result};
use std::io::{self, Read};
use std::path::Path;

/// Longest attachment that is held in memory as a whole, in bytes.
const WHOLE: u64 = 64 << 20;
/// What is looked at together of a longer one, and how much of it a second time with what follows.
const PIECE: usize = 16 << 20;
const OVERLAP: usize = 64 << 10;

/// Puts every attachment of `parts` into `stage`.
pub(super) fn publish(
    project: &Project,
    parts: &Parts,
    stage: &Stage,
    guard: &Guard<'_>,
    progress: &dyn Progress,
) -> Result<()> {
    progress.stage("attachments", Some(parts.edition.assets.len()));
    for asset in &parts.edition.assets {
        progress.step();
        if let Some(path) = OutputPath::new(&format!("files/{}", asset.path)) {
            one(project.folder.path(), &asset.path, path, parts.edition.audience, stage, guard)?;
        }
    }
    Ok(())
}

fn one(
    folder: &Path,
    name: &str,
    path: OutputPath,
    audience: Audience,
    stage: &Stage,
    guard: &Guard<'_>,
) -> Result<()> {
    let file = folder.join(name);
    let fitted = attached::is_fitted(name, audience);
    if !fitted && audience == Audience::Internal {
        return stage.copy(&file, &path);
    }
    let unread = |source| Error::Read { path: file.clone(), source };
    let (mut reader, metadata) = open_inside(folder, &file).map_err(unread)?;
    let told = |bytes: &[u8]| {
        if audience == Audience::Public && attached::tells_its_maker(name, bytes) {
            note(guard.troubles, kept(&path));
        }
    };
    if metadata.len() > WHOLE {
        told(&[]);
        if fitted {
            note(guard.troubles, refused(&path, "is too large to be made harmless"));
            return Ok(());
        }
        let clean = in_pieces(&mut reader, |piece| guard.look(path.as_str(), piece)).map_err(unread)?;
        return if clean { stage.copy(&file, &path) } else { Ok(()) };
    }
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(unread)?;
    told(&bytes);
    let Some(fit) = attached::fit(name, &bytes, audience) else {
        note(guard.troubles, refused(&path, "cannot be read with certainty, and might run scripts"));
        return Ok(());
    };
    guard.put(stage, &Output { path, bytes: fit.into_owned() })
}

/// Whether `look` takes every piece of what `reader` gives.
fn in_pieces(reader: &mut impl Read, look: impl Fn(&[u8]) -> bool) -> io::Result<bool> {
    let mut piece = Vec::new();
    loop {
        let before = piece.len();
        reader.by_ref().take((PIECE - before) as u64).read_to_end(&mut piece)?;
        if piece.len() == before {
            return Ok(true);
        }
        if !look(&piece) {
            return Ok(false);
        }
        piece.drain(..piece.len().saturating_sub(OVERLAP));
    }
}

fn kept(path: &OutputPath) -> Diagnostic {
    Diagnostic {
        level: Level::Warning,
        code: "attachment",
        file: path.as_str().into(),
        span: Span::at(0),
        message: "customers get this file with what it tells about who made it, where and with what".into(),
        help: Some(
            "that is taken out of JPEG, PNG, WebP, GIF and SVG; clean other files by hand, or leave them out"
                .into(),
        ),
    }
}

fn refused(path: &OutputPath, why: &str) -> Diagnostic {
    Diagnostic {
        level: Level::Warning,
        code: "attachment",
        file: path.as_str().into(),
        span: Span::at(0),
        message: format!("the attachment {why}; the site lacks it"),
        help: Some("save it as PNG or PDF, or pack it".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_on_the_border_of_two_pieces_is_seen() {
        let mut bytes = vec![b'.'; PIECE - 3];
        bytes.extend_from_slice(b"secret");
        bytes.extend(vec![b'.'; PIECE]);
        let look = |piece: &[u8]| !piece.windows(6).any(|six| six == b"secret");
        assert!(!in_pieces(&mut bytes.as_slice(), look).unwrap());
        assert!(in_pieces(&mut vec![b'.'; PIECE * 2].as_slice(), look).unwrap());
    }
}
