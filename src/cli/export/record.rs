//! One postmortem as data. Absent means not known; the keys are stable.

use crate::corpus::{Edition, Published, Target};
use crate::diag::report::Report;
use crate::diag::{Diagnostic, Position, SourceMap};
use crate::model::{
    self, ActionItem, ActionKind, ClockPoint, Impact, LinkKind, Moment, Reference, SectionKind, Stated,
    TimelineEntry, Zone,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// All postmortems of `edition` in path order, each with its own findings.
pub(super) fn all<'a>(
    edition: &'a Edition,
    found: &'a [Diagnostic],
    sources: &'a SourceMap,
) -> Vec<Record<'a>> {
    let report = Report::new(found, sources);
    let mut findings: BTreeMap<&str, Vec<Finding<'a>>> = BTreeMap::new();
    for (finding, at) in report.places() {
        findings.entry(&finding.file).or_default().push(Finding::of(finding, at));
    }
    let mut records: Vec<Record> = edition
        .incidents
        .iter()
        .map(|one| record(one, edition, findings.remove(&*one.incident.name).unwrap_or_default()))
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
    pub(super) date: Option<String>,
    date_from: Option<&'a str>,
    pub(super) severity: Option<&'a str>,
    pub(super) status: &'a str,
    pub(super) kind: &'a str,
    pub(super) visibility: &'a str,
    pub(super) components: &'a [String],
    pub(super) tags: &'a [String],
    pub(super) team: Option<&'a str>,
    language: Option<&'a str>,
    authors: &'a [String],
    pub(super) zone: Option<String>,
    pub(super) started: Option<String>,
    pub(super) detected: Option<String>,
    pub(super) acknowledged: Option<String>,
    pub(super) mitigated: Option<String>,
    pub(super) resolved: Option<String>,
    pub(super) published: Option<String>,
    summary: Option<&'a str>,
    trigger: Option<&'a str>,
    causes: &'a [String],
    pub(super) family: Option<&'a str>,
    pub(super) fix: Option<&'a str>,
    impact: Vec<Figure<'a>>,
    pub(super) timeline: Vec<Entry<'a>>,
    pub(super) actions: Vec<Action<'a>>,
    whys: Vec<Why<'a>>,
    sections: Vec<Section<'a>>,
    references: Vec<Mention<'a>>,
    status_page: Option<&'a str>,
    pub(super) findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Figure<'a> {
    kind: &'a str,
    label: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
pub(super) struct Entry<'a> {
    at: Option<String>,
    until: Option<String>,
    written: &'a str,
    text: &'a str,
    kind: &'a str,
    inferred: bool,
    line: u32,
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
    line: u32,
}

#[derive(Serialize)]
struct Why<'a> {
    question: &'a str,
    answer: &'a str,
}

#[derive(Serialize)]
struct Section<'a> {
    kind: Option<&'a str>,
    title: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct Mention<'a> {
    target: Option<&'a str>,
    written: &'a str,
    text: &'a str,
    line: u32,
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

fn record<'a>(one: &'a Published, edition: &'a Edition, findings: Vec<Finding<'a>>) -> Record<'a> {
    let incident = &one.incident;
    let clock = &incident.clock;
    Record {
        path: &incident.path,
        id: &incident.id,
        slug: &one.slug,
        title: &incident.title,
        date: incident.date.as_ref().map(|dated| dated.date.to_string()),
        date_from: incident.date.as_ref().map(|dated| dated.from),
        severity: incident.severity.as_ref().map(|severity| severity.label.as_str()),
        status: incident.status.word(),
        kind: incident.kind.word(),
        visibility: incident.visibility.word(),
        components: &incident.components,
        tags: &incident.tags,
        team: incident.team.as_deref(),
        language: incident.language.as_deref(),
        authors: &incident.authors,
        zone: zone(&incident.zone),
        started: moment(clock.started.as_ref()),
        detected: moment(clock.detected.as_ref()),
        acknowledged: moment(clock.acknowledged.as_ref()),
        mitigated: moment(clock.mitigated.as_ref()),
        resolved: moment(clock.resolved.as_ref()),
        published: moment(clock.published.as_ref()),
        summary: stated(incident.summary.as_ref()),
        trigger: stated(incident.trigger.as_ref()),
        causes: &incident.causes,
        family: incident.family.as_deref(),
        fix: stated(incident.fix.as_ref()),
        impact: incident.impact.iter().map(figure).collect(),
        timeline: incident.timeline.iter().map(entry).collect(),
        actions: incident.actions.iter().map(action).collect(),
        whys: incident.whys.iter().map(why).collect(),
        sections: incident.sections.iter().map(section).collect(),
        references: mentions(one, edition),
        status_page: incident.status_page.as_deref(),
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

fn figure(impact: &Impact) -> Figure<'_> {
    Figure { kind: impact.kind.word(), label: &impact.label, value: &impact.value }
}

fn entry(entry: &TimelineEntry) -> Entry<'_> {
    Entry {
        at: entry.at.as_ref().map(Moment::rfc3339),
        until: entry.until.as_ref().map(Moment::rfc3339),
        written: &entry.written,
        text: &entry.text,
        kind: entry.kind.word(),
        inferred: entry.inferred,
        line: entry.line,
    }
}

fn action(item: &ActionItem) -> Action<'_> {
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
        line: item.line,
    }
}

fn why(step: &model::Why) -> Why<'_> {
    Why { question: &step.question, answer: &step.answer }
}

fn section(section: &model::Section) -> Section<'_> {
    Section { kind: section.kind.map(SectionKind::word), title: &section.title, line: section.line }
}

fn mentions<'a>(one: &'a Published, edition: &'a Edition) -> Vec<Mention<'a>> {
    let mention = |(place, reference): (usize, &'a Reference)| Mention {
        target: target(one, edition, place, reference),
        written: &reference.target,
        text: &reference.text,
        line: reference.line,
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
