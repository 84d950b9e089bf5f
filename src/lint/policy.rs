//! What must have a postmortem: documents that qualify by the team's policy, yet are no more than a notice.

use super::Case;
use super::words::phrases;
use crate::diag::{Diagnostic, Span};
use crate::model::{EntryKind, ImpactKind, Incident, Kind, Milestone, SectionKind, Status};
use jiff::SignedDuration;

/// A notice about an incident that qualifies: it tells what happened, not why or what will be done about it.
pub(super) fn postmortem_due(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let incident = case.incident;
    let tells_why = !incident.whys.is_empty()
        || !incident.causes.is_empty()
        || !incident.actions.is_empty()
        || [
            SectionKind::RootCause,
            SectionKind::ContributingFactors,
            SectionKind::Lessons,
            SectionKind::Actions,
        ]
        .into_iter()
        .any(|kind| case.has(kind));
    if tells_why || incident.status == Status::Draft || incident.kind != Kind::Incident {
        return;
    }
    if let Some((why, span)) = qualifies(case) {
        let message =
            format!("{why}: the policy asks for a postmortem, and this tells no cause and no action");
        let help = "`kb new TITLE --from FILE` begins one; what qualifies is set under `[policy]`";
        found.push(case.finding("postmortem-due", span, message).help(help));
    }
}

/// The first reason for which the incident must have a postmortem.
fn qualifies(case: &Case<'_>) -> Option<(String, Span)> {
    let incident = case.incident;
    let policy = &case.config.policy;
    let limit = policy.downtime_over.0;
    if let Some(severity) = &incident.severity
        && policy.severities.iter().any(|level| level.eq_ignore_ascii_case(&severity.label))
    {
        return Some((format!("severity {}", severity.label), Span::at(0)));
    }
    let figure =
        |kind: ImpactKind| incident.impact.iter().find(|one| one.kind == kind && is_some_harm(&one.value));
    if let Some(lost) = figure(ImpactKind::DataLoss) {
        return Some(("data was lost".into(), lost.span));
    }
    if let Some(broken) = figure(ImpactKind::SlaViolated) {
        return Some(("an agreement was broken".into(), broken.span));
    }
    let down = downtime(case).filter(|down| *down > limit);
    if let Some(down) = down
        && let Some(end) = incident.clock.resolved.as_ref().or(incident.clock.mitigated.as_ref())
    {
        return Some((format!("{} of downtime, more than {}", minutes(down), minutes(limit)), end.span));
    }
    security(incident).or_else(|| slow(case)).or_else(|| escalated(incident))
}

/// Words of tags, causes and titles that make an incident one of security.
const SECURITY: [&str; 6] =
    ["security", "breach", "compromise", "leaked credentials", "exploit", "vulnerability"];

fn security(incident: &Incident) -> Option<(String, Span)> {
    let mut said = incident.tags.iter().chain(&incident.causes).chain([&incident.title]);
    let hit = said.find(|text| phrases(text, &SECURITY).next().is_some())?;
    Some((format!("an incident of security (`{hit}`)"), Span::at(0)))
}

/// The response that came later than the policy asks for.
fn slow(case: &Case<'_>) -> Option<(String, Span)> {
    let clock = &case.incident.clock;
    let limit = case.config.policy.respond_within.0;
    let first = clock.acknowledged.as_ref().or(clock.detected.as_ref())?;
    let waited = first.at.since(&clock.started.as_ref()?.at).filter(|waited| *waited > limit)?;
    Some((format!("{} without a response, more than {}", minutes(waited), minutes(limit)), first.span))
}

/// The entry at which somebody else was called in.
fn escalated(incident: &Incident) -> Option<(String, Span)> {
    let entry = incident.timeline.iter().find(|entry| entry.kind == EntryKind::Escalated)?;
    Some(("it was escalated".into(), entry.span))
}

/// How long users felt it, where they did: maintenance that was announced does not count.
fn downtime(case: &Case<'_>) -> Option<SignedDuration> {
    let clock = &case.incident.clock;
    let planned = ["maintenance", "scheduled", "planned"];
    let title = &case.incident.title;
    if phrases(title, &planned).next().is_some() {
        return None;
    }
    clock.between(Milestone::Started, Milestone::Mitigated).or_else(|| clock.duration())
}

/// Whether a figure says that there was any.
fn is_some_harm(value: &str) -> bool {
    let value = value.trim().to_lowercase();
    !["", "0", "no", "none", "false", "nil", "n/a", "-", "–"].contains(&value.as_str())
        && !value.starts_with("no ")
}

fn minutes(time: SignedDuration) -> String {
    let (hours, minutes) = (time.as_mins() / 60, time.as_mins() % 60);
    match (hours, minutes) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// Phrases of an impact section that say nobody was hurt.
const HARMLESS: [&str; 8] = [
    "no user impact",
    "no customer impact",
    "no impact on users",
    "no impact on customers",
    "no users were affected",
    "no customers were affected",
    "users were not affected",
    "customers were not affected",
];

/// An incident that hurt nobody, told as one that did.
pub(super) fn near_miss(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    if case.incident.kind != Kind::Incident {
        return;
    }
    let mut told = false;
    case.each_text(|text, span| {
        if let Some((at, words)) = phrases(text, &HARMLESS).next()
            && !told
            && case.within(span, &[SectionKind::Impact, SectionKind::Summary])
        {
            told = true;
            let help = "write `type: near-miss` in the front matter, so that it is counted as one";
            found.push(
                case.finding(
                    "near-miss",
                    super::words::place(span, at, words.len()),
                    "this reads like a near miss",
                )
                .help(help),
            );
        }
    });
}
