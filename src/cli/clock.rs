//! What "today" is: `--as-of`, else `SOURCE_DATE_EPOCH`, else the clock in the configured zone.
#![expect(clippy::disallowed_methods, reason = "the clock is read here and handed on")]

use crate::{Error, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Today, for everything that depends on it. `zone` is the site's IANA zone; UTC where it names none.
pub(super) fn today(as_of: Option<Date>, zone: Option<&str>) -> Result<Date> {
    if let Some(date) = as_of {
        return Ok(date);
    }
    let now = now()?;
    let zone = zone.and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
    Ok(zone.to_datetime(now).date())
}

/// Now: `SOURCE_DATE_EPOCH`, else the clock.
pub(super) fn now() -> Result<Timestamp> {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().filter(|text| !text.is_empty());
    epoch.map_or_else(|| Ok(Timestamp::now()), |text| epoch_seconds(&text))
}

fn epoch_seconds(text: &str) -> Result<Timestamp> {
    let seconds = text.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    seconds.ok_or_else(|| {
        Error::Usage(format!(
            "`SOURCE_DATE_EPOCH` is `{text}`, expected seconds since 1970 such as `1700000000`"
        ))
    })
}

/// A date as typed on the command line.
pub(super) fn date(text: &str) -> std::result::Result<Date, String> {
    text.parse().map_err(|_| "expected a date such as `2026-03-14`".to_owned())
}
