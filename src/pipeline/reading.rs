//! From files to a corpus, and through the gate.

use super::{Memo, Progress, Project};
use crate::corpus::{Corpus, Draft, Edition, publish};
use crate::diag::Checked;
use crate::model::Audience;
use std::sync::Arc;

/// Reads all postmortems of `project`: in parallel, in path order, and only those that `memo` does not know.
pub fn read(project: &mut Project, memo: &mut Memo, progress: &dyn Progress) -> Checked<Corpus> {
    let mut found = Vec::new();
    let content = project.content().unpack(&mut found);
    progress.stage("reading", Some(content.documents.len()));
    let corpus = memo.read(content, &project.config, &project.tickets, progress).unpack(&mut found);
    Checked::new(corpus, found)
}

/// Reads the documents at `paths` alone, so that they can be shown before everything else is looked at. `None` where they
/// are not all later versions, without errors, of documents that `memo` knows.
pub fn read_ahead(project: &Project, memo: &mut Memo, paths: &[Arc<str>]) -> Option<Vec<Draft>> {
    let sources: Option<Vec<_>> = paths.iter().map(|path| project.folder.document(path).cloned()).collect();
    memo.read_ahead(sources?, &project.config, &project.tickets)
}

/// What `audience` may read of `project`.
pub fn edition(
    project: &mut Project,
    audience: Audience,
    drafts: bool,
    progress: &dyn Progress,
) -> Checked<Edition> {
    let corpus = read(project, &mut Memo::of_a_run_for(audience), progress);
    Checked::new(publish(&corpus.value, audience, &project.config, drafts), corpus.found)
}
