//! What is watched is what is read: the watch stands before the first file is read, and moves when the settings name
//! another content folder.

use super::{Event, Follower};
use crate::Result;
use crate::disk::{Folders, Means, Watch};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

/// How often folders are looked at where the system cannot tell.
const LOOKING: Means = Means::Looking(Duration::from_millis(500));

/// A watch over a project; ends when dropped.
pub(in crate::serve::live) struct Watching {
    content: PathBuf,
    means: Means,
    watch: Option<Watch>,
    wanted: Arc<()>,
}

impl Watching {
    /// Watches the project in `root` and its `content`.
    pub(in crate::serve::live) fn start(root: &Path, content: PathBuf, poll: bool) -> Result<Self> {
        let means = if poll { LOOKING } else { Means::Notices };
        let folders = Folders {
            deep: vec![content.clone(), root.join("themes")],
            flat: vec![root.to_owned()],
            ignored: vec![root.join("dist")],
        };
        let watch = Some(Watch::start(folders, means)?);
        Ok(Self { content, means, watch, wanted: Arc::default() })
    }

    /// Hands on what is heard, also what was heard before.
    pub(super) fn tell(&mut self, send: &Sender<Event>) {
        let Some(watch) = self.watch.take() else { return };
        let (send, wanted) = (send.clone(), Arc::downgrade(&self.wanted));
        thread::spawn(move || forward(&watch, &send, &wanted));
    }
}

fn forward(watch: &Watch, send: &Sender<Event>, wanted: &Weak<()>) {
    while wanted.strong_count() > 0 {
        if let Some(batch) = watch.next(Duration::from_millis(250))
            && send.send(Event::Files(batch)).is_err()
        {
            return;
        }
    }
}

impl Follower {
    /// Watches the content folder that was opened last. Returns the files that changed before the new watch stood.
    pub(super) fn watch_what_is_read(&mut self) -> Vec<Arc<str>> {
        let content = self.project.folder.path().to_owned();
        let Some(watching) = self.watching.as_ref().filter(|watching| watching.content != content) else {
            return Vec::new();
        };
        let poll = watching.means == LOOKING;
        // Where another cannot be watched, the one that is goes on: changes of settings and theme are heard still.
        let Ok(mut watching) = Watching::start(&self.project.root, content.clone(), poll) else {
            return Vec::new();
        };
        watching.tell(&self.send);
        self.watching = Some(watching);
        self.preview.read_from(content);
        self.project.folder.rescan().unwrap_or_default()
    }
}
