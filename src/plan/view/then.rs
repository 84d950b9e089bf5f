//! How promises stood on the day it happened again, in the words of the site.

use super::Views;
use super::actions::Place;
use crate::measure::Closings;
use crate::model::{ActionItem, Incident};
use crate::plan::shown;
use crate::recur::{Promises, Standing};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// The promises of earlier incidents on the day of a later one.
#[derive(Debug, Serialize)]
pub struct PromisesThen {
    /// In one line: `2 of the 5 actions were still open, 1 overdue`.
    pub sentence: String,
    /// Whether any is known to have stood open.
    pub bad: bool,
    /// How many are known to have stood open.
    pub open: usize,
    /// Those that are known to have stood open; at most five.
    pub items: Vec<OpenThen>,
}

/// A promise that stood open.
#[derive(Debug, Serialize)]
pub struct OpenThen {
    /// The promise.
    pub text: String,
    /// Its address from the root of the site.
    pub link: String,
    /// How long it had been due: `30 d overdue`.
    pub overdue: Option<String>,
}

/// When it happened again while a promise stood open.
#[derive(Debug, Clone, Serialize)]
pub struct AgainThen {
    /// The day.
    pub date: Option<String>,
    /// The incident.
    pub title: String,
    /// Its address from the root of the site.
    pub link: String,
}

const SHOWN: usize = 5;

impl Views<'_> {
    /// When actions were closed whose rows do not say.
    pub fn closed_on(&self) -> impl Fn(&Incident, &ActionItem) -> Option<Date> + Sync {
        let closings: &Closings = self.site.closings;
        move |incident, action| closings.day(&incident.path, action.line)
    }

    /// `promises` in words; `None` where there are none, or they are not the readers' business.
    pub(super) fn promises_then(&self, promises: &Promises) -> Option<PromisesThen> {
        let all = promises.all.len();
        if !self.site.shows_actions() || all == 0 {
            return None;
        }
        let words = &self.words;
        let open = promises.open().count();
        let overdue = promises.count(|one| matches!(one, Standing::Overdue { .. }));
        let unknown = promises.count(|one| one == Standing::Unknown);
        let done = promises.count(|one| one == Standing::Done);
        let mut sentence = match open {
            0 if done == all => words.count("then_all_done", all, 0),
            0 => words.count("then_none_known", all, 0),
            open => words.count("then_open", open, all),
        };
        for (number, key) in [(overdue, "n_overdue"), (unknown, "then_unknown")] {
            if number > 0 {
                sentence.push_str(", ");
                sentence.push_str(&words.count(key, number, 0));
            }
        }
        let items = promises.open().take(SHOWN).filter_map(|one| {
            let row = self.row(one.incident, one.action)?;
            let overdue = match one.standing {
                Standing::Overdue { days } => Some(words.with("overdue_by", &words.days(days))),
                _ => None,
            };
            Some(OpenThen { text: shown::short(&row.text, 120), link: row.link, overdue })
        });
        Some(PromisesThen { sentence, bad: open > 0, open, items: items.collect() })
    }

    /// The last incident of its stated family that happened while an action stood open.
    pub(super) fn again_while_open(&self, place: Place) -> Option<usize> {
        let family = self.site.recurrences.families().place(place.0).filter(|_| self.site.shows_actions())?;
        self.again.get(family)?.get_or_init(|| self.open_again_in(family)).get(&place).copied()
    }

    fn open_again_in(&self, family: usize) -> BTreeMap<Place, usize> {
        let family = self.site.recurrences.families().all.get(family).filter(|family| !family.suggested);
        let mut last = BTreeMap::new();
        for member in family.map(|family| self.members(family)).unwrap_or_default() {
            for one in member.promises.open() {
                last.insert((one.incident, one.action), member.number);
            }
        }
        last
    }

    pub(super) fn again_then(&self, number: usize) -> Option<AgainThen> {
        let item = self.item(number)?;
        Some(AgainThen { date: item.date.clone(), title: item.title.clone(), link: item.link.clone() })
    }
}
