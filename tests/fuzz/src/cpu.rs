//! Time that this thread has spent computing: a busy machine must not fail a test.

use std::fs;

/// Milliseconds on a processor so far; `None` where the system does not say.
fn spent() -> Option<u64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: u64 = text.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1_000_000)
}

/// Does `work` and panics if that took more than `most` milliseconds of this thread.
pub(super) fn within<T>(most: u64, what: &str, work: impl FnOnce() -> T) -> T {
    let before = spent();
    let done = work();
    if let (Some(before), Some(after)) = (before, spent()) {
        let took = after - before;
        assert!(took <= most, "{what} took {took} ms, more than {most} ms");
    }
    done
}
