//! What the server asks and what it gets: the only thing it knows of a site.

use std::path::PathBuf;
use std::sync::Arc;

/// Whatever can answer requests. Called from many threads; must not wait for long.
pub trait Site: Send + Sync {
    /// The answer to one request. A panic is answered with 500 and harms nobody else.
    fn answer(&self, asked: &Asked) -> Answer;

    /// Figures of its own, as Prometheus reads them.
    fn figures(&self) -> String {
        String::new()
    }

    /// Whether there is nothing to show yet, but soon.
    fn is_loading(&self) -> bool {
        false
    }

    /// Whether it has caught up with everything it knows of.
    fn is_settled(&self) -> bool {
        true
    }
}

/// One request, checked and decoded. Always a `GET`; the server cuts the body off for a `HEAD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Decoded path; starts with `/`, holds no `..` part, no backslash and no control character.
    pub path: String,
    /// Decoded pairs of the query, in order; at most 100.
    pub query: Vec<(String, String)>,
    /// Whether the client sits at this machine.
    pub from_here: bool,
    /// Whether a browser asks for a page to show, rather than a program for data.
    pub for_a_reader: bool,
}

impl Asked {
    /// The first value of the query's key `name`.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// What to send.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Value of `Content-Type`; see [`media_type`](super::media_type).
    pub media_type: &'static str,
    /// The bytes, or where they lie.
    pub body: Body,
    /// For a redirect: where to.
    pub location: Option<String>,
}

/// The bytes of an answer.
#[derive(Debug, Clone)]
pub enum Body {
    /// From memory.
    Bytes(Arc<[u8]>),
    /// An attachment on disk; sent only if its true place lies in `folder`.
    File {
        /// The folder that may be served from: the content folder.
        folder: PathBuf,
        /// The file.
        file: PathBuf,
    },
}

impl Answer {
    /// Status 200 with bytes from memory.
    pub fn bytes(media_type: &'static str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { status: 200, media_type, body: Body::Bytes(bytes.into()), location: None }
    }

    /// An attachment on disk.
    pub fn file(media_type: &'static str, folder: PathBuf, file: PathBuf) -> Self {
        Self { status: 200, media_type, body: Body::File { folder, file }, location: None }
    }

    /// A redirect to `location`, an address of this site.
    pub fn redirect(location: String) -> Self {
        Self { location: Some(location), ..Self::text(302, "moved\n") }
    }

    /// A line of plain text.
    pub fn text(status: u16, text: &str) -> Self {
        Self { status, ..Self::bytes("text/plain; charset=utf-8", text.as_bytes()) }
    }

    /// The same with another status, such as 404.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }
}
