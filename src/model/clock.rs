//! The clock points of an incident and the times between them.

use super::Moment;
use crate::diag::Span;
use jiff::SignedDuration;
use serde::Serialize;

/// The points every incident passes, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Milestone {
    /// The fault began.
    Started,
    /// Someone or something noticed.
    Detected,
    /// A person took it on.
    Acknowledged,
    /// The harm to users ended.
    Mitigated,
    /// The incident ended.
    Resolved,
}

impl Milestone {
    /// All of them, in order.
    pub const ALL: [Self; 5] =
        [Self::Started, Self::Detected, Self::Acknowledged, Self::Mitigated, Self::Resolved];

    /// The front-matter key and the word for readers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Detected => "detected",
            Self::Acknowledged => "acknowledged",
            Self::Mitigated => "mitigated",
            Self::Resolved => "resolved",
        }
    }
}

/// One clock point with the place and the reason it was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockPoint {
    /// When.
    pub at: Moment,
    /// Why this value: `front matter`, `label`, `timeline: explicit mark`, `text`, `timeline: words`.
    pub from: &'static str,
    /// Where it stands in the source.
    pub span: Span,
}

/// What is known of an incident's course.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clock {
    /// The fault began.
    pub started: Option<ClockPoint>,
    /// Noticed.
    pub detected: Option<ClockPoint>,
    /// Taken on by a person.
    pub acknowledged: Option<ClockPoint>,
    /// Harm ended.
    pub mitigated: Option<ClockPoint>,
    /// Incident ended.
    pub resolved: Option<ClockPoint>,
    /// The postmortem was published.
    pub published: Option<ClockPoint>,
}

impl Clock {
    /// The point of `milestone`.
    pub fn get(&self, milestone: Milestone) -> Option<&ClockPoint> {
        match milestone {
            Milestone::Started => self.started.as_ref(),
            Milestone::Detected => self.detected.as_ref(),
            Milestone::Acknowledged => self.acknowledged.as_ref(),
            Milestone::Mitigated => self.mitigated.as_ref(),
            Milestone::Resolved => self.resolved.as_ref(),
        }
    }

    /// The slot of `milestone`, to fill.
    pub fn slot(&mut self, milestone: Milestone) -> &mut Option<ClockPoint> {
        match milestone {
            Milestone::Started => &mut self.started,
            Milestone::Detected => &mut self.detected,
            Milestone::Acknowledged => &mut self.acknowledged,
            Milestone::Mitigated => &mut self.mitigated,
            Milestone::Resolved => &mut self.resolved,
        }
    }

    /// Time from `first` to `last`, where both are known, comparable and in order.
    pub fn between(&self, first: Milestone, last: Milestone) -> Option<SignedDuration> {
        let passed = self.get(last)?.at.since(&self.get(first)?.at)?;
        (!passed.is_negative()).then_some(passed)
    }

    /// Started to resolved; from detection where the start is not known (the caller says so).
    pub fn duration(&self) -> Option<SignedDuration> {
        self.between(Milestone::Started, Milestone::Resolved)
    }

    /// Resolved to published: what the 48-hour rule measures.
    pub fn publication_lag(&self) -> Option<SignedDuration> {
        let passed = self.published.as_ref()?.at.since(&self.resolved.as_ref()?.at)?;
        (!passed.is_negative()).then_some(passed)
    }
}
