//! A point in time as an author wrote it: local clock, zone where one is known, and how exact it is.
//!
//! Half of real timelines name no zone. Such a time is kept local and is never turned into UTC by assumption;
//! two moments can be compared as instants only when both zones are known.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// The zone a time was given in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Zone {
    /// Nothing says which zone the author meant.
    #[default]
    Unknown,
    /// A fixed distance from UTC, in seconds, with the abbreviation it was written as (`CEST`), if any.
    Offset(i32, Option<&'static str>),
    /// A zone of the IANA database, such as `Europe/Copenhagen`.
    Named(Box<str>),
}

impl Zone {
    /// Universal time.
    pub const UTC: Self = Self::Offset(0, Some("UTC"));

    /// The zone's name for people and data: `UTC`, `CEST`, `+02:00`, `Europe/Oslo`; `None` where unknown.
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Unknown => None,
            Self::Offset(_, Some(label)) => Some((*label).to_owned()),
            Self::Offset(seconds, None) => Some(offset_text(*seconds)),
            Self::Named(name) => Some(name.to_string()),
        }
    }

    fn time_zone(&self) -> Option<TimeZone> {
        match self {
            Self::Unknown => None,
            Self::Offset(seconds, _) => Offset::from_seconds(*seconds).ok().map(TimeZone::fixed),
            Self::Named(name) => TimeZone::get(name).ok(),
        }
    }
}

/// How exact a moment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Precision {
    /// Only the day is known.
    Day,
    /// Hours and minutes.
    #[default]
    Minute,
    /// With seconds.
    Second,
}

/// A point in time as stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// What the clock on the author's wall showed; midnight where only the day is known.
    pub local: DateTime,
    /// The zone of that clock.
    pub zone: Zone,
    /// How much of `local` the author gave.
    pub precision: Precision,
    /// Whether the author marked it as approximate (`~14:05`, "around").
    pub approximate: bool,
}

impl Moment {
    /// An exact moment with minutes.
    pub fn new(local: DateTime, zone: Zone) -> Self {
        Self { local, zone, precision: Precision::Minute, approximate: false }
    }

    /// The instant on the world's clock, where the zone is known.
    pub fn instant(&self) -> Option<Timestamp> {
        let zone = self.zone.time_zone()?;
        zone.to_ambiguous_zoned_datetime(self.local).compatible().ok().map(|zoned| zoned.timestamp())
    }

    /// Time passed since `earlier`: by the world's clock where both zones are known, by the wall clock where neither
    /// is, and unknown where they differ in that, or where either is only a day.
    pub fn since(&self, earlier: &Self) -> Option<SignedDuration> {
        if self.precision == Precision::Day || earlier.precision == Precision::Day {
            return None;
        }
        match (self.instant(), earlier.instant()) {
            (Some(later), Some(first)) => Some(later.duration_since(first)),
            (None, None) => Some(self.local.duration_since(earlier.local)),
            _ => None,
        }
    }

    /// RFC 3339: `2024-03-14T14:23:00+01:00`, without offset where the zone is unknown, the date alone where only that
    /// is known.
    pub fn rfc3339(&self) -> String {
        if self.precision == Precision::Day {
            return self.local.date().to_string();
        }
        let mut text = self.local.strftime("%Y-%m-%dT%H:%M:%S").to_string();
        if let Some(seconds) = self.offset_seconds() {
            text.push_str(&if seconds == 0 { "Z".to_owned() } else { offset_text(seconds) });
        }
        text
    }

    /// `2024-03-14 14:23 CET`, the form shown to readers.
    pub fn shown(&self) -> String {
        let format = match self.precision {
            Precision::Day => "%Y-%m-%d",
            Precision::Minute => "%Y-%m-%d %H:%M",
            Precision::Second => "%Y-%m-%d %H:%M:%S",
        };
        let mark = if self.approximate { "~" } else { "" };
        let zone = if self.precision == Precision::Day { None } else { self.zone.name() };
        let zone = zone.map(|name| format!(" {name}")).unwrap_or_default();
        format!("{mark}{}{zone}", self.local.strftime(format))
    }

    /// Seconds its clock is ahead of UTC, where the zone is known.
    pub fn offset_seconds(&self) -> Option<i32> {
        let zone = self.zone.time_zone()?;
        let zoned = zone.to_ambiguous_zoned_datetime(self.local).compatible().ok()?;
        Some(zoned.offset().seconds())
    }
}

fn offset_text(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_unknown_zone_stays_unknown() {
        let moment = Moment::new(date(2024, 3, 14).at(14, 23, 0, 0), Zone::Unknown);
        assert_eq!(moment.rfc3339(), "2024-03-14T14:23:00");
        assert_eq!(moment.instant(), None);
    }

    #[test]
    fn durations_cross_a_clock_change_by_the_worlds_clock() {
        let zone = || Zone::Named("Europe/Oslo".into());
        let before = Moment::new(date(2024, 3, 31).at(1, 30, 0, 0), zone());
        let after = Moment::new(date(2024, 3, 31).at(3, 30, 0, 0), zone());
        assert_eq!(after.since(&before), Some(SignedDuration::from_mins(60)));
        assert_eq!(after.rfc3339(), "2024-03-31T03:30:00+02:00");
    }

    #[test]
    fn a_known_and_an_unknown_zone_cannot_be_compared() {
        let at = date(2024, 3, 31).at(1, 30, 0, 0);
        assert_eq!(Moment::new(at, Zone::UTC).since(&Moment::new(at, Zone::Unknown)), None);
    }
}
