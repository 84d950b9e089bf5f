//! The phases of an incident, drawn to scale.
//!
//! Positions are percentages in SVG attributes: the bars stretch with the page while text keeps its size, without a
//! script and without a style in the page.

use super::escape;
use crate::model::{Clock, Milestone, Moment};
use crate::plan::Words;
use jiff::SignedDuration;
use std::fmt::Write as _;

/// A stretch between two known points.
struct Phase {
    /// Key of its name.
    key: &'static str,
    class: &'static str,
    start: SignedDuration,
    end: SignedDuration,
}

/// The drawing with its key and caption, or `None` where start and end (or at least detection and end) are not known.
pub(super) fn figure(clock: &Clock, words: &Words) -> Option<String> {
    let first = if clock.started.is_some() { Milestone::Started } else { Milestone::Detected };
    let total = clock.between(first, Milestone::Resolved).filter(SignedDuration::is_positive)?;
    let start = &clock.get(first)?.at;
    let end = &clock.resolved.as_ref()?.at;
    let phases = phases(clock, first, total);
    let mut out = String::with_capacity(4 * 1024);
    out.push_str("<figure class=\"phases\">");
    svg(&mut out, clock, words, start, end, total, &phases);
    key(&mut out, words, total, &phases);
    caption(&mut out, clock, words, start, total);
    out.push_str("</figure>");
    Some(out)
}

/// Stretches between the known points; a point that is missing or out of order merges its neighbours.
fn phases(clock: &Clock, first: Milestone, total: SignedDuration) -> Vec<Phase> {
    let at = |milestone| clock.between(first, milestone).filter(|time| *time <= total);
    let detected =
        if first == Milestone::Started { at(Milestone::Detected) } else { Some(SignedDuration::ZERO) };
    let mitigated = at(Milestone::Mitigated).filter(|time| detected.is_none_or(|detected| *time >= detected));
    let mut phases = Vec::new();
    let mut push = |key, class, start: SignedDuration, end: SignedDuration| {
        if end > start {
            phases.push(Phase { key, class, start, end });
        }
    };
    let zero = SignedDuration::ZERO;
    match (detected, mitigated) {
        (Some(detected), Some(mitigated)) => {
            push("phase_undetected", "f1", zero, detected);
            push("phase_investigating", "f2", detected, mitigated);
            push("phase_recovering", "f4", mitigated, total);
        }
        (Some(detected), None) => {
            push("phase_undetected", "f1", zero, detected);
            push("phase_handling", "f2", detected, total);
        }
        (None, Some(mitigated)) => {
            push("phase_until_mitigated", "f2", zero, mitigated);
            push("phase_recovering", "f4", mitigated, total);
        }
        (None, None) => push("phase_whole", "f2", zero, total),
    }
    phases
}

fn percent(part: SignedDuration, total: SignedDuration) -> f64 {
    100.0 * part.as_secs_f64() / total.as_secs_f64()
}

fn svg(
    out: &mut String,
    clock: &Clock,
    words: &Words,
    start: &Moment,
    end: &Moment,
    total: SignedDuration,
    phases: &[Phase],
) {
    out.push_str("<svg class=\"chart\" height=\"88\" role=\"img\" aria-labelledby=\"kb-phases-t kb-phases-d\"><title id=\"kb-phases-t\">");
    escape::text(words.get("phases_title"), out);
    out.push_str("</title><desc id=\"kb-phases-d\">");
    for phase in phases {
        let length = words.length(phase.end - phase.start);
        escape::text(&format!("{}: {length}; ", words.get(phase.key)), out);
    }
    escape::text(&format!("{} – {}", start.shown(), end.shown()), out);
    out.push_str("</desc>");
    for (place, phase) in phases.iter().enumerate() {
        let (x, width) = (percent(phase.start, total), percent(phase.end - phase.start, total));
        let _ = write!(
            out,
            "<rect class=\"{}\" x=\"{x:.2}%\" y=\"26\" width=\"{width:.2}%\" height=\"28\"/>",
            phase.class
        );
        if place > 0 {
            let _ = write!(out, "<rect class=\"gap\" x=\"{x:.2}%\" y=\"25\" width=\"2\" height=\"30\"/>");
        }
        if width > 18.0 {
            let _ = write!(
                out,
                "<text class=\"wide\" x=\"{:.2}%\" y=\"18\" text-anchor=\"middle\">",
                x + width / 2.0
            );
            escape::text(&format!("{} {}", words.get(phase.key), words.length(phase.end - phase.start)), out);
            out.push_str("</text>");
        }
    }
    acknowledged(out, clock, total, phases);
    axis(out, start, end, total);
    out.push_str("</svg>");
}

/// A tick where a person took it on, if that was a while after it was noticed.
fn acknowledged(out: &mut String, clock: &Clock, total: SignedDuration, phases: &[Phase]) {
    let Some(wait) = clock.between(Milestone::Detected, Milestone::Acknowledged) else { return };
    let Some(phase) =
        phases.iter().find(|phase| matches!(phase.key, "phase_investigating" | "phase_handling"))
    else {
        return;
    };
    if wait > SignedDuration::from_mins(5) && phase.start + wait < phase.end {
        let x = percent(phase.start + wait, total);
        let _ = write!(out, "<line class=\"tick\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"26\" y2=\"54\"/>");
    }
}

/// Round steps an axis may have, in minutes.
const STEPS: [i64; 13] = [5, 10, 15, 30, 60, 120, 240, 360, 720, 1_440, 2_880, 10_080, 43_200];

fn axis(out: &mut String, start: &Moment, end: &Moment, total: SignedDuration) {
    let minutes = total.as_mins();
    let step = STEPS.into_iter().find(|step| minutes / step < 8).unwrap_or(minutes.max(1));
    let daily = step >= 1_440;
    let since_midnight = i64::from(start.local.hour()) * 60 + i64::from(start.local.minute());
    let mut at = step - since_midnight % step;
    while at < minutes {
        let x = percent(SignedDuration::from_mins(at), total);
        // Labels at the ends have the room to themselves.
        if (9.0..=91.0).contains(&x)
            && let Ok(when) = start.local.checked_add(SignedDuration::from_mins(at))
        {
            let label =
                if daily { when.strftime("%m-%d").to_string() } else { when.strftime("%H:%M").to_string() };
            let _ = write!(out, "<line class=\"grid\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"54\" y2=\"62\"/>");
            let _ = write!(
                out,
                "<text class=\"soft wide\" x=\"{x:.2}%\" y=\"78\" text-anchor=\"middle\">{label}</text>"
            );
        }
        at += step;
    }
    let format = if start.local.date() == end.local.date() { "%H:%M" } else { "%m-%d %H:%M" };
    let _ = write!(out, "<text x=\"0\" y=\"78\">{}</text>", start.local.strftime(format));
    let _ =
        write!(out, "<text x=\"100%\" y=\"78\" text-anchor=\"end\">{}</text>", end.local.strftime(format));
}

fn key(out: &mut String, words: &Words, total: SignedDuration, phases: &[Phase]) {
    out.push_str("<ul class=\"key\">");
    for phase in phases {
        let share = percent(phase.end - phase.start, total);
        let _ = write!(
            out,
            "<li><svg aria-hidden=\"true\"><rect class=\"{}\" width=\"14\" height=\"14\"/></svg>",
            phase.class
        );
        escape::text(words.get(phase.key), out);
        out.push_str(": <b>");
        escape::text(&words.length(phase.end - phase.start), out);
        let _ = write!(out, "</b> ({share:.0} %)</li>");
    }
    out.push_str("</ul>");
}

fn caption(out: &mut String, clock: &Clock, words: &Words, start: &Moment, total: SignedDuration) {
    out.push_str("<figcaption>");
    escape::text(&words.with("drawn_to_scale", &words.length(total)), out);
    out.push(' ');
    match start.zone.name() {
        Some(zone) => escape::text(&words.with("times_in", &zone), out),
        None => escape::text(words.get("zone_unknown"), out),
    }
    let wanted = [Milestone::Started, Milestone::Detected, Milestone::Mitigated];
    let missing: Vec<&str> =
        wanted.into_iter().filter(|one| clock.get(*one).is_none()).map(|one| words.get(one.word())).collect();
    if !missing.is_empty() {
        out.push(' ');
        escape::text(&words.with("not_known", &missing.join(", ")), out);
    }
    out.push_str("</figcaption>");
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::float_cmp,
        clippy::unnecessary_wraps,
        reason = "percentages are printed, then read; helpers give what the fields hold"
    )]
    use super::*;
    use crate::diag::Span;
    use crate::model::{ClockPoint, Zone};
    use crate::theme::Theme;
    use jiff::civil::date;

    fn point(hour: i8, minute: i8) -> Option<ClockPoint> {
        let at = Moment::new(date(2018, 3, 13).at(hour, minute, 0, 0), Zone::UTC);
        Some(ClockPoint { at, from: "front matter", span: Span::default() })
    }

    fn words() -> Words {
        Words::of(&Theme::builtin(), "en").value
    }

    fn widths(svg: &str) -> Vec<f64> {
        let bars = svg.split("<rect class=\"f").skip(1).filter_map(|bar| bar.split("width=\"").nth(1));
        bars.filter_map(|width| width.split('%').next()?.parse().ok()).collect()
    }

    #[test]
    fn widths_are_the_phases_shares_and_fill_the_drawing() {
        let clock = Clock {
            started: point(3, 0),
            detected: point(7, 28),
            mitigated: point(8, 5),
            resolved: point(13, 34),
            ..Clock::default()
        };
        let html = figure(&clock, &words()).unwrap();
        let widths: Vec<f64> = widths(&html).into_iter().take(3).collect();
        assert!((widths.iter().sum::<f64>() - 100.0).abs() < 0.1, "{widths:?}");
        assert!((widths[0] - 100.0 * 268.0 / 634.0).abs() < 0.1, "{widths:?}");
        assert!(
            html.contains("Undetected: 4 h 28 min; Investigating: 37 min; Recovering: 5 h 29 min"),
            "{html}"
        );
        assert!(!html.contains("style="));
    }

    #[test]
    fn a_missing_point_merges_its_neighbours_and_is_named() {
        let clock = Clock { started: point(3, 0), resolved: point(4, 0), ..Clock::default() };
        let html = figure(&clock, &words()).unwrap();
        assert!(html.contains("Not known: detected, mitigated."), "{html}");
        assert_eq!(widths(&html)[0], 100.0);
        assert!(figure(&Clock { started: point(3, 0), ..Clock::default() }, &words()).is_none());
    }
}
