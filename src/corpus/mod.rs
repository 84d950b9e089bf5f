//! All postmortems together, and the one door through which readers get at them.
//!
//! `parse` seals what it read into [`Draft`]s; [`gather`](Corpus::gather) puts them together and checks what only shows
//! across documents; [`publish`] is the audience gate. A [`Corpus`] can be made and published, never read: everything
//! that relates, counts, indexes or renders takes an [`Edition`], which nothing outside this folder can build.

mod asset;
mod draft;
mod edition;
mod gate;
mod redact;
mod resolve;
mod scrub;
mod secrets;
mod settings;
mod slug;

pub use asset::AssetFile;
pub use draft::{Corpus, Draft};
pub use edition::{Edition, Link, Published, PublishedAsset, Target};
pub use gate::publish;
pub use secrets::{Leak, Secrets};
pub use settings::settings_for;
pub use slug::slugify;
