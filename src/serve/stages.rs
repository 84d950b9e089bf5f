//! How long each stage of following a change takes: told with the server's own figures, so that nobody has to guess.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Times of stages since the server started.
#[derive(Debug, Default)]
pub(super) struct Stages(Mutex<BTreeMap<&'static str, (u64, Duration)>>);

impl Stages {
    /// Does `work` and adds its time to `stage`.
    pub(super) fn time<T>(&self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        let took = start.elapsed();
        let mut stages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = stages.entry(stage).or_default();
        entry.0 += 1;
        entry.1 += took;
        done
    }

    /// The lines of `/__kb/metrics`.
    pub(super) fn text(&self) -> String {
        let name = "kb_stage_seconds";
        let mut text =
            format!("# HELP {name} Time of a stage of following a change.\n# TYPE {name} summary\n");
        for (stage, (count, took)) in &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = write!(
                text,
                "{name}_sum{{stage=\"{stage}\"}} {:.6}\n{name}_count{{stage=\"{stage}\"}} {count}\n",
                took.as_secs_f64()
            );
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_add_up_by_stage() {
        let stages = Stages::default();
        assert_eq!(stages.time("read", || 1) + stages.time("read", || 2), 3);
        stages.time("plan", || std::thread::sleep(Duration::from_millis(2)));
        let text = stages.text();
        assert!(text.contains("kb_stage_seconds_count{stage=\"read\"} 2\n"), "{text}");
        assert!(text.contains("kb_stage_seconds_sum{stage=\"plan\"} 0.00"), "{text}");
    }
}
