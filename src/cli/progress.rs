//! Progress of long work, with counts, on a terminal only.

use super::terminal::Terminal;
use crate::pipeline::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// One line that is redrawn; nothing where standard error is no terminal.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A line on `terminal`.
    pub(super) fn on(terminal: &Terminal) -> Self {
        let target = if terminal.shows_progress() {
            ProgressDrawTarget::stderr_with_hz(10)
        } else {
            ProgressDrawTarget::hidden()
        };
        Self(ProgressBar::with_draw_target(None, target))
    }

    /// Takes the line away, before something is said.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn stage(&self, name: &'static str, total: Option<usize>) {
        self.0.set_message(name);
        let template = if total.is_some() { "{msg} {pos}/{len} {wide_bar}" } else { "{msg}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style.progress_chars("=> "));
        }
        self.0.set_length(total.unwrap_or_default() as u64);
        self.0.set_position(0);
    }

    fn step(&self) {
        self.0.inc(1);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
