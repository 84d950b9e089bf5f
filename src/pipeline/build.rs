//! A full build: every stage once, page by page into the staged folder, and one exchange at the end.

use super::guard::{Guard, note};
use super::site::Parts;
use super::{Memo, Progress, Project, attachments, closings, read, search, unchanged};
use crate::Result;
use crate::corpus::{Secrets, publish};
use crate::diag::{Checked, Diagnostic, has_errors};
use crate::disk::{Stage, Written};
use crate::measure::Closings;
use crate::model::Audience;
use jiff::civil::Date;
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// What a build is asked to do.
#[derive(Debug)]
pub struct BuildOptions {
    /// For whom.
    pub audience: Audience,
    /// Where to.
    pub out: PathBuf,
    /// Where the site will be published, instead of what `site.toml` says.
    pub base_url: Option<String>,
    /// Whether drafts are included.
    pub drafts: bool,
    /// Whether warnings stop the build.
    pub strict: bool,
    /// Today.
    pub as_of: Date,
    /// Threads; one per processor where not said.
    pub jobs: Option<usize>,
    /// What tells this program from its other versions. Without it every build does everything.
    pub program: Option<String>,
}

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// Pages of the site.
    pub pages: usize,
    /// Files written.
    pub written: usize,
    /// Files that had not changed.
    pub unchanged: usize,
    /// Files of an earlier build that are gone.
    pub removed: usize,
    /// Files in the folder that are not kb's, and stay.
    pub others: usize,
    /// Documents with `status: draft` that were left out.
    pub drafts: usize,
    /// Postmortems and pages in the site.
    pub documents: usize,
    /// The folder.
    pub out: PathBuf,
    /// Whether the site lay there already and nothing was done.
    pub lay_there: bool,
}

/// Builds the site; `None` where findings stopped it, and then the output folder is as it was.
///
/// # Errors
/// Where files cannot be read or written.
pub fn build(
    project: &mut Project,
    options: &BuildOptions,
    progress: &dyn Progress,
) -> Result<Checked<Option<Built>>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.jobs.unwrap_or(0)).build();
    match pool {
        Ok(pool) => pool.install(|| once(project, options, progress)),
        // Without a pool of its own the build runs on the shared one.
        Err(_) => once(project, options, progress),
    }
}

/// Builds unless the site that lies there was made from the very same inputs.
fn once(
    project: &mut Project,
    options: &BuildOptions,
    progress: &dyn Progress,
) -> Result<Checked<Option<Built>>> {
    let inputs = unchanged::inputs(project, options);
    let last = inputs.as_deref().and_then(|inputs| unchanged::last(inputs, options));
    if let Some(last) = last.filter(|last| !stops(&last.found, options.strict)) {
        // Findings show the lines they stand in.
        project.content();
        return Ok(Checked::new(Some(last.value), last.found));
    }
    let made = run(project, options, progress)?;
    project.recall(&made.found);
    if let (Some(inputs), Some(built)) = (inputs, &made.value) {
        unchanged::leave(inputs, built, &made.found);
    }
    Ok(made)
}

fn run(
    project: &mut Project,
    options: &BuildOptions,
    progress: &dyn Progress,
) -> Result<Checked<Option<Built>>> {
    let mut found = Vec::new();
    let corpus = read(project, &mut Memo::of_a_run_for(options.audience), progress).unpack(&mut found);
    project.let_go();
    if stops(&found, options.strict) {
        return Ok(Checked::new(None, found));
    }
    if let Some(address) = &options.base_url {
        project.config.base_url.clone_from(address);
        project.config.audience.public.base_url = None;
    }
    let edition = publish(&corpus, options.audience, &project.config, options.drafts);
    let documents = edition.incidents.len() + edition.pages.len();
    // Colleagues may read all but drafts.
    let drafts = match options.audience {
        Audience::Internal => corpus.len() - documents,
        Audience::Public => 0,
    };
    let secrets = Secrets::of(&corpus, &edition, &project.config);
    // Lines of what the public reads are not those of the file; and its history is nobody else's business.
    let closed = match options.audience {
        Audience::Internal => closings(project, &edition, progress),
        Audience::Public => Closings::default(),
    };
    let parts = Parts::of(edition, project, options.as_of).unpack(&mut found).closing(closed);
    parts.remember(&mut project.sources);
    let planned = parts.plan(false);
    found.extend(planned.found);
    let drawn = parts.renderer(false);
    found.extend(drawn.found);
    if stops(&found, options.strict) {
        return Ok(Checked::new(None, found));
    }
    let stage = Stage::open(&options.out)?;
    let (pages, renderer) = (planned.value, drawn.value);
    progress.stage("rendering", Some(pages.len()));
    let troubles = Mutex::new(Vec::new());
    let guard = Guard::new(&secrets, &troubles);
    let render = || {
        pages.par_iter().try_for_each(|page| {
            progress.step();
            match renderer.page(page) {
                Ok(output) => guard.put(&stage, &output),
                Err(trouble) => {
                    note(&troubles, trouble);
                    Ok(())
                }
            }
        })
    };
    let export = || {
        let words = |words: &str| {
            guard.look(WORDS, words.as_bytes());
        };
        search::export(&parts, &words, &|output| guard.put(&stage, &output))
    };
    // tantivy indexes on one thread; pages are rendered beside it.
    let (rendered, exported) = rayon::join(render, export);
    rendered.and(exported)?;
    attachments::publish(project, &parts, &stage, &guard, progress)?;
    found.extend(troubles.into_inner().unwrap_or_else(PoisonError::into_inner));
    if stops(&found, options.strict) {
        return Ok(Checked::new(None, found));
    }
    progress.stage("publishing", None);
    let Written { written, unchanged, removed, others, .. } = stage.commit()?;
    let html = pages
        .iter()
        .filter(|page| std::path::Path::new(page.path.as_str()).extension().is_some_and(|end| end == "html"))
        .count();
    let built = Built {
        pages: html,
        written,
        unchanged,
        removed,
        others,
        drafts,
        documents,
        out: options.out.clone(),
        lay_there: false,
    };
    Ok(Checked::new(Some(built), found))
}

/// Where the words of the index end up, for findings.
const WORDS: &str = "search/index.kbs";

fn stops(found: &[Diagnostic], strict: bool) -> bool {
    has_errors(found) || strict && !found.is_empty()
}
