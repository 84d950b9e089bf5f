//! Failures: the environment said no. What an author can mend is a [`Diagnostic`](crate::diag::Diagnostic) instead.

use std::io;
use std::path::PathBuf;

/// Why a run had to stop. Every variant names what it was about.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file or folder could not be written.
    #[error("cannot write `{}`: {source}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The output folder is not ours to replace.
    #[error("`{}` holds files that kb did not make; choose an empty folder with `--out`, or remove it yourself", path.display())]
    NotOurs {
        /// Which.
        path: PathBuf,
    },
    /// The output folder is a repository.
    #[error("`{}` is a repository (it holds `.git`), and a build replaces its folder; name a folder inside it with `--out`", path.display())]
    Repository {
        /// Which.
        path: PathBuf,
    },
    /// Another build is writing the same folder.
    #[error("another build is writing `{}`; wait for it to end", path.display())]
    Locked {
        /// Which.
        path: PathBuf,
    },
    /// The server could not take its port.
    #[error("cannot listen on {address}: {source}")]
    Bind {
        /// Which address.
        address: String,
        /// Why.
        source: io::Error,
    },
    /// Files could not be watched.
    #[error("cannot watch `{}`: {message}", path.display())]
    Watch {
        /// Which.
        path: PathBuf,
        /// Why.
        message: String,
    },
    /// The search index could not be built or read.
    #[error("the search index failed: {0}")]
    Index(String),
    /// Something was asked for in a way that cannot be done.
    #[error("{0}")]
    Usage(String),
    /// The build's own findings stop it; they have been reported.
    #[error("{0}")]
    Findings(String),
}

/// A result of something that touches the environment.
pub type Result<T> = std::result::Result<T, Error>;
