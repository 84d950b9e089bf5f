//! Who may read something. Ordered: what the public may read, colleagues may read too.

use serde::Serialize;

/// The reader a site is built for, and the least a part of a postmortem asks of its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Anyone: customers, search engines.
    Public,
    /// Colleagues only; what is not said to be public is internal.
    #[default]
    Internal,
}

impl Audience {
    /// The word used in front matter, folder names and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
        }
    }

    /// Whether a reader of this audience may see something meant for `wanted`.
    pub fn may_read(self, wanted: Self) -> bool {
        self >= wanted
    }
}
