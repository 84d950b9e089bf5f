//! The three forms a figure takes: a count, a share, a spread. Each keeps its definition, how many are missing, and the
//! items behind it, so that a reader can go from any number to what it counts.
//!
//! Below [`FEW`] items no share and no quantile is given: the counts, or the values themselves, say all there is.

use super::estimate::{Band, quantile, real, wilson};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// With fewer items than this, only counts are given.
pub const FEW: usize = 5;

/// What a figure counts: an incident, or one of its actions. Numbers are places in the edition's lists.
///
/// Every figure keeps its items, so they are small: all figures of 50,000 actions hold two million of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    incident: u32,
    /// The place after that of the action; 0 for the incident itself, which comes before its actions.
    after: u32,
}

impl Item {
    /// A whole incident.
    pub fn incident(incident: usize) -> Self {
        Self { incident: small(incident), after: 0 }
    }

    /// One action of an incident.
    pub fn action(incident: usize, action: usize) -> Self {
        Self { incident: small(incident), after: small(action).saturating_add(1) }
    }

    /// Place of the incident in [`Edition::incidents`](crate::corpus::Edition::incidents).
    pub fn of_incident(self) -> usize {
        self.incident as usize
    }

    /// Place of the action in [`Incident::actions`](crate::model::Incident::actions); `None` for the incident itself.
    pub fn of_action(self) -> Option<usize> {
        self.after.checked_sub(1).map(|place| place as usize)
    }
}

/// No archive has four thousand million of anything.
fn small(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// How many, and which.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Count {
    /// What was counted, in the order of the edition.
    pub items: Vec<Item>,
}

impl Count {
    /// How many.
    pub fn n(&self) -> usize {
        self.items.len()
    }

    /// Counts one more.
    pub(super) fn put(&mut self, item: Item) {
        self.items.push(item);
    }
}

impl FromIterator<Item> for Count {
    fn from_iter<I: IntoIterator<Item = Item>>(items: I) -> Self {
        Self { items: items.into_iter().collect() }
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.n().serialize(serializer)
    }
}

/// A part of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// What is counted, among what.
    pub definition: &'static str,
    /// The part.
    pub yes: Vec<Item>,
    /// The rest of the whole.
    pub no: Vec<Item>,
    /// Those of which it is not known; they are not in the whole.
    pub missing: Vec<Item>,
}

impl Share {
    pub(super) fn new(definition: &'static str) -> Self {
        Self { definition, yes: Vec::new(), no: Vec::new(), missing: Vec::new() }
    }

    /// Counts one item: in the part, in the rest, or as not known.
    pub(super) fn put(&mut self, item: Item, answer: Option<bool>) {
        match answer {
            Some(true) => self.yes.push(item),
            Some(false) => self.no.push(item),
            None => self.missing.push(item),
        }
    }

    /// The size of the part.
    pub fn part(&self) -> usize {
        self.yes.len()
    }

    /// The size of the whole.
    pub fn n(&self) -> usize {
        self.yes.len() + self.no.len()
    }

    /// The share, 0–1, with its 95 % interval; `None` below [`FEW`] items.
    pub fn rate(&self) -> Option<(f64, Band)> {
        let n = self.n();
        if n < FEW {
            return None;
        }
        Some((real(self.part()) / real(n), wilson(self.part(), n)?))
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rate = self.rate();
        let mut map = serializer.serialize_struct("Share", 7)?;
        map.serialize_field("definition", self.definition)?;
        map.serialize_field("part", &self.part())?;
        map.serialize_field("n", &self.n())?;
        map.serialize_field("missing", &self.missing.len())?;
        map.serialize_field("share", &rate.map(|(share, _)| round(share)))?;
        map.serialize_field("low", &rate.map(|(_, band)| round(band.low)))?;
        map.serialize_field("high", &rate.map(|(_, band)| round(band.high)))?;
        map.end()
    }
}

/// One measured value and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The value, in the unit of its spread.
    pub value: f64,
    /// What it was measured on.
    pub item: Item,
}

/// How values are spread: quantiles by definition 7 of Hyndman and Fan, never a mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// What is measured, on what.
    pub definition: &'static str,
    /// `days` or `seconds`.
    pub unit: &'static str,
    /// All values, the smallest first.
    pub values: Vec<Measured>,
    /// Those whose value is not known.
    pub missing: Vec<Item>,
}

/// The quantiles of a spread that has at least [`FEW`] values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantiles {
    /// A quarter of the values lies below.
    pub lower_quarter: f64,
    /// Half of the values lies below.
    pub median: f64,
    /// Three quarters of the values lie below.
    pub upper_quarter: f64,
    /// Nine tenths of the values lie below.
    pub p90: f64,
}

impl Spread {
    pub(super) fn new(definition: &'static str, unit: &'static str) -> Self {
        Self { definition, unit, values: Vec::new(), missing: Vec::new() }
    }

    pub(super) fn put(&mut self, item: Item, value: Option<f64>) {
        match value {
            Some(value) => self.values.push(Measured { value, item }),
            None => self.missing.push(item),
        }
    }

    /// Puts the values in order; the last step of making a spread.
    pub(super) fn sorted(mut self) -> Self {
        self.values.sort_by(|a, b| a.value.total_cmp(&b.value).then(a.item.cmp(&b.item)));
        self
    }

    /// How many values there are.
    pub fn n(&self) -> usize {
        self.values.len()
    }

    /// The smallest and the largest value.
    pub fn ends(&self) -> Option<(Measured, Measured)> {
        Some((*self.values.first()?, *self.values.last()?))
    }

    /// Its quantiles; `None` below [`FEW`] values.
    pub fn quantiles(&self) -> Option<Quantiles> {
        if self.n() < FEW {
            return None;
        }
        let sorted: Vec<f64> = self.values.iter().map(|one| one.value).collect();
        Some(Quantiles {
            lower_quarter: quantile(&sorted, 0.25)?,
            median: quantile(&sorted, 0.5)?,
            upper_quarter: quantile(&sorted, 0.75)?,
            p90: quantile(&sorted, 0.9)?,
        })
    }
}

impl Serialize for Spread {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let quantiles = self.quantiles();
        let pick = |which: fn(&Quantiles) -> f64| quantiles.as_ref().map(|all| round(which(all)));
        let ends = self.ends();
        let mut map = serializer.serialize_struct("Spread", 10)?;
        map.serialize_field("definition", self.definition)?;
        map.serialize_field("unit", self.unit)?;
        map.serialize_field("n", &self.n())?;
        map.serialize_field("missing", &self.missing.len())?;
        map.serialize_field("least", &ends.map(|(least, _)| least.value))?;
        map.serialize_field("lower_quarter", &pick(|all| all.lower_quarter))?;
        map.serialize_field("median", &pick(|all| all.median))?;
        map.serialize_field("upper_quarter", &pick(|all| all.upper_quarter))?;
        map.serialize_field("p90", &pick(|all| all.p90))?;
        map.serialize_field("most", &ends.map(|(_, most)| most.value))?;
        map.end()
    }
}

/// Four digits after the point: more than any of these figures can bear, and the same on every machine.
pub(super) fn round(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(yes: usize, no: usize) -> Share {
        let mut share = Share::new("for the test");
        (0..yes).for_each(|n| share.put(Item::incident(n), Some(true)));
        (0..no).for_each(|n| share.put(Item::incident(yes + n), Some(false)));
        share
    }

    #[test]
    fn below_five_there_are_counts_and_no_percentages() {
        let few = serde_json::to_value(share(3, 1)).unwrap();
        assert_eq!((&few["part"], &few["n"]), (&3.into(), &4.into()));
        assert!(few["share"].is_null());
        let enough = serde_json::to_value(share(4, 1)).unwrap();
        assert_eq!(enough["share"], 0.8);
    }

    #[test]
    fn what_is_not_known_is_counted_beside_the_whole() {
        let mut share = share(1, 1);
        share.put(Item::incident(9), None);
        assert_eq!((share.n(), share.missing.len()), (2, 1));
    }

    #[test]
    fn a_spread_of_few_values_has_no_median() {
        let mut spread = Spread::new("for the test", "days");
        for (n, value) in [5.0, 1.0, 3.0, 2.0].into_iter().enumerate() {
            spread.put(Item::incident(n), Some(value));
        }
        let few = spread.clone().sorted();
        assert_eq!(few.quantiles(), None);
        assert_eq!(few.ends().map(|(least, most)| (least.value, most.value)), Some((1.0, 5.0)));
        spread.put(Item::incident(4), Some(4.0));
        assert_eq!(spread.sorted().quantiles().map(|all| all.median), Some(3.0));
    }
}
