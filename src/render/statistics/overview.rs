//! The numbers at the head of the page, each with the items behind it.

use crate::measure::{Item, Share};
use crate::model::ActionState;
use crate::plan::view::Views;
use crate::render::chart::{Cell, Chart, DataTable, Row, Say};

/// All of them as a table of name, number and how many are not known. Rows have ids, by which the facts at the head of
/// the page find them.
pub(super) fn chart(say: &Say<'_>, views: &Views<'_>) -> Chart {
    let all = views.statistics();
    let mut rows = Rows { say, table: say.table("chart_overview_columns") };
    let incidents = &all.incidents;
    rows.put("incidents", Cell::from(&incidents.all));
    rows.put("near_misses", Cell::from(&incidents.near_misses));
    rows.put("undated", Cell::from(&incidents.undated));
    rows.share("published_in_time", &incidents.publication.in_time);
    rows.share("had_happened", &incidents.recurrence.again);
    if views.site.shows_actions() {
        let actions = &all.actions;
        rows.put("actions", Cell::from(&actions.all));
        for one in &actions.states {
            let state = one.state.word();
            let id = if one.state == ActionState::Unknown { "state_unknown" } else { "" };
            let name = say.get(&format!("chart_overview_state_{state}"));
            rows.add(id, name, Cell::from(&one.count), Cell::default());
        }
        rows.share("actions_done_share", &actions.completion);
        rows.share("on_time", &actions.on_time);
        let overdue: Vec<Item> = actions.overdue.days.values.iter().map(|one| one.item).collect();
        let name = say.get("chart_overview_state_overdue");
        rows.add(
            "state_overdue",
            name,
            Cell::from(overdue.as_slice()),
            Cell::from(&actions.overdue.without_due),
        );
        rows.put("not_due", Cell::from(&actions.overdue.not_due));
    }
    say.shown(crate::plan::figures::OVERVIEW, say.get("chart_overview_found"), rows.table)
}

struct Rows<'s, 'w> {
    say: &'s Say<'w>,
    table: DataTable,
}

impl Rows<'_, '_> {
    fn put(&mut self, id: &'static str, number: Cell) {
        self.add(id, self.say.get(&format!("chart_overview_{id}")), number, Cell::default());
    }

    fn share(&mut self, id: &'static str, share: &Share) {
        let name = self.say.get(&format!("chart_overview_{id}"));
        self.add(id, name, self.say.share(share), Cell::from(share.missing.as_slice()));
    }

    fn add(&mut self, id: &'static str, name: String, number: Cell, unknown: Cell) {
        let head = Cell { text: name, ..Cell::default() };
        self.table.rows.push(Row { id, head, cells: vec![number, unknown] });
    }
}
