//! One incident as data. Records are written straight into text, in the order of their fields: a site has one file for
//! each of its incidents, and a tree of values for each of those would cost more than its page.

use crate::model::{
    ActionItem, ActionKind, Clock, Impact, Incident, Milestone, Moment, Ticket, TimelineEntry, Why,
};
use crate::plan::view::{Item, Tally, Views};
use crate::relate::Mention;
use jiff::civil::Date;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// An incident in short.
#[derive(Serialize)]
pub(super) struct Short<'a> {
    id: &'a str,
    slug: Option<&'a str>,
    url: &'a str,
    title: &'a str,
    date: Option<&'a str>,
    severity: Option<&'a str>,
    status: &'static str,
    kind: &'static str,
    components: &'a [String],
    tags: &'a [String],
    team: &'a Option<String>,
    family: &'a Option<String>,
    fix: Option<&'a str>,
    duration_minutes: Option<i64>,
    #[serde(flatten)]
    clock: Points<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action_counts: Option<&'a Tally>,
}

impl<'a> Short<'a> {
    pub(super) fn of(views: &'a Views<'_>, item: &'a Item, incident: &'a Incident) -> Self {
        Self {
            id: &incident.id,
            slug: views.site.incident(item.number).map(|published| published.slug.as_str()),
            url: &item.link,
            title: &incident.title,
            date: item.date.as_deref(),
            severity: incident.severity.as_ref().map(|severity| severity.label.as_str()),
            status: incident.status.word(),
            kind: incident.kind.word(),
            components: &incident.components,
            tags: &incident.tags,
            team: &incident.team,
            family: &incident.family,
            fix: incident.fix.as_ref().map(|fix| fix.text.as_str()),
            duration_minutes: incident.clock.duration().map(|length| length.as_mins()),
            clock: Points(&incident.clock),
            action_counts: views.site.shows_actions().then_some(&item.tally),
        }
    }
}

/// Every clock point by its name.
struct Points<'a>(&'a Clock);

impl Serialize for Points<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for milestone in Milestone::ALL {
            let point = self.0.get(milestone).map(|point| point.at.rfc3339());
            map.serialize_entry(milestone.word(), &point)?;
        }
        map.serialize_entry("published", &self.0.published.as_ref().map(|point| point.at.rfc3339()))?;
        map.end()
    }
}

/// All that was understood of an incident.
#[derive(Serialize)]
pub(super) struct Whole<'a> {
    version: u32,
    #[serde(flatten)]
    short: Short<'a>,
    summary: Option<&'a str>,
    trigger: Option<&'a str>,
    causes: &'a [String],
    impact: Vec<Figure<'a>>,
    whys: Vec<Step<'a>>,
    timeline: Vec<Entry<'a>>,
    actions: Option<Vec<Action<'a>>>,
    earlier: Vec<serde_json::Value>,
    later: Vec<serde_json::Value>,
    related: Vec<Mentioned<'a>>,
}

impl<'a> Whole<'a> {
    pub(super) fn of(
        views: &'a Views<'_>,
        item: &'a Item,
        incident: &'a Incident,
        history: Relatives,
    ) -> Self {
        let related = views.site.relations.incidents.get(item.number);
        Self {
            version: super::VERSION,
            short: Short::of(views, item, incident),
            summary: incident.summary.as_ref().map(|summary| summary.text.as_str()),
            trigger: incident.trigger.as_ref().map(|trigger| trigger.text.as_str()),
            causes: &incident.causes,
            impact: incident.impact.iter().map(Figure::of).collect(),
            whys: incident.whys.iter().map(Step::of).collect(),
            timeline: incident.timeline.iter().map(Entry::of).collect(),
            actions: views
                .site
                .shows_actions()
                .then(|| incident.actions.iter().map(|action| Action::of(action, None)).collect()),
            earlier: history.earlier,
            later: history.later,
            related: related.map_or_else(Vec::new, |near| {
                near.mentions().filter_map(|mention| Mentioned::of(views, mention)).collect()
            }),
        }
    }
}

/// The relatives of an incident: those before it, and those since.
pub(super) struct Relatives {
    pub(super) earlier: Vec<serde_json::Value>,
    pub(super) later: Vec<serde_json::Value>,
}

#[derive(Serialize)]
struct Figure<'a> {
    kind: &'static str,
    label: &'a str,
    value: &'a str,
}

impl<'a> Figure<'a> {
    fn of(figure: &'a Impact) -> Self {
        Self { kind: figure.kind.word(), label: &figure.label, value: &figure.value }
    }
}

#[derive(Serialize)]
struct Step<'a> {
    question: &'a str,
    answer: &'a str,
    depth: u8,
}

impl<'a> Step<'a> {
    fn of(why: &'a Why) -> Self {
        Self { question: &why.question, answer: &why.answer, depth: why.depth }
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    at: Option<String>,
    until: Option<String>,
    written: &'a str,
    text: &'a str,
    kind: &'static str,
    inferred: bool,
}

impl<'a> Entry<'a> {
    fn of(entry: &'a TimelineEntry) -> Self {
        Self {
            at: entry.at.as_ref().map(Moment::rfc3339),
            until: entry.until.as_ref().map(Moment::rfc3339),
            written: &entry.written,
            text: &entry.text,
            kind: entry.kind.word(),
            inferred: entry.inferred,
        }
    }
}

/// An action item, alone or with where it stands.
#[derive(Serialize)]
pub(super) struct Action<'a> {
    text: &'a str,
    state: &'static str,
    state_from: &'static str,
    owners: &'a [String],
    due: Option<Date>,
    created: Option<Date>,
    closed: Option<Date>,
    tickets: Vec<Tracked<'a>>,
    kind: Option<&'static str>,
    priority: &'a Option<String>,
    done_when: &'a Option<String>,
    reason: &'a Option<String>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    of: Option<Of<'a>>,
}

/// The incident an action belongs to, and how the action stands today.
#[derive(Serialize)]
pub(super) struct Of<'a> {
    pub(super) incident: &'a str,
    pub(super) url: String,
    pub(super) overdue: bool,
    pub(super) age_days: Option<i64>,
}

impl<'a> Action<'a> {
    pub(super) fn of(action: &'a ActionItem, of: Option<Of<'a>>) -> Self {
        Self {
            text: &action.text,
            state: action.state.word(),
            state_from: action.state_from.from,
            owners: &action.owners,
            due: action.due,
            created: action.created,
            closed: action.closed,
            tickets: action.tickets.iter().map(Tracked::of).collect(),
            kind: action.kind.map(ActionKind::word),
            priority: &action.priority,
            done_when: &action.done_when,
            reason: &action.reason,
            of,
        }
    }
}

#[derive(Serialize)]
struct Tracked<'a> {
    id: &'a str,
    url: &'a Option<String>,
}

impl<'a> Tracked<'a> {
    fn of(ticket: &'a Ticket) -> Self {
        Self { id: &ticket.id, url: &ticket.url }
    }
}

/// Another incident that is named here, or that names this one.
#[derive(Serialize)]
struct Mentioned<'a> {
    slug: &'a str,
    kind: &'static str,
    stated: bool,
    why: &'a Option<String>,
}

impl<'a> Mentioned<'a> {
    fn of(views: &'a Views<'_>, mention: &'a Mention) -> Option<Self> {
        let slug = &views.site.incident(mention.other)?.slug;
        Some(Self { slug, kind: mention.kind.word(), stated: mention.stated, why: &mention.why })
    }
}
