//! From files to a corpus, and through the gate.

use super::{Memo, Progress, Project};
use crate::corpus::{Corpus, Draft, Edition, publish};
use crate::diag::{Checked, Source};
use crate::model::Audience;
use crate::parse::{ParseOptions, postmortem};
use rayon::prelude::*;

/// Reads all postmortems of `project`: in parallel, in path order, and only those that `memo` does not know.
pub fn read(project: &mut Project, memo: &mut Memo, progress: &dyn Progress) -> Checked<Corpus> {
    let mut found = Vec::new();
    let content = project.content().unpack(&mut found);
    let options = ParseOptions::new(&project.config);
    progress.stage("reading", Some(content.documents.len()));
    let read: Vec<(Source, Checked<Draft>)> = content
        .documents
        .into_par_iter()
        .map(|source| {
            let draft = memo.draft(&source).unwrap_or_else(|| postmortem(&source, &options));
            progress.step();
            (source, draft)
        })
        .collect();
    let drafts = memo.settle(read, &mut found);
    let corpus = Corpus::gather(drafts, content.assets, &project.config).unpack(&mut found);
    Checked::new(corpus.hearing(&project.tickets, &project.config), found)
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
