//! The list of all incidents: on one page, or by year where there are many.

use super::{Item, Views};
use crate::config::UrlStyle;
use crate::plan::{parts, range, url};
use serde::Serialize;

/// The pages of one list, and which of them this is.
#[derive(Debug, Default, Serialize)]
pub struct Pager {
    /// Number of this page, from 1.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
    /// Address of the page before.
    pub earlier: Option<String>,
    /// Address of the page after.
    pub later: Option<String>,
}

impl Pager {
    pub(super) fn of(name: &str, part: usize, entries: usize, style: UrlStyle) -> Self {
        let pages = parts(entries);
        let link = |part| url::link(&url::part(name, part), style);
        Self {
            page: part + 1,
            pages,
            earlier: part.checked_sub(1).map(link),
            later: Some(part + 1).filter(|next| *next < pages).map(link),
        }
    }
}

/// A year with its own page.
#[derive(Debug, Serialize)]
pub struct YearLink {
    /// The year.
    pub year: String,
    /// Address of its list.
    pub link: String,
    /// How many incidents.
    pub count: usize,
}

/// Incidents of one year.
#[derive(Debug, Serialize)]
pub struct YearOfItems<'v> {
    /// The year; absent for undated incidents.
    pub year: Option<String>,
    /// Its incidents, newest first.
    pub items: Vec<&'v Item>,
}

/// A page of the list.
#[derive(Debug, Serialize)]
pub struct IncidentList<'v> {
    /// The year this page is for.
    pub year: Option<String>,
    /// How many incidents there are in all.
    pub count: usize,
    /// Years with pages of their own, newest first.
    pub years: Vec<YearLink>,
    /// What is listed here, newest first.
    pub groups: Vec<YearOfItems<'v>>,
    /// Further pages.
    pub pager: Pager,
}

/// How many of the newest incidents the first list shows where years have pages of their own.
const NEWEST: usize = 50;

impl Views<'_> {
    /// The first page of the list.
    pub fn incident_list(&self) -> IncidentList<'_> {
        let by_year = self.site.pages_by_year();
        let shown = if by_year { NEWEST } else { self.count() };
        IncidentList {
            year: None,
            count: self.count(),
            years: if by_year { self.year_links() } else { Vec::new() },
            groups: grouped(self.items().rev().take(shown)),
            pager: Pager::default(),
        }
    }

    /// Page `part` of the list of one year.
    pub fn year_list(&self, year: usize, part: usize) -> IncidentList<'_> {
        let group = self.site.relations.years.all().get(year);
        let (name, members) = group.map_or(("", &[][..]), |group| (group.name.as_str(), &group.members));
        let newest: Vec<usize> = members.iter().rev().copied().collect();
        let here = newest.get(range(newest.len(), part)).unwrap_or_default();
        IncidentList {
            year: Some(name.to_owned()),
            count: members.len(),
            years: self.year_links(),
            groups: vec![YearOfItems { year: None, items: self.named(here.iter().copied()) }],
            pager: Pager::of(&format!("incidents/{name}"), part, members.len(), self.site.config.urls),
        }
    }

    pub(super) fn year_links(&self) -> Vec<YearLink> {
        let years: Vec<YearLink> = self
            .site
            .relations
            .years
            .sorted()
            .map(|group| YearLink {
                year: group.name.clone(),
                link: url::link(&format!("incidents/{}", group.slug), self.site.config.urls),
                count: group.members.len(),
            })
            .collect();
        years.into_iter().rev().collect()
    }
}

/// `newest_first` by year.
pub(super) fn grouped<'v>(newest_first: impl Iterator<Item = &'v Item>) -> Vec<YearOfItems<'v>> {
    let mut groups: Vec<YearOfItems<'v>> = Vec::new();
    for item in newest_first {
        let year = item.date.as_ref().and_then(|date| date.split('-').next()).map(str::to_owned);
        match groups.last_mut() {
            Some(group) if group.year == year => group.items.push(item),
            _ => groups.push(YearOfItems { year, items: vec![item] }),
        }
    }
    groups
}
