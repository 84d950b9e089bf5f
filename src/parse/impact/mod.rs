//! Figures of the impact, with their units: front matter, labels (`**Users affected**: 1,200`), and phrases of the impact
//! section such as `~38% of evaluation requests` or `3.7M failed requests`.

mod label;
mod length;
mod phrases;
mod words;

pub(super) use length::Length;

use super::context::Context;
use super::front_matter::Value;
use super::lines::Lined;
use crate::model::{Impact, ImpactKind, SectionKind};

const KINDS: [ImpactKind; 8] = [
    ImpactKind::Users,
    ImpactKind::Percent,
    ImpactKind::ErrorRate,
    ImpactKind::Requests,
    ImpactKind::Revenue,
    ImpactKind::DataLoss,
    ImpactKind::SlaViolated,
    ImpactKind::Duration,
];

/// Most figures taken from prose.
const MOST: usize = 20;

/// Reads all figures.
pub(super) fn read(context: &Context<'_>, lined: &Lined<'_>) -> Vec<Impact> {
    let mut figures = stated(context);
    for line in lined.all.iter().filter(|line| !line.quoted) {
        if let Some(figure) = label::figure(line)
            && !figures.iter().any(|known| known.kind == figure.kind && figure.kind != ImpactKind::Other)
        {
            figures.push(figure);
        }
    }
    let mut told = 0;
    let sections = context.sections.iter().filter(|section| section.kind == Some(SectionKind::Impact));
    let mut read_to = 0;
    for section in sections {
        let run = lined.inside(section.extent);
        for line in lined.all.get(run.start.max(read_to)..run.end).unwrap_or_default() {
            if told < MOST && !line.quoted && !figures.iter().any(|known| known.span == line.span) {
                let before = figures.len();
                phrases::read(line, &mut figures);
                told += figures.len() - before;
            }
        }
        read_to = read_to.max(run.end);
    }
    figures
}

/// `impact: {users: 1200, percent: 38 %}` or `impact: text`, and `duration: 2h`.
fn stated(context: &Context<'_>) -> Vec<Impact> {
    let mut figures = Vec::new();
    if let Some(field) = context.front.get(&["impact"])
        && let Value::Map(fields) = &field.value.value
    {
        for field in fields {
            let key = field.key.value.to_lowercase();
            let kind = KINDS.into_iter().find(|kind| kind.word() == key).unwrap_or(ImpactKind::Other);
            let (label, value) = (field.key.value.clone(), field.value.value.shown());
            if !value.is_empty() {
                figures.push(Impact { kind, label, value, from: "front matter", span: field.value.span });
            }
        }
    }
    if let Some(field) = context.front.get(&["duration"]) {
        let value = field.value.value.shown();
        if !value.trim().is_empty() {
            let (kind, label) = (ImpactKind::Duration, "duration".into());
            figures.push(Impact { kind, label, value, from: "front matter", span: field.value.span });
        }
    }
    figures
}
