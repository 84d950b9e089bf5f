//! Action items as rows and as counts. Promises whose state nobody wrote down are a class of their own: they are shown
//! as not stated, and counted neither as open nor as done.

mod lists;
mod tally;
mod twice;

pub use lists::ActionLists;
pub(super) use lists::Place;
pub use tally::Tally;
pub(super) use tally::is_overdue;
pub use twice::AskedTwice;

use super::{AgainThen, NameLink, Pager, TicketLink, Views};
use crate::measure::actions::{Listed, list};
use crate::model::{ActionItem, Incident};
use crate::plan::{range, shown, url};
use jiff::civil::Date;
use serde::Serialize;

/// One action item as a table row.
#[derive(Debug, Clone, Serialize)]
pub struct ActionRow {
    /// Its number within the incident, from 1.
    pub number: usize,
    /// The row's own id, where the item stands nowhere in the text.
    pub anchor: Option<String>,
    /// `overdue`, `open`, `in-progress`, `proposed`, `unknown`, `done` or `cancelled`.
    pub state: &'static str,
    /// The promise.
    pub text: String,
    /// Who will do it.
    pub owners: Vec<String>,
    /// The team of the incident.
    pub team: Option<String>,
    /// Its severity.
    pub severity: Option<String>,
    /// The family its author stated.
    pub family: Option<String>,
    /// Its components, as slugs.
    pub components: Vec<String>,
    /// Until when.
    pub due: Option<String>,
    /// `past`, `soon` (within thirty days) or `later`.
    pub when: Option<&'static str>,
    /// How long it has been open; absent for others.
    pub age: Option<String>,
    /// The same in days, for sorting.
    pub age_days: Option<i64>,
    /// Tickets.
    pub tickets: Vec<TicketLink>,
    /// What it is for.
    pub kind: Option<&'static str>,
    /// Priority as written.
    pub priority: Option<String>,
    /// How one will know it is finished.
    pub done_when: Option<String>,
    /// Why it was dropped.
    pub reason: Option<String>,
    /// When last it happened again while this stood open.
    pub again: Option<AgainThen>,
    /// Day it was promised, where the row or the incident tells.
    pub created: Option<String>,
    /// Day it was closed, where that is known.
    pub closed: Option<String>,
    /// Title of the incident.
    pub incident: String,
    /// Address of the item on the incident's page, from the root of the site.
    pub link: String,
}

/// How an action stands on a day.
#[derive(Debug, Clone, Copy)]
pub struct Today {
    /// When it was promised, where the row or the incident tells.
    pub since: Option<Date>,
    /// Whether it is open and past its day.
    pub overdue: bool,
    /// How long it has been open, in days; `None` where it is not, or nobody knows.
    pub age_days: Option<i64>,
}

/// A page of action items.
#[derive(Debug, Serialize)]
pub struct ActionPage {
    /// Year of closing; absent on the list of current ones.
    pub year: Option<i16>,
    /// Counts over the whole site.
    pub tally: Tally,
    /// Half of the open ones are older than this.
    pub median_age: Option<String>,
    /// The rows.
    pub rows: Vec<ActionRow>,
    /// How old what trackers said of their tickets is; absent where nobody asked them.
    pub tickets_read: Option<String>,
    /// The states, owners, teams and kinds that occur in the rows, for filters.
    pub owners: Vec<String>,
    /// Teams that occur.
    pub teams: Vec<String>,
    /// Families that occur.
    pub families: Vec<String>,
    /// Severities that occur.
    pub severities: Vec<String>,
    /// What actions are for, where that is said.
    pub kinds: std::collections::BTreeSet<&'static str>,
    /// Components that occur, as slugs.
    pub components: Vec<String>,
    /// Further pages of this list.
    pub pager: Pager,
    /// Lists of closed ones: year and address.
    pub closed: Vec<NameLink>,
    /// What was asked for in more than one incident; only on the first page.
    pub twice: Vec<AskedTwice>,
    /// How many of those there are in all.
    pub twice_in_all: usize,
    /// Where all of them are listed, if they are not listed here.
    pub twice_all: Option<String>,
}

impl Views<'_> {
    /// Counts over all incidents; of action items that are not shown there are none.
    pub fn tally(&self) -> Tally {
        let shown = self.site.shows_actions();
        let sum = || self.items().filter(|_| shown).fold(Tally::default(), |sum, item| sum.plus(item.tally));
        *self.tally.get_or_init(sum)
    }

    /// All action items in the order of lists, for the files other programs read.
    pub fn listed_actions(&self) -> Vec<Listed<'_>> {
        list(self.site.edition, self.site.as_of, self.site.closings)
    }

    /// The action items of one incident as rows.
    pub fn rows_of(&self, number: usize) -> Vec<ActionRow> {
        let count = self.site.incident(number).map_or(0, |published| published.incident.actions.len());
        (0..count).filter_map(|place| self.action_row((number, place))).collect()
    }

    /// One action item as a row: its incident's number and its place there.
    pub fn row(&self, incident: usize, place: usize) -> Option<ActionRow> {
        self.action_row((incident, place))
    }

    pub(super) fn action_row(&self, (number, place): Place) -> Option<ActionRow> {
        let incident = &self.site.incident(number)?.incident;
        let action = incident.actions.get(place)?;
        let Today { since, overdue, age_days } = self.today(incident, action);
        let slug = |name: &String| self.site.relations.components.of(name).map(|group| group.slug.clone());
        Some(ActionRow {
            number: place + 1,
            anchor: None,
            state: if overdue { "overdue" } else { action.state.word() },
            text: action.text.clone(),
            owners: action.owners.iter().map(|handle| self.person(handle).to_owned()).collect(),
            team: incident.team.clone(),
            severity: incident.severity.as_ref().map(|severity| severity.label.clone()),
            family: incident.family.clone(),
            when: action.due.map(|due| when(shown::days_between(self.site.as_of, due))),
            components: incident.components.iter().filter_map(slug).collect(),
            due: action.due.map(|due| due.to_string()),
            age: age_days.map(|days| self.words.days(days)),
            age_days,
            tickets: action.tickets.iter().map(|ticket| self.ticket(ticket)).collect(),
            kind: action.kind.map(crate::model::ActionKind::word),
            priority: action.priority.clone(),
            done_when: action.done_when.clone(),
            reason: action.reason.clone(),
            again: self.again_while_open((number, place)).and_then(|later| self.again_then(later)),
            created: since.map(|day| day.to_string()),
            closed: self.closed_day(incident, action).map(|day| day.to_string()),
            incident: incident.title.clone(),
            link: self.action_link((number, place)),
        })
    }

    /// How an action of `incident` stands on the day of this site.
    pub fn today(&self, incident: &Incident, action: &ActionItem) -> Today {
        let as_of = self.site.as_of;
        let since = action.created.or_else(|| incident.date.as_ref().map(|dated| dated.date));
        let open_since = since.filter(|_| action.state.is_open());
        Today {
            since,
            overdue: is_overdue(action, as_of),
            age_days: open_since.map(|since| shown::days_between(since, as_of).max(0)),
        }
    }

    /// The address of an action, from the root of the site.
    pub fn action_link(&self, (number, place): Place) -> String {
        format!("{}#action-{}", self.site.incident_link(number), place + 1)
    }

    fn closed_day(&self, incident: &Incident, action: &ActionItem) -> Option<Date> {
        let closed = action.state.is_closed();
        action.closed.or_else(|| self.site.closings.day(&incident.path, action.line)).filter(|_| closed)
    }

    /// The name of a person for this audience; names stand in no public edition.
    pub fn person<'b>(&'b self, handle: &'b str) -> &'b str {
        self.site.config.people.get(handle).and_then(|person| person.name.as_deref()).unwrap_or(handle)
    }

    /// The list of current action items.
    pub fn current_actions(&self, part: usize) -> ActionPage {
        self.action_page(None, &self.actions().current, "actions", part)
    }

    /// The list of action items closed in `year`.
    pub fn closed_actions(&self, year: i16, part: usize) -> ActionPage {
        let places = self.actions().closed.get(&year).map_or(&[][..], Vec::as_slice);
        self.action_page(Some(year), places, &format!("actions/closed-{year}"), part)
    }

    fn action_page(&self, year: Option<i16>, places: &[Place], name: &str, part: usize) -> ActionPage {
        let here = places.get(range(places.len(), part)).unwrap_or_default();
        let rows: Vec<ActionRow> = here.iter().filter_map(|place| self.action_row(*place)).collect();
        let first = year.is_none() && part == 0;
        let listed = here
            .iter()
            .filter_map(|(number, place)| self.site.incident(*number)?.incident.actions.get(*place));
        let closed = self.actions().closed.keys().rev().map(|year| NameLink {
            name: year.to_string(),
            link: url::link(&format!("actions/closed-{year}"), self.site.config.urls),
        });
        ActionPage {
            year,
            tally: self.tally(),
            median_age: median_age(&rows).map(|days| self.words.days(days)),
            tickets_read: self.tickets_read(listed),
            owners: distinct(rows.iter().flat_map(|row| &row.owners)),
            teams: distinct(rows.iter().filter_map(|row| row.team.as_ref())),
            families: distinct(rows.iter().filter_map(|row| row.family.as_ref())),
            severities: distinct(rows.iter().filter_map(|row| row.severity.as_ref())),
            kinds: rows.iter().filter_map(|row| row.kind).collect(),
            components: distinct(rows.iter().flat_map(|row| &row.components)),
            pager: Pager::of(name, part, places.len(), self.site.config.urls),
            closed: closed.collect(),
            twice: if first { self.asked_twice() } else { Vec::new() },
            twice_all: self.all_asked_twice().filter(|_| first),
            twice_in_all: if first { self.statistics().actions.asked_twice.len() } else { 0 },
            rows,
        }
    }
}

/// Days that are soon.
const SOON: i64 = 30;

fn when(days: i64) -> &'static str {
    match days {
        ..0 => "past",
        0..=SOON => "soon",
        _ => "later",
    }
}

fn median_age(rows: &[ActionRow]) -> Option<i64> {
    let mut ages: Vec<i64> = rows.iter().filter_map(|row| row.age_days).collect();
    ages.sort_unstable();
    shown::median(&ages)
}

fn distinct<'b>(all: impl Iterator<Item = &'b String>) -> Vec<String> {
    let set: std::collections::BTreeSet<&String> = all.collect();
    set.into_iter().cloned().collect()
}
