//! The figures of action items: are promises kept, how late, and which were made twice.

mod age;
mod closing;
mod cohort;
mod flow;
mod list;
mod overdue;
mod promise;
mod quality;
mod slice;
mod twice;

pub use age::{AgeBin, OpenAge};
pub use closing::{TimeToClose, Undated};
pub use cohort::{Cohort, RIPE};
pub use flow::{Flow, Level, Moved, Turnover};
pub use list::{Listed, list};
pub use overdue::Overdue;
pub use quality::Quality;
pub use slice::{Slice, Slices};
pub use twice::Repeated;

use super::Closings;
use super::figure::{Count, Share};
use crate::config::SiteConfig;
use crate::corpus::Edition;
use crate::model::ActionState;
use jiff::civil::Date;
use promise::Promise;
use serde::Serialize;

/// How many stand in one state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InState {
    /// The state.
    pub state: ActionState,
    /// How many are in it.
    pub count: Count,
}

/// All figures of action items.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActionFigures {
    /// All items.
    pub all: Count,
    /// How many in each state; unknown is one of them.
    pub states: Vec<InState>,
    /// Done among all that were agreed.
    pub completion: Share,
    /// Done in time among all that fell due.
    pub on_time: Share,
    /// Open past their date.
    pub overdue: Overdue,
    /// What was created in each quarter, and what became of it.
    pub cohorts: Vec<Cohort>,
    /// Items of no cohort: nothing says when they were created.
    pub without_cohort: Count,
    /// What was opened and closed over time.
    pub flow: Flow,
    /// How old the open ones are.
    pub open_age: OpenAge,
    /// How long items stay open, and how they end.
    pub time_to_close: TimeToClose,
    /// Whether items say who, until when, where, and how one will know.
    pub quality: Quality,
    /// What was asked for in more than one incident.
    pub asked_twice: Vec<Repeated>,
    /// The same counts by component, team, severity, priority, kind and quarter.
    pub slices: Slices,
}

const COMPLETION: &str =
    "done, among all items but the proposed and the cancelled; those of unknown state are not among them";

pub(super) fn measure(
    edition: &Edition,
    config: &SiteConfig,
    as_of: Date,
    closings: &Closings,
) -> ActionFigures {
    let all = promise::promises(edition, as_of, closings);
    // Texts are compared with each other, which takes as long as all counting.
    let (asked_twice, figures) = rayon::join(|| twice::asked_twice(&all), || counted(&all, config, as_of));
    ActionFigures { asked_twice, ..figures }
}

/// All figures that look at items one by one; slices take as long as all others.
fn counted(all: &[Promise<'_>], config: &SiteConfig, as_of: Date) -> ActionFigures {
    let (slices, ((cohorts, without_cohort), flow)) = rayon::join(
        || slice::slices(all, config),
        || rayon::join(|| cohort::cohorts(all, as_of), || flow::flow(all, as_of)),
    );
    ActionFigures {
        all: all.iter().map(|one| one.item).collect(),
        states: states(all),
        completion: completion(all),
        on_time: overdue::on_time(all),
        overdue: overdue::overdue(all),
        cohorts,
        without_cohort,
        flow,
        open_age: age::open_age(all, config),
        time_to_close: closing::time_to_close(all),
        quality: quality::quality(all),
        asked_twice: Vec::new(),
        slices,
    }
}

fn states(all: &[Promise<'_>]) -> Vec<InState> {
    let in_state = |state| InState {
        state,
        count: all.iter().filter(|one| one.state == state).map(|one| one.item).collect(),
    };
    ActionState::ALL.map(in_state).to_vec()
}

fn completion(all: &[Promise<'_>]) -> Share {
    let mut share = Share::new(COMPLETION);
    for one in all {
        count_completion(&mut share, one);
    }
    share
}

/// Puts one item into a completion rate; what was not agreed stays out of it.
fn count_completion(share: &mut Share, one: &Promise<'_>) {
    match one.counts() {
        Some(true) => share.put(one.item, Some(one.is_done())),
        Some(false) => {}
        None => share.put(one.item, None),
    }
}
