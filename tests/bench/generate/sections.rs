//! One report from top to bottom. The fixed sections are written first; the analysis between them is then made as long
//! as it takes to reach the length that was drawn.

use super::actions::{self, State};
use super::headings::heading;
use super::plan::Plan;
use super::prose::Page;
use super::{evidence, front, links, timeline};

/// A written report, and what its reader should find in it.
#[derive(Debug)]
pub(crate) struct Body {
    /// The whole file.
    pub(crate) text: String,
    /// Words behind the front matter, cut at white space.
    pub(crate) words: usize,
    /// Timeline entries.
    pub(crate) entries: usize,
    /// State of each action item.
    pub(crate) actions: Vec<State>,
    /// Words that stand only inside internal blocks.
    pub(crate) internal: Vec<String>,
}

/// Writes the report of `page`; `plans` are all plans of the corpus.
pub(crate) fn write(mut page: Page, plans: &[Plan]) -> Body {
    front::write(&mut page, &|to| plans.get(to).and_then(|plan| plan.id.clone()));
    let matter = page.take();
    summary(&mut page, plans);
    let noted = impact(&mut page);
    let internal = internal(&mut page);
    let entries = timeline::write(&mut page);
    cause(&mut page);
    let head = page.take();
    lessons(&mut page);
    let actions = actions::write(&mut page);
    if noted {
        page.push("[^count]: ");
        page.sentence("footnote");
        page.push("\n");
    }
    links::definitions(&mut page, plans);
    let tail = page.take();
    let (analysis, words) = analysis(&mut page, count(&head) + count(&tail));
    // Labelled lines count as words too, front matter does not.
    let words = if matter.starts_with("---") { words } else { words + count(&matter) };
    Body { text: [matter, head, analysis, tail].concat(), words, entries, actions, internal }
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

fn summary(page: &mut Page, plans: &[Plan]) {
    heading(page, 0);
    let plan = page.plan;
    let (date, minutes) = (plan.date().long(), plan.resolved);
    let component = plan.components.first().map_or("", String::as_str);
    let (trigger, mechanism) = (&plan.family.trigger, &plan.family.mechanism);
    let seen = page.rng.index(2);
    let symptom = plan.family.symptoms.get(seen).map_or("", String::as_str);
    let lead = match page.rng.below(3) {
        _ if plan.near_miss => {
            format!("A near miss: on {date} {component} came close to {symptom}. It began with {trigger}. ")
        }
        0 => format!(
            "On {date} {component} was in trouble for {minutes} minutes ({symptom}) after {trigger}. "
        ),
        1 => {
            format!("{trigger} led to {symptom} on {date}: {mechanism}. It took {minutes} minutes to undo. ")
        }
        _ => format!("For {minutes} minutes on {date} we had {symptom} at {}: {mechanism}. ", plan.region),
    };
    let start = page.text.len();
    page.push(&lead);
    if let Some(first) = page.text.get_mut(start..=start) {
        first.make_ascii_uppercase();
    }
    let more = page.rng.between(2, 4);
    page.paragraph("summary", more);
    links::mentions(page, plans);
}

/// Returns whether a footnote is owed.
fn impact(page: &mut Page) -> bool {
    heading(page, 1);
    let sentences = page.rng.between(3, 5);
    page.paragraph("impact", sentences);
    let noted = page.rng.chance(30);
    let (calls, held) = (page.rng.between(1, 400), page.rng.between(1, 90));
    let note = if noted { "[^count]" } else { "" };
    let minutes = page.plan.resolved;
    page.push(&format!(
        "- **Duration:** {minutes} minutes\n- **Trucks held:** {held}{note}\n- **Calls:** {calls}\n\n"
    ));
    if page.rng.chance(40) {
        evidence::figures(page);
    }
    noted
}

/// A block for the house only: in most public reports, in few others. Returns the word that stands nowhere else.
fn internal(page: &mut Page) -> Vec<String> {
    let share = if page.plan.public { 70 } else { 8 };
    if !page.rng.chance(share) {
        return Vec::new();
    }
    let word = format!("hush{:08x}n{}", page.rng.below(1 << 32), page.plan.number);
    page.push("<!-- internal -->\n\n");
    page.paragraph("hush", 2);
    page.push(&format!("The file of this case is {word}.\n\n<!-- /internal -->\n\n"));
    vec![word]
}

fn cause(page: &mut Page) {
    heading(page, 2);
    let family = &page.plan.family;
    page.push(&format!(
        "It was set off by {}. What made it possible: {}. ",
        family.trigger, family.mechanism
    ));
    let sentences = page.rng.between(2, 4);
    page.paragraph("cause", sentences);
    if page.rng.chance(80) {
        evidence::log(page);
    }
    if page.rng.chance(55) {
        evidence::snippet(page);
    }
    heading(page, 3);
    evidence::whys(page);
}

fn lessons(page: &mut Page) {
    heading(page, 5);
    page.push(&format!("The way out was to {}. ", page.plan.family.fix));
    let sentences = page.rng.between(2, 5);
    page.paragraph("response", sentences);
    for (number, section) in [(6, "well"), (7, "poor")] {
        heading(page, number);
        let items = page.rng.between(2, 4);
        page.bullets(section, items);
    }
    if page.rng.chance(60) {
        heading(page, 8);
        page.bullets("lucky", 1);
    }
}

/// Paragraphs until the report has the length drawn for it; with them, the number of words in all.
fn analysis(page: &mut Page, written: usize) -> (String, usize) {
    let goal = usize::try_from(page.rng.between(960, 1_640)).unwrap_or(960);
    heading(page, 4);
    let mut words = written + count(&page.text);
    let mut paragraphs = 0;
    while words < goal || paragraphs == 0 {
        let start = page.text.len();
        if paragraphs % 5 == 4 {
            let adjective = page.world.words.adjective(&mut page.rng);
            let noun = page.noun();
            page.push(&format!("### The {adjective} {noun}\n\n"));
        }
        let sentences = page.rng.between(3, 5);
        page.paragraph("analysis", sentences);
        words += count(page.text.get(start..).unwrap_or_default());
        paragraphs += 1;
    }
    (page.take(), words)
}
