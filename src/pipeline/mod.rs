//! The stages, in order: from a project folder to what an audience may read, and on to a site.
//!
//! ```text
//! Project ──read──▶ Corpus ══publish══▶ Edition ──▶ relations, figures, index, pages ──▶ output folder, or kb serve
//! ```
//!
//! Nothing here decides anything about postmortems; it only calls the rooms below in their order and collects findings.

mod attachments;
mod build;
mod closings;
mod elsewhere;
mod excerpt;
mod guard;
mod images;
mod memo;
mod project;
mod reading;
mod search;
mod site;
mod unchanged;

pub use build::{BuildOptions, Built, build};
pub use closings::{Past, closings, undated_closings};
pub use elsewhere::elsewhere;
pub use excerpt::Excerpt;
pub use images::Images;
pub use memo::Memo;
pub use project::Project;
pub use reading::{edition, read, read_ahead};
pub use site::{Given, Parts};

/// Who is told how far a long run is.
pub trait Progress: Sync {
    /// A stage begins, with `total` steps if that is known.
    fn stage(&self, name: &'static str, total: Option<usize>);
    /// One step is done.
    fn step(&self);
}

/// Tells nobody.
#[derive(Debug, Clone, Copy)]
pub struct Quiet;

impl Progress for Quiet {
    fn stage(&self, _: &'static str, _: Option<usize>) {}
    fn step(&self) {}
}
