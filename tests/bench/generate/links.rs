//! Links to earlier reports: which ones are known to belong together, and how the text mentions them. Links in front
//! matter are written there.

use std::collections::BTreeMap;

use super::calendar::Minute;
use super::plan::Plan;
use super::prose::Page;
use super::random::Rng;
use super::style::{Front, LinkForm};

/// A reference to an earlier incident of the same family.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// Position of the other incident in the corpus.
    pub(crate) to: usize,
    /// How it is written.
    pub(crate) form: LinkForm,
    /// `recurrence` or `same-cause` where the author says so, else `see-also`.
    pub(crate) kind: &'static str,
}

/// Half of the recurrences are known to be such: they point at one to three of the latest members that were over
/// before this one began.
pub(crate) fn choose(
    plan: &Plan,
    family: &BTreeMap<Minute, usize>,
    plans: &[Plan],
    rng: &mut Rng,
) -> Vec<Link> {
    if rng.chance(45) {
        return Vec::new();
    }
    let mut earlier: Vec<usize> = family
        .range(..plan.started)
        .rev()
        .map(|(_, index)| *index)
        .filter(|index| plans.get(*index).is_some_and(|other| over_before(other, plan)))
        .take(8)
        .collect();
    let newest = usize::from(rng.chance(70));
    if let Some(rest) = earlier.get_mut(newest..) {
        rng.shuffle(rest);
    }
    earlier.truncate(usize::try_from(rng.between(1, 3)).unwrap_or(1));
    earlier.into_iter().map(|to| link(plan, to, plans, rng)).collect()
}

/// Whether `other` had ended when `plan` began, by the clock and by the dates that both reports bear, which may
/// be those of different zones.
fn over_before(other: &Plan, plan: &Plan) -> bool {
    other.started + other.resolved < plan.started && other.day() <= plan.day()
}

fn link(plan: &Plan, to: usize, plans: &[Plan], rng: &mut Rng) -> Link {
    let named = plans.get(to).is_some_and(|other| other.id.is_some());
    let form = match rng.below(10) {
        0..3 if named && plan.style.front == Front::Full => LinkForm::Related,
        3..5 if named => LinkForm::Id,
        5..7 => LinkForm::Reference,
        _ => LinkForm::Inline,
    };
    let kind = if form == LinkForm::Related {
        rng.pick(&["recurrence", "recurrence", "same-cause"])
    } else {
        "see-also"
    };
    Link { to, form, kind }
}

/// Names the earlier reports, except for those that front matter names.
pub(crate) fn mentions(page: &mut Page, plans: &[Plan]) {
    let plan = page.plan;
    for (number, link) in plan.links.iter().enumerate() {
        let Some(other) = plans.get(link.to) else { continue };
        let lead = page.rng.pick(&[
            "We have been here before:",
            "The same happened in",
            "Much of this can be read already in",
            "An earlier case is",
        ]);
        let (title, date) = (&other.title, other.date().long());
        let target = match (link.form, &other.id) {
            (LinkForm::Related, _) => continue,
            (LinkForm::Id, Some(id)) => id.clone(),
            (LinkForm::Reference, _) => format!("[the report of {date}][earlier-{number}]"),
            _ => format!("[{title}]({})", relative(plan, other)),
        };
        page.push(&format!("{lead} {target}.\n\n"));
    }
}

/// The definitions that reference-style links need.
pub(crate) fn definitions(page: &mut Page, plans: &[Plan]) {
    let plan = page.plan;
    for (number, link) in plan.links.iter().enumerate().filter(|(_, link)| link.form == LinkForm::Reference) {
        if let Some(other) = plans.get(link.to) {
            page.push(&format!("\n[earlier-{number}]: {}\n", relative(plan, other)));
        }
    }
}

/// Where a report lies, seen from another one.
fn relative(from: &Plan, to: &Plan) -> String {
    let (from_folder, _) = from.path.rsplit_once('/').unwrap_or_default();
    let (to_folder, name) = to.path.rsplit_once('/').unwrap_or_default();
    if from_folder == to_folder {
        return name.to_owned();
    }
    let (_, year) = to_folder.rsplit_once('/').unwrap_or_default();
    format!("../{year}/{name}")
}
