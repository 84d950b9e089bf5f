//! Noticing changes by looking again and again: for network file systems, which tell nothing.
//!
//! A file has changed when its size, its times or its number differ from the last look, whichever way: a branch switch may
//! bring older times back. Times can be coarse (a second on some servers, two on others), so a file that was written just
//! before a look is held against its bytes at the next one, as Git does with its index. `notify` has a poller of its own,
//! which compares whole seconds and misses the second save within one.

use super::super::names::is_passed_over;
use notify::event::{EventKind, ModifyKind};
use notify::{Config, EventHandler, RecursiveMode, Watcher, WatcherKind};
use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};
use walkdir::WalkDir;

/// Coarser than this are no file system's times.
const COARSE: Duration = Duration::from_secs(3);
/// Larger files are not held against their bytes: no postmortem is.
const LARGEST: u64 = 16 << 20;

/// Looks at folders twice a second, or however often it was told.
#[derive(Debug)]
pub(super) struct Looker {
    roots: Arc<Mutex<BTreeMap<PathBuf, Root>>>,
}

#[derive(Debug)]
struct Root {
    mode: RecursiveMode,
    seen: BTreeMap<PathBuf, Stamp>,
}

/// What is known of a file without reading it; and its bytes, where that may not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    about: (u64, u64, i64, i64, i64, i64),
    bytes: Option<blake3::Hash>,
}

impl Watcher for Looker {
    fn new<F: EventHandler>(mut handler: F, config: Config) -> notify::Result<Self> {
        let roots = Arc::new(Mutex::new(BTreeMap::<PathBuf, Root>::new()));
        let wanted = Arc::downgrade(&roots);
        let every = config.poll_interval().unwrap_or(Duration::from_millis(500));
        thread::Builder::new()
            .name("kb-look".into())
            .spawn(move || {
                loop {
                    thread::sleep(every);
                    let Some(roots) = wanted.upgrade() else { return };
                    let changed =
                        locked(&roots).iter_mut().flat_map(|(path, root)| root.look(path)).collect();
                    let event = notify::Event { paths: changed, ..notify::Event::new(CHANGED) };
                    if !event.paths.is_empty() {
                        handler.handle_event(Ok(event));
                    }
                }
            })
            .map_err(notify::Error::io)?;
        Ok(Self { roots })
    }

    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        let seen = look(path, mode, &BTreeMap::new());
        locked(&self.roots).insert(path.to_owned(), Root { mode, seen });
        Ok(())
    }

    fn unwatch(&mut self, path: &Path) -> notify::Result<()> {
        locked(&self.roots).remove(path).map(drop).ok_or_else(notify::Error::watch_not_found)
    }

    fn kind() -> WatcherKind {
        WatcherKind::PollWatcher
    }
}

const CHANGED: EventKind = EventKind::Modify(ModifyKind::Any);

impl Root {
    /// The files that are new, different or gone since the last look.
    fn look(&mut self, path: &Path) -> Vec<PathBuf> {
        let now = look(path, self.mode, &self.seen);
        let differs = |(file, stamp): &(&PathBuf, &Stamp)| {
            self.seen.get(*file).is_none_or(|before| {
                before.about != stamp.about || before.bytes.is_some_and(|bytes| stamp.bytes != Some(bytes))
            })
        };
        let mut changed: Vec<PathBuf> = now.iter().filter(differs).map(|(file, _)| file.clone()).collect();
        changed.extend(self.seen.keys().filter(|file| !now.contains_key(*file)).cloned());
        self.seen = now;
        changed
    }
}

/// All files in `folder` as they are; those that were young `before` are read once more.
fn look(folder: &Path, mode: RecursiveMode, before: &BTreeMap<PathBuf, Stamp>) -> BTreeMap<PathBuf, Stamp> {
    let depth = if mode == RecursiveMode::Recursive { usize::MAX } else { 1 };
    let walk = WalkDir::new(folder).min_depth(1).max_depth(depth).follow_links(false).into_iter();
    let wanted = walk
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(is_passed_over));
    let now = SystemTime::now();
    let mut seen = BTreeMap::new();
    // What vanishes while it is looked at is found gone at the next look.
    for entry in wanted.flatten().filter(|entry| !entry.file_type().is_dir()) {
        let Ok(metadata) = entry.metadata() else { continue };
        let path = entry.into_path();
        let young = metadata.modified().is_ok_and(|written| now < written + COARSE);
        let doubtful = young || before.get(&path).is_some_and(|stamp| stamp.bytes.is_some());
        let bytes = (doubtful && metadata.is_file() && metadata.len() <= LARGEST)
            .then(|| fs::read(&path).ok().map(|bytes| blake3::hash(&bytes)))
            .flatten();
        seen.insert(path, Stamp { about: about(&metadata), bytes });
    }
    seen
}

fn about(of: &Metadata) -> (u64, u64, i64, i64, i64, i64) {
    (of.ino(), of.size(), of.mtime(), of.mtime_nsec(), of.ctime(), of.ctime_nsec())
}

fn locked<T>(all: &Mutex<T>) -> MutexGuard<'_, T> {
    all.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{File, FileTimes};

    fn write(file: &Path, text: &str, at: SystemTime) {
        fs::write(file, text).unwrap();
        File::options().write(true).open(file).unwrap().set_times(FileTimes::new().set_modified(at)).unwrap();
    }

    /// A look at `folder` that knows nothing of finer times than whole seconds, as on some servers.
    fn coarse(folder: &Path, before: &BTreeMap<PathBuf, Stamp>) -> BTreeMap<PathBuf, Stamp> {
        let mut seen = look(folder, RecursiveMode::Recursive, before);
        for stamp in seen.values_mut() {
            stamp.about = (0, stamp.about.1, stamp.about.2, 0, 0, 0);
        }
        seen
    }

    #[test]
    fn the_second_save_within_a_tick_of_the_clock_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        let at = SystemTime::now();
        write(&file, "one", at);
        let first = coarse(folder.path(), &BTreeMap::new());
        write(&file, "two", at);
        let second = coarse(folder.path(), &first);
        assert_eq!(first[&file].about, second[&file].about);
        assert_ne!(first[&file].bytes, second[&file].bytes);
    }

    #[test]
    fn older_times_new_files_and_gone_files_are_changes_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        write(&at("a.md"), "one", long_ago + Duration::from_secs(50));
        write(&at("gone.md"), "one", long_ago);
        write(&at(".hidden.md"), "one", long_ago);
        let mode = RecursiveMode::Recursive;
        let mut root = Root { mode, seen: look(folder.path(), mode, &BTreeMap::new()) };
        assert_eq!(root.look(folder.path()), Vec::<PathBuf>::new());
        write(&at("a.md"), "two", long_ago);
        fs::remove_file(at("gone.md")).unwrap();
        fs::create_dir(at("deep")).unwrap();
        write(&at("deep/new.md"), "one", long_ago);
        assert_eq!(root.look(folder.path()), [at("a.md"), at("deep/new.md"), at("gone.md")]);
        assert_eq!(root.look(folder.path()), Vec::<PathBuf>::new());
    }
}
