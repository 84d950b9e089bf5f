//! The statistics of a site: one page of figures, a page of items and a CSV file behind each, and all of it as data.
//!
//! [`Figures`] draws every chart once per site, when the first of these pages is asked for. Each number that counts
//! something links to its place on the page of items, so that a reader gets from any number to what it counts.

mod basis;
mod behind;
mod overview;
mod page;

pub(super) use behind::BehindPage;
pub(super) use page::StatisticsPage;

use super::chart::{self, Chart, Say};
use crate::plan::view::Views;
use crate::plan::{Route, figures};
use serde::Serialize;

/// All figures of a site, drawn.
pub(super) struct Figures {
    charts: Vec<Chart>,
}

impl Figures {
    pub(super) fn draw(views: &Views<'_>) -> Self {
        let say = Say::new(&views.words);
        Self { charts: views.site.figures().filter_map(|id| draw(id, &say, views)).collect() }
    }

    fn get(&self, id: &str) -> Option<&Chart> {
        self.charts.iter().find(|chart| chart.id == id)
    }

    /// The numbers of a figure as CSV.
    pub(super) fn csv(&self, id: &str) -> Option<String> {
        Some(self.get(id)?.table.csv())
    }
}

fn draw(id: &'static str, say: &Say<'_>, views: &Views<'_>) -> Option<Chart> {
    if id == figures::OVERVIEW {
        return Some(overview::chart(say, views));
    }
    of_actions(id, say, views).or_else(|| of_incidents(id, say, views))
}

fn of_actions(id: &str, say: &Say<'_>, views: &Views<'_>) -> Option<Chart> {
    let all = &views.statistics().actions;
    Some(match id {
        "cohorts" => chart::cohorts(say, all),
        "ages" => chart::ages(say, &all.open_age),
        "open-for" => chart::survival(say, &all.time_to_close),
        "ends-as" => chart::endings(say, &all.time_to_close),
        "flow" => chart::flow(say, all),
        "turnover" => chart::turnover(say, all),
        "quality" => chart::quality(say, all),
        "parts" => chart::parts(say, chart::By::Component, &all.slices.component),
        "teams" => chart::parts(say, chart::By::Team, &all.slices.team),
        "severities" => chart::parts(say, chart::By::Severity, &all.slices.severity),
        "priorities" => chart::parts(say, chart::By::Priority, &all.slices.priority),
        "kinds" => chart::parts(say, chart::By::Kind, &all.slices.kind),
        "twice" => chart::twice(say, &all.asked_twice),
        _ => return None,
    })
}

fn of_incidents(id: &str, say: &Say<'_>, views: &Views<'_>) -> Option<Chart> {
    let all = &views.statistics().incidents;
    Some(match id {
        "resolve" => chart::strips(say, "resolve", &all.durations.severity, |row| &row.clocks.resolve),
        "phases" => chart::phases(say, &all.durations),
        "publication" => chart::publication(say, &all.publication),
        "monthly" => chart::monthly(say, &all.monthly),
        "years" => chart::years(say, &all.calendars),
        "downtime" => chart::downtimes(say, &all.downtime),
        "causes" => chart::causes(say, &all.causes),
        "again" => {
            let title = |number| views.item(number).map_or_else(String::new, |item| item.title.clone());
            chart::again(say, &all.recurrence, &title)
        }
        "coverage" => chart::coverage(say, &all.completeness),
        figures::ELSEWHERE => chart::elsewhere(say, views.statistics().elsewhere.as_ref()?),
        _ => return None,
    })
}

/// All figures as data, for `api/v1/stats.json`: what is no business of these readers is left out.
pub(super) fn json(views: &Views<'_>) -> String {
    #[derive(Serialize)]
    struct OfIncidents<'a> {
        version: u32,
        as_of: jiff::civil::Date,
        incidents: &'a crate::measure::IncidentFigures,
    }
    let all = views.statistics();
    let text = if views.site.shows_actions() {
        serde_json::to_string_pretty(all)
    } else {
        let part = OfIncidents { version: all.version, as_of: all.as_of, incidents: &all.incidents };
        serde_json::to_string_pretty(&part)
    };
    // Numbers and names always have a form in JSON.
    text.unwrap_or_default() + "\n"
}

/// Whether `route` is one of the pages of this module.
pub(super) fn is_here(route: &Route) -> bool {
    matches!(route, Route::Statistics | Route::Figure(_) | Route::FigureCsv(_) | Route::StatisticsJson)
}
