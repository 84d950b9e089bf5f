//! Telling open pages what changed: a numbered log of messages, and an event stream for each page.
//!
//! Every change has a number. A page says which number it knows (the one it was made with, then the last it heard), and
//! is told whatever came after, at once or when it comes: nothing is lost between two listenings. A page that knows a
//! number too old, or one from before a restart, is told to look at everything anew.

use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How many messages are kept for pages that were away.
const KEPT: usize = 64;
/// How many pages may listen.
const MOST_CLIENTS: usize = 256;
/// So often a stream shows that it is alive, and finds out whether the page is.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// What kind of change a message tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Pages have a new text, or other styles.
    Page,
    /// Something else: worth a note, not a reload.
    Other,
}

/// One error, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// Name of the file.
    pub file: String,
    /// Line from 1.
    pub line: usize,
    /// Column from 1.
    pub column: usize,
    /// Code of the rule.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The line of the source, where the reader may see it.
    pub source: Option<String>,
    /// The address that opens the file at this place in an editor, where the reader has one.
    pub open: Option<String>,
}

#[derive(Serialize)]
struct Message<'a> {
    generation: u64,
    kind: Kind,
    paths: &'a [String],
    errors: &'a [Trouble],
}

/// The log of changes.
#[derive(Debug)]
pub struct Reload {
    state: Mutex<State>,
    told: Condvar,
}

#[derive(Debug)]
struct State {
    generation: u64,
    log: VecDeque<(u64, Arc<str>)>,
    /// Errors that stand; the last good version of what has them is served.
    errors: Vec<Trouble>,
    /// How many pages listen at each address.
    pages: BTreeMap<String, usize>,
    clients: usize,
    closed: bool,
}

impl Default for Reload {
    fn default() -> Self {
        Self::new()
    }
}

impl Reload {
    /// An empty log. Its first number is the time, so that no number of an earlier run is taken for one of this.
    pub fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis());
        Self::from(u64::try_from(now).unwrap_or(0))
    }

    fn from(generation: u64) -> Self {
        let (log, errors, pages) = (VecDeque::new(), Vec::new(), BTreeMap::new());
        let state = State { generation, log, errors, pages, clients: 0, closed: false };
        Self { state: Mutex::new(state), told: Condvar::new() }
    }

    /// Tells every page of a change and returns its number. `paths` are output paths such as `incidents/a.html`; none
    /// means that any page may have changed. `errors` are those that stand now; none says that all are mended.
    pub fn publish(&self, kind: Kind, paths: &[String], errors: &[Trouble]) -> u64 {
        let mut state = self.state();
        state.generation += 1;
        let generation = state.generation;
        let text = message(&Message { generation, kind, paths, errors });
        state.errors = errors.to_vec();
        state.log.push_back((generation, text));
        if state.log.len() > KEPT {
            state.log.pop_front();
        }
        self.told.notify_all();
        generation
    }

    /// The number of the last change.
    pub fn generation(&self) -> u64 {
        self.state().generation
    }

    /// The errors that stand.
    pub(super) fn errors(&self) -> Vec<Trouble> {
        self.state().errors.clone()
    }

    /// How many pages listen.
    pub fn clients(&self) -> usize {
        self.state().clients
    }

    /// The addresses of the pages that listen, each once.
    pub fn pages(&self) -> Vec<String> {
        self.state().pages.keys().cloned().collect()
    }

    /// Ends all streams.
    pub(super) fn close(&self) {
        self.state().closed = true;
        self.told.notify_all();
    }

    /// A place among the listening pages for the one at address `page`, if there is one left.
    pub(super) fn listen(&self, page: &str) -> Option<Listener<'_>> {
        let mut state = self.state();
        if state.clients >= MOST_CLIENTS {
            return None;
        }
        state.clients += 1;
        *state.pages.entry(page.to_owned()).or_default() += 1;
        Some(Listener { reload: self, page: page.to_owned() })
    }

    /// Waits for messages after number `known`; an empty list after `patience`, `None` at the end.
    fn after(&self, known: u64, patience: Duration) -> Option<(u64, Vec<Arc<str>>)> {
        let quiet = |state: &mut State| !state.closed && state.generation == known;
        let waited = self.told.wait_timeout_while(self.state(), patience, quiet);
        let state = waited.unwrap_or_else(PoisonError::into_inner).0;
        if state.closed {
            return None;
        }
        Some((state.generation, state.missed(known)))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn missed(&self, known: u64) -> Vec<Arc<str>> {
        let oldest = self.log.front().map_or(self.generation, |(number, _)| number - 1);
        if (oldest..=self.generation).contains(&known) {
            let newer = self.log.iter().filter(|(number, _)| *number > known);
            return newer.map(|(_, text)| Arc::clone(text)).collect();
        }
        vec![self.now(Kind::Page)]
    }

    /// A message that says how things are, for a page that heard none.
    fn now(&self, kind: Kind) -> Arc<str> {
        message(&Message { generation: self.generation, kind, paths: &[], errors: &self.errors })
    }
}

fn message(message: &Message<'_>) -> Arc<str> {
    serde_json::to_string(message).unwrap_or_default().into()
}

/// One listening page.
#[derive(Debug)]
pub(super) struct Listener<'a> {
    reload: &'a Reload,
    page: String,
}

impl Listener<'_> {
    /// Writes the event stream until the page has gone or the server ends. `known` is the number the page knows.
    pub(super) fn run(&self, known: u64, mut page: impl Write) -> io::Result<()> {
        write!(page, "retry: 500\n\n")?;
        let standing = {
            let state = self.reload.state();
            let stands = !state.errors.is_empty() && state.generation == known;
            stands.then(|| (state.generation, state.now(Kind::Other)))
        };
        if let Some((number, text)) = standing {
            write!(page, "id: {number}\ndata: {text}\n\n")?;
        }
        let mut known = known;
        while let Some((number, messages)) = self.reload.after(known, HEARTBEAT) {
            let mut events = String::new();
            for text in &messages {
                let _ = write!(events, "id: {number}\ndata: {text}\n\n");
            }
            if messages.is_empty() {
                events.push_str(": still here\n\n");
            }
            page.write_all(events.as_bytes())?;
            known = number;
        }
        Ok(())
    }
}

impl Drop for Listener<'_> {
    fn drop(&mut self) {
        let mut state = self.reload.state();
        state.clients -= 1;
        if let Some(count) = state.pages.get_mut(&self.page) {
            *count -= 1;
            if *count == 0 {
                state.pages.remove(&self.page);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_millis(10);

    fn trouble() -> Trouble {
        Trouble {
            file: "a.md".into(),
            line: 1,
            column: 1,
            code: "x".into(),
            message: "wrong".into(),
            help: None,
            source: None,
            open: None,
        }
    }

    fn kinds(reload: &Reload, known: u64) -> Vec<String> {
        let (_, messages) = reload.after(known, SOON).unwrap();
        let kind =
            |text: &Arc<str>| serde_json::from_str::<serde_json::Value>(text).unwrap()["kind"].to_string();
        messages.iter().map(kind).collect()
    }

    #[test]
    fn a_page_that_was_away_is_told_what_it_missed() {
        let reload = Reload::from(100);
        assert_eq!(kinds(&reload, 100), Vec::<String>::new());
        reload.publish(Kind::Other, &[], &[]);
        reload.publish(Kind::Page, &["a.html".into()], &[]);
        assert_eq!(kinds(&reload, 100), ["\"other\"", "\"page\""]);
        assert_eq!(kinds(&reload, 101), ["\"page\""]);
        assert_eq!(kinds(&reload, 102), Vec::<String>::new());
    }

    #[test]
    fn a_page_from_before_a_restart_or_long_ago_looks_at_everything_anew() {
        let reload = Reload::from(100);
        assert_eq!(kinds(&reload, 7), ["\"page\""]);
        assert_eq!(kinds(&reload, 5000), ["\"page\""]);
        for _ in 0..KEPT + 10 {
            reload.publish(Kind::Other, &[], &[]);
        }
        assert_eq!(kinds(&reload, 105), ["\"page\""]);
        assert_eq!(kinds(&reload, 110).len(), KEPT);
    }

    #[test]
    fn nothing_is_lost_between_two_listenings() {
        let reload = Reload::from(0);
        std::thread::scope(|scope| {
            let listener = scope.spawn(|| {
                let (mut known, mut heard) = (0, 0);
                while known < 60 {
                    let (number, messages) = reload.after(known, Duration::from_secs(5)).unwrap();
                    (known, heard) = (number, heard + messages.len());
                }
                heard
            });
            for _ in 0..60 {
                reload.publish(Kind::Page, &[], &[]);
                std::thread::yield_now();
            }
            assert_eq!(listener.join().unwrap(), 60);
        });
    }

    #[test]
    fn an_error_that_stands_is_shown_to_a_page_opened_later() {
        let reload = Reload::from(0);
        let heard = |reload: &Reload| {
            let mut text = Vec::new();
            let known = reload.generation();
            std::thread::scope(|scope| {
                let listener = reload.listen("/a.html").unwrap();
                let text = &mut text;
                scope.spawn(move || listener.run(known, text).unwrap());
                std::thread::sleep(SOON);
                reload.close();
            });
            reload.state().closed = false;
            String::from_utf8(text).unwrap()
        };
        reload.publish(Kind::Page, &[], &[trouble()]);
        assert!(heard(&reload).contains("\"message\":\"wrong\""));
        reload.publish(Kind::Other, &[], &[]);
        assert!(!heard(&reload).contains("\"message\""));
    }

    #[test]
    fn places_are_counted_and_given_back() {
        let reload = Reload::from(0);
        let mut all: Vec<_> = std::iter::from_fn(|| reload.listen("/a.html")).collect();
        assert_eq!((all.len(), reload.pages()), (MOST_CLIENTS, vec!["/a.html".to_owned()]));
        all.truncate(1);
        all.extend(reload.listen("/b.html"));
        assert_eq!(reload.pages(), ["/a.html", "/b.html"]);
        drop(all);
        assert_eq!((reload.clients(), reload.pages().len()), (0, 0));
    }
}
