//! What the drawing of a family is made from: its latest incidents, and the promises whose dates are known.

use super::chart::{Bar, Chart, Member, lanes as draw};
use crate::measure::Item;
use crate::model::{ActionItem, ActionState, Incident};
use crate::plan::view::Views;
use jiff::civil::Date;

/// Most incidents in one drawing: the latest.
const MOST: usize = 24;

/// The drawing of family `number`; `None` where fewer than two of its incidents have a date.
pub(super) fn lanes(views: &Views<'_>, number: usize) -> Option<Chart> {
    let family = views.site.recurrences.families().all.get(number)?;
    let latest = family.incidents.iter().skip(family.incidents.len().saturating_sub(MOST));
    let members: Vec<Member> = latest.filter_map(|number| member(views, *number)).collect();
    let chart = draw(&members, views.site.as_of);
    chart.svg.is_some().then_some(chart)
}

fn member(views: &Views<'_>, number: usize) -> Option<Member> {
    let incident = &views.site.incident(number)?.incident;
    let date = incident.date.as_ref()?.date;
    let (mut bars, mut unknown) = (Vec::new(), 0);
    for (place, action) in incident.actions.iter().enumerate().filter(|_| views.site.shows_actions()) {
        match closed(views, incident, action) {
            Some(closed) => {
                let created = action.created.unwrap_or(date);
                bars.push(Bar { item: Item::action(number, place), created, closed });
            }
            None => unknown += 1,
        }
    }
    Some(Member { item: Item::incident(number), title: incident.title.clone(), date, bars, unknown })
}

/// The day an action was closed, within: none while it is open; without: nothing tells, or it was never agreed.
fn closed(views: &Views<'_>, incident: &Incident, action: &ActionItem) -> Option<Option<Date>> {
    match action.state {
        ActionState::Open | ActionState::InProgress => Some(None),
        ActionState::Done | ActionState::Cancelled => {
            action.closed.or_else(|| views.closed_on()(incident, action)).map(Some)
        }
        ActionState::Proposed | ActionState::Unknown => None,
    }
}
