//! What is needed to read any item of a text.

use crate::config::SiteConfig;
use crate::parse::times::Order;
use jiff::civil::Date;

/// The settings, and what the text says of its days.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) config: &'a SiteConfig,
    /// Which of two numbers is the day.
    pub(super) order: Order,
    /// The day of the incident.
    pub(super) incident: Option<Date>,
}
