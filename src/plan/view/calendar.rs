//! How many incidents fell into each month, as a table of years.

use super::Views;
use serde::Serialize;

/// One year of a calendar.
#[derive(Debug, Serialize)]
pub struct CalendarYear {
    /// The year.
    pub year: i16,
    /// Incidents by month, January first.
    pub months: [usize; 12],
    /// Shades of the months, 0 (none) to 4 (most).
    pub shades: [usize; 12],
}

/// The years in which there were incidents, newest first, without gaps.
#[derive(Debug, Serialize)]
pub struct Calendar {
    /// The years.
    pub years: Vec<CalendarYear>,
}

/// Years a calendar goes back at most.
const YEARS: i16 = 12;

impl Views<'_> {
    pub(super) fn calendar(&self, members: &[usize]) -> Calendar {
        let dates = members
            .iter()
            .filter_map(|number| Some(self.site.incident(*number)?.incident.date.as_ref()?.date));
        let dates: Vec<_> = dates.collect();
        let newest = dates.iter().map(|date| date.year()).max();
        let oldest = dates.iter().map(|date| date.year()).min();
        let (Some(newest), Some(oldest)) = (newest, oldest) else { return Calendar { years: Vec::new() } };
        let oldest = oldest.max(newest.saturating_sub(YEARS - 1));
        let years = (oldest..=newest).rev().map(|year| {
            let mut months = [0; 12];
            for date in dates.iter().filter(|date| date.year() == year) {
                let month = usize::try_from(date.month() - 1).unwrap_or_default();
                if let Some(count) = months.get_mut(month) {
                    *count += 1;
                }
            }
            CalendarYear { year, months, shades: months.map(|count: usize| count.min(4)) }
        });
        Calendar { years: years.collect() }
    }
}
