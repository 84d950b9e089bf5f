//! Action items in the forms other programs take: CSV for spreadsheets, iCalendar for due dates.
//!
//! The site writes them as `actions.csv` and `actions.ics`, `kb actions` prints them; both are for colleagues only.

mod calendar;
mod csv;

pub use calendar::calendar;
pub use csv::csv;

use crate::config::UrlStyle;
use crate::measure::actions::Listed;
use crate::plan::url;
use jiff::civil::Date;

/// Where a list comes from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Title of the site.
    pub title: &'a str,
    /// Where the site is published, without a slash at the end; empty where unknown.
    pub base: &'a str,
    /// How its addresses are written.
    pub urls: UrlStyle,
    /// The day the list is made on.
    pub as_of: Date,
}

impl Origin<'_> {
    /// The full address of an action; `None` where the site's is not known.
    fn address(&self, one: &Listed<'_>) -> Option<String> {
        let number = one.item.of_action()? + 1;
        let link = format!("{}#action-{number}", url::link(&format!("incidents/{}", one.slug), self.urls));
        (!self.base.is_empty()).then(|| url::absolute(self.base, &link))
    }
}

#[cfg(test)]
mod tests;
