//! `kb check --watch`: the same check after every change, for editors and second windows.
//!
//! Only what changed is read again. A folder that is replaced or settings that change make everything be read anew.

use super::Check;
use crate::Result;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::diag::Diagnostic;
use crate::diag::report::Report;
use crate::disk::{Batch, Folders, Means, Watch};
use crate::pipeline::{Memo, Project, Quiet};
use std::time::Duration;

/// How long to wait before looking whether anyone still reads.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs until it is stopped, or until nobody reads what it tells.
pub(super) fn watch(check: &Check, terminal: &Terminal) -> Result<Exit> {
    let mut settings = Vec::new();
    let mut project = check.open()?.unpack(&mut settings);
    let watch = Watch::start(folders(&project), Means::Notices)?;
    let mut memo = Memo::default();
    tell(check, &mut project, &settings, &mut memo, terminal)?;
    terminal.say("checking again after every change; press Ctrl+C to stop");
    while !terminal.is_deaf() {
        let Some(batch) = watch.next(PATIENCE) else { continue };
        if !refresh(&mut project, &batch) {
            // Broken settings are told, and the last good ones go on; a folder that is gone may come back.
            match check.open() {
                Ok(opened) => {
                    settings.clear();
                    project = opened.unpack(&mut settings);
                    memo = Memo::default();
                }
                Err(error) => {
                    terminal.fail(&error.to_string());
                    continue;
                }
            }
        }
        tell(check, &mut project, &settings, &mut memo, terminal)?;
    }
    Ok(Exit::Fine)
}

fn folders(project: &Project) -> Folders {
    let root = &project.root;
    Folders { deep: vec![project.folder.path().to_owned()], flat: vec![root.clone()], ignored: Vec::new() }
}

/// Looks again at what changed; `false` where everything has to be opened anew.
fn refresh(project: &mut Project, batch: &Batch) -> bool {
    let Batch::Changed(paths) = batch else { return false };
    if paths.iter().any(|path| path.ends_with("site.toml")) {
        return false;
    }
    project.folder.refresh(paths);
    true
}

fn tell(
    check: &Check,
    project: &mut Project,
    settings: &[Diagnostic],
    memo: &mut Memo,
    terminal: &Terminal,
) -> Result<()> {
    let told = check.look(project, settings.to_vec(), memo, &Quiet, terminal)?;
    terminal.result(&check.shown(&Report::new(&told, &project.sources), terminal));
    Ok(())
}
