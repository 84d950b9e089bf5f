//! Exit statuses: 0 fine, 1 errors or denied findings, 2 wrong usage or an environment that said no.

use crate::Error;
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done.
    Fine,
    /// Findings that fail the command; they have been told.
    Findings,
    /// Wrong usage, or something could not be read or written.
    Refused,
}

impl From<&Error> for Exit {
    fn from(error: &Error) -> Self {
        match error {
            Error::Findings(_) => Self::Findings,
            _ => Self::Refused,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Fine => Self::SUCCESS,
            Exit::Findings => Self::from(1),
            Exit::Refused => Self::from(2),
        }
    }
}
