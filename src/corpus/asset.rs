//! Files beside the postmortems.

use std::sync::Arc;

/// A file beside the postmortems: an image, a log. Its bytes stay on disk until it is published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AssetFile {
    /// Path relative to the content folder, with `/` between parts.
    pub path: Arc<str>,
}
