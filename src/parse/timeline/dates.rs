//! Gives every candidate its day and zone: carried down, inferred, never invented.

use super::collect::Candidate;
use crate::model::{Moment, Precision, Zone};
use crate::parse::times::{DatePart, Problem, Stamp, TimePart};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};

/// A jump back on the clock that means the next day: less is disorder. Twelve hours are not reached by a 12-hour clock
/// that goes from 12:49 to 1:06.
const MIDNIGHT: i32 = 6 * 60;

/// What is known before the first entry.
#[derive(Debug, Clone)]
pub(super) struct Start {
    /// The day the timeline begins, from its title, the text before it, or the incident's day.
    pub(super) day: Option<Date>,
    /// The zone declared for the whole timeline.
    pub(super) zone: Zone,
    /// The start of the incident, for `T+5m`.
    pub(super) origin: Option<Moment>,
}

/// When a candidate was, and what is odd about it.
#[derive(Debug, Clone, Default)]
pub(super) struct Placed {
    pub(super) at: Option<Moment>,
    pub(super) until: Option<Moment>,
    /// Whether its time lies before the entry above.
    pub(super) backwards: bool,
    /// Whether it is only the day of the entries below.
    pub(super) day_only: bool,
}

/// Places `candidates` in order.
pub(super) fn place(candidates: &[Candidate], start: &Start) -> Vec<Placed> {
    let zone = match &start.zone {
        Zone::Unknown => the_only_zone(candidates).unwrap_or_default(),
        known => known.clone(),
    };
    let mut clock = Carried {
        day: start.day,
        base: start.day,
        last: None,
        seen: false,
        shifted: false,
        half: false,
        above: None,
        zone,
        origin: start.origin.clone(),
    };
    let after = candidates.iter().skip(1).map(Some).chain([None]);
    candidates.iter().zip(after).map(|(one, next)| clock.place(one, next)).collect()
}

/// The zone of those entries that name one, if they all name the same: `16:22 PST` once, then `16:59`.
fn the_only_zone(candidates: &[Candidate]) -> Option<Zone> {
    let mut named = candidates.iter().filter_map(|one| one.stamp.as_ref()?.zone.as_ref());
    let first = named.next()?;
    named.all(|zone| zone == first).then(|| first.clone())
}

struct Carried {
    day: Option<Date>,
    base: Option<Date>,
    /// Minutes of the last time on `day`.
    last: Option<i32>,
    /// Whether `day` is that of an entry above, not of the incident.
    seen: bool,
    /// Whether the entry above was told of another day than `base`, by words.
    shifted: bool,
    /// Whether the last time said which half of the day it is.
    half: bool,
    /// The last entry with a time.
    above: Option<Moment>,
    zone: Zone,
    origin: Option<Moment>,
}

impl Carried {
    fn place(&mut self, one: &Candidate, next: Option<&Candidate>) -> Placed {
        let Some(stamp) = &one.stamp else {
            return Placed::default();
        };
        if let Some(minutes) = stamp.relative {
            return self.relative(minutes, stamp.approximate);
        }
        if stamp.lost_day {
            return Placed::default();
        }
        let afternoon = self.in_the_afternoon(stamp);
        let stamp = afternoon.as_ref().unwrap_or(stamp);
        let mut backwards = self.day_of(stamp, one.year);
        self.seen |= stamp.date.is_some() || stamp.has_time();
        let (Some(day), Some(time)) = (self.day, stamp.time) else {
            let day_only = one.is_bare_day() && next.is_some_and(|next| continues(one, next));
            let known = stamp.date.is_some() || stamp.has_time();
            let at = self
                .day
                .filter(|_| known)
                .map(|day| moment(day, None, self.zone_of(one, stamp), stamp.approximate));
            let until = at.as_ref().and_then(|_| self.end(one, stamp));
            return Placed { at, until, backwards: false, day_only };
        };
        backwards |= stamp.date.is_some() && self.last.is_some_and(|last| last > time.minutes());
        self.last = Some(time.minutes());
        let at = moment(day, Some(time), self.zone_of(one, stamp), stamp.approximate);
        backwards &= !self.above.as_ref().is_some_and(|above| zones_explain(above, &at));
        self.above = Some(at.clone());
        if self.origin.is_none() {
            self.origin = Some(at.clone());
        }
        Placed { at: Some(at), until: self.end(one, stamp), backwards, day_only: false }
    }

    /// `12:20 pm`, `12:25`, `03:40`: behind a time with its half, one of a 12-hour clock without it goes on in the same
    /// half, where that is less than a step back.
    fn in_the_afternoon(&mut self, stamp: &Stamp) -> Option<Stamp> {
        let time = stamp.time?;
        let before = std::mem::replace(&mut self.half, time.half);
        let last = self.last.filter(|_| before && !time.half && stamp.date.is_none())?;
        let later = TimePart { hour: time.hour + 12, half: true, ..time };
        let fits = time.hour < 12 && time.minutes() < last && later.minutes() >= last;
        self.half |= before && (fits || time.minutes() >= last && time.hour <= 12);
        fits.then(|| Stamp { time: Some(later), ..stamp.clone() })
    }

    /// Moves to the day of `stamp`; gives whether the clock went back without reaching another day.
    fn day_of(&mut self, stamp: &Stamp, column_year: Option<i16>) -> bool {
        if let Some(part) = stamp.date {
            let named = DatePart { year: part.year.or(column_year), ..part };
            let before = self.day;
            self.day = self.dated(named).or(before);
            if self.day != before {
                self.last = None;
            }
            self.base = self.day.or(self.base);
            return matches!((before, self.day), (Some(old), Some(new)) if new < old && self.seen && part.year.is_some());
        }
        let shifted = std::mem::replace(&mut self.shifted, stamp.shift == Some(-1));
        if let (Some(days), Some(base)) = (stamp.shift, self.base) {
            let day = base.checked_add(i64::from(days).days()).ok();
            if self.day != day {
                self.last = None;
            }
            self.day = day;
            return false;
        }
        // Behind the eve stands the day itself.
        if shifted {
            (self.day, self.last) = (self.base, None);
        }
        if let (Some(weekday), Some(day)) = (stamp.weekday, self.day) {
            if weekday != day.weekday() {
                self.day = Some(next_weekday(day, weekday));
                self.last = None;
            }
            return false;
        }
        let (Some(time), Some(last)) = (stamp.time, self.last) else {
            return false;
        };
        let back = last - time.minutes();
        let twelve_hour_clock = (12 * 60..13 * 60).contains(&last) && time.minutes() >= 60 && !time.half;
        if back > MIDNIGHT && !twelve_hour_clock {
            self.day = self.day.and_then(|day| day.tomorrow().ok());
            return false;
        }
        back > 0
    }

    /// The date of a part: a missing year is the one that brings it nearest to the day before it.
    fn dated(&self, part: DatePart) -> Option<Date> {
        if part.year.is_some() {
            return part.date();
        }
        let base = self.base?;
        let years = [base.year() - 1, base.year(), base.year() + 1];
        let dates = years.into_iter().filter_map(|year| part.in_year(year));
        dates.min_by_key(|date| base.until(*date).map_or(i32::MAX, |span| span.get_days().abs()))
    }

    fn end(&self, one: &Candidate, stamp: &Stamp) -> Option<Moment> {
        let (date, time) = stamp.end?;
        let mut day = date.map_or(self.day, |date| self.dated(date))?;
        if date.is_none()
            && let (Some(first), Some(last)) = (stamp.time, time)
            && last.minutes() < first.minutes()
        {
            day = day.tomorrow().ok()?;
        }
        Some(moment(day, time, self.zone_of(one, stamp), stamp.approximate))
    }

    fn zone_of(&self, one: &Candidate, stamp: &Stamp) -> Zone {
        stamp.zone.clone().or_else(|| one.zone.clone()).unwrap_or_else(|| self.zone.clone())
    }

    fn relative(&self, minutes: i32, approximate: bool) -> Placed {
        let at = self.origin.as_ref().and_then(|origin| {
            let local = origin.local.checked_add(i64::from(minutes).minutes()).ok()?;
            Some(Moment { local, approximate, ..origin.clone() })
        });
        Placed { at, ..Placed::default() }
    }
}

/// Whether a clock went back only because another zone is written: 02:26 CET comes after 02:40 CEST.
fn zones_explain(above: &Moment, at: &Moment) -> bool {
    above.zone != at.zone && matches!((above.instant(), at.instant()), (Some(above), Some(at)) if above <= at)
}

/// Whether `next` tells what happened on the bare day `one`: it stands right below and names no day itself.
fn continues(one: &Candidate, next: &Candidate) -> bool {
    // The header of a table may stand between: other words would be the story of the day.
    let below = (1..=2).contains(&next.line.saturating_sub(one.line)) || one.span.contains(next.span.start);
    below && next.stamp.as_ref().is_some_and(|stamp| stamp.date.is_none())
}

fn next_weekday(day: Date, weekday: Weekday) -> Date {
    let ahead = day.weekday().until(weekday);
    day.checked_add(i64::from(ahead).days()).unwrap_or(day)
}

fn moment(day: Date, time: Option<TimePart>, zone: Zone, approximate: bool) -> Moment {
    let local = time.map_or_else(
        || DateTime::from_parts(day, jiff::civil::Time::midnight()),
        |time| day.at(time.hour, time.minute, time.second.unwrap_or(0).min(59), 0),
    );
    let precision = match time {
        None => Precision::Day,
        Some(TimePart { second: Some(_), .. }) => Precision::Second,
        Some(_) => Precision::Minute,
    };
    Moment { local, zone, precision, approximate }
}

/// What to say about a time that is wrong.
pub(super) fn complaint(problem: Problem) -> (&'static str, &'static str, &'static str) {
    match problem {
        Problem::Impossible => (
            "impossible-time",
            "is no time that exists",
            "write it as `2024-03-14 14:23`, with the zone if it is known",
        ),
        Problem::HalfKnown => (
            "half-known-time",
            "is only half known",
            "write what is known, such as the day alone, or `~14:00`",
        ),
        Problem::FarYear => ("impossible-time", "lies in a year far away", "check the digits of the year"),
    }
}
