//! A thread of its own for work that may lag behind: of several jobs that wait, only the latest is done.

use std::sync::mpsc::{Sender, channel};
use std::thread;

/// Hands jobs to its thread, which ends when this is dropped and its last job is done.
#[derive(Debug)]
pub(super) struct Latest<T>(Sender<T>);

impl<T: Send + 'static> Latest<T> {
    /// Starts the thread.
    pub(super) fn new(name: &str, mut work: impl FnMut(T) + Send + 'static) -> Self {
        let (ask, asked) = channel::<T>();
        let run = move || {
            while let Ok(job) = asked.recv() {
                work(asked.try_iter().last().unwrap_or(job));
            }
        };
        // Without a thread nothing is done, and whoever waits for it says so.
        drop(thread::Builder::new().name(name.into()).spawn(run));
        Self(ask)
    }

    /// Asks for `job`, in place of what still waits.
    pub(super) fn ask(&self, job: T) {
        let _ = self.0.send(job);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::sync_channel;

    #[test]
    fn what_was_overtaken_is_not_done() {
        let (begin, begun) = sync_channel::<()>(0);
        let (done, results) = channel();
        let latest = Latest::new("test", move |job: u32| {
            let _ = begun.recv();
            let _ = done.send(job);
        });
        latest.ask(1);
        thread::sleep(std::time::Duration::from_millis(50));
        (2..=9).for_each(|job| latest.ask(job));
        (0..2).for_each(|_| begin.send(()).unwrap());
        assert_eq!([results.recv().unwrap(), results.recv().unwrap()], [1, 9]);
        drop((begin, latest));
        assert!(results.recv().is_err());
    }
}
