//! Times between the clock points of incidents, by severity and by component.
//!
//! There is no mean among them: a single long incident would make it. Near misses are left out, as nothing went down.

use super::{Numbered, clock_on};
use crate::measure::figure::{Item, Spread};
use crate::model::{Incident, Milestone, Severity};
use foldhash::{HashMap, HashMapExt};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// The spreads of the four times, each with its definition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clocks {
    /// Time to detect.
    pub detect: Spread,
    /// Time to acknowledge.
    pub acknowledge: Spread,
    /// Time to mitigate.
    pub mitigate: Spread,
    /// Time to resolve.
    pub resolve: Spread,
}

/// The times of the incidents that share a value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The value; `None` where incidents name none.
    pub name: Option<String>,
    /// Place on the scale of severities, where the rows are severities.
    pub rank: Option<u8>,
    /// Their times.
    pub clocks: Clocks,
}

/// Times between clock points.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Durations {
    /// Of all incidents.
    pub all: Clocks,
    /// By severity, the worst first.
    pub severity: Vec<Row>,
    /// By component; an incident of two components counts in both.
    pub component: Vec<Row>,
}

/// The four times of one incident in seconds, in the order of [`Clocks`].
type Times = [Option<f64>; 4];

fn times(incident: &Incident, as_of: Date) -> Times {
    use Milestone::{Acknowledged, Detected, Mitigated, Resolved, Started};
    let ends = [(Started, Detected), (Detected, Acknowledged), (Started, Mitigated), (Started, Resolved)];
    let clock = clock_on(incident, as_of);
    ends.map(|(first, last)| clock.between(first, last).map(|time| time.as_secs_f64()))
}

impl Clocks {
    fn new() -> Self {
        Self {
            detect: Spread::new("detected − started", "seconds"),
            acknowledge: Spread::new("acknowledged − detected", "seconds"),
            mitigate: Spread::new("mitigated − started", "seconds"),
            resolve: Spread::new("resolved − started", "seconds"),
        }
    }

    fn put(&mut self, number: usize, times: Times) {
        let [detect, acknowledge, mitigate, resolve] = times;
        let item = Item::incident(number);
        self.detect.put(item, detect);
        self.acknowledge.put(item, acknowledge);
        self.mitigate.put(item, mitigate);
        self.resolve.put(item, resolve);
    }

    fn sorted(self) -> Self {
        Self {
            detect: self.detect.sorted(),
            acknowledge: self.acknowledge.sorted(),
            mitigate: self.mitigate.sorted(),
            resolve: self.resolve.sorted(),
        }
    }
}

pub(super) fn durations(all: &[Numbered<'_>], as_of: Date) -> Durations {
    let mut clocks = Clocks::new();
    let mut by_severity: BTreeMap<(bool, Option<&Severity>), Clocks> = BTreeMap::new();
    let mut by_component: HashMap<Option<&str>, Clocks> = HashMap::new();
    for &(number, incident) in all {
        // Zones make these dear: they are worked out once, not once for each row.
        let times = times(incident, as_of);
        clocks.put(number, times);
        let severity = incident.severity.as_ref();
        let same = by_severity.entry((severity.is_none(), severity));
        same.or_insert_with(Clocks::new).put(number, times);
        for name in names(incident) {
            by_component.entry(name).or_insert_with(Clocks::new).put(number, times);
        }
    }
    let row = |name: Option<&str>, rank, clocks: Clocks| Row {
        name: name.map(str::to_owned),
        rank,
        clocks: clocks.sorted(),
    };
    let of_severity = |((_, severity), clocks): ((bool, Option<&Severity>), Clocks)| {
        row(severity.map(|one| one.label.as_str()), severity.map(|one| one.rank), clocks)
    };
    Durations {
        all: clocks.sorted(),
        severity: by_severity.into_iter().map(of_severity).collect(),
        component: in_order(by_component).map(|(name, clocks)| row(name, None, clocks)).collect(),
    }
}

/// Names are hashed while incidents are counted and put in order once; incidents that name none come first.
pub(super) fn in_order<T>(by_name: HashMap<Option<&str>, T>) -> impl Iterator<Item = (Option<&str>, T)> {
    let mut all: Vec<(Option<&str>, T)> = by_name.into_iter().collect();
    all.sort_by_key(|(name, _)| *name);
    all.into_iter()
}

/// The components of an incident, or `None` once where it names none.
pub(super) fn names(incident: &Incident) -> impl Iterator<Item = Option<&str>> {
    let none = incident.components.is_empty().then_some(None);
    incident.components.iter().map(|name| Some(name.as_str())).chain(none)
}
