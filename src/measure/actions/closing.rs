//! How long items stay open, and whether they end done or dropped.
//!
//! The median of closed items alone misleads: the slow ones are not among them yet. Kaplan–Meier uses the open ones for
//! what they are, items that have lasted at least so long. Aalen–Johansen tells the two endings apart.

use super::promise::Promise;
use crate::measure::estimate::{AalenJohansen, KaplanMeier, Observation, Outcome};
use crate::measure::figure::{Count, FEW, round};
use crate::measure::words::days_in_words;
use crate::model::ActionState;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// Items that cannot be watched, by reason.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Undated {
    /// The source does not say how they stand.
    pub unknown: Count,
    /// Nothing says when they were created.
    pub without_start: Count,
    /// Closed, and nothing says when, or a day before they were created.
    pub without_end: Count,
}

/// How long items stay open.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeToClose {
    /// What is estimated.
    pub definition: &'static str,
    /// The items watched.
    pub watched: Count,
    /// The items left out, by reason; proposals were never promised and are not among them.
    pub missing: Undated,
    /// Share still open after so many days, for all items.
    pub all: KaplanMeier,
    /// The same for incidents of the worst severity and for the rest, where both have at least [`FEW`] items.
    pub groups: Option<(KaplanMeier, KaplanMeier)>,
    /// Share open, done and dropped after so many days.
    pub endings: AalenJohansen,
}

const DEFINITION: &str = "days from creation until done or cancelled, estimated over all items with known dates; open ones have lasted at least until the day of counting";

pub(super) fn time_to_close(all: &[Promise<'_>]) -> TimeToClose {
    let mut watched = Count::default();
    let mut missing = Undated::default();
    let mut observations = Vec::new();
    let (mut worst, mut rest) = (Vec::new(), Vec::new());
    for one in all.iter().filter(|one| one.state != ActionState::Proposed) {
        let Some(observation) = observe(one, &mut missing) else {
            continue;
        };
        watched.put(one.item);
        observations.push(observation);
        match &one.incident.severity {
            Some(severity) if severity.rank <= 1 => worst.push(observation),
            _ => rest.push(observation),
        }
    }
    let both = worst.len() >= FEW && rest.len() >= FEW;
    TimeToClose {
        definition: DEFINITION,
        watched,
        missing,
        all: KaplanMeier::of(&observations),
        groups: both.then(|| (KaplanMeier::of(&worst), KaplanMeier::of(&rest))),
        endings: AalenJohansen::of(&observations),
    }
}

fn observe(one: &Promise<'_>, missing: &mut Undated) -> Option<Observation> {
    let (days, outcome) = match one.state {
        ActionState::Unknown => {
            missing.unknown.put(one.item);
            return None;
        }
        _ if one.created.is_none() => {
            missing.without_start.put(one.item);
            return None;
        }
        ActionState::Done => (one.lasted(), Outcome::Done),
        ActionState::Cancelled => (one.lasted(), Outcome::Cancelled),
        _ => (one.age(), Outcome::Censored),
    };
    let Some(days) = days.and_then(|days| u32::try_from(days).ok()) else {
        missing.without_end.put(one.item);
        return None;
    };
    Some(Observation { days, outcome })
}

impl Serialize for TimeToClose {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let enough = self.watched.n() >= FEW;
        let after = |days| self.all.lasting(days).filter(|_| enough).map(round);
        let mut map = serializer.serialize_struct("TimeToClose", 10)?;
        map.serialize_field("definition", self.definition)?;
        map.serialize_field("n", &self.watched)?;
        map.serialize_field("missing", &self.missing)?;
        map.serialize_field("longest", &self.all.longest)?;
        map.serialize_field("median", &self.all.quantile(0.5).filter(|_| enough))?;
        map.serialize_field("p90", &self.all.quantile(0.9).filter(|_| enough))?;
        map.serialize_field("open_after_90", &after(90))?;
        map.serialize_field("open_after_365", &after(365))?;
        map.serialize_field("steps", if enough { self.all.steps.as_slice() } else { &[] })?;
        map.serialize_field("endings", if enough { self.endings.steps.as_slice() } else { &[] })?;
        map.end()
    }
}

impl TimeToClose {
    /// The median in words: `27 d`, or `more than 400 d: less than half closed`.
    pub fn median_in_words(&self) -> String {
        self.all.quantile(0.5).map_or_else(
            || format!("more than {} d: less than half closed", self.all.longest),
            |days| days_in_words(f64::from(days)),
        )
    }
}
