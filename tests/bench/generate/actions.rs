//! Action items: what was promised, by whom, until when, and what became of it by the day the corpus is looked at.
//! Younger incidents have more open items; a part of the items is never done.

use super::action_lists;
use super::plan::HORIZON;
use super::prose::Page;
use super::style::ActionForm;
use super::world::{Person, TRACKERS};

/// The state of an item, as far as its notation tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    /// Suggested, not agreed.
    Proposed,
    /// Agreed.
    Open,
    /// Begun.
    InProgress,
    /// Done.
    Done,
    /// Given up.
    Cancelled,
    /// The report does not say.
    Unknown,
}

impl State {
    /// The word for it in exports.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Open => "open",
            Self::InProgress => "in-progress",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Unknown => "unknown",
        }
    }
}

/// What was promised.
#[derive(Debug)]
pub(crate) struct Item<'a> {
    /// The promise itself.
    pub(crate) text: String,
    /// Who made it.
    pub(crate) owner: Option<&'a Person>,
    /// Until when, in days since 1970.
    pub(crate) due: Option<i64>,
    /// Its ticket.
    pub(crate) ticket: Option<String>,
    /// What became of it.
    pub(crate) state: State,
    /// When it was closed, in days since 1970.
    pub(crate) done: Option<i64>,
}

/// Writes the section and returns the state of each item.
pub(crate) fn write(page: &mut Page) -> Vec<State> {
    let heading =
        ["Action items", "Follow-up actions", "Action items"].get(page.plan.style.headings).copied();
    page.push(&format!("## {}\n\n", heading.unwrap_or("Action items")));
    let form = page.plan.style.actions;
    let mut items: Vec<Item> = (0..page.rng.between(3, 8)).map(|_| item(page, form)).collect();
    match form {
        ActionForm::Table => action_lists::table(page, &items),
        ActionForm::Tasks => items.iter().for_each(|item| action_lists::task(page, item)),
        ActionForm::Marked => items.iter().for_each(|item| action_lists::marked(page, item)),
        ActionForm::Unmarked => items.iter().for_each(|item| action_lists::unmarked(page, item)),
        ActionForm::Groups => {
            items.sort_by_key(|item| item.state);
            action_lists::groups(page, &items);
        }
    }
    page.push("\n");
    items.iter().map(|item| item.state).collect()
}

fn item<'a>(page: &mut Page<'a>, form: ActionForm) -> Item<'a> {
    let before = page.take();
    page.sentence("action");
    let text = std::mem::replace(&mut page.text, before);
    let created = page.plan.day();
    let (state, done) = outcome(page, created);
    let unmarked = form == ActionForm::Unmarked;
    Item {
        text,
        owner: page.rng.chance(88).then(|| page.person()),
        due: page.rng.chance(80).then(|| created + page.rng.between(7, 120)),
        ticket: (!unmarked && page.rng.chance(70)).then(|| {
            let (_, prefix) = page.rng.pick(&TRACKERS);
            format!("{prefix}-{}", page.rng.between(100, 29_999))
        }),
        state: if unmarked { State::Unknown } else { state },
        done: if unmarked { None } else { done },
    }
}

/// What became of an item, and the day where it is closed. The days to close are a product of small draws: most
/// items take weeks, some a year.
fn outcome(page: &mut Page, created: i64) -> (State, Option<i64>) {
    let rng = &mut page.rng;
    let closed = created + rng.between(1, 9) * rng.between(1, 9) * rng.between(1, 6);
    match rng.below(100) {
        0..68 if closed <= HORIZON => (State::Done, Some(closed)),
        68..80 if closed <= HORIZON => (State::Cancelled, Some(closed)),
        80..84 => (State::Proposed, None),
        _ if rng.chance(30) => (State::InProgress, None),
        _ => (State::Open, None),
    }
}
