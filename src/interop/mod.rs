//! The systems a postmortem lives among: where tickets are kept.
//!
//! A build never needs the network. [`tickets`] asks trackers how the tickets stand that action items name, and keeps what
//! they say in `tickets.json`; builds read that file.
//!
//! Everything here but [`http`] is pure: it makes requests and reads answers. What comes back is untrusted: texts lose
//! control characters and are cut, addresses must be web addresses, answers have a longest size and a deepest nesting
//! (`serde_json`'s 128), and a value of the wrong kind is as if it were not there.

pub mod address;
pub mod draft;
pub mod fetch;
pub mod http;
pub mod known;
mod limits;
pub mod patience;
pub mod story;
mod text;
pub mod tickets;
pub mod web;
