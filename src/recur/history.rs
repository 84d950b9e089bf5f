//! What an incident's page tells of its relatives: earlier ones with what they had promised, later ones where it
//! happened again.

use super::family::Families;
use super::promises::Promises;
use super::similar::{Similar, days};
use super::{Likelihood, Relatives};
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
    /// kb suggests it.
    Suggested,
}

/// A relative of an incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Earlier {
    /// Its number in the edition.
    pub number: usize,
    /// How it came here.
    #[serde(flatten)]
    pub relation: Relation,
    /// Days between the two; negative where the relative came later.
    pub days_before: Option<i64>,
    /// Likeness of symptoms, where it was computed.
    pub looks_like: Likelihood,
    /// Likeness of causes, where it was computed.
    pub same_cause: Likelihood,
    /// Why kb suggests it, in words.
    pub reasons: Vec<String>,
    /// How the earlier one's promises stood on the day of the later one.
    pub promises: Promises,
}

/// The relatives of one incident.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// Earlier ones: what authors state first, the newest first; then suggestions, best first.
    pub earlier: Vec<Earlier>,
    /// Later ones, in the same order.
    pub later: Vec<Earlier>,
}

impl Relatives {
    /// The relatives of every incident of `edition`.
    pub fn histories(&self, edition: &Edition, families: &Families) -> Vec<History> {
        let suggested = self.similar_to_each();
        let mut later: Vec<Vec<Similar>> = vec![Vec::new(); self.len()];
        for (number, suggestions) in suggested.iter().enumerate() {
            for one in suggestions {
                if let Some(list) = later.get_mut(one.number) {
                    list.push(seen_from_earlier(one, number));
                }
            }
        }
        let both = suggested.iter().zip(&later).enumerate();
        both.map(|(number, (before, after))| self.assemble(number, edition, families, before, after))
            .collect()
    }

    /// The relatives of incident `number`: the same as in [`histories`](Self::histories), without asking for the
    /// others.
    pub fn history(&self, number: usize, edition: &Edition, families: &Families) -> History {
        let (before, after) = (self.similar(number), self.suggested_in(number));
        self.assemble(number, edition, families, &before, &after)
    }

    fn assemble(
        &self,
        number: usize,
        edition: &Edition,
        families: &Families,
        before: &[Similar],
        after: &[Similar],
    ) -> History {
        let mut stated: Vec<usize> = self.stated.links(number).iter().map(|link| link.to).collect();
        stated.extend(self.stated.mentioned_by(number));
        let family = families.of(number).filter(|family| !family.suggested);
        stated.extend(family.iter().flat_map(|family| &family.incidents));
        stated.sort_unstable_by(|a, b| b.cmp(a));
        stated.dedup();
        stated.retain(|other| *other != number && self.stated(number, *other) != Some(LinkKind::NotRelated));
        let mut history = History::default();
        for other in &stated {
            let relative = self.stated_relative(number, *other, edition);
            let list = if *other < number { &mut history.earlier } else { &mut history.later };
            list.push(relative);
        }
        let new = |one: &&Similar| !stated.contains(&one.number);
        let suggest = |one: &Similar| suggested_relative(number, one, edition);
        history.earlier.extend(before.iter().filter(new).map(suggest));
        history.later.extend(after.iter().filter(new).map(suggest));
        history
    }

    fn stated_relative(&self, number: usize, other: usize, edition: &Edition) -> Earlier {
        let relation = match self.stated.link(number, other) {
            Some(link) => Relation::Stated { kind: link.kind, why: link.why.clone() },
            None => Relation::Family,
        };
        Earlier {
            number: other,
            relation,
            days_before: gap(number, other, edition),
            looks_like: Likelihood::Unknown,
            same_cause: Likelihood::Unknown,
            reasons: Vec::new(),
            promises: promises(number, other, edition),
        }
    }
}

fn suggested_relative(number: usize, one: &Similar, edition: &Edition) -> Earlier {
    Earlier {
        number: one.number,
        relation: Relation::Suggested,
        days_before: one.days_before,
        looks_like: one.looks(),
        same_cause: one.cause(),
        reasons: one.reasons.iter().map(ToString::to_string).collect(),
        promises: promises(number, one.number, edition),
    }
}

/// A suggestion as the suggested one sees it.
fn seen_from_earlier(one: &Similar, from: usize) -> Similar {
    Similar { number: from, days_before: one.days_before.map(|days| -days), ..one.clone() }
}

fn day(number: usize, edition: &Edition) -> Option<jiff::civil::Date> {
    let incident = &edition.incidents.get(number)?.incident;
    incident.date.as_ref().map(|dated| dated.date)
}

fn gap(number: usize, other: usize, edition: &Edition) -> Option<i64> {
    days(day(other, edition)?, day(number, edition)?)
}

/// The earlier one's promises on the day of the later one.
fn promises(one: usize, other: usize, edition: &Edition) -> Promises {
    let (earlier, later) = (one.min(other), one.max(other));
    let incident = edition.incidents.get(earlier).map(|published| &published.incident);
    incident.map_or_else(Promises::default, |incident| Promises::of(earlier, incident, day(later, edition)))
}
