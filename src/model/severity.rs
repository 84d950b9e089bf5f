//! How bad an incident was, on the team's own scale.

/// A level of the scale that `site.toml` lists, worst first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Severity {
    /// Place on the scale: 1 is the worst. Words that stand on no scale come after all levels.
    pub rank: u8,
    /// The level's name, such as `SEV1`; the author's own word where it stands on no scale.
    pub label: String,
}
