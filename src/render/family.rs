//! What the drawing of a family is made from: its latest incidents, and the promises whose dates are known.

use super::chart::{Bar, Chart, Member, Say, lanes as draw};
use crate::measure::Item;
use crate::model::{ActionItem, Incident};
use crate::plan::view::Views;
use jiff::civil::Date;

/// Most incidents in one drawing: the latest.
const MOST: usize = 24;

/// The drawing of family `number`; `None` where fewer than two of its incidents have a date.
pub(super) fn lanes(views: &Views<'_>, number: usize) -> Option<Chart> {
    let family = views.site.recurrences.families().all.get(number)?;
    let latest = family.incidents.iter().skip(family.incidents.len().saturating_sub(MOST));
    let members: Vec<Member> = latest.filter_map(|number| member(views, *number)).collect();
    let chart = draw(&Say::new(&views.words), &members, views.site.as_of);
    chart.svg.is_some().then_some(chart)
}

fn member(views: &Views<'_>, number: usize) -> Option<Member> {
    let incident = &views.site.incident(number)?.incident;
    let date = incident.date.as_ref()?.date;
    let (mut bars, mut unknown) = (Vec::new(), 0);
    for (place, action) in incident.actions.iter().enumerate().filter(|_| views.site.shows_actions()) {
        let closed = closed(views, incident, action);
        if action.state.is_open() || closed.is_some() {
            let created = action.created.unwrap_or(date);
            bars.push(Bar { item: Item::action(number, place), created, closed });
        } else {
            unknown += 1;
        }
    }
    Some(Member { item: Item::incident(number), title: incident.title.clone(), date, bars, unknown })
}

/// The day an action was closed; `None` where it is not, or nothing tells when.
fn closed(views: &Views<'_>, incident: &Incident, action: &ActionItem) -> Option<Date> {
    let closed = action.state.is_closed();
    action.closed.or_else(|| views.closed_on()(incident, action)).filter(|_| closed)
}
