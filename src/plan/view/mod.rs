//! What stands on each page, as typed data for templates: built when a page is rendered, dropped afterwards.
//!
//! [`Views`] is made once per site. It holds one small [`Item`] per incident, because lists, boxes and feeds all show
//! the same lines; everything else is read off the edition. Nothing is put together before a page asks for it: after a
//! change only one page of ten thousand may be looked at.

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

pub use actions::{ActionLists, ActionPage, ActionRow, AskedTwice, Tally, Today};
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
    /// The line of each incident.
    items: Vec<OnceLock<Item>>,
    actions: OnceLock<ActionLists>,
    tally: OnceLock<Tally>,
    /// By family and action: the last incident of the family that happened while the action stood open.
    again: Vec<OnceLock<BTreeMap<(usize, usize), usize>>>,
    statistics: OnceLock<Statistics>,
}

impl<'a> Views<'a> {
    /// The views of `site`.
    pub fn new(site: Site<'a>, words: Words) -> Self {
        let families = site.recurrences.families().all.len();
        Self {
            items: std::iter::repeat_with(OnceLock::new).take(site.edition.incidents.len()).collect(),
            actions: OnceLock::new(),
            tally: OnceLock::new(),
            again: std::iter::repeat_with(OnceLock::new).take(families).collect(),
            statistics: OnceLock::new(),
            site,
            words,
        }
    }

    /// How many incidents there are.
    pub fn count(&self) -> usize {
        self.items.len()
    }

    /// The line of an incident.
    pub fn item(&self, number: usize) -> Option<&Item> {
        let published = self.site.incident(number)?;
        let make = || Item::of(&self.site, &self.words, number, published);
        Some(self.items.get(number)?.get_or_init(make))
    }

    /// The lines of all incidents, oldest first.
    pub fn items(&self) -> impl DoubleEndedIterator<Item = &Item> {
        (0..self.items.len()).filter_map(|number| self.item(number))
    }

    /// The lists of action items.
    fn actions(&self) -> &ActionLists {
        self.actions.get_or_init(|| ActionLists::of(&self.site))
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
