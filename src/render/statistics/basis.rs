//! What a figure rests on as a whole: the items it counts, and those it leaves out, by reason.

use crate::measure::{Item, Statistics};
use crate::plan::figures;

/// Groups of items with the keys of their names, for the figure `id`; figures whose table shows all its items have none.
pub(super) fn basis<'s>(id: &str, all: &'s Statistics) -> Vec<(&'static str, &'s [Item])> {
    let actions = &all.actions;
    let incidents = &all.incidents;
    let groups: Vec<(&'static str, &'s [Item])> = match id {
        "cohorts" => vec![("basis_no_creation", &actions.without_cohort.items)],
        "ages" => vec![("basis_open_no_creation", &actions.open_age.days.missing)],
        "open-for" | "ends-as" => {
            let closing = &actions.time_to_close;
            vec![
                ("basis_watched", &closing.watched.items),
                ("basis_no_state", &closing.missing.unknown.items),
                ("basis_no_start", &closing.missing.without_start.items),
                ("basis_no_end", &closing.missing.without_end.items),
            ]
        }
        "flow" | "turnover" => vec![("basis_no_days", &actions.flow.undated.items)],
        "publication" => vec![("basis_no_times", &incidents.publication.in_time.missing)],
        "monthly" => vec![
            ("basis_no_date", &incidents.undated.items),
            ("basis_earlier", &incidents.monthly.earlier.items),
        ],
        "causes" => vec![("basis_no_cause", &incidents.causes.missing.items)],
        figures::ELSEWHERE => {
            let reports = all.elsewhere.as_ref().map_or(&[][..], |known| &known.reports.items);
            vec![("basis_elsewhere", reports)]
        }
        _ => Vec::new(),
    };
    groups.into_iter().filter(|(_, items)| !items.is_empty()).collect()
}
