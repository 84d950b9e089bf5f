//! What an incident's page tells of its relatives: earlier ones with what they had promised, later ones where it
//! happened again.

use super::Recurrences;
use super::promises::{ClosedOn, Promises};
use super::reason::Reason;
use super::similar::{Similar, days};
use crate::corpus::Edition;
use crate::model::LinkKind;
use serde::Serialize;

/// How two incidents came to stand beside each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "relation", rename_all = "kebab-case")]
pub enum Relation {
    /// An author says so.
    Stated {
        /// What the author says.
        kind: LinkKind,
        /// Why, in the author's words.
        why: Option<String>,
    },
    /// Both belong to one stated family by what authors say of others.
    Family,
    /// One names the other, without saying what they have in common.
    Mentioned,
    /// kb suggests it.
    Suggested,
}

/// A relative of an incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Relative {
    /// Its number in the edition.
    pub number: usize,
    /// How it came here.
    #[serde(flatten)]
    pub relation: Relation,
    /// Days between the two; negative where the relative came later.
    pub days_before: Option<i64>,
    /// Likeness of symptoms from 0 to about 1, where kb suggests it and both tell them.
    pub looks_like: Option<f32>,
    /// Likeness of causes, likewise.
    pub same_cause: Option<f32>,
    /// Why kb suggests it.
    pub reasons: Vec<Reason>,
    /// How the earlier one's promises stood on the day of the later one.
    pub promises: Promises,
}

/// The relatives of one incident.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// Earlier ones: what authors state first, the newest first; then suggestions, best first.
    pub earlier: Vec<Relative>,
    /// Later ones, in the same order.
    pub later: Vec<Relative>,
}

impl Recurrences {
    /// The relatives of incident `number` of `edition`, which these were made from. Nobody's *not related* is shown.
    pub fn history(&self, number: usize, edition: &Edition, closed: ClosedOn<'_>) -> History {
        self.history_on(None, number, edition, closed)
    }

    /// The same; where the incident tells no day, promises are told as they stand on `today`.
    pub fn history_on(
        &self,
        today: Option<jiff::civil::Date>,
        number: usize,
        edition: &Edition,
        closed: ClosedOn<'_>,
    ) -> History {
        let promises = |one: usize, other: usize| promises((one, other), today, edition, closed);
        let family = self.families.of(number).filter(|family| !family.suggested);
        let related = |other: usize| family.is_some_and(|family| family.incidents.contains(&other));
        let suggests = |one: &Similar| !related(one.number);
        let before: Vec<Similar> = self.suggested_before(number).into_iter().filter(suggests).collect();
        let after: Vec<Similar> = self.suggested_after(number).into_iter().filter(suggests).collect();
        let told = |other: usize| before.iter().chain(&after).any(|one| one.number == other);
        let has_date = day(number, edition).is_some();
        let mut history = History::default();
        for other in self.stated_relatives(number) {
            let link = self.stated.link(number, other).filter(|link| link.kind != LinkKind::SeeAlso);
            let relation = match link {
                Some(link) => Relation::Stated { kind: link.kind, why: link.why.clone() },
                None if related(other) => Relation::Family,
                // Where a link merely stands in the text, the suggestion says more.
                None if told(other) => continue,
                None => Relation::Mentioned,
            };
            let later = other > number && has_date;
            let list = if later { &mut history.later } else { &mut history.earlier };
            let promises = promises(number, other);
            let days_before = gap(number, other, edition);
            list.push(Relative { days_before, ..Relative::new(other, relation, promises) });
        }
        let suggested = |one: &Similar| suggested(one, promises(number, one.number));
        history.earlier.extend(before.iter().map(suggested));
        history.later.extend(after.iter().map(suggested));
        history
    }

    /// What authors relate to incident `number`, in whatever way but *not related*; the newest first.
    fn stated_relatives(&self, number: usize) -> Vec<usize> {
        let mut stated: Vec<usize> = self.stated.links(number).iter().map(|link| link.to).collect();
        stated.extend(self.stated.mentioned_by(number));
        let family = self.families.of(number).filter(|family| !family.suggested);
        stated.extend(family.iter().flat_map(|family| &family.incidents));
        stated.sort_unstable_by(|a, b| b.cmp(a));
        stated.dedup();
        let related = |other: usize| self.stated.between(number, other) != Some(LinkKind::NotRelated);
        stated.retain(|other| *other != number && related(*other));
        stated
    }
}

fn suggested(one: &Similar, promises: Promises) -> Relative {
    Relative {
        days_before: one.days_before,
        looks_like: one.looks_like,
        same_cause: one.same_cause,
        reasons: one.reasons.clone(),
        ..Relative::new(one.number, Relation::Suggested, promises)
    }
}

impl Relative {
    fn new(number: usize, relation: Relation, promises: Promises) -> Self {
        let (looks_like, same_cause, reasons) = (None, None, Vec::new());
        Self { number, relation, days_before: None, looks_like, same_cause, reasons, promises }
    }
}

fn day(number: usize, edition: &Edition) -> Option<jiff::civil::Date> {
    let incident = &edition.incidents.get(number)?.incident;
    incident.date.as_ref().map(|dated| dated.date)
}

fn gap(number: usize, other: usize, edition: &Edition) -> Option<i64> {
    days(day(other, edition)?, day(number, edition)?)
}

/// The earlier one's promises on the day of the later one. An incident without a day is the later one: it asks.
fn promises(
    (asking, other): (usize, usize),
    today: Option<jiff::civil::Date>,
    edition: &Edition,
    closed: ClosedOn<'_>,
) -> Promises {
    let asked_on = day(asking, edition);
    let (earlier, on) = match asked_on {
        None => (other, today),
        Some(_) if asking < other => (asking, day(other, edition)),
        Some(_) => (other, asked_on),
    };
    let incident = edition.incidents.get(earlier).map(|published| &published.incident);
    incident.map_or_else(Promises::default, |one| Promises::of(earlier, one, on, closed))
}
