//! What an incident cost, as figures with their units.

use crate::diag::Span;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImpactKind {
    /// People or accounts affected.
    Users,
    /// Share of traffic, users or requests.
    Percent,
    /// Share of requests that failed.
    ErrorRate,
    /// Requests failed or delayed.
    Requests,
    /// Money.
    Revenue,
    /// Data lost.
    DataLoss,
    /// Agreements broken.
    SlaViolated,
    /// How long, as the author headlines it.
    Duration,
    /// Another figure, named by its label.
    Other,
}

impl ImpactKind {
    /// The front-matter key.
    pub fn word(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Percent => "percent",
            Self::ErrorRate => "error_rate",
            Self::Requests => "requests",
            Self::Revenue => "revenue",
            Self::DataLoss => "data_loss",
            Self::SlaViolated => "sla_violated",
            Self::Duration => "duration",
            Self::Other => "other",
        }
    }
}

/// One figure of the impact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impact {
    /// What it counts.
    pub kind: ImpactKind,
    /// The author's label, such as `failed checkouts`.
    pub label: String,
    /// The value as written, with its unit: `3.7M`, `~38 %`, `2 h 10 min`.
    pub value: String,
    /// Why it was taken for a figure: `front matter`, `label`, `words`.
    pub from: &'static str,
    /// Where it stands.
    pub span: Span,
}
