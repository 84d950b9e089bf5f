//! The site while it is being written: pages rendered when asked for, from the last state without errors.
//!
//! [`Preview`] answers requests from the current `shop`; a `follow`er replaces the shop when files change and tells open
//! pages. A document that is broken stands in for itself with its last good version. Beside the site of colleagues the
//! same preview can show the public's, made by the same gate, below an address of its own.

mod author;
mod early;
mod follow;
mod front;
mod given;
mod latest;
mod loading;
mod search;
mod shop;
mod side;
mod told;

pub use told::{News, Teller};

use super::stages::Stages;
use super::{Answer, Asked, Reload, Site, Stop, media_type};
use crate::model::Audience;
use crate::pipeline::{Progress, Project};
use crate::{Error, Result};
use author::Desk;
use follow::{Event, Watching};
use front::Front;
use jiff::civil::Date;
use loading::Loading;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Where the public's site lies in a preview of colleagues'.
const PUBLIC: &str = "/__kb/public/";

/// The date in a zone, UTC where none is named.
pub type Today = Box<dyn Fn(Option<&str>) -> Date + Send>;

/// How to preview.
pub struct PreviewOptions {
    /// For whom.
    pub audience: Audience,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Today, in the zone that the settings name; asked again and again, since a server may run for days.
    pub today: Today,
    /// Folder of the postmortems, where it was named.
    pub content: Option<PathBuf>,
    /// Look for changes instead of being told, for network file systems.
    pub poll: bool,
    /// Whether pages may show lines of the sources, and the public's site: only to the machine the sources lie on.
    pub shows_sources: bool,
    /// The folder from which names of files are read.
    pub here: PathBuf,
}

#[cfg(test)]
impl PreviewOptions {
    /// Those of an author at work in `here`, on a day in March.
    fn of_tests(here: PathBuf) -> Self {
        Self {
            audience: Audience::Internal,
            drafts: true,
            today: Box::new(|_| jiff::civil::date(2026, 3, 1)),
            content: None,
            poll: false,
            shows_sources: true,
            here,
        }
    }
}

/// A site that follows its sources.
pub struct Preview {
    audience: Audience,
    fronts: Vec<(Audience, Front)>,
    content: Mutex<PathBuf>,
    stages: Arc<Stages>,
    author: Desk,
    settled: AtomicBool,
    loading: Loading,
}

/// The first reading of a project, at work on a thread of its own.
#[derive(Debug)]
pub struct FirstReading(Receiver<Result<()>>);

impl FirstReading {
    /// Waits at most `patience` for the first state; `false` where it is not there yet.
    ///
    /// # Errors
    /// Where the project cannot be opened, or its first state has errors that leave nothing to show.
    pub fn within(&self, patience: Duration) -> Result<bool> {
        match self.0.recv_timeout(patience) {
            Ok(came) => came.map(|()| true),
            Err(RecvTimeoutError::Timeout) => Ok(false),
            // What came of it was heard already.
            Err(RecvTimeoutError::Disconnected) => Ok(true),
        }
    }
}

impl Preview {
    /// Begins to read the project in `dir` and to follow it. News are told when it was read and at every change. Where it
    /// comes to nothing, `stop` is told.
    ///
    /// # Errors
    /// Where there is no project, or it cannot be watched.
    pub fn start(
        dir: &Path,
        options: PreviewOptions,
        reload: Arc<Reload>,
        stop: &Stop,
        tell: Teller,
        progress: Box<dyn Progress + Send>,
    ) -> Result<(Arc<Self>, FirstReading)> {
        let content = Project::content_folder(dir, options.content.as_deref())?;
        // A file that is saved while it is read is read again.
        let watching = Watching::start(dir, content.clone(), options.poll)?;
        let (send, events) = channel();
        let preview = Arc::new(Self::new(&options, content, &send));
        let ties = (Arc::clone(&preview), events, send);
        let (done, first) = channel();
        let (dir, ending) = (dir.to_owned(), stop.clone());
        let read = move || {
            let opened = Project::open(&dir, options.content.as_deref())?;
            follow::start(opened, options, ties, (reload, watching), &ending, (tell, &*progress))
        };
        let ending = stop.clone();
        let work = move || {
            let came = read();
            let failed = came.is_err();
            let _ = done.send(came);
            if failed {
                ending.tell();
            }
        };
        let thread = thread::Builder::new().name("kb-follow".into()).spawn(work);
        thread.map_err(|error| Error::Usage(format!("no thread can be started: {error}")))?;
        Ok((preview, FirstReading(first)))
    }

    /// A preview of the postmortems in `content` with nothing behind it yet; what it needs it asks of `ask`.
    fn new(options: &PreviewOptions, content: PathBuf, ask: &Sender<Event>) -> Self {
        let stages = Arc::new(Stages::default());
        let mut audiences = vec![options.audience];
        if options.shows_sources && options.audience != Audience::Public {
            audiences.push(Audience::Public);
        }
        let front = |audience| (audience, Front::new(&stages, ask.clone()));
        Self {
            audience: options.audience,
            fronts: audiences.into_iter().map(front).collect(),
            content: Mutex::new(content),
            author: Desk::new(options.shows_sources),
            settled: AtomicBool::new(false),
            loading: Loading::new(),
            stages,
        }
    }

    /// The front of the site for `audience`.
    fn front(&self, audience: Audience) -> Option<&Front> {
        self.fronts.iter().find(|(one, _)| *one == audience).map(|(_, front)| front)
    }

    /// The bytes of the page at `address`, of whichever site it belongs to.
    fn bytes_at(&self, address: &str) -> Option<Arc<[u8]>> {
        let (audience, path) = self.whose(address);
        self.front(audience)?.current()?.bytes(path)
    }

    /// Whose site an address belongs to, and the path in it.
    fn whose<'a>(&self, address: &'a str) -> (Audience, &'a str) {
        match address.strip_prefix(PUBLIC) {
            Some(path) if self.audience == Audience::Internal => (Audience::Public, path),
            _ => (self.audience, address.trim_start_matches('/')),
        }
    }

    /// What is answered while not everything is read: people get what can be told already, or are told how far it is; programs
    /// get what they asked for, when it is there. `None` once it is.
    fn meanwhile(&self, asked: &Asked, audience: Audience, path: &str) -> Option<Answer> {
        let front = self.front(self.audience)?;
        let early =
            || self.loading.early().filter(|_| audience == self.audience && front.current().is_none());
        if !asked.for_a_reader {
            let part = early().and_then(|early| early.part(path));
            return part.or_else(|| front.awaited(front::PATIENCE).is_none().then(|| self.loading.page()));
        }
        if front.awaited(self.loading.patience()).is_some() {
            return None;
        }
        let page = early().and_then(|early| early.page(path));
        if front.current().is_some() {
            return None;
        }
        Some(page.map_or_else(|| self.loading.page(), |page| self.loading.noted(page)))
    }

    /// Attachments lie in `content` from now on.
    fn read_from(&self, content: PathBuf) {
        *self.content.lock().unwrap_or_else(PoisonError::into_inner) = content;
    }

    fn settled(&self, settled: bool) {
        self.settled.store(settled, Relaxed);
    }
}

impl Site for Preview {
    fn answer(&self, asked: &Asked) -> Answer {
        let (audience, path) = self.whose(&asked.path);
        if !self.loading.is_over()
            && let Some(answer) = self.meanwhile(asked, audience, path)
        {
            return answer;
        }
        if path.starts_with("api/v1/") {
            // Programs cannot read a note: they get figures when these are known.
            self.loading.is_compared_within(front::PATIENCE);
        }
        let Some((front, shop)) = self.front(audience).and_then(|front| Some((front, front.shop()?))) else {
            return Answer::text(404, "there is no such site\n");
        };
        let answer = match path {
            "__kb/author" => self.author.answer(asked, &shop),
            "api/search" => front.searches.data(asked),
            "search.html" if asked.value("q").is_some_and(|q| !q.trim().is_empty()) => {
                front.searches.page(asked)
            }
            _ => match path.strip_prefix("files/").filter(|asset| shop.has_asset(asset)) {
                Some(asset) => {
                    let content = self.content.lock().unwrap_or_else(PoisonError::into_inner).clone();
                    let file = content.join(asset);
                    Answer::file(media_type(asset), content, file)
                }
                None => shop.page(path),
            },
        };
        if audience == self.audience { self.loading.noted_if_comparing(answer, path) } else { answer }
    }

    fn figures(&self) -> String {
        self.stages.text()
    }

    fn is_loading(&self) -> bool {
        !self.loading.is_over()
    }

    fn is_settled(&self) -> bool {
        let front = self.front(self.audience);
        self.settled.load(Relaxed) && front.is_some_and(Front::is_indexed)
    }
}
