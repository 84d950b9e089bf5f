//! Figures about the server itself, in the text form that Prometheus reads.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Upper bounds of the latency histogram, in milliseconds.
const BOUNDS: [u64; 9] = [1, 2, 5, 10, 25, 50, 100, 250, 1000];
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// Counts since the server started.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    by_class: [AtomicU64; 5],
    buckets: [AtomicU64; 9],
    count: AtomicU64,
    microseconds: AtomicU64,
}

impl Metrics {
    /// Counts one answer: its status, and the time from the request's last byte to the answer's first.
    pub(super) fn answered(&self, status: u16, took: Duration) {
        if let Some(class) = self.by_class.get(usize::from(status / 100).saturating_sub(1)) {
            class.fetch_add(1, Relaxed);
        }
        let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if let Some(bucket) = BOUNDS.iter().position(|bound| microseconds <= bound * 1000)
            && let Some(bucket) = self.buckets.get(bucket)
        {
            bucket.fetch_add(1, Relaxed);
        }
        self.count.fetch_add(1, Relaxed);
        self.microseconds.fetch_add(microseconds, Relaxed);
    }

    /// The text of `/__kb/metrics`.
    pub(super) fn text(&self, clients: usize, connections: usize, generation: u64) -> String {
        let mut text = String::new();
        let _ = self.write(&mut text);
        for (name, help, value) in [
            ("kb_clients", "Pages listening for changes.", clients as u64),
            ("kb_connections", "Open connections.", connections as u64),
            ("kb_generation", "Number of the last change.", generation),
        ] {
            let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");
        }
        text
    }

    fn write(&self, text: &mut String) -> std::fmt::Result {
        writeln!(text, "# HELP kb_requests_total Requests answered.\n# TYPE kb_requests_total counter")?;
        for (class, count) in CLASSES.iter().zip(&self.by_class) {
            writeln!(text, "kb_requests_total{{status=\"{class}\"}} {}", count.load(Relaxed))?;
        }
        let name = "kb_request_duration_seconds";
        writeln!(text, "# HELP {name} Time to the first byte of the answer.\n# TYPE {name} histogram")?;
        let mut below = 0;
        for (bound, count) in BOUNDS.iter().zip(&self.buckets) {
            below += count.load(Relaxed);
            writeln!(text, "{name}_bucket{{le=\"{}\"}} {below}", seconds(bound * 1000))?;
        }
        let count = self.count.load(Relaxed);
        writeln!(text, "{name}_bucket{{le=\"+Inf\"}} {count}")?;
        writeln!(text, "{name}_sum {}\n{name}_count {count}", seconds(self.microseconds.load(Relaxed)))
    }
}

fn seconds(microseconds: u64) -> String {
    let fraction = format!("{:06}", microseconds % 1_000_000);
    format!("{}.{}", microseconds / 1_000_000, fraction.trim_end_matches('0'))
        .trim_end_matches('.')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_add_up_and_bounds_are_seconds() {
        let metrics = Metrics::default();
        metrics.answered(200, Duration::from_micros(900));
        metrics.answered(404, Duration::from_millis(30));
        metrics.answered(500, Duration::from_secs(5));
        let text = metrics.text(2, 3, 7);
        for line in [
            "kb_requests_total{status=\"4xx\"} 1",
            "kb_request_duration_seconds_bucket{le=\"0.001\"} 1",
            "kb_request_duration_seconds_bucket{le=\"0.05\"} 2",
            "kb_request_duration_seconds_bucket{le=\"1\"} 2",
            "kb_request_duration_seconds_bucket{le=\"+Inf\"} 3",
            "kb_request_duration_seconds_sum 5.0309",
            "kb_clients 2",
            "kb_generation 7",
        ] {
            assert!(text.lines().any(|one| one == line), "{line} in\n{text}");
        }
    }
}
