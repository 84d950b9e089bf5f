//! Months and quarters of the calendar, the periods figures are counted in.

use jiff::civil::{Date, date};
use serde::{Serialize, Serializer};
use std::fmt;

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// 1–12.
    pub month: i8,
}

/// A quarter of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// The year.
    pub year: i16,
    /// 1–4.
    pub quarter: i8,
}

impl Month {
    /// The month `day` lies in.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// The month after this one.
    #[must_use]
    pub fn next(self) -> Self {
        if self.month >= 12 {
            Self { year: self.year.saturating_add(1), month: 1 }
        } else {
            Self { month: self.month + 1, ..self }
        }
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month, 1).unwrap_or(Date::MAX)
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }

    /// The months from this one to `last`, both included.
    pub fn until(self, last: Self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |month| Some(month.next())).take_while(move |month| *month <= last)
    }

    /// The month `years` years earlier.
    #[must_use]
    pub fn years_before(self, years: i16) -> Self {
        Self { year: self.year.saturating_sub(years), ..self }
    }
}

impl Quarter {
    /// The quarter `day` lies in.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), quarter: (day.month() - 1) / 3 + 1 }
    }

    /// The quarter after this one.
    #[must_use]
    pub fn next(self) -> Self {
        if self.quarter >= 4 {
            Self { year: self.year.saturating_add(1), quarter: 1 }
        } else {
            Self { quarter: self.quarter + 1, ..self }
        }
    }

    /// The quarters from this one to `last`, both included.
    pub fn until(self, last: Self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |one| Some(one.next())).take_while(move |one| *one <= last)
    }

    /// The quarter `years` years earlier.
    #[must_use]
    pub fn years_before(self, years: i16) -> Self {
        Self { year: self.year.saturating_sub(years), ..self }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04} Q{}", self.year, self.quarter)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Quarter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Days from the first day of 1970 to `day`, for differences without calendars.
pub(super) fn day_number(day: Date) -> i32 {
    let days = day.duration_since(date(1970, 1, 1)).as_hours() / 24;
    i32::try_from(days).unwrap_or(i32::MAX)
}

/// Days from `first` to `last`; negative where `last` is earlier.
pub fn days_between(first: Date, last: Date) -> i32 {
    day_number(last).saturating_sub(day_number(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_follow_each_other_across_years() {
        let from = Month::of(date(2024, 11, 30));
        let words: Vec<String> =
            from.until(Month::of(date(2025, 2, 1))).map(|month| month.to_string()).collect();
        assert_eq!(words, ["2024-11", "2024-12", "2025-01", "2025-02"]);
        assert_eq!(Quarter::of(date(2024, 12, 31)).next().to_string(), "2025 Q1");
        assert_eq!(from.last_day(), date(2024, 11, 30));
    }

    #[test]
    fn days_count_over_a_leap_day() {
        assert_eq!(days_between(date(2024, 2, 28), date(2024, 3, 1)), 2);
        assert_eq!(days_between(date(2024, 3, 1), date(2024, 2, 28)), -2);
    }
}
