//! The only place that prints. Results go to standard output, everything else to standard error.
//!
//! A reader that stops reading (`kb export | head`) ends the output, not the run: what follows is dropped and the exit
//! status is 0. Any other failure to write is told once, at the end.
#![expect(clippy::disallowed_methods, reason = "the terminal's wishes are told in the environment")]

use super::exit::Exit;
use crate::diag::report::{Report, printable};
use crate::diag::{Diagnostic, SourceMap};
use std::cell::RefCell;
use std::io::{ErrorKind, IsTerminal, Write, stderr, stdout};

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set; anywhere if `CLICOLOR_FORCE` is.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Standard output and standard error, and how they may look.
#[derive(Debug)]
pub(super) struct Terminal {
    out: Style,
    err: Style,
    progress: bool,
    quiet: bool,
    lost: RefCell<Option<std::io::Error>>,
}

/// How text may look on one of the two.
#[derive(Debug, Clone, Copy)]
struct Style {
    colour: bool,
}

impl Style {
    fn apply(self, text: &clap::builder::StyledStr) -> String {
        if self.colour { text.ansi().to_string() } else { text.to_string() }
    }
}

impl Terminal {
    /// Looks at what the output is connected to. `quiet` drops everything but results, findings and failures.
    pub(super) fn new(colour: Colour, quiet: bool) -> Self {
        let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
        let colours = |terminal: bool| match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto if set("NO_COLOR") => false,
            Colour::Auto if forced() => true,
            Colour::Auto => terminal && !dumb,
        };
        Self {
            out: Style { colour: colours(stdout().is_terminal()) },
            err: Style { colour: colours(stderr().is_terminal()) },
            progress: stderr().is_terminal() && !dumb && !quiet,
            quiet,
            lost: RefCell::new(None),
        }
    }

    /// Whether standard error may show progress.
    pub(super) fn shows_progress(&self) -> bool {
        self.progress
    }

    /// Whether results may be coloured.
    pub(super) fn paints(&self) -> bool {
        self.out.colour
    }

    /// Writes a result.
    pub(super) fn result(&self, text: &str) {
        if self.lost.borrow().is_some() {
            return;
        }
        let mut out = stdout().lock();
        if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            *self.lost.borrow_mut() = Some(error);
        }
    }

    /// Whether nobody reads the results any more.
    pub(super) fn is_deaf(&self) -> bool {
        self.lost.borrow().is_some()
    }

    /// Writes clap's help as a result.
    pub(super) fn help(&self, text: &clap::builder::StyledStr) {
        self.result(&self.out.apply(text));
    }

    /// Writes clap's account of wrong usage.
    pub(super) fn usage(&self, text: &clap::builder::StyledStr) {
        tell(&self.err.apply(text));
    }

    /// Says something that is no result: what happens, what to do next.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet {
            tell(&format!("{text}\n"));
        }
    }

    /// Tells why a command did not do its work: `error: …`.
    pub(super) fn fail(&self, text: &str) {
        let (on, off) = if self.err.colour { ("\x1b[1m\x1b[91m", "\x1b[0m") } else { ("", "") };
        tell(&format!("{on}error{off}: {}\n", printable(text)));
    }

    /// Tells findings with their source lines.
    pub(super) fn findings(&self, found: &[Diagnostic], sources: &SourceMap) {
        tell(&Report::new(found, sources).human(self.err.colour));
    }

    /// The status to end with, after `exit` and whatever became of the output.
    pub(super) fn end(&self, exit: Exit) -> Exit {
        match self.lost.borrow().as_ref() {
            None => exit,
            Some(error) if error.kind() == ErrorKind::BrokenPipe => Exit::Fine,
            Some(error) => {
                self.fail(&format!("cannot write to standard output: {error}"));
                Exit::Refused
            }
        }
    }
}

/// Nobody can be told that standard error is closed.
fn tell(text: &str) {
    let _ = stderr().lock().write_all(text.as_bytes());
}

fn set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn forced() -> bool {
    std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0")
}
