//! Pages of components and tags: the incidents under one name, and lists of such names.

use super::item::component_name;
use super::{ActionRow, Calendar, Item, NameLink, Pager, Views};
use crate::plan::{range, shown, url};
use crate::relate::{Group, Groups};
use jiff::SignedDuration;
use serde::Serialize;

/// One name in a list of names.
#[derive(Debug, Serialize)]
pub struct GroupLine {
    /// The name.
    pub name: String,
    /// Address of its page.
    pub link: String,
    /// How many incidents.
    pub count: usize,
    /// When last.
    pub last: Option<String>,
    /// Open promises of its incidents.
    pub open: usize,
}

/// A list of names.
#[derive(Debug, Serialize)]
pub struct GroupList {
    /// The names: those with most incidents first.
    pub lines: Vec<GroupLine>,
    /// Whether open promises are shown.
    pub with_actions: bool,
}

/// A length of time over several incidents: the median from three on, else the values themselves.
#[derive(Debug, Serialize)]
pub struct Typical {
    /// The median, where there are at least three.
    pub median: Option<String>,
    /// Of how many incidents the length is known.
    pub known: usize,
    /// Of how many in all.
    pub of: usize,
    /// The range, or all values.
    pub values: String,
}

/// A component's page.
#[derive(Debug, Serialize)]
pub struct ComponentPage<'v> {
    /// Its name.
    pub name: String,
    /// One sentence about it.
    pub description: Option<String>,
    /// The team that runs it.
    pub team: Option<String>,
    /// Runbook, dashboard, status page: a word's key and an address.
    pub links: Vec<NameLink>,
    /// Components it needs, where they have pages.
    pub needs: Vec<NameLink>,
    /// How many incidents.
    pub count: usize,
    /// When last.
    pub last: Option<String>,
    /// How long they lasted.
    pub resolve: Typical,
    /// How long they were not noticed.
    pub detect: Typical,
    /// Its families.
    pub families: Vec<NameLink>,
    /// Months.
    pub calendar: Calendar,
    /// Months in which it was down, the newest first, with the union of its incidents' times.
    pub downtime: Vec<MonthDown>,
    /// Open promises, the longest overdue first; at most ten.
    pub open_actions: Vec<ActionRow>,
    /// How many promises are open in all.
    pub open: usize,
    /// Its incidents on this page, newest first.
    pub items: Vec<&'v Item>,
    /// Further pages.
    pub pager: Pager,
}

/// A month in which a component was down.
#[derive(Debug, Serialize)]
pub struct MonthDown {
    /// The month, `2026-03`.
    pub month: String,
    /// How long.
    pub length: String,
    /// In how many incidents.
    pub incidents: usize,
}

/// A tag's page.
#[derive(Debug, Serialize)]
pub struct TagPage<'v> {
    /// The tag.
    pub name: String,
    /// How many incidents.
    pub count: usize,
    /// Tags that often stand beside it.
    pub together: Vec<NameLink>,
    /// Its incidents on this page, newest first.
    pub items: Vec<&'v Item>,
    /// Further pages.
    pub pager: Pager,
}

impl Views<'_> {
    /// The list of components.
    pub fn component_list(&self) -> GroupList {
        self.group_list("components", &self.site.relations.components)
    }

    /// The list of tags.
    pub fn tag_list(&self) -> GroupList {
        self.group_list("tags", &self.site.relations.tags)
    }

    fn group_list(&self, folder: &str, groups: &Groups) -> GroupList {
        let line = |group: &Group| GroupLine {
            name: self.group_name(folder, group),
            link: url::link(&format!("{folder}/{}", group.slug), self.site.config.urls),
            count: group.members.len(),
            last: self.last(group),
            open: self.open(group),
        };
        let mut lines: Vec<GroupLine> = groups.sorted().map(line).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.count));
        GroupList { lines, with_actions: self.site.has_actions_page() }
    }

    fn group_name(&self, folder: &str, group: &Group) -> String {
        if folder == "components" { component_name(&self.site, &group.name) } else { &group.name }.to_owned()
    }

    fn last(&self, group: &Group) -> Option<String> {
        group.members.last().and_then(|number| self.item(*number)).and_then(|item| item.date.clone())
    }

    fn open(&self, group: &Group) -> usize {
        group.members.iter().filter_map(|number| self.item(*number)).map(|item| item.tally.open).sum()
    }

    fn here(&self, group: &Group, part: usize) -> Vec<&Item> {
        let newest = group.members.iter().rev().copied();
        let range = range(group.members.len(), part);
        self.named(newest.skip(range.start).take(range.len()))
    }

    fn pager(&self, folder: &str, group: &Group, part: usize) -> Pager {
        Pager::of(&format!("{folder}/{}", group.slug), part, group.members.len(), self.site.config.urls)
    }

    /// The page of a component.
    pub fn component(&self, number: usize, part: usize) -> Option<ComponentPage<'_>> {
        let group = self.site.relations.components.all().get(number)?;
        let known = self.site.config.components.get(&group.name);
        let internal = self.site.is_internal();
        let mut open_actions: Vec<ActionRow> = Vec::new();
        if internal {
            open_actions = self.open_rows(group);
        }
        Some(ComponentPage {
            name: self.group_name("components", group),
            description: known.and_then(|known| known.description.clone()),
            team: known.and_then(|known| known.team.clone()).filter(|_| internal),
            links: self.component_links(&group.name),
            needs: self.component_needs(&group.name),
            count: group.members.len(),
            last: self.last(group),
            resolve: self.typical(group, crate::model::Clock::duration),
            detect: self.typical(group, |clock| {
                clock.between(crate::model::Milestone::Started, crate::model::Milestone::Detected)
            }),
            families: self.families_of(group),
            calendar: self.calendar(&group.members),
            downtime: self.downtime(&group.name),
            open: if internal { self.open(group) } else { 0 },
            open_actions,
            items: self.here(group, part),
            pager: self.pager("components", group, part),
        })
    }

    /// Where the site has figures: the last twelve months in which the component was down.
    fn downtime(&self, component: &str) -> Vec<MonthDown> {
        if !self.site.has_statistics() {
            return Vec::new();
        }
        let mut all = self.statistics().incidents.downtime.iter();
        let own = all.find(|one| one.component.as_deref() == Some(component));
        let months =
            own.into_iter().flat_map(|one| one.months.iter().rev().filter(|month| month.seconds > 0));
        let shown = |month: &crate::measure::incidents::MonthDown| MonthDown {
            month: month.month.to_string(),
            length: self.words.length(SignedDuration::from_secs(month.seconds)),
            incidents: month.count.n(),
        };
        months.take(12).map(shown).collect()
    }

    /// The open action items that need somebody first: overdue ones, then by their day.
    fn open_rows(&self, group: &Group) -> Vec<ActionRow> {
        let mut open = Vec::new();
        for number in group.members.iter().rev() {
            let Some(published) = self.site.incident(*number) else { continue };
            for (place, action) in published.incident.actions.iter().enumerate() {
                let today = self.today(&published.incident, action);
                if today.age_days.is_some() {
                    open.push(((!today.overdue, action.due.is_none(), action.due), (*number, place)));
                }
            }
        }
        open.sort_by_key(|(need, _)| *need);
        open.into_iter().take(10).filter_map(|(_, place)| self.action_row(place)).collect()
    }

    fn component_links(&self, name: &str) -> Vec<NameLink> {
        let Some(known) = self.site.config.components.get(name) else { return Vec::new() };
        let internal = self.site.is_internal();
        let all = [
            ("runbook", known.runbook.as_ref().filter(|_| internal)),
            ("dashboard", known.dashboard.as_ref().filter(|_| internal)),
            ("status_page", known.status_page.as_ref()),
        ];
        let safe = |link: &&String| link.starts_with("https://") || link.starts_with("http://");
        all.into_iter()
            .filter_map(|(key, link)| {
                let link = link.filter(safe)?.clone();
                Some(NameLink { name: self.words.get(key).to_owned(), link })
            })
            .collect()
    }

    fn component_needs(&self, name: &str) -> Vec<NameLink> {
        let needed = self.site.config.components.get(name).map_or(&[][..], |known| &known.depends_on);
        needed.iter().filter_map(|name| self.component_link(name)).collect()
    }

    /// The component called `name`, where it has a page.
    pub(super) fn component_link(&self, name: &str) -> Option<NameLink> {
        let group = self.site.relations.components.of(name)?;
        Some(NameLink::of(
            "components",
            group,
            Some(component_name(&self.site, &group.name)),
            self.site.config,
        ))
    }

    fn families_of(&self, group: &Group) -> Vec<NameLink> {
        let families = self.site.recurrences.families();
        let places = group.members.iter().filter_map(|number| families.place(*number));
        let places: std::collections::BTreeSet<usize> = places.collect();
        let known = places.into_iter().filter_map(|place| families.all.get(place));
        known.map(|family| self.family_link(family)).collect()
    }

    fn typical(&self, group: &Group, of: impl Fn(&crate::model::Clock) -> Option<SignedDuration>) -> Typical {
        let clock = |number: &usize| of(&self.site.incident(*number)?.incident.clock);
        let mut all: Vec<SignedDuration> = group.members.iter().filter_map(clock).collect();
        all.sort_unstable();
        let seconds: Vec<i64> = all.iter().map(SignedDuration::as_secs).collect();
        let median = shown::median(&seconds).filter(|_| all.len() >= 3).map(SignedDuration::from_secs);
        let shown = |time| self.words.length(time);
        let values = match (all.as_slice(), median) {
            ([first, .., last], Some(_)) => {
                format!("{} – {}", shown(*first), shown(*last))
            }
            (few, _) => few.iter().map(|time| shown(*time)).collect::<Vec<_>>().join(", "),
        };
        Typical { median: median.map(shown), known: all.len(), of: group.members.len(), values }
    }

    /// The page of a tag.
    pub fn tag(&self, number: usize, part: usize) -> Option<TagPage<'_>> {
        let group = self.site.relations.tags.all().get(number)?;
        let mut beside: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for member in &group.members {
            let tags = self.site.incident(*member).map_or(&[][..], |published| &published.incident.tags);
            for tag in tags.iter().filter_map(|tag| self.site.relations.tags.of(tag)) {
                *beside.entry(tag.slug.as_str()).or_default() += 1;
            }
        }
        let mut together: Vec<(&str, usize)> =
            beside.into_iter().filter(|(slug, count)| *slug != group.slug && *count > 1).collect();
        together.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let tag = |slug: &str| self.site.relations.tags.by_slug(slug);
        let together = together.into_iter().take(8).filter_map(|(slug, _)| tag(slug));
        Some(TagPage {
            name: group.name.clone(),
            count: group.members.len(),
            together: together.map(|tag| NameLink::of("tags", tag, None, self.site.config)).collect(),
            items: self.here(group, part),
            pager: self.pager("tags", group, part),
        })
    }
}
