//! What a figure rests on as a whole: the items it counts, and those it leaves out, by reason.

use crate::measure::{Item, Statistics};
use crate::plan::figures;

/// Groups of items with their names, for the figure `id`; figures whose table shows all its items have none.
pub(super) fn basis<'s>(id: &str, all: &'s Statistics) -> Vec<(&'static str, &'s [Item])> {
    let actions = &all.actions;
    let incidents = &all.incidents;
    let groups: Vec<(&'static str, &'s [Item])> = match id {
        "cohorts" => vec![("Actions without a day of creation", &actions.without_cohort.items)],
        "ages" => vec![("Open actions without a day of creation", &actions.open_age.days.missing)],
        "open-for" | "ends-as" => {
            let closing = &actions.time_to_close;
            vec![
                ("Actions watched", &closing.watched.items),
                ("Left out: state not stated", &closing.missing.unknown.items),
                ("Left out: no day of creation", &closing.missing.without_start.items),
                ("Left out: closed on no known day", &closing.missing.without_end.items),
            ]
        }
        "flow" | "turnover" => vec![("Actions without known days", &actions.flow.undated.items)],
        "publication" => vec![("Times do not tell", &incidents.publication.in_time.missing)],
        "monthly" => vec![
            ("Without a date", &incidents.undated.items),
            ("Before the first month shown", &incidents.monthly.earlier.items),
        ],
        "causes" => vec![("Trigger or cause not stated", &incidents.causes.missing.items)],
        figures::ELSEWHERE => {
            let reports = all.elsewhere.as_ref().map_or(&[][..], |known| &known.reports.items);
            vec![("Reports on what is known elsewhere", reports)]
        }
        _ => Vec::new(),
    };
    groups.into_iter().filter(|(_, items)| !items.is_empty()).collect()
}
