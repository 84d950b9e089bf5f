//! The preview server: answers requests from a [`Site`], and tells open pages what changed.
//!
//! A connection passes through these hands: [`http`](self) accepts it if there is room (`connections`), reads the
//! request's head within limits (`head`), checks for whom it was meant (`guard`), asks the [`Site`] or answers for
//! itself (`own`), fits the answer to what the client can take (`fit`) and writes it. Pages that are open listen on an
//! event stream ([`Reload`]) with `dev.js`.
//!
//! The server is for the people at one machine or team. It is still written as if strangers could reach it: nothing a
//! client sends can end it, fill its memory, or keep others from being answered.
#![expect(clippy::disallowed_methods, reason = "this is one of the rooms that touch the outside")]

mod connections;
mod fit;
mod guard;
mod head;
mod http;
mod live;
mod media;
mod metrics;
mod own;
mod range;
mod reload;
mod site;
mod stages;
mod stop;

pub use http::Server;
pub use live::{FirstReading, News, Preview, PreviewOptions, Teller, Today};
pub use media::media_type;
pub use reload::{Kind, Reload, Trouble};
pub use site::{Answer, Asked, Body, Site};
pub use stop::Stop;

/// How to serve.
#[derive(Debug, Clone)]
pub struct Options {
    /// Name or address to listen on.
    pub host: String,
    /// Port to listen on; 0 takes a free one.
    pub port: u16,
    /// Names, besides those of this machine, by which the server may be called.
    pub allow_host: Vec<String>,
    /// Whether pages listen for changes.
    pub live: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { host: "127.0.0.1".into(), port: 4000, allow_host: Vec::new(), live: true }
    }
}

#[cfg(test)]
mod tests;
