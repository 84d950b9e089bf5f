//! From files to a corpus, and through the gate.

use super::{Memo, Progress, Project};
use crate::corpus::{Corpus, Edition, publish};
use crate::diag::Checked;
use crate::model::Audience;

/// Reads all postmortems of `project`: in parallel, in path order, and only those that `memo` does not know.
pub fn read(project: &mut Project, memo: &mut Memo, progress: &dyn Progress) -> Checked<Corpus> {
    let mut found = Vec::new();
    let content = project.content().unpack(&mut found);
    progress.stage("reading", Some(content.documents.len()));
    let corpus = memo.read(content, &project.config, &project.tickets, progress).unpack(&mut found);
    Checked::new(corpus, found)
}

/// What `audience` may read of `project`.
pub fn edition(
    project: &mut Project,
    audience: Audience,
    drafts: bool,
    progress: &dyn Progress,
) -> Checked<Edition> {
    let corpus = read(project, &mut Memo::default(), progress);
    Checked::new(publish(&corpus.value, audience, &project.config, drafts), corpus.found)
}
