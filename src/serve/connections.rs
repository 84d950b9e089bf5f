//! Who is connected, and who has to go when there is no room.
//!
//! Every connection has a thread of its own, so a slow client keeps nobody waiting; their number is bounded. When all
//! places are taken, the client that has kept the server waiting longest (a half-sent request, an unread answer, an
//! idle connection) makes room, but none before it had a fair moment. Clients past that wait in the system's queue.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// So long a client may keep the server waiting before it can be sent away for another.
const FAIR: Duration = Duration::from_secs(1);
/// Open files left to everything that is no connection: the site's own files, the index, the watch.
const OTHER_FILES: usize = 300;

/// All open connections.
#[derive(Debug)]
pub(super) struct Connections {
    most: usize,
    started: Instant,
    state: Mutex<State>,
    left: Condvar,
}

#[derive(Debug, Default)]
struct State {
    next: u64,
    closed: bool,
    open: BTreeMap<u64, Arc<Connection>>,
}

#[derive(Debug)]
struct Connection {
    stream: TcpStream,
    /// Since when the client keeps the server waiting, in milliseconds from the start, plus one; 0 if it does not.
    waiting: AtomicU64,
}

/// One connection's place; given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    id: u64,
    connections: Arc<Connections>,
    connection: Arc<Connection>,
}

/// How many connections this process has room for, by the number of files it may open.
pub(super) fn most() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let files = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(1024_usize);
    files.saturating_sub(OTHER_FILES).clamp(50, 6000)
}

impl Connections {
    /// Room for `most` connections.
    pub(super) fn new(most: usize) -> Arc<Self> {
        let (state, left) = (Mutex::default(), Condvar::new());
        Arc::new(Self { most, started: Instant::now(), state, left })
    }

    /// Gives `stream` a place, waiting until there is one; `None` when the server is ending.
    pub(super) fn admit(self: &Arc<Self>, stream: TcpStream) -> Option<Place> {
        let mut state = self.state();
        while !state.closed && state.open.len() >= self.most {
            self.make_room(&state);
            let waited = self.left.wait_timeout(state, Duration::from_millis(20));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        if state.closed {
            return None;
        }
        let id = state.next;
        state.next += 1;
        let connection = Arc::new(Connection { stream, waiting: AtomicU64::new(0) });
        state.open.insert(id, Arc::clone(&connection));
        Some(Place { id, connections: Arc::clone(self), connection })
    }

    /// Sends away whoever keeps the server waiting longest, if longer than is fair.
    pub(super) fn relieve(&self) {
        self.make_room(&self.state());
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.state().open.len()
    }

    /// Ends all connections and waits, at most `patience`, until their threads have noticed.
    pub(super) fn close(&self, patience: Duration) {
        let mut state = self.state();
        state.closed = true;
        for connection in state.open.values() {
            let _ = connection.stream.shutdown(Shutdown::Both);
        }
        let empty = self.left.wait_timeout_while(state, patience, |state| !state.open.is_empty());
        drop(empty);
    }

    fn make_room(&self, state: &State) {
        let waiting = state.open.values().filter_map(|one| match one.waiting.load(Relaxed) {
            0 => None,
            since => Some((since, one)),
        });
        if let Some((since, longest)) = waiting.min_by_key(|(since, _)| *since)
            && since + u64::try_from(FAIR.as_millis()).unwrap_or(u64::MAX) <= self.now()
        {
            longest.waiting.store(0, Relaxed);
            let _ = longest.stream.shutdown(Shutdown::Both);
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX).saturating_add(1)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// The connection itself.
    pub(super) fn stream(&self) -> &TcpStream {
        &self.connection.stream
    }

    /// From now on the server waits for the client.
    pub(super) fn waits(&self) {
        self.connection.waiting.store(self.connections.now(), Relaxed);
    }

    /// From now on the client waits for the server.
    pub(super) fn works(&self) {
        self.connection.waiting.store(0, Relaxed);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.connections.state().open.remove(&self.id);
        self.connections.left.notify_all();
    }
}
