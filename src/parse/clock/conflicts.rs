//! Where the statements about the clock contradict each other.

use crate::diag::{Diagnostic, Span};
use crate::model::{Clock, ClockPoint, Impact, ImpactKind, Milestone};
use crate::parse::context::Context;
use crate::parse::impact::Length;
use jiff::SignedDuration;

/// Difference up to which two statements of one point agree.
const SLACK: SignedDuration = SignedDuration::from_mins(5);

/// Tells where front matter and text give one point differently.
pub(super) fn between(
    context: &Context<'_>,
    milestone: Milestone,
    known: &ClockPoint,
    other: &ClockPoint,
    found: &mut Vec<Diagnostic>,
) {
    let Some(apart) = other.at.since(&known.at) else {
        return;
    };
    if apart.abs() <= SLACK {
        return;
    }
    let word = milestone.word();
    let message =
        format!("front matter says `{word}` {}, the text says {}", known.at.shown(), other.at.shown());
    let help = "make both the same; until then front matter is believed";
    found.push(
        Diagnostic::warning("clock-conflict", context.source, first_line(context, other.span), message)
            .help(help),
    );
}

fn first_line(context: &Context<'_>, span: Span) -> Span {
    let end =
        span.of(&context.source.text).find('\n').map_or(span.end as usize, |len| span.start as usize + len);
    Span::new(span.start as usize, end)
}

/// Tells where the headline duration and the clock clearly disagree: by more than a quarter and ten minutes.
pub(in crate::parse) fn check_duration(
    context: &Context<'_>,
    clock: &Clock,
    impact: &[Impact],
    found: &mut Vec<Diagnostic>,
) {
    let firm =
        |point: &Option<ClockPoint>| point.as_ref().is_some_and(|point| point.from != "timeline: words");
    if !firm(&clock.started) || !firm(&clock.resolved) {
        return;
    }
    let headline = impact.iter().find(|figure| figure.kind == ImpactKind::Duration && figure.from != "words");
    let (Some(figure), Some(measured)) = (headline, clock.duration()) else {
        return;
    };
    let Some(Length { exact: true, length: stated }) = Length::read(&figure.value) else {
        return;
    };
    let apart = (stated - measured).abs();
    if apart > SignedDuration::from_mins(10) && apart.as_mins() * 4 > stated.as_mins().max(measured.as_mins())
    {
        let minutes = measured.as_mins();
        let message = format!(
            "`{}` is stated, but {} h {} min lie between start and resolution",
            figure.value,
            minutes / 60,
            minutes % 60
        );
        let help = "correct the duration, or the time that is wrong";
        found.push(
            Diagnostic::warning(
                "duration-conflict",
                context.source,
                first_line(context, figure.span),
                message,
            )
            .help(help),
        );
    }
}
