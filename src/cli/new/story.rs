//! `kb new --from KEY`: a draft from an incident that a status page or a pager knows, without asking them again.

use crate::cli::clock;
use crate::cli::coverage;
use crate::cli::exit::Exit;
use crate::cli::import::draft;
use crate::cli::import::place::Places;
use crate::cli::new_file::{Wrote, write_new};
use crate::cli::terminal::Terminal;
use crate::diag::words::nearest;
use crate::interop::draft::Writer;
use crate::interop::story::Origin;
use crate::pipeline::Project;
use crate::{Error, Result};
use std::path::Path;

/// Whether `text` looks like `statuspage/p31`.
pub(super) fn is_key(text: &str) -> bool {
    text.split_once('/').is_some_and(|(kind, _)| Origin::ALL.iter().any(|origin| origin.word() == kind))
}

/// Writes the draft of the incident `key`, under `title` unless that is empty.
pub(super) fn write(
    key: &str,
    title: &str,
    project: &Path,
    content: Option<&Path>,
    terminal: &Terminal,
) -> Result<Exit> {
    let mut found = Vec::new();
    let mut project = Project::open(project, content)?.unpack(&mut found);
    let known = coverage::known(&project)?;
    let mut story = known.story(key).cloned().ok_or_else(|| {
        let keys: Vec<String> = known.stories().map(|(_, story)| story.key()).collect();
        let near =
            nearest(key, keys.iter()).map(|near| format!("; did you mean `{near}`")).unwrap_or_default();
        Error::Usage(format!(
            "no incident `{key}` is known{near}; `kb coverage` lists them, `kb sync` asks for more"
        ))
    })?;
    if !title.is_empty() {
        title.clone_into(&mut story.title);
    }
    if let Some(place) = Places::of(&mut project).of_story(&story)? {
        return Err(Error::Usage(format!("`{}` tells of it already", place.source.name)));
    }
    let writer = Writer::new(&story, &project.config, clock::now()?);
    let (path, text) = draft(&story, &writer, &project.config, project.folder.path())?;
    if write_new(&path, &text)? == Wrote::Nothing {
        return Err(Error::Usage(format!(
            "`{}` exists already; edit it, or choose another title",
            path.display()
        )));
    }
    terminal.result(&format!("{}\n", path.display()));
    terminal.say("it is an internal draft until you remove `status: draft`");
    Ok(Exit::Fine)
}
