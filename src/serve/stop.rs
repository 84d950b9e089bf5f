//! The wish to end: from a signal or from code, heard by everything that waits.

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use std::io;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// A wish that can be told once and is never taken back; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<(Mutex<bool>, Condvar)>);

impl Stop {
    /// Nobody wants to end yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Told by `SIGINT` or `SIGTERM`; a second one ends the process at once.
    pub fn on_signals() -> io::Result<Self> {
        let stop = Self::new();
        let mut signals = Signals::new([SIGINT, SIGTERM])?;
        let told = stop.clone();
        thread::Builder::new().name("kb-signals".into()).spawn(move || {
            for signal in signals.forever() {
                if told.is_told() {
                    let _ = emulate_default_handler(signal);
                }
                told.tell();
            }
        })?;
        Ok(stop)
    }

    /// Tells that it is time to end.
    pub fn tell(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.1.notify_all();
    }

    /// Whether it was told.
    pub fn is_told(&self) -> bool {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it is told, at most `patience`; says whether it was.
    pub fn wait(&self, patience: Duration) -> bool {
        let told = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.0.1.wait_timeout_while(told, patience, |told| !*told);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}
