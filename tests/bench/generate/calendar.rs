//! Days and minutes without a clock and without a date library: civil dates from day numbers (proleptic Gregorian),
//! and the three zones the generated teams write in. None of them changes its offset during the year, so that every
//! written local time means exactly one instant.

use std::fmt::Write as _;

/// Minutes in a day.
pub(crate) const DAY: i64 = 24 * 60;

/// An instant in whole minutes since 1970-01-01 00:00 UTC.
pub(crate) type Minute = i64;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A zone without summer time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Zone {
    /// UTC.
    #[default]
    Utc,
    /// Japan Standard Time, UTC+9.
    Tokyo,
    /// Mountain Standard Time as Arizona keeps it all year, UTC-7.
    Phoenix,
}

impl Zone {
    /// Minutes ahead of UTC.
    pub(crate) fn offset(self) -> i64 {
        match self {
            Self::Utc => 0,
            Self::Tokyo => 9 * 60,
            Self::Phoenix => -7 * 60,
        }
    }

    /// What people write behind a time.
    pub(crate) fn short(self) -> &'static str {
        match self {
            Self::Utc => "UTC",
            Self::Tokyo => "JST",
            Self::Phoenix => "MST",
        }
    }

    /// The name in the IANA database.
    pub(crate) fn iana(self) -> &'static str {
        match self {
            Self::Utc => "UTC",
            Self::Tokyo => "Asia/Tokyo",
            Self::Phoenix => "America/Phoenix",
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Utc => "Z",
            Self::Tokyo => "+09:00",
            Self::Phoenix => "-07:00",
        }
    }
}

/// A civil date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date {
    /// Year, four digits.
    pub(crate) year: i64,
    /// Month, 1 to 12.
    pub(crate) month: i64,
    /// Day of the month, from 1.
    pub(crate) day: i64,
}

impl Date {
    /// The date that lies `days` days after 1970-01-01 (counted in 400-year eras that begin in March).
    pub(crate) fn from_days(days: i64) -> Self {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march + 2) / 5 + 1;
        let month = if march < 10 { march + 3 } else { march - 9 };
        Self { year: year + era * 400 + i64::from(month <= 2), month, day }
    }

    /// `2024-03-14`.
    pub(crate) fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `14 March 2024`.
    pub(crate) fn long(self) -> String {
        format!("{} {} {}", self.day, self.month_name(), self.year)
    }

    /// `Mar 14`: the year is left to the reader.
    pub(crate) fn short(self) -> String {
        let mut text: String = self.month_name().chars().take(3).collect();
        let _ = write!(text, " {}", self.day);
        text
    }

    fn month_name(self) -> &'static str {
        usize::try_from(self.month - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or("January")
    }
}

/// The date of an instant in a zone.
pub(crate) fn date(at: Minute, zone: Zone) -> Date {
    Date::from_days((at + zone.offset()).div_euclid(DAY))
}

/// `14:23`, local.
pub(crate) fn clock(at: Minute, zone: Zone) -> String {
    let minute = (at + zone.offset()).rem_euclid(DAY);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// `2024-03-14 14:23`, local and without a zone.
pub(crate) fn plain(at: Minute, zone: Zone) -> String {
    format!("{} {}", date(at, zone).iso(), clock(at, zone))
}

/// RFC 3339 with the zone's offset.
pub(crate) fn rfc3339(at: Minute, zone: Zone) -> String {
    format!("{}T{}:00{}", date(at, zone).iso(), clock(at, zone), zone.suffix())
}

#[cfg(test)]
mod tests {
    use super::{Date, Zone, clock, plain, rfc3339};

    #[test]
    fn day_numbers_become_the_dates_a_calendar_shows() {
        let shown = |days| Date::from_days(days).iso();
        assert_eq!(shown(0), "1970-01-01");
        assert_eq!(shown(-1), "1969-12-31");
        assert_eq!(shown(11_016), "2000-02-29");
        assert_eq!(shown(18_631), "2021-01-04");
        assert_eq!(shown(19_782), "2024-02-29");
        assert_eq!(shown(19_783), "2024-03-01");
        assert_eq!(shown(20_513), "2026-03-01");
    }

    #[test]
    fn a_zone_moves_the_clock_and_at_night_the_date() {
        let at = 19_782 * super::DAY + 20 * 60 + 5;
        assert_eq!(rfc3339(at, Zone::Utc), "2024-02-29T20:05:00Z");
        assert_eq!(rfc3339(at, Zone::Tokyo), "2024-03-01T05:05:00+09:00");
        assert_eq!(plain(at, Zone::Phoenix), "2024-02-29 13:05");
        assert_eq!(clock(at, Zone::Tokyo), "05:05");
    }

    #[test]
    fn dates_are_written_for_people_in_two_lengths() {
        let date = Date { year: 2025, month: 9, day: 3 };
        assert_eq!(date.long(), "3 September 2025");
        assert_eq!(date.short(), "Sep 3");
    }
}
