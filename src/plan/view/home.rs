//! The first page: search, the latest incidents, what is overdue, what came back.

use super::{ActionRow, Item, Tally, Views};
use crate::measure::actions::Listed;
use crate::plan::url;
use jiff::civil::Date;
use serde::Serialize;

/// A family that happened more than once.
#[derive(Debug, Serialize)]
pub struct CameBack {
    /// Its name.
    pub name: String,
    /// Address of its page.
    pub link: String,
    /// How often.
    pub times: usize,
    /// When last.
    pub last: Option<String>,
    /// How many promises of its incidents are open today.
    pub open: usize,
}

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
    pub came_back: Vec<CameBack>,
}

impl Views<'_> {
    /// The first page.
    pub fn home(&self) -> Home<'_> {
        let internal = self.site.has_actions_page();
        let overdue = self.actions.current.iter().filter_map(|place| self.action_row(*place)).take(5);
        Home {
            count: self.items.len(),
            latest: self.items.iter().rev().take(7).collect(),
            tally: (internal && self.tally.all > 0).then_some(self.tally),
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

    fn came_back(&self) -> Vec<CameBack> {
        let mut families: Vec<_> =
            self.site.relations.families.all().iter().filter(|group| group.members.len() > 1).collect();
        families.sort_by_key(|group| std::cmp::Reverse(group.members.last().copied()));
        families
            .into_iter()
            .take(5)
            .map(|group| CameBack {
                name: group.name.clone(),
                link: url::link(&format!("families/{}", group.slug), self.site.config.urls),
                times: group.members.len(),
                last: group
                    .members
                    .last()
                    .and_then(|last| self.item(*last))
                    .and_then(|item| item.date.clone()),
                open: self.named(group.members.iter().copied()).iter().map(|item| item.tally.open).sum(),
            })
            .collect()
    }
}
