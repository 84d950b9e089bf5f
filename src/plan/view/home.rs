//! The first page: search, the latest incidents, what is overdue, what came back.

use super::{ActionRow, Item, NameLink, PromisesThen, Tally, Views};
use crate::measure::actions::Listed;
use crate::plan::{shown, url};
use crate::recur::Family;
use jiff::civil::Date;
use serde::Serialize;

/// A family that happened more than once.
#[derive(Debug, Serialize)]
pub struct CameBack<'v> {
    /// Its name and page.
    pub family: NameLink,
    /// Whether kb suggests it and no author has confirmed it.
    pub suggested: bool,
    /// How often it happened.
    pub times: usize,
    /// Whether it came back in the last ninety days.
    pub lately: bool,
    /// Time between the last two.
    pub gap: Option<String>,
    /// The last incident.
    pub last: &'v Item,
    /// How the promises of the earlier ones stood on its day.
    pub then: Option<PromisesThen>,
}

/// So many days after it came back a family is news.
const LATELY: i64 = 90;

/// The first page.
#[derive(Debug, Serialize)]
pub struct Home<'v> {
    /// How many incidents there are.
    pub count: usize,
    /// The newest incidents.
    pub latest: Vec<&'v Item>,
    /// Counts of action items; absent where they are not the readers' business.
    pub tally: Option<Tally>,
    /// Address of the list of action items, where there is one.
    pub actions_link: Option<String>,
    /// How many promises were made, and how many closed, since the first day of the month.
    pub this_month: Option<(usize, usize)>,
    /// The longest overdue action items.
    pub overdue: Vec<ActionRow>,
    /// Families, the one that came back last first.
    pub came_back: Vec<CameBack<'v>>,
}

impl Views<'_> {
    /// The first page.
    pub fn home(&self) -> Home<'_> {
        let internal = self.site.has_actions_page() && self.site.is_whole();
        let overdue = self.actions().current.iter().filter_map(|place| self.action_row(*place)).take(5);
        Home {
            count: self.count(),
            latest: self.items().rev().take(7).collect(),
            tally: Some(self.tally()).filter(|tally| internal && tally.all > 0),
            actions_link: internal.then(|| url::link("actions", self.site.config.urls)),
            this_month: internal.then(|| self.this_month()),
            overdue: overdue.filter(|row| row.state == "overdue").collect(),
            came_back: self.came_back(),
        }
    }

    fn this_month(&self) -> (usize, usize) {
        let first = self.site.as_of.first_of_month();
        let within =
            |day: Option<Date>| usize::from(day.is_some_and(|day| day >= first && day <= self.site.as_of));
        let all = self.listed_actions();
        let sum = |day: fn(&Listed<'_>) -> Option<Date>| all.iter().map(|one| within(day(one))).sum();
        (sum(|one| one.created), sum(|one| one.closed))
    }

    /// What happened more than once: what came back last first, stated or suggested.
    fn came_back(&self) -> Vec<CameBack<'_>> {
        let families = self.site.recurrences.families().all.iter();
        let mut families: Vec<&Family> = families.filter(|family| family.incidents.len() > 1).collect();
        families
            .sort_by_key(|family| (std::cmp::Reverse(family.incidents.last().copied()), family.suggested));
        families.into_iter().take(5).filter_map(|family| self.family_again(family)).collect()
    }

    fn family_again(&self, family: &Family) -> Option<CameBack<'_>> {
        let members = self.members(family);
        let last = members.last()?;
        let item = self.item(last.number)?;
        let days = item
            .date
            .as_ref()
            .and_then(|date| Some(shown::days_between(date.parse().ok()?, self.site.as_of)));
        Some(CameBack {
            family: self.family_link(family),
            suggested: family.suggested,
            times: family.incidents.len(),
            lately: days.is_some_and(|days| days <= LATELY),
            gap: last.days_since_last.map(|days| self.words.days(days)),
            then: self.promises_then(&last.promises),
            last: item,
        })
    }
}
