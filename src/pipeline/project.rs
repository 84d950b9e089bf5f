//! A project as it lies on disk: settings, postmortems, attachments, theme.

use crate::Result;
use crate::config::{self, SiteConfig};
use crate::diag::{Checked, Diagnostic, SourceMap};
use crate::disk::{self, Content, ContentFolder, Exclude};
use crate::interop::known::{self, Known};
use crate::interop::tickets::snapshot;
use crate::lint;
use crate::model::Tickets;
use crate::theme::Theme;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Everything a run reads, read.
#[derive(Debug)]
pub struct Project {
    /// Its settings.
    pub config: SiteConfig,
    /// Every text that was read, for reports.
    pub sources: SourceMap,
    /// Its content folder, which can look again at what changed.
    pub folder: ContentFolder,
    /// Files of the chosen theme, by path within it; empty for the built-in one.
    pub theme: Vec<(String, Vec<u8>)>,
    /// Where the theme's files lie, whether or not there are any.
    pub theme_folder: PathBuf,
    /// What trackers said of tickets when they were last asked.
    pub tickets: Tickets,
    /// What status pages and pagers knew of incidents when they were last asked; `None` where they never were.
    pub known: Option<Arc<Known>>,
    /// The project folder.
    pub root: PathBuf,
    /// What was found in `site.toml`.
    pub(super) settings_found: Vec<Diagnostic>,
}

impl Project {
    /// Reads the project in `dir`, with the postmortems in `content` where that is named. Fails where there is neither
    /// a project nor content, or where a folder cannot be opened.
    pub fn open(dir: &Path, content: Option<&Path>) -> Result<Checked<Self>> {
        let root = disk::Project::open(dir)?;
        let mut found = Vec::new();
        let mut sources = SourceMap::default();
        let config = match &root.settings {
            Some(source) => {
                sources.insert(source);
                let config = config::read(source).unpack(&mut found);
                found.extend(lint::unknown_rules(&config, source));
                config
            }
            None => SiteConfig::default(),
        };
        let exclude = Exclude::new(&config.content.exclude, root.settings.as_ref()).unpack(&mut found);
        let folder = ContentFolder::open(&root.content(content, &config.content.dir)?, exclude)?;
        let theme_folder = root.theme_folder(&config.theme);
        let theme = disk::theme(&theme_folder)?.unwrap_or_default();
        let tickets = match root.beside(snapshot::FILE, snapshot::LARGEST)? {
            Some(source) => {
                sources.insert(&source);
                snapshot::read(&source).unpack(&mut found)
            }
            None => Tickets::default(),
        };
        let known = match root.beside(known::FILE, known::LARGEST)? {
            Some(source) => {
                sources.insert(&source);
                Some(Arc::new(Known::read(&source).unpack(&mut found)))
            }
            None => None,
        };
        let settings_found = found.clone();
        let root = root.folder;
        let project =
            Self { config, sources, folder, theme, theme_folder, tickets, known, root, settings_found };
        Ok(Checked::new(project, found))
    }

    /// The content folder of the project in `dir`, before anything of it is read. Fails as [`open`](Self::open) does.
    pub fn content_folder(dir: &Path, content: Option<&Path>) -> Result<PathBuf> {
        let root = disk::Project::open(dir)?;
        let config = root.settings.as_ref().map(|source| config::read(source).value);
        root.content(content, &config.unwrap_or_default().content.dir)
    }

    /// What stands in the content folder now, with what could not be read. Its texts are kept for reports.
    pub fn content(&mut self) -> Checked<Content> {
        let content = self.folder.content();
        self.sources.replace_documents(content.value.documents.clone());
        content
    }

    /// Lets go of the texts of all postmortems: a build that has understood them needs their memory for its pages.
    pub(super) fn let_go(&mut self) {
        self.folder.let_go();
        self.sources.replace_documents(Vec::new());
    }

    /// Reads those texts again that `found` points into, so that reports can show the lines.
    pub(super) fn recall(&mut self, found: &[Diagnostic]) {
        self.folder.recall(&found.iter().map(|finding| &*finding.file).collect());
        self.sources.replace_documents(self.folder.content().value.documents);
    }

    /// The theme that the settings name, with its layers.
    pub fn theme(&self) -> Checked<Theme> {
        let find = |name: &str| {
            if name == self.config.theme {
                return (!self.theme.is_empty()).then(|| self.theme.clone());
            }
            disk::theme(&self.root.join("themes").join(name)).ok().flatten()
        };
        Theme::load(&self.config.theme, &find)
    }

    /// What was found in `site.toml` when it was read.
    pub fn settings_found(&self) -> Vec<Diagnostic> {
        self.settings_found.clone()
    }
}
