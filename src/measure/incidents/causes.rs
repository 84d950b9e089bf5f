//! What set incidents off, against why that was possible: how often each pair was stated together.
//!
//! Both are the authors' own words from front matter, compared without regard to case. The pairs that occur most stand
//! on their own; the rest is counted together, so that the table stays readable.

use super::Numbered;
use crate::measure::figure::{Count, Item};
use serde::Serialize;
use std::collections::BTreeMap;

/// One field of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Place in [`Matrix::triggers`].
    pub trigger: usize,
    /// Place in [`Matrix::causes`].
    pub cause: usize,
    /// The incidents with both.
    pub count: Count,
}

/// Triggers against causes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matrix {
    /// What is counted.
    pub definition: &'static str,
    /// The triggers, the most frequent first; `None` gathers the rest.
    pub triggers: Vec<Option<String>>,
    /// The causes, the most frequent first; `None` gathers the rest.
    pub causes: Vec<Option<String>>,
    /// The fields that are not empty, by row, then column.
    pub cells: Vec<Cell>,
    /// Incidents without a trigger or without a cause.
    pub missing: Count,
}

const DEFINITION: &str = "incidents and near misses whose front matter states both a trigger and a cause; one with two causes counts in both";

/// How many triggers and causes stand on their own.
const SHOWN: usize = 12;

pub(super) fn matrix(all: &[Numbered<'_>]) -> Matrix {
    let mut missing = Count::default();
    let mut pairs: Vec<(usize, String, String)> = Vec::new();
    for &(number, incident) in all {
        let trigger = incident.trigger.as_ref().filter(|stated| stated.from == "front matter");
        match trigger {
            Some(trigger) if !incident.causes.is_empty() => {
                let cause = |cause: &String| (number, folded(&trigger.text), folded(cause));
                pairs.extend(incident.causes.iter().map(cause));
            }
            _ => missing.put(Item::incident(number)),
        }
    }
    pairs.sort();
    pairs.dedup();
    let triggers = frequent(pairs.iter().map(|(_, trigger, _)| trigger.as_str()));
    let causes = frequent(pairs.iter().map(|(_, _, cause)| cause.as_str()));
    let mut cells: BTreeMap<(usize, usize), Count> = BTreeMap::new();
    for (number, trigger, cause) in &pairs {
        let place = (place(&triggers, trigger), place(&causes, cause));
        let count = cells.entry(place).or_default();
        let item = Item::incident(*number);
        if count.items.last() != Some(&item) {
            count.put(item);
        }
    }
    let cell = |((trigger, cause), count)| Cell { trigger, cause, count };
    Matrix { definition: DEFINITION, cells: cells.into_iter().map(cell).collect(), triggers, causes, missing }
}

fn folded(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// The most frequent names, then `None` where there are more.
fn frequent<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Option<String>> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *times.entry(name).or_default() += 1;
    }
    let mut ranked: Vec<(&str, usize)> = times.into_iter().collect();
    ranked.sort_by_key(|(name, times)| (std::cmp::Reverse(*times), *name));
    let rest = (ranked.len() > SHOWN).then_some(None);
    ranked.into_iter().take(SHOWN).map(|(name, _)| Some(name.to_owned())).chain(rest).collect()
}

fn place(names: &[Option<String>], name: &str) -> usize {
    names.iter().position(|one| one.as_deref() == Some(name)).unwrap_or(names.len().saturating_sub(1))
}
