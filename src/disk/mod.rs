//! Files in, files out: the only room, beside `serve` and `cli`, that touches the file system.
//!
//! [`Project`] finds `site.toml` and the content folder; [`ContentFolder`] walks it into sources and attachments and
//! keeps them fresh; [`Stage`] publishes a site in one step, [`Receipt`] says what it was made from; [`Watch`] says which paths changed. What an author can
//! mend comes back as findings, what the environment refuses as [`Error`](crate::Error).
#![expect(clippy::disallowed_methods, reason = "this is the room that touches the file system")]

mod exclude;
mod fingerprint;
mod folder;
mod history;
mod history_patch;
mod image;
mod lock;
mod manifest;
mod names;
mod open;
mod project;
mod read;
mod receipt;
mod settle;
mod swap;
mod watch;
mod write;

pub use exclude::Exclude;
pub use fingerprint::fingerprint;
pub use folder::{Content, ContentFolder};
pub use history::{Depth, EarlierLine, Lines, earlier_lines, history_state};
pub use image::image_size;
pub use open::open_inside;
pub use project::{Files, Project, theme};
pub use read::LARGEST_TEXT;
pub use receipt::Receipt;
pub use swap::How;
pub use watch::{Batch, Folders, Means, Watch};
pub use write::{Stage, Written};
