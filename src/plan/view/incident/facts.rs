//! The facts strip: six cells at most, the value large, one line of context.

use super::has_section;
use crate::model::{Incident, Milestone, Moment, SectionKind};
use crate::plan::view::{Badge, NameLink, Tally, Views};
use serde::Serialize;

/// One cell.
#[derive(Debug, Default, Serialize)]
pub struct Fact {
    /// Key of its label.
    pub key: &'static str,
    /// The value; absent where it is shown otherwise, or not recorded.
    pub value: Option<String>,
    /// A severity.
    pub badge: Option<Badge>,
    /// Names with pages.
    pub links: Vec<NameLink>,
    /// A place on this page the value leads to.
    pub to: Option<&'static str>,
    /// One line of context.
    pub note: Option<String>,
    /// A second one that needs attention.
    pub alarm: Option<String>,
}

impl Views<'_> {
    pub(super) fn facts(&self, number: usize, incident: &Incident) -> Vec<Fact> {
        let internal = self.site.is_internal();
        let all = [
            self.severity(incident),
            self.lasted(incident),
            self.undetected(incident),
            self.mitigated(incident),
            self.components(incident),
        ];
        let told = |fact: &Fact| fact.value.is_some() || fact.badge.is_some() || !fact.links.is_empty();
        all.into_iter().chain(self.promised(number, incident)).filter(|fact| internal || told(fact)).collect()
    }

    fn severity(&self, incident: &Incident) -> Fact {
        let badge = incident.severity.as_ref().map(|severity| Badge::of(severity, self.site.config));
        Fact { key: "severity", badge, ..Fact::default() }
    }

    fn lasted(&self, incident: &Incident) -> Fact {
        let clock = &incident.clock;
        let whole = clock.duration();
        let since_detection = clock.between(Milestone::Detected, Milestone::Resolved);
        let start = if whole.is_some() { clock.started.as_ref() } else { clock.detected.as_ref() };
        let note = match (start, &clock.resolved) {
            (Some(start), Some(end)) if whole.or(since_detection).is_some() => {
                let range = range(&start.at, &end.at);
                Some(if whole.is_some() { range } else { self.words.with("from_detection", &range) })
            }
            _ => None,
        };
        let value = whole.or(since_detection).map(|time| self.words.length(time));
        Fact { key: "lasted", value, note, ..Fact::default() }
    }

    fn undetected(&self, incident: &Incident) -> Fact {
        let time = incident.clock.between(Milestone::Started, Milestone::Detected);
        Fact { key: "undetected", value: time.map(|time| self.words.length(time)), ..Fact::default() }
    }

    fn mitigated(&self, incident: &Incident) -> Fact {
        let clock = &incident.clock;
        let after_detection = clock.between(Milestone::Detected, Milestone::Mitigated);
        let time = after_detection.or_else(|| clock.between(Milestone::Started, Milestone::Mitigated));
        let key = if after_detection.is_some() { "after_detection" } else { "after_start" };
        let note = time.map(|_| self.words.get(key).to_owned());
        Fact { key: "mitigated_in", value: time.map(|time| self.words.length(time)), note, ..Fact::default() }
    }

    fn components(&self, incident: &Incident) -> Fact {
        let links = incident.components.iter().filter_map(|name| self.component_link(name)).collect();
        Fact { key: "components", links, ..Fact::default() }
    }

    fn promised(&self, number: usize, incident: &Incident) -> Option<Fact> {
        if !self.site.shows_actions() {
            return None;
        }
        let tally = self.item(number).map(|item| item.tally).unwrap_or_default();
        if tally.all == 0 {
            let value =
                has_section(incident, SectionKind::Actions).then(|| self.words.get("none_found").to_owned());
            return Some(Fact { key: "actions", value, ..Fact::default() });
        }
        let stated = tally.done + tally.cancelled + tally.open + tally.proposed;
        let (value, note) = if stated == 0 {
            (tally.all.to_string(), Some(self.words.get("states_not_given").to_owned()))
        } else {
            (self.words.count("n_of_m_done", tally.done, tally.all), self.open_note(tally))
        };
        let alarm = (tally.overdue > 0).then(|| self.words.count("n_overdue", tally.overdue, 0));
        Some(Fact {
            key: "actions",
            value: Some(value),
            to: Some("kb-actions"),
            note,
            alarm,
            ..Fact::default()
        })
    }

    fn open_note(&self, tally: Tally) -> Option<String> {
        let waiting = tally.open.saturating_sub(tally.overdue);
        (waiting > 0).then(|| self.words.count("n_open", waiting, 0))
    }
}

/// `03:00 – 13:34 CET` on one day, else both with their days.
fn range(start: &Moment, end: &Moment) -> String {
    if start.local.date() == end.local.date() && start.zone == end.zone {
        let zone = end.zone.name().map(|name| format!(" {name}")).unwrap_or_default();
        return format!("{} – {}{zone}", start.local.strftime("%H:%M"), end.local.strftime("%H:%M"));
    }
    format!("{} – {}", super::to_the_minute(start).shown(), super::to_the_minute(end).shown())
}
