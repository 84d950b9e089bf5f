//! One postmortem as data. Absent means not known; the keys are stable.

use super::places::{Place, Places};
use crate::corpus::{Edition, Published, Target};
use crate::diag::report::Report;
use crate::diag::{Diagnostic, Position, SourceMap};
use crate::model::{
    self, ActionItem, ActionKind, ClockPoint, Impact, LinkKind, Moment, Reference, SectionKind, Stated,
    TimelineEntry, Zone,
};
use crate::recur::{Recurrences, Similar, share};
use serde::Serialize;
use std::collections::BTreeMap;

/// All postmortems of `edition` in path order, each with its own findings.
pub(super) fn all<'a>(
    edition: &'a Edition,
    found: &'a [Diagnostic],
    sources: &'a SourceMap,
    recurrences: &Recurrences,
) -> Vec<Record<'a>> {
    let report = Report::new(found, sources);
    let mut findings: BTreeMap<&str, Vec<Finding<'a>>> = BTreeMap::new();
    for (finding, at) in report.places() {
        findings.entry(&finding.file).or_default().push(Finding::of(finding, at));
    }
    let mut records: Vec<Record> = edition
        .incidents
        .iter()
        .enumerate()
        .map(|(number, one)| {
            let places = Places::of(sources.text(&one.incident.name));
            let findings = findings.remove(&*one.incident.name).unwrap_or_default();
            let similar = Suggestion::all(recurrences.suggested_before(number), edition);
            Record { similar, ..record(one, edition, &places, findings) }
        })
        .collect();
    records.sort_by_key(|record| record.path);
    records
}

#[derive(Serialize)]
pub(super) struct Record<'a> {
    pub(super) path: &'a str,
    pub(super) id: &'a str,
    pub(super) slug: &'a str,
    pub(super) title: &'a str,
    title_from: Option<&'a str>,
    pub(super) date: Option<String>,
    date_from: Option<&'a str>,
    pub(super) severity: Option<&'a str>,
    severity_from: Option<&'a str>,
    pub(super) status: &'a str,
    pub(super) kind: &'a str,
    pub(super) visibility: &'a str,
    pub(super) components: &'a [String],
    components_from: Option<&'a str>,
    pub(super) tags: &'a [String],
    tags_from: Option<&'a str>,
    pub(super) team: Option<&'a str>,
    team_from: Option<&'a str>,
    language: Option<&'a str>,
    authors: &'a [String],
    authors_from: Option<&'a str>,
    pub(super) zone: Option<String>,
    zone_from: Option<&'a str>,
    pub(super) started: Option<String>,
    started_from: Option<&'a str>,
    pub(super) detected: Option<String>,
    detected_from: Option<&'a str>,
    pub(super) acknowledged: Option<String>,
    acknowledged_from: Option<&'a str>,
    pub(super) mitigated: Option<String>,
    mitigated_from: Option<&'a str>,
    pub(super) resolved: Option<String>,
    resolved_from: Option<&'a str>,
    pub(super) published: Option<String>,
    published_from: Option<&'a str>,
    summary: Option<&'a str>,
    summary_from: Option<&'a str>,
    trigger: Option<&'a str>,
    trigger_from: Option<&'a str>,
    causes: &'a [String],
    causes_from: Option<&'a str>,
    pub(super) family: Option<&'a str>,
    family_from: Option<&'a str>,
    pub(super) fix: Option<&'a str>,
    fix_from: Option<&'a str>,
    impact: Vec<Figure<'a>>,
    pub(super) timeline: Vec<Entry<'a>>,
    pub(super) actions: Vec<Action<'a>>,
    whys: Vec<Why<'a>>,
    sections: Vec<Section<'a>>,
    references: Vec<Mention<'a>>,
    /// Earlier incidents that kb suggests, the most alike first.
    similar: Vec<Suggestion<'a>>,
    status_page: Option<&'a str>,
    /// Where the values stand that are no lists, by key.
    places: BTreeMap<&'static str, Place>,
    pub(super) findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    path: &'a str,
    looks_like: Option<f64>,
    same_cause: Option<f64>,
    reasons: Vec<String>,
    days_before: Option<i64>,
}

impl<'a> Suggestion<'a> {
    fn all(found: Vec<Similar>, edition: &'a Edition) -> Vec<Self> {
        let like = |one: Similar| {
            Some(Self {
                path: &edition.incidents.get(one.number)?.incident.path,
                looks_like: share(one.looks_like),
                same_cause: share(one.same_cause),
                reasons: one.reasons.iter().map(ToString::to_string).collect(),
                days_before: one.days_before,
            })
        };
        found.into_iter().filter_map(like).collect()
    }
}

#[derive(Serialize)]
struct Figure<'a> {
    kind: &'a str,
    label: &'a str,
    value: &'a str,
    from: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
pub(super) struct Entry<'a> {
    at: Option<String>,
    until: Option<String>,
    written: &'a str,
    text: &'a str,
    kind: &'a str,
    inferred: bool,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
pub(super) struct Action<'a> {
    text: &'a str,
    owners: &'a [String],
    due: Option<String>,
    created: Option<String>,
    closed: Option<String>,
    tickets: Vec<&'a str>,
    pub(super) state: &'a str,
    state_from: &'a str,
    mark: &'a str,
    reason: Option<&'a str>,
    kind: Option<&'a str>,
    priority: Option<&'a str>,
    section: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Why<'a> {
    question: &'a str,
    answer: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Section<'a> {
    kind: Option<&'a str>,
    title: &'a str,
    /// What opens it: `heading`, `bold label`, `bullet label`, …
    notation: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Mention<'a> {
    target: Option<&'a str>,
    written: &'a str,
    text: &'a str,
    /// How it is mentioned: `link`, `id` or `related`.
    notation: &'a str,
    #[serde(flatten)]
    place: Place,
    stated_kind: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Finding<'a> {
    code: &'a str,
    level: &'a str,
    message: &'a str,
    line: usize,
    column: usize,
}

impl<'a> Finding<'a> {
    fn of(finding: &'a Diagnostic, at: Position) -> Self {
        Self {
            code: finding.code,
            level: finding.level.word(),
            message: &finding.message,
            line: at.line,
            column: at.column,
        }
    }
}

/// Why a value was chosen, where there is a value.
fn known(from: &str) -> Option<&str> {
    (!from.is_empty()).then_some(from)
}

/// Why a declared value is what it is.
fn origin<'a>(incident: &model::Incident, key: &str) -> Option<&'a str> {
    incident.origins.iter().find(|origin| origin.key == key).map(|origin| origin.from)
}

fn record<'a>(
    one: &'a Published,
    edition: &'a Edition,
    places: &Places<'_>,
    findings: Vec<Finding<'a>>,
) -> Record<'a> {
    let incident = &one.incident;
    let clock = &incident.clock;
    Record {
        path: &incident.path,
        id: &incident.id,
        slug: &one.slug,
        title: &incident.title,
        title_from: known(incident.title_from),
        date: incident.date.as_ref().map(|dated| dated.date.to_string()),
        date_from: incident.date.as_ref().map(|dated| dated.from),
        severity: incident.severity.as_ref().map(|severity| severity.label.as_str()),
        severity_from: known(incident.severity_from),
        status: incident.status.word(),
        kind: incident.kind.word(),
        visibility: incident.visibility.word(),
        components: &incident.components,
        components_from: origin(incident, "components"),
        tags: &incident.tags,
        tags_from: origin(incident, "tags"),
        team: incident.team.as_deref(),
        team_from: origin(incident, "team"),
        language: incident.language.as_deref(),
        authors: &incident.authors,
        authors_from: origin(incident, "authors"),
        zone: zone(&incident.zone),
        zone_from: known(incident.zone_from),
        started: moment(clock.started.as_ref()),
        started_from: clock.started.as_ref().map(|point| point.from),
        detected: moment(clock.detected.as_ref()),
        detected_from: clock.detected.as_ref().map(|point| point.from),
        acknowledged: moment(clock.acknowledged.as_ref()),
        acknowledged_from: clock.acknowledged.as_ref().map(|point| point.from),
        mitigated: moment(clock.mitigated.as_ref()),
        mitigated_from: clock.mitigated.as_ref().map(|point| point.from),
        resolved: moment(clock.resolved.as_ref()),
        resolved_from: clock.resolved.as_ref().map(|point| point.from),
        published: moment(clock.published.as_ref()),
        published_from: clock.published.as_ref().map(|point| point.from),
        summary: stated(incident.summary.as_ref()),
        summary_from: incident.summary.as_ref().map(|words| words.from),
        trigger: stated(incident.trigger.as_ref()),
        trigger_from: incident.trigger.as_ref().map(|words| words.from),
        causes: &incident.causes,
        causes_from: origin(incident, "causes"),
        family: incident.family.as_deref(),
        family_from: origin(incident, "family"),
        fix: stated(incident.fix.as_ref()),
        fix_from: incident.fix.as_ref().map(|words| words.from),
        impact: incident.impact.iter().map(|one| figure(one, places)).collect(),
        timeline: incident.timeline.iter().map(|one| entry(one, places)).collect(),
        actions: incident.actions.iter().map(|one| action(one, places)).collect(),
        whys: incident.whys.iter().map(|one| why(one, places)).collect(),
        sections: incident.sections.iter().map(|one| section(one, places)).collect(),
        references: mentions(one, edition, places),
        similar: Vec::new(),
        status_page: incident.status_page.as_deref(),
        places: places.of_values(incident),
        findings,
    }
}

fn moment(point: Option<&ClockPoint>) -> Option<String> {
    point.map(|point| point.at.rfc3339())
}

fn stated(words: Option<&Stated>) -> Option<&str> {
    words.map(|words| words.text.as_str())
}

/// The name of an IANA zone, or the offset that an abbreviation stands for.
fn zone(zone: &Zone) -> Option<String> {
    match zone {
        Zone::Offset(seconds, Some(_)) if *seconds != 0 => Zone::Offset(*seconds, None).name(),
        zone => zone.name(),
    }
}

fn figure<'a>(impact: &'a Impact, places: &Places<'_>) -> Figure<'a> {
    Figure {
        kind: impact.kind.word(),
        label: &impact.label,
        value: &impact.value,
        from: impact.from,
        place: places.of_span(impact.span),
    }
}

fn entry<'a>(entry: &'a TimelineEntry, places: &Places<'_>) -> Entry<'a> {
    Entry {
        at: entry.at.as_ref().map(Moment::rfc3339),
        until: entry.until.as_ref().map(Moment::rfc3339),
        written: &entry.written,
        text: &entry.text,
        kind: entry.kind.word(),
        inferred: entry.inferred,
        place: places.of_span(entry.span),
    }
}

fn action<'a>(item: &'a ActionItem, places: &Places<'_>) -> Action<'a> {
    let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
    Action {
        text: &item.text,
        owners: &item.owners,
        due: day(item.due),
        created: day(item.created),
        closed: day(item.closed),
        tickets: item.tickets.iter().map(|ticket| ticket.id.as_str()).collect(),
        state: item.state.word(),
        state_from: item.state_from.from,
        mark: &item.state_from.written,
        reason: item.reason.as_deref(),
        kind: item.kind.map(ActionKind::word),
        priority: item.priority.as_deref(),
        section: &item.section,
        place: places.of_span(item.span),
    }
}

fn why<'a>(step: &'a model::Why, places: &Places<'_>) -> Why<'a> {
    Why { question: &step.question, answer: &step.answer, place: places.of_span(step.span) }
}

fn section<'a>(section: &'a model::Section, places: &Places<'_>) -> Section<'a> {
    Section {
        kind: section.kind.map(SectionKind::word),
        title: &section.title,
        notation: section.notation,
        place: places.of_span(section.span),
    }
}

fn mentions<'a>(one: &'a Published, edition: &'a Edition, places: &Places<'_>) -> Vec<Mention<'a>> {
    let mention = |(place, reference): (usize, &'a Reference)| Mention {
        target: target(one, edition, place, reference),
        written: &reference.target,
        text: &reference.text,
        notation: reference.notation,
        place: places.of_span(reference.span),
        stated_kind: reference.kind.map(LinkKind::word),
    };
    one.incident.references.iter().enumerate().map(mention).collect()
}

/// The path of the document or file a reference means. Links keep the first mention of each document only, so a later
/// one is recognised by being written alike.
fn target<'a>(
    one: &'a Published,
    edition: &'a Edition,
    place: usize,
    reference: &Reference,
) -> Option<&'a str> {
    let path = |number: usize| edition.incidents.get(number).map(|other| &*other.incident.path);
    match one.targets.get(reference.target.as_str()) {
        Some(Target::Incident(number, _)) => return path(*number),
        Some(Target::Page(number, _)) => return edition.pages.get(*number).map(|page| &*page.incident.path),
        Some(Target::Asset(asset)) => return Some(asset),
        _ => {}
    }
    let alike = |other: usize| {
        let written = one.incident.references.get(other).map(|other| &other.target);
        other == place || written.is_some_and(|written| written.eq_ignore_ascii_case(&reference.target))
    };
    one.links.iter().find(|link| alike(link.reference)).and_then(|link| path(link.to))
}
