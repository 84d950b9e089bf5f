//! From changed files to a new state of the site.
//!
//! One thread takes changes in, one after the other. The pages of the documents that one of them touched are shown at once;
//! what else changes with them follows when no other change comes right behind. What looks at everything (comparing all
//! incidents with each other, the history of all files) is done on a thread of its own when it has been quiet for a while,
//! and its result is taken in like any other change. After that the site is the one that a clean build would give.

mod ahead;
mod settle;
mod tell;
#[cfg(test)]
mod tests;
mod watching;

use super::super::{Reload, Stop};
use super::early::Early;
use super::loading::{Both, Following};
use super::side::{Compared, Kitchen, Side};
use super::told::{Known, Shown, Teller};
use super::{Preview, PreviewOptions};
use crate::corpus::Corpus;
use crate::diag::{Checked, Diagnostic, Level, has_errors};
use crate::disk::{self, Batch};
use crate::model::Audience;
use crate::pipeline::{Memo, Progress, Project, Quiet, read};
use crate::theme::Theme;
use crate::{Error, Result};
use ahead::Open;
use jiff::civil::Date;
use settle::Settling;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};
pub(super) use watching::Watching;

/// So long it must be quiet before everything is compared; longer where that takes long itself.
const QUIET: Duration = Duration::from_millis(1500);
/// So often the follower looks at the clock.
const TICK: Duration = Duration::from_millis(500);
/// More changed documents than this may have changed any page.
const FEW: usize = 64;

/// What the follower hears of.
pub(super) enum Event {
    /// Files changed.
    Files(Batch),
    /// Everything was compared, for the site of an audience.
    Compared(Audience, Compared, Duration),
    /// It was asked what is like the documents that changed.
    Asked(Vec<settle::Answered>),
    /// Somebody wants to see the site as the public will.
    Public,
}

pub(super) struct Follower {
    project: Project,
    memo: Memo,
    corpus: Corpus,
    theme: Checked<Arc<Theme>>,
    sides: Vec<Side>,
    as_of: Date,
    options: PreviewOptions,
    shown: Shown,
    known: Known,
    preview: Arc<Preview>,
    reload: Arc<Reload>,
    tell: Teller,
    send: Sender<Event>,
    settling: Settling,
    watching: Option<Watching>,
    /// What open pages showed last, by address.
    seen: HashMap<String, blake3::Hash>,
    /// The pages that were told of the last change at once.
    told: Vec<String>,
    /// What was shown ahead and is not taken in wholly yet.
    open: Option<Open>,
}

/// What changes touched.
#[derive(Default)]
struct Taken {
    touched: Vec<Arc<str>>,
    settings: bool,
    theme: bool,
    /// Whether the pages of the documents were shown and told already.
    shown: bool,
}

/// Reads everything and starts to follow changes; returns when there is something to show.
pub(super) fn start(
    opened: Checked<Project>,
    options: PreviewOptions,
    (preview, events, send): (Arc<Preview>, Receiver<Event>, Sender<Event>),
    (reload, mut watching): (Arc<Reload>, Watching),
    stop: &Stop,
    (tell, progress): (Teller, &dyn Progress),
) -> Result<()> {
    let start = Instant::now();
    let mut follower =
        Follower::new(opened.value, options, (Arc::clone(&preview), send.clone()), reload, tell);
    preview.loading.show(follower.early());
    let (loading, reload) = (&preview.loading, Arc::clone(&follower.reload));
    let found = follower.make(&Taken::default(), opened.found, &Both(progress, &Following(loading, &reload)));
    follower.news(&found, &[], start.elapsed());
    if follower.sides.iter().all(|side| side.shop().is_none()) {
        return Err(Error::Findings("there is nothing to serve before these errors are mended".into()));
    }
    preview.loading.end();
    follower.settling.due = Some(Instant::now());
    watching.tell(&send);
    follower.watching = Some(watching);
    let ending = stop.clone();
    thread::spawn(move || follower.run(&events, &ending));
    Ok(())
}

impl Taken {
    /// These changes and `later` ones.
    fn and(mut self, later: Self) -> Self {
        self.touched.extend(later.touched);
        self.touched.sort_unstable();
        self.touched.dedup();
        self.settings |= later.settings;
        self.theme |= later.theme;
        self.shown &= later.shown;
        self
    }
}

fn theme(project: &Project) -> Checked<Arc<Theme>> {
    let Checked { value, found } = project.theme();
    Checked::new(Arc::new(value), found)
}

impl Follower {
    fn new(
        project: Project,
        options: PreviewOptions,
        (preview, send): (Arc<Preview>, Sender<Event>),
        reload: Arc<Reload>,
        tell: Teller,
    ) -> Self {
        let shown = Shown {
            sources: options.shows_sources,
            editor: project.config.serve.editor.clone(),
            here: options.here.clone(),
        };
        let mut follower = Self {
            sides: vec![Side::new(&project, options.audience, options.drafts, "/")],
            as_of: (options.today)(project.config.timezone.as_deref()),
            memo: Memo::keeping_good(),
            corpus: Corpus::default(),
            theme: Checked::new(Arc::new(Theme::builtin()), Vec::new()),
            known: Known::default(),
            settling: Settling {
                ask: None,
                asking: false,
                due: None,
                running: false,
                last_took: QUIET,
                history: None,
            },
            watching: None,
            seen: HashMap::new(),
            told: Vec::new(),
            open: None,
            project,
            options,
            shown,
            preview,
            reload,
            tell,
            send,
        };
        follower.read_theme();
        if !follower.project.config.recurrence.infer || follower.options.audience == Audience::Public {
            // What authors state is all that is shown.
            follower.preview.loading.compared();
        }
        follower
    }

    /// What can be shown before everything is read.
    fn early(&self) -> Option<Arc<Early>> {
        let usable = !has_errors(&self.theme.found);
        let stages = &self.preview.stages;
        usable
            .then(|| Early::of(&self.project, &self.theme.value, &self.options, self.as_of, stages))
            .flatten()
    }

    fn run(mut self, events: &Receiver<Event>, stop: &Stop) {
        while !stop.is_told() {
            match events.recv_timeout(self.patience()) {
                Ok(Event::Files(batch)) => self.follow(batch),
                Ok(Event::Compared(audience, compared, took)) => self.compared(audience, compared, took),
                Ok(Event::Asked(answers)) => self.asked(answers),
                Ok(Event::Public) => self.open_public(),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.look_around();
        }
    }

    fn follow(&mut self, batch: Batch) {
        let start = Instant::now();
        let mut found = Vec::new();
        let mut taken = self.take_in(batch, &mut found);
        if !taken.settings && !taken.theme && taken.touched.is_empty() {
            return;
        }
        self.preview.settled(false);
        self.note_closings(&taken.touched);
        taken.shown = self.show_ahead(&taken);
        let waits = taken.shown;
        self.leave_open(taken, found, start);
        if !waits {
            self.catch_up();
        }
        self.wait();
    }

    /// Looks at what changed.
    fn take_in(&mut self, batch: Batch, found: &mut Vec<Diagnostic>) -> Taken {
        // Changes are told by full names, wherever the project was named from.
        let root = std::path::absolute(&self.project.root).unwrap_or_else(|_| self.project.root.clone());
        let Batch::Changed(paths) = batch else {
            let touched = self.reopen(found);
            return Taken { touched, settings: true, theme: true, shown: false };
        };
        let is_settings = |path: &PathBuf| {
            let inputs = ["site.toml", "tickets.json", "incidents.json"];
            path.parent() == Some(&*root) && inputs.iter().any(|name| path.ends_with(name))
        };
        let theme = paths.iter().any(|path| path.starts_with(root.join("themes")));
        let mut touched = self.project.folder.refresh(&paths);
        let settings = paths.iter().any(is_settings);
        if settings {
            touched.extend(self.reopen(found));
        } else {
            found.extend(self.project.settings_found());
        }
        if theme && let Ok(files) = disk::theme(&self.project.theme_folder) {
            self.project.theme = files.unwrap_or_default();
        }
        Taken { touched, settings, theme, shown: false }
    }

    /// Reads settings and folder anew. Settings with errors leave those that stood. Returns the files that differ.
    fn reopen(&mut self, found: &mut Vec<Diagnostic>) -> Vec<Arc<str>> {
        let Ok(opened) = Project::open(&self.project.root, self.options.content.as_deref()) else {
            // The folder may be gone for a moment only; what was read of it stays until it is back.
            return Vec::new();
        };
        let mut touched = self.project.folder.rescan().unwrap_or_default();
        if opened.found.iter().any(|one| one.level == Level::Error) {
            self.project.sources = opened.value.sources;
        } else {
            self.project = opened.value;
            self.memo.forget();
            self.shown.editor.clone_from(&self.project.config.serve.editor);
            touched.extend(self.watch_what_is_read());
            for side in &mut self.sides {
                side.reset(&self.project, self.options.drafts);
            }
        }
        found.extend(opened.found);
        touched
    }

    /// New states of all sides, unless errors across documents or in the theme leave none; and everything that was found.
    fn make(
        &mut self,
        taken: &Taken,
        mut found: Vec<Diagnostic>,
        progress: &dyn Progress,
    ) -> Vec<Diagnostic> {
        let stages = Arc::clone(&self.preview.stages);
        let read = stages.time("read", || read(&mut self.project, &mut self.memo, progress));
        self.corpus = read.unpack(&mut found);
        if taken.theme || taken.settings {
            self.read_theme();
        }
        found.extend(self.theme.found.iter().cloned());
        progress.stage("relating", None);
        let usable = !self.theme.found.iter().any(|one| one.level == Level::Error);
        let before = self.sides.first().and_then(Side::shop).cloned();
        for number in 0..self.sides.len() {
            found.extend(self.make_side(number, &taken.touched, usable));
        }
        stages.time("tell", || self.tell_pages(taken, before.as_deref(), &found));
        found
    }

    fn make_side(&mut self, number: usize, touched: &[Arc<str>], usable: bool) -> Vec<Diagnostic> {
        let Some(side) = self.sides.get_mut(number) else { return Vec::new() };
        let kitchen = Kitchen {
            project: &self.project,
            corpus: &self.corpus,
            theme: &self.theme.value,
            as_of: self.as_of,
            touched,
            stages: &self.preview.stages,
        };
        let made = side.make(&kitchen);
        let shop = side.shop().filter(|_| made.value && usable);
        if let (Some(shop), Some(front)) = (shop, self.preview.front(side.audience)) {
            front.replace(Arc::clone(shop));
        }
        made.found
    }

    /// Reads the theme again; reports can show where in it something is wrong.
    fn read_theme(&mut self) {
        self.theme = theme(&self.project);
        for layer in self.theme.value.layers() {
            let sources = layer.templates.iter().chain(&layer.words);
            sources.for_each(|(_, source)| self.project.sources.insert(source));
        }
    }

    fn look_around(&mut self) {
        if self.open.as_ref().is_some_and(Open::is_due) {
            self.catch_up();
        }
        self.look_at_open_pages();
        let today = (self.options.today)(self.project.config.timezone.as_deref());
        if today != self.as_of {
            self.as_of = today;
            self.remake();
        }
        self.begin_due();
    }

    /// Makes all sides again from the same documents.
    fn remake(&mut self) {
        if self.open.is_some() {
            return self.catch_up();
        }
        let start = Instant::now();
        let found = self.make(&Taken::default(), self.project.settings_found(), &Quiet);
        self.news(&found, &[], start.elapsed());
    }

    /// Makes the site of the public as well, from now on.
    fn open_public(&mut self) {
        if self.sides.iter().all(|side| side.audience != Audience::Public) {
            self.sides.push(Side::new(&self.project, Audience::Public, false, super::PUBLIC));
            self.remake();
            self.settling.due = Some(Instant::now());
        }
    }
}
