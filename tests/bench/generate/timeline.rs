//! The timeline: 8 to 20 entries from the first sign to the end, in the notation of the team. The first entry stands at
//! the plan's start and the last one at its end.

use super::calendar::{Minute, clock, date, plain};
use super::prose::Page;
use super::style::TimelineForm;

/// What an entry tells; the order is that of entries within one minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Start,
    Detected,
    Acknowledged,
    Note,
    Identified,
    Mitigated,
    Resolved,
}

/// Writes the section and returns the number of entries.
pub(crate) fn write(page: &mut Page) -> usize {
    let zone = page.plan.style.zone;
    let heading = ["Timeline", "Timeline of events", "Chronology"].get(page.plan.style.headings).copied();
    page.push(&format!("## {}", heading.unwrap_or("Timeline")));
    if page.rng.chance(30) {
        page.push(&format!(" (times in {})\n\n", zone.short()));
    } else {
        page.push(&format!("\n\nAll times are in {}.\n\n", zone.short()));
    }
    let entries = entries(page);
    let form = page.plan.style.timeline;
    if form == TimelineForm::Table {
        page.push(&format!("| Time ({}) | Event |\n|---|---|\n", zone.short()));
    }
    for (at, step) in &entries {
        opening(page, form, *at);
        event(page, *step);
        page.push(match form {
            TimelineForm::Table => " |\n",
            TimelineForm::Headings => "\n\n",
            _ => "\n",
        });
    }
    if form != TimelineForm::Headings {
        page.push("\n");
    }
    entries.len()
}

fn entries(page: &mut Page) -> Vec<(Minute, Step)> {
    let plan = page.plan;
    let rng = &mut page.rng;
    let acknowledged = rng.between(plan.detected, plan.mitigated.min(plan.detected + 12));
    let mut entries = vec![
        (0, Step::Start),
        (plan.detected, Step::Detected),
        (acknowledged, Step::Acknowledged),
        (rng.between(acknowledged, plan.mitigated), Step::Identified),
        (plan.mitigated, Step::Mitigated),
        (plan.resolved, Step::Resolved),
    ];
    for _ in 0..rng.between(2, 14) {
        entries.push((rng.between(acknowledged, plan.resolved), Step::Note));
    }
    entries.sort_unstable();
    entries.into_iter().map(|(offset, step)| (plan.started + offset, step)).collect()
}

fn opening(page: &mut Page, form: TimelineForm, at: Minute) {
    let plan = page.plan;
    let zone = plan.style.zone;
    let days = date(plan.started, zone) != date(plan.started + plan.resolved, zone);
    let time = if days { plain(at, zone) } else { clock(at, zone) };
    let text = match form {
        TimelineForm::Bullets => format!("- {} ", clock(at, zone)),
        TimelineForm::BoldBullets => format!("- **{}** ", clock(at, zone)),
        TimelineForm::Stamps => format!("* {}: ", plain(at, zone)),
        TimelineForm::Table => format!("| {time} | "),
        TimelineForm::Headings => format!("### {time}\n\n"),
    };
    page.push(&text);
}

fn event(page: &mut Page, step: Step) {
    let plan = page.plan;
    let component = plan.components.first().map_or("", String::as_str);
    let handle = page.person().handle.as_str();
    let fixed = match step {
        Step::Start => format!("First signs at {}: {}.", plan.region, plan.family.symptoms[0]),
        Step::Detected if page.rng.chance(60) => {
            format!("Alert for {component}: `{}`.", plan.family.signature)
        }
        Step::Detected => format!("A clerk at {} reports {}.", plan.region, plan.family.symptoms[1]),
        Step::Acknowledged => format!("@{handle} acknowledges the page and opens the bridge."),
        Step::Mitigated => format!("Mitigated: {component} answers again, with care."),
        Step::Resolved => format!("Resolved: {component} is back to normal."),
        Step::Identified => return page.sentence("cause-found"),
        Step::Note => return page.sentence("timeline"),
    };
    page.push(&fixed);
}
