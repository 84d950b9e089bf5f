//! One incident in one line: what every list, box and hit shows of it.

use super::{Badge, Tally};
use crate::corpus::Published;
use crate::model::{Kind, Milestone, Status};
use crate::plan::{Site, Words, shown};
use serde::Serialize;

/// The line of an incident.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// Its number in the edition.
    #[serde(skip)]
    pub number: usize,
    /// Last part of its address.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Address from the root of the site.
    pub link: String,
    /// The day, `2024-03-14`.
    pub date: Option<String>,
    /// Severity.
    pub severity: Option<Badge>,
    /// How long it lasted, `10 h 34 min`.
    pub duration: Option<String>,
    /// Names of its components.
    pub components: Vec<String>,
    /// What became of its promises in words: `2 of 6 actions open`; absent where there are none or they are not shown.
    pub actions: Option<String>,
    /// Whether promises are overdue.
    pub overdue: bool,
    /// What fixed it, in one line.
    pub fix: Option<String>,
    /// Whether it is a draft.
    pub draft: bool,
    /// Whether nothing broke in the end.
    pub near_miss: bool,
    /// Counts of its action items.
    #[serde(skip)]
    pub tally: Tally,
}

impl Item {
    pub(super) fn of(site: &Site<'_>, words: &Words, number: usize, published: &Published) -> Self {
        let incident = &published.incident;
        let shows_actions = site.shows_actions();
        let tally = Tally::of(&incident.actions, site.as_of);
        let length = incident.clock.duration();
        let length = length.or_else(|| incident.clock.between(Milestone::Detected, Milestone::Resolved));
        Self {
            number,
            slug: published.slug.clone(),
            title: incident.title.clone(),
            link: site.incident_link(number),
            date: incident.date.as_ref().map(|dated| dated.date.to_string()),
            severity: incident.severity.as_ref().map(|severity| Badge::of(severity, site.config)),
            duration: length.map(|time| words.length(time)),
            components: incident
                .components
                .iter()
                .map(|name| component_name(site, name).to_owned())
                .collect(),
            actions: shows_actions.then(|| tally.sentence(words)).flatten(),
            overdue: shows_actions && tally.overdue > 0,
            fix: incident.fix.as_ref().map(|fix| shown::short(&fix.text, 200)),
            draft: incident.status == Status::Draft,
            near_miss: incident.kind == Kind::NearMiss,
            tally,
        }
    }
}

/// The name of a component for this audience: what `site.toml` says of it, else as written.
pub(super) fn component_name<'a>(site: &Site<'a>, written: &'a str) -> &'a str {
    let Some(known) = site.config.components.get(written) else { return written };
    let public = known.public_name.as_deref().filter(|_| !site.is_internal());
    public.or(known.name.as_deref()).unwrap_or(written)
}
