//! From a changed file to a new state of the site.

use super::super::{Kind, Reload, Stop, Trouble};
use super::Preview;
use super::shop::Shop;
use crate::corpus::publish;
use crate::diag::report::Report as Told;
use crate::diag::{Checked, Diagnostic, Level, SourceMap, has_errors};
use crate::disk::{self, Batch, Folders, Means, Watch};
use crate::model::Audience;
use crate::pipeline::{Memo, Parts, Project, Quiet, read};
use crate::recur::Recurrences;
use crate::{Error, Result};
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// Whom findings are told to: all of them, with the sources they stand in.
pub type Report = Box<dyn Fn(&[Diagnostic], &SourceMap) + Send>;

/// How to preview.
#[derive(Debug)]
pub struct PreviewOptions {
    /// For whom.
    pub audience: Audience,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Today.
    pub as_of: Date,
    /// Folder of the postmortems, where it was named.
    pub content: Option<PathBuf>,
    /// Look for changes instead of being told, for network file systems.
    pub poll: bool,
    /// Whether pages may show lines of the sources: only to the machine the sources lie on.
    pub shows_sources: bool,
}

struct Follower {
    project: Project,
    memo: Memo,
    options: PreviewOptions,
    /// Of the last state, from which the next one is related faster.
    recurrences: Option<Arc<Recurrences>>,
    reload: Arc<Reload>,
    report: Report,
}

/// Reads everything and starts to follow changes.
pub(super) fn start(
    opened: Checked<Project>,
    options: PreviewOptions,
    reload: Arc<Reload>,
    stop: &Stop,
    report: Report,
) -> Result<Arc<Preview>> {
    let found = opened.found;
    let project = opened.value;
    let folders = Folders {
        deep: vec![project.folder.path().to_owned(), project.root.join("themes")],
        flat: vec![project.root.clone()],
        ignored: vec![project.root.join("dist")],
    };
    let means = if options.poll { Means::Looking(Duration::from_millis(500)) } else { Means::Notices };
    let watch = Watch::start(folders, means)?;
    let content = project.folder.path().to_owned();
    let memo = Memo::keeping_good();
    let mut follower = Follower { project, memo, options, recurrences: None, reload, report };
    let made = follower.make(found);
    let Some(shop) = made.value else {
        (follower.report)(&made.found, &follower.project.sources);
        return Err(Error::Findings("there is nothing to serve before these errors are mended".into()));
    };
    follower.tell(&made.found);
    let preview = Preview::new(shop, content);
    let (seen, stop) = (Arc::clone(&preview), stop.clone());
    thread::spawn(move || {
        while !stop.is_told() {
            if let Some(batch) = watch.next(Duration::from_millis(250)) {
                follower.follow(batch, &seen);
            }
        }
    });
    Ok(preview)
}

impl Follower {
    fn follow(&mut self, batch: Batch, preview: &Preview) {
        let mut found = Vec::new();
        if !self.take_in(batch, &mut found) {
            return;
        }
        let made = self.make(found);
        if let Some(shop) = made.value {
            preview.replace(shop);
        }
        self.tell(&made.found);
    }

    /// Looks at what changed; says whether anything that matters did.
    fn take_in(&mut self, batch: Batch, found: &mut Vec<Diagnostic>) -> bool {
        let root = self.project.root.clone();
        match batch {
            Batch::Rescan => {
                self.reopen(found);
                true
            }
            Batch::Changed(paths) => {
                let touched = self.project.folder.refresh(&paths);
                let settings = paths.iter().any(|path| {
                    (path.ends_with("site.toml") || path.ends_with("tickets.json"))
                        && path.parent() == Some(&root)
                });
                let theme = paths.iter().any(|path| path.starts_with(root.join("themes")));
                if settings {
                    self.reopen(found);
                } else {
                    found.extend(self.project.settings_found());
                }
                if theme && let Ok(files) = disk::theme(&self.project.theme_folder) {
                    self.project.theme = files.unwrap_or_default();
                }
                settings || theme || !touched.is_empty()
            }
        }
    }

    /// Reads settings and folder anew. Settings with errors leave those that stood.
    fn reopen(&mut self, found: &mut Vec<Diagnostic>) {
        let Ok(opened) = Project::open(&self.project.root, self.options.content.as_deref()) else { return };
        if has_errors(&opened.found) {
            self.project.sources = opened.value.sources;
            // The folder is fresh all the same; only the settings wait to be mended.
            let _ = self.project.folder.rescan();
        } else {
            self.project = opened.value;
            self.memo.forget();
        }
        found.extend(opened.found);
    }

    /// A new state, unless errors across documents or in the theme leave none.
    fn make(&mut self, mut found: Vec<Diagnostic>) -> Checked<Option<Arc<Shop>>> {
        let corpus = read(&mut self.project, &mut self.memo, &Quiet).unpack(&mut found);
        let edition = publish(&corpus, self.options.audience, &self.project.config, self.options.drafts);
        let earlier = self.recurrences.as_deref();
        let made = Parts::after(earlier, edition, &self.project, self.options.as_of);
        self.recurrences = Some(Arc::clone(&made.value.recurrences));
        made.value.remember(&mut self.project.sources);
        let opened = Shop::open(made.value);
        let usable = !has_errors(&made.found) && !has_errors(&opened.found);
        found.extend(made.found);
        found.extend(opened.found);
        found.sort_by(Diagnostic::order);
        found.dedup();
        Checked::new(usable.then_some(opened.value), found)
    }

    fn tell(&self, found: &[Diagnostic]) {
        (self.report)(found, &self.project.sources);
        self.reload.publish(Kind::Page, &[], &[]);
        if has_errors(found) {
            self.reload.publish(Kind::Error, &[], &self.troubles(found));
        }
    }

    fn troubles(&self, found: &[Diagnostic]) -> Vec<Trouble> {
        let errors: Vec<Diagnostic> = found.iter().filter(|one| one.level == Level::Error).cloned().collect();
        let told = Told::new(&errors, &self.project.sources);
        let trouble = |(finding, place): (&Diagnostic, crate::diag::Position)| {
            let text = self.project.sources.text(&finding.file).filter(|_| self.options.shows_sources);
            Trouble {
                file: finding.file.to_string(),
                line: place.line,
                column: place.column,
                code: finding.code.to_owned(),
                message: finding.message.clone(),
                help: finding.help.clone(),
                source: text.and_then(|text| text.lines().nth(place.line - 1)).map(str::to_owned),
            }
        };
        told.places().map(trouble).collect()
    }
}
