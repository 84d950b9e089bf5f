//! Which paths changed, in batches: from the system's notices to `Batch`es on a channel.
//!
//! A thread gathers events until they pause (see `settle`). Before a batch is handed on, and twice a second otherwise,
//! every watched folder is held against the one that the watch was put on: one that was deleted, renamed or checked
//! out anew is watched again, and a [`Batch::Rescan`] says that anything may be different there.

mod look;

use super::settle::{Burst, News, news};
use crate::{Error, Result};
use look::Looker;
use notify::event::{EventKind, ModifyKind};
use notify::{Config, RecommendedWatcher, RecursiveMode, Watcher};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

const IDLE: Duration = Duration::from_millis(500);

/// Changes that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Batch {
    /// These files and folders changed, came or went; in order, each once.
    Changed(Vec<PathBuf>),
    /// Anything may have changed: events were lost, or a watched folder was replaced.
    Rescan,
}

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// The system tells.
    Notices,
    /// By looking again and again; for network file systems, which tell nothing.
    Looking(Duration),
}

/// What to watch.
#[derive(Debug, Clone, Default)]
pub struct Folders {
    /// Watched with everything below: content and theme; they may be missing and come later.
    pub deep: Vec<PathBuf>,
    /// Watched for the files directly in it: the project, for `site.toml`.
    pub flat: Vec<PathBuf>,
    /// Never reported, wherever it lies: the output.
    pub ignored: Vec<PathBuf>,
}

impl Folders {
    /// The same folders by their full names, which is how events name them: a project below a hidden folder must not
    /// look hidden itself.
    fn absolute(self) -> Self {
        let full = |paths: Vec<PathBuf>| {
            paths.into_iter().map(|path| std::path::absolute(&path).unwrap_or(path)).collect()
        };
        Self { deep: full(self.deep), flat: full(self.flat), ignored: full(self.ignored) }
    }
}

/// A running watch; ends when dropped.
#[derive(Debug)]
pub struct Watch {
    batches: Receiver<Batch>,
    means: Means,
    _wanted: Arc<()>,
}

impl Watch {
    /// Starts to watch. Where the system cannot tell of changes (no more watches), kb looks for itself every second.
    pub fn start(folders: Folders, means: Means) -> Result<Self> {
        let (send, events) = channel();
        let folders = folders.absolute();
        let mut roots = Roots::new(folders, watcher(means, &send)?);
        let mut means = means;
        if roots.settle().is_err() {
            means = Means::Looking(Duration::from_secs(1));
            roots.replace_watcher(watcher(means, &send)?);
            roots.settle().map_err(|(path, message)| Error::Watch { path, message })?;
        }
        let (deliver, batches) = channel();
        let wanted = Arc::new(());
        let still_wanted = Arc::downgrade(&wanted);
        thread::Builder::new()
            .name("kb-watch".into())
            .spawn(move || gather(&mut roots, &events, &deliver, &still_wanted))
            .map_err(|error| Error::Watch { path: PathBuf::new(), message: error.to_string() })?;
        Ok(Self { batches, means, _wanted: wanted })
    }

    /// How changes are noticed, in the end.
    pub fn means(&self) -> Means {
        self.means
    }

    /// The next batch, or `None` if there is none within `patience`.
    pub fn next(&self, patience: Duration) -> Option<Batch> {
        self.batches.recv_timeout(patience).ok()
    }
}

type Event = notify::Result<notify::Event>;
type Events = Receiver<Event>;

fn watcher(means: Means, send: &Sender<Event>) -> Result<Box<dyn Watcher + Send>> {
    let send = send.clone();
    let hear = move |event| {
        // Nobody listens any more once the watch is dropped.
        let _ = send.send(event);
    };
    let made: notify::Result<Box<dyn Watcher + Send>> = match means {
        Means::Notices => RecommendedWatcher::new(hear, Config::default().with_follow_symlinks(false))
            .map(|made| Box::new(made) as _),
        Means::Looking(every) => {
            Looker::new(hear, Config::default().with_poll_interval(every)).map(|made| Box::new(made) as _)
        }
    };
    made.map_err(|error| Error::Watch { path: PathBuf::new(), message: error.to_string() })
}

/// Gathers events into batches until nobody wants them.
fn gather(roots: &mut Roots, events: &Events, deliver: &Sender<Batch>, wanted: &Weak<()>) {
    while wanted.strong_count() > 0 {
        let batch = match events.recv_timeout(IDLE) {
            Ok(event) => match roots.news(event) {
                News::Nothing => None,
                heard => Some(burst(roots, events, heard)),
            },
            Err(RecvTimeoutError::Timeout) => (roots.settle() == Ok(true)).then_some(Batch::Rescan),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        if batch.is_some_and(|batch| deliver.send(batch).is_err()) {
            return;
        }
    }
}

/// One batch from its first event to the pause after the last.
fn burst(roots: &mut Roots, events: &Events, heard: News) -> Batch {
    let mut burst = Burst::new(Instant::now());
    burst.add(heard, Instant::now());
    loop {
        let left = burst.left(Instant::now());
        if left.is_zero() {
            break;
        }
        let Ok(event) = events.recv_timeout(left) else {
            break;
        };
        burst.add(roots.news(event), Instant::now());
    }
    let stands = roots.settle() == Ok(false);
    burst.finish().filter(|_| stands).map_or(Batch::Rescan, Batch::Changed)
}

/// The watched folders, and which folder each watch was put on.
struct Roots {
    watcher: Box<dyn Watcher + Send>,
    all: Vec<Root>,
    paths: Vec<PathBuf>,
    ignored: Vec<PathBuf>,
}

struct Root {
    path: PathBuf,
    mode: RecursiveMode,
    watched: Option<Identity>,
}

/// What tells a folder from another that takes its place: device, number, time of birth where known.
type Identity = (u64, u64, Option<SystemTime>);

impl Root {
    fn forget(&mut self, watcher: &mut dyn Watcher) {
        if self.watched.take().is_some() {
            // Fails where the system dropped the watch together with the folder.
            let _ = watcher.unwatch(&self.path);
        }
    }
}

impl Roots {
    fn new(folders: Folders, watcher: Box<dyn Watcher + Send>) -> Self {
        let root = |mode| move |path: PathBuf| Root { path, mode, watched: None };
        let deep = folders.deep.into_iter().map(root(RecursiveMode::Recursive));
        let roots: Vec<Root> =
            deep.chain(folders.flat.into_iter().map(root(RecursiveMode::NonRecursive))).collect();
        let paths = roots.iter().map(|root| root.path.clone()).collect();
        Self { watcher, all: roots, paths, ignored: folders.ignored }
    }

    fn replace_watcher(&mut self, watcher: Box<dyn Watcher + Send>) {
        self.watcher = watcher;
        self.all.iter_mut().for_each(|root| root.watched = None);
    }

    fn news(&mut self, event: Event) -> News {
        if let Ok(event) = &event
            && matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
        {
            // The folder itself went: even if another takes its place at once, the watch went with it.
            let gone = self.all.iter_mut().filter(|root| event.paths.contains(&root.path));
            gone.for_each(|root| root.forget(self.watcher.as_mut()));
        }
        news(event, &self.paths, &self.ignored)
    }

    /// Watches every folder that is not watched as it stands now; `true` if one was replaced, came or went.
    fn settle(&mut self) -> std::result::Result<bool, (PathBuf, String)> {
        let mut replaced = false;
        for root in &mut self.all {
            let stands = identity(&root.path);
            if stands == root.watched {
                continue;
            }
            root.forget(self.watcher.as_mut());
            if stands.is_some() {
                self.watcher
                    .watch(&root.path, root.mode)
                    .map_err(|error| (root.path.clone(), error.to_string()))?;
                root.watched = stands;
            }
            replaced = true;
        }
        Ok(replaced)
    }
}

fn identity(folder: &Path) -> Option<Identity> {
    let metadata = fs::metadata(folder).ok().filter(fs::Metadata::is_dir)?;
    Some((metadata.dev(), metadata.ino(), metadata.created().ok()))
}

#[cfg(test)]
mod tests;
