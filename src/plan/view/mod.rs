//! What stands on each page, as typed data for templates: built when a page is rendered, dropped afterwards.
//!
//! [`Views`] is made once per site. It holds one small [`Item`] per incident, because lists, boxes and feeds all show
//! the same lines; everything else is read off the edition when asked for.

mod actions;
mod badge;
mod calendar;
mod family;
mod frame;
mod groups;
mod home;
mod incident;
mod item;
mod lists;
mod search;
mod then;
mod ticket;

pub use actions::{ActionLists, ActionPage, ActionRow, AskedTwice, Tally};
pub use badge::{Badge, NameLink};
pub use calendar::{Calendar, CalendarYear};
pub use family::{FamilyList, FamilyPage, Occurrence};
pub use frame::{FeedLink, Frame, MenuEntry};
pub use groups::{ComponentPage, GroupLine, GroupList, MonthDown, TagPage};
pub use home::{CameBack, Home};
pub use incident::{Fact, Fix, IncidentPage, RelatedItem, Seen, SeenBox, WhyStep};
pub use item::Item;
pub use lists::{IncidentList, Pager, YearLink, YearOfItems};
pub use search::{SearchHit, SearchPage, SearchView, Snippet};
pub use then::{AgainThen, OpenThen, PromisesThen};
pub use ticket::TicketLink;

use super::{Site, Words};
use crate::measure::{Statistics, measure};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Everything pages share, and the makers of page data.
pub struct Views<'a> {
    /// What the site is made from.
    pub site: Site<'a>,
    /// The words it is shown in.
    pub words: Words,
    items: Vec<Item>,
    actions: ActionLists,
    tally: Tally,
    /// By action: the last incident of its family that happened while it stood open.
    again: BTreeMap<(usize, usize), usize>,
    statistics: OnceLock<Statistics>,
}

impl<'a> Views<'a> {
    /// Prepares `site`: one pass over its incidents.
    pub fn new(site: Site<'a>, words: Words) -> Self {
        let items: Vec<Item> = (0..site.edition.incidents.len())
            .filter_map(|number| Some(Item::of(&site, &words, number, site.incident(number)?)))
            .collect();
        let shown = site.shows_actions();
        let tally = items.iter().filter(|_| shown).fold(Tally::default(), |sum, item| sum.plus(item.tally));
        let actions = ActionLists::of(&site);
        let mut views =
            Self { site, words, items, actions, tally, again: BTreeMap::new(), statistics: OnceLock::new() };
        if shown {
            views.again = views.open_again_by_action();
        }
        views
    }

    /// The line of an incident.
    pub fn item(&self, number: usize) -> Option<&Item> {
        self.items.get(number)
    }

    /// The lines of all incidents, oldest first.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// All figures, counted when a page first asks for them.
    pub fn statistics(&self) -> &Statistics {
        let site = &self.site;
        self.statistics.get_or_init(|| measure(site.edition, site.config, site.as_of, site.closings))
    }

    fn named(&self, numbers: impl IntoIterator<Item = usize>) -> Vec<&Item> {
        numbers.into_iter().filter_map(|number| self.item(number)).collect()
    }
}
