//! The same counts for parts of the items. Owners are no such part: a ranking of people does harm.

use super::promise::{self, Promise};
use super::{COMPLETION, InState, count_completion};
use crate::config::SiteConfig;
use crate::measure::figure::{Count, Share};
use crate::measure::period::Quarter;
use crate::model::{ActionKind, ActionState};
use foldhash::{HashMap, HashMapExt};
use serde::Serialize;
use std::collections::BTreeMap;

/// The items that share one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Slice {
    /// The value; `None` where items name none.
    pub name: Option<String>,
    /// How many in each state.
    pub states: Vec<InState>,
    /// How many are open past their date.
    pub overdue: Count,
    /// Done among all that were agreed.
    pub completion: Share,
}

impl Slice {
    fn new(name: Option<&str>) -> Self {
        let empty = |state| InState { state, count: Count::default() };
        Self {
            name: name.map(str::to_owned),
            states: ActionState::ALL.map(empty).to_vec(),
            overdue: Count::default(),
            completion: Share::new(COMPLETION),
        }
    }

    fn put(&mut self, one: &Promise<'_>) {
        if let Some(in_state) = self.states.iter_mut().find(|entry| entry.state == one.state) {
            in_state.count.put(one.item);
        }
        if one.overdue().is_some() {
            self.overdue.put(one.item);
        }
        count_completion(&mut self.completion, one);
    }

    /// How many items the slice holds.
    pub fn n(&self) -> usize {
        self.states.iter().map(|entry| entry.count.n()).sum()
    }

    /// How many are open or in progress.
    pub fn open(&self) -> usize {
        let open = self.states.iter().filter(|entry| entry.state.is_open());
        open.map(|entry| entry.count.n()).sum()
    }
}

/// Slices by each property, in order of their names; what names none comes first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Slices {
    /// By component of the incident; an item of two components counts in both.
    pub component: Vec<Slice>,
    /// By team: the owners', else the incident's, else the components'.
    pub team: Vec<Slice>,
    /// By severity of the incident, the worst first.
    pub severity: Vec<Slice>,
    /// By priority as written.
    pub priority: Vec<Slice>,
    /// By what the item is for.
    pub kind: Vec<Slice>,
    /// By quarter of creation.
    pub quarter: Vec<Slice>,
}

pub(super) fn slices(all: &[Promise<'_>], config: &SiteConfig) -> Slices {
    Slices {
        component: by_component(all),
        team: by(all, |one| promise::team(one, config)),
        severity: by_severity(all),
        priority: by(all, |one| one.action.priority.as_deref().map(str::trim)),
        kind: by(all, |one| one.action.kind.map(ActionKind::word)),
        quarter: by_quarter(all),
    }
}

fn by<'a>(all: &[Promise<'a>], name: impl Fn(&Promise<'a>) -> Option<&'a str>) -> Vec<Slice> {
    let mut slices: HashMap<Option<&str>, Slice> = HashMap::new();
    for one in all {
        let name = name(one);
        slices.entry(name).or_insert_with(|| Slice::new(name)).put(one);
    }
    in_order(slices)
}

fn by_component(all: &[Promise<'_>]) -> Vec<Slice> {
    let mut slices: HashMap<Option<&str>, Slice> = HashMap::new();
    for one in all {
        let mut put = |name| slices.entry(name).or_insert_with(|| Slice::new(name)).put(one);
        if one.incident.components.is_empty() {
            put(None);
        }
        for name in &one.incident.components {
            put(Some(name.as_str()));
        }
    }
    in_order(slices)
}

/// Names are hashed while items are counted and put in order once.
fn in_order(slices: HashMap<Option<&str>, Slice>) -> Vec<Slice> {
    let mut slices: Vec<Slice> = slices.into_values().collect();
    slices.sort_by(|a, b| a.name.cmp(&b.name));
    slices
}

fn by_severity(all: &[Promise<'_>]) -> Vec<Slice> {
    let mut slices: BTreeMap<_, Slice> = BTreeMap::new();
    for one in all {
        let severity = one.incident.severity.as_ref();
        let name = severity.map(|severity| severity.label.as_str());
        // Incidents without a severity stand after all that have one.
        let key = (severity.is_none(), severity);
        slices.entry(key).or_insert_with(|| Slice::new(name)).put(one);
    }
    slices.into_values().collect()
}

fn by_quarter(all: &[Promise<'_>]) -> Vec<Slice> {
    let mut slices: BTreeMap<Option<Quarter>, Slice> = BTreeMap::new();
    for one in all {
        let quarter = one.created.map(Quarter::of);
        let new = || Slice::new(quarter.map(|quarter| quarter.to_string()).as_deref());
        slices.entry(quarter).or_insert_with(new).put(one);
    }
    slices.into_values().collect()
}
