//! Which events of the file system count, and when a burst of them is over.

use super::names::is_passed_over;
use notify::event::{AccessKind, AccessMode, EventKind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// So long it must be quiet before a burst counts as over.
pub(super) const QUIET: Duration = Duration::from_millis(12);
/// So long a burst may hold back its first change.
pub(super) const LONGEST: Duration = Duration::from_millis(250);

/// What one event says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum News {
    Nothing,
    Paths(Vec<PathBuf>),
    Lost,
}

/// Reads one event; `ignored` are folders (such as the output) whose events do not count, `roots` those that are watched.
pub(super) fn news(event: notify::Result<notify::Event>, roots: &[PathBuf], ignored: &[PathBuf]) -> News {
    let Ok(event) = event else { return News::Lost };
    if event.need_rescan() {
        return News::Lost;
    }
    if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)) {
        return News::Nothing;
    }
    let counts = |path: &PathBuf| {
        !ignored.iter().any(|folder| path.starts_with(folder)) && !is_hidden_below(path, roots)
    };
    let paths: Vec<PathBuf> = event.paths.into_iter().filter(counts).collect();
    if paths.is_empty() { News::Nothing } else { News::Paths(paths) }
}

/// Whether a part of `path` below the longest root that holds it is hidden or temporary.
fn is_hidden_below(path: &Path, roots: &[PathBuf]) -> bool {
    let below = roots
        .iter()
        .filter_map(|root| path.strip_prefix(root).ok())
        .min_by_key(|rest| rest.as_os_str().len());
    let parts = below.unwrap_or(path).components();
    parts.filter_map(|part| part.as_os_str().to_str()).any(is_passed_over)
}

/// A burst of changes being gathered.
#[derive(Debug)]
pub(super) struct Burst {
    first: Instant,
    last: Instant,
    paths: BTreeSet<PathBuf>,
    lost: bool,
}

impl Burst {
    /// A burst that starts `now`.
    pub(super) fn new(now: Instant) -> Self {
        Self { first: now, last: now, paths: BTreeSet::new(), lost: false }
    }

    /// Adds what was heard `now`.
    pub(super) fn add(&mut self, news: News, now: Instant) {
        match news {
            News::Nothing => return,
            News::Paths(paths) => self.paths.extend(paths),
            News::Lost => self.lost = true,
        }
        self.last = now;
    }

    /// How long to listen on, seen from `now`; zero when the burst is to be handed on.
    pub(super) fn left(&self, now: Instant) -> Duration {
        let end = (self.last + QUIET).min(self.first + LONGEST);
        end.saturating_duration_since(now)
    }

    /// The changed paths in order, or `None` where some may be missing.
    pub(super) fn finish(self) -> Option<Vec<PathBuf>> {
        (!self.lost).then(|| self.paths.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{Flag, ModifyKind};

    fn event(path: &str) -> notify::Event {
        notify::Event::new(EventKind::Modify(ModifyKind::Any)).add_path(path.into())
    }

    #[test]
    fn what_is_hidden_or_written_by_the_build_does_not_count() {
        let roots = [PathBuf::from("/home/.me/site/content"), PathBuf::from("/home/.me/site")];
        let ignored = [PathBuf::from("/home/.me/site/dist")];
        let hear = |path: &str| news(Ok(event(path)), &roots, &ignored);
        assert_eq!(hear("/home/.me/site/content/.a.md.swp"), News::Nothing);
        assert_eq!(hear("/home/.me/site/dist/internal/a.html"), News::Nothing);
        assert_eq!(hear("/home/.me/site/.git/index"), News::Nothing);
        let path = "/home/.me/site/content/a.md";
        assert_eq!(hear(path), News::Paths(vec![path.into()]));
    }

    #[test]
    fn reading_a_file_is_no_change_and_an_overflow_loses_some() {
        let read = notify::Event::new(EventKind::Access(AccessKind::Read)).add_path("/a".into());
        assert_eq!(news(Ok(read), &[], &[]), News::Nothing);
        let overflow = notify::Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(news(Ok(overflow), &[], &[]), News::Lost);
        assert_eq!(news(Err(notify::Error::generic("gone")), &[], &[]), News::Lost);
    }

    #[test]
    fn a_burst_ends_with_quiet_and_at_the_latest_after_its_cap() {
        let start = Instant::now();
        let mut burst = Burst::new(start);
        let mut now = start;
        while burst.left(now) > Duration::ZERO {
            burst.add(News::Paths(vec!["/a".into()]), now);
            now += Duration::from_millis(5);
        }
        assert!(now - start >= LONGEST && now - start < LONGEST + QUIET);
        assert_eq!(burst.finish(), Some(vec![PathBuf::from("/a")]));
        assert_eq!(Burst::new(start).left(start), QUIET);
    }
}
