//! Counting promises and incidents: from what one audience may read to figures with their definitions.
//!
//! [`measure`] goes over an [`Edition`] once and fills [`Statistics`]. Every figure keeps how many items it counts, how
//! many are missing, and which stand behind it; what the source does not say is *unknown*, a class of its own. All is
//! as of a day that the caller names: what happened later does not count, and what was closed later was still open.
//!
//! `estimate` holds the methods, each with its source; `actions` and `incidents` hold the figures; `terminal` makes
//! the form people read in a shell. The same value is `api/v1/stats.json` and `kb stats --json`.

pub mod actions;
mod closings;
mod elsewhere;
pub mod estimate;
mod figure;
pub mod incidents;
mod period;
mod terminal;
#[cfg(test)]
mod tests;
mod words;

pub use actions::ActionFigures;
pub use closings::{Closing, ClosingSource, Closings, History};
pub use elsewhere::{Elsewhere, Untold};
pub use figure::{Count, FEW, Item, Measured, Quantiles, Share, Spread};
pub use incidents::IncidentFigures;
pub use period::{Month, Quarter, days_between};
pub use terminal::table;
pub use words::{Units, days_in_words, length_in_words, percent, share_in_words};

use crate::config::SiteConfig;
use crate::corpus::Edition;
use crate::model::Incident;
use jiff::civil::Date;
use serde::Serialize;

/// All figures of one edition on one day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statistics {
    /// Version of this shape.
    pub version: u32,
    /// The day they are counted on: its end.
    pub as_of: Date,
    /// How much of the history of the files was read for closing dates.
    pub history: History,
    /// The figures of action items.
    pub actions: ActionFigures,
    /// The figures of incidents.
    pub incidents: IncidentFigures,
    /// What status pages and pagers know; absent where none was ever asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Elsewhere>,
}

impl Statistics {
    /// The same, with what other systems know.
    #[must_use]
    pub fn knowing(self, elsewhere: Option<Elsewhere>) -> Self {
        Self { elsewhere, ..self }
    }
}

/// The figures of `edition` at the end of the day `as_of`.
pub fn measure(edition: &Edition, config: &SiteConfig, as_of: Date, closings: &Closings) -> Statistics {
    let (actions, incidents) = rayon::join(
        || actions::measure(edition, config, as_of, closings),
        || incidents::measure(edition, config, as_of),
    );
    Statistics { version: 1, as_of, history: closings.history, actions, incidents, elsewhere: None }
}

/// Years that series over time go back at most: a mistyped year must not make a thousand empty months.
const YEARS: i16 = 20;

/// The incidents that had happened by the end of `as_of`, with their numbers; those without a date are among them.
fn until(edition: &Edition, as_of: Date) -> impl Iterator<Item = (usize, &Incident)> {
    edition
        .incidents
        .iter()
        .map(|published| published.incident.as_ref())
        .enumerate()
        .filter(move |(_, incident)| incident.date.as_ref().is_none_or(|dated| dated.date <= as_of))
}
