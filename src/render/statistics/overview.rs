//! The numbers at the head of the page, each with the items behind it.

use crate::measure::{Item, Share};
use crate::plan::view::Views;
use crate::render::chart::{Cell, Chart, DataTable};

/// All of them as a table of name, number and how many are not known.
pub(super) fn chart(views: &Views<'_>) -> Chart {
    let all = views.statistics();
    let mut table = DataTable {
        columns: ["What", "Number", "Not known"].map(str::to_owned).to_vec(),
        ..DataTable::default()
    };
    let incidents = &all.incidents;
    let none = Cell::default;
    table.push("Incidents", vec![Cell::from(&incidents.all), none()]);
    table.push("Near misses", vec![Cell::from(&incidents.near_misses), none()]);
    table.push("Without a date", vec![Cell::from(&incidents.undated), none()]);
    share("Published in time", &incidents.publication.in_time, &mut table);
    share("Had happened before", &incidents.recurrence.again, &mut table);
    if views.site.shows_actions() {
        let actions = &all.actions;
        table.push("Actions", vec![Cell::from(&actions.all), none()]);
        for one in &actions.states {
            let key = format!("state_{}", one.state.word());
            table.push(
                format!("Actions: {}", views.words.get(&key).to_lowercase()),
                vec![Cell::from(&one.count), none()],
            );
        }
        share("Done, of those agreed", &actions.completion, &mut table);
        share("Done on time, of those that fell due", &actions.on_time, &mut table);
        let overdue: Vec<Item> = actions.overdue.days.values.iter().map(|one| one.item).collect();
        table.push("Overdue", vec![Cell::from(overdue.as_slice()), Cell::from(&actions.overdue.without_due)]);
        table.push("Open, not due yet", vec![Cell::from(&actions.overdue.not_due), none()]);
    }
    Chart {
        id: crate::plan::figures::OVERVIEW,
        title: "All in one table",
        finding: "Shares carry a 95 % interval (Wilson) from five items on; below that they are counts."
            .to_owned(),
        svg: None,
        key: Vec::new(),
        table,
    }
}

fn share(name: &str, share: &Share, table: &mut DataTable) {
    table.push(name, vec![Cell::from(share), Cell::from(share.missing.as_slice())]);
}
