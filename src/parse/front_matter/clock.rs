//! Dates and times in front matter. One that does not exist is an error: everything counted from it would be wrong.

use super::{FrontMatter, truth};
use crate::diag::{Diagnostic, Located, Source, Span};
use crate::model::{ClockPoint, Milestone, Moment, Precision, Zone};
use crate::parse::times::{self, Order, Problem, Stamp};
use jiff::civil::{Date, Time};

impl FrontMatter {
    /// Reads the clock points; times that name no zone are in `zone`.
    pub(in crate::parse) fn read_clock(&mut self, zone: &Zone, source: &Source) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut clock = Vec::new();
        for milestone in Milestone::ALL {
            let mut point = self.point(milestone.word(), zone, source, &mut found);
            if milestone == Milestone::Started && point.is_none() {
                point = self.status_page_start(zone);
            }
            clock.extend(point.map(|point| (milestone, point)));
        }
        self.clock = clock;
        self.published = self.point("published", zone, source, &mut found);
        found
    }

    /// The day in `date`, with its place. A day that does not exist is told by the caller's `found`.
    pub(in crate::parse) fn day(
        &self,
        source: &Source,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Located<Date>> {
        let text = self.text("date")?;
        match moment(text.value, &Zone::Unknown) {
            Ok(moment) => Some(Located::new(moment.local.date(), text.span)),
            Err(problem) => {
                found.push(tell(problem, text, source));
                None
            }
        }
    }

    fn point(
        &self,
        name: &str,
        zone: &Zone,
        source: &Source,
        found: &mut Vec<Diagnostic>,
    ) -> Option<ClockPoint> {
        for field in self.all(name) {
            let Some(text) = field.value.value.text().filter(|text| truth(text).is_none()) else {
                continue;
            };
            match moment(text, zone) {
                Ok(at) => {
                    return Some(ClockPoint { at, from: "front matter", span: field.value.span });
                }
                Err(problem) => {
                    found.push(tell(problem, Located::new(text, field.value.span), source));
                    return None;
                }
            }
        }
        None
    }

    /// Whether the file is one of a status page, whose `date` is never the day of publication.
    pub(in crate::parse) fn is_status_page(&self) -> bool {
        let affected = || self.get(&["affected", "affectedsystems"]).is_some();
        let over = || self.text("resolved").is_some_and(|text| truth(text.value).is_some());
        let issue = || self.text("section").is_some_and(|text| text.value.eq_ignore_ascii_case("issue"));
        self.get(&["resolvedWhen", "resolved_on"]).is_some() || (affected() && (over() || issue()))
    }

    /// Status pages write when it began into `date` and when it ended into `resolvedWhen`.
    fn status_page_start(&self, zone: &Zone) -> Option<ClockPoint> {
        let text = self.text("date").filter(|_| self.is_status_page())?;
        let at = moment(text.value, zone).ok().filter(|at| at.precision != Precision::Day)?;
        Some(ClockPoint { at, from: "front matter", span: text.span })
    }
}

/// Why a text is no date.
#[derive(Clone, Copy)]
enum NoDate {
    /// There is no such day or time.
    Impossible,
    /// It is something else.
    Other,
}

fn tell(problem: NoDate, text: Located<&str>, source: &Source) -> Diagnostic {
    let shown: String = text.value.chars().take(60).collect();
    let (message, span): (String, Span) = match problem {
        NoDate::Impossible => (format!("there is no date `{shown}`"), text.span),
        NoDate::Other => (format!("`{shown}` is no date"), text.span),
    };
    Diagnostic::error("bad-date", source, span, message)
        .help("write it as `2024-03-14` or `2024-03-14 14:23`")
}

fn moment(text: &str, zone: &Zone) -> Result<Moment, NoDate> {
    let text = without_fraction(text.trim());
    let stamp =
        times::read(&text, Order::DayFirst).filter(|stamp| stamp.len == text.len()).ok_or(NoDate::Other)?;
    match stamp.problem {
        Some(Problem::Impossible) => Err(NoDate::Impossible),
        Some(Problem::HalfKnown) => Err(NoDate::Other),
        // Somebody tells of ships that sank long ago; nobody tells of the next century.
        Some(Problem::FarYear) if stamp.date.is_some_and(|date| date.year >= Some(times::NEAR.end)) => {
            Err(NoDate::Impossible)
        }
        Some(Problem::FarYear) | None => joined(&stamp, zone).ok_or(NoDate::Other),
    }
}

fn joined(stamp: &Stamp, zone: &Zone) -> Option<Moment> {
    let date = stamp.date?.date()?;
    let zone = stamp.zone.clone().unwrap_or_else(|| zone.clone());
    let approximate = stamp.approximate;
    let Some(time) = stamp.time else {
        return Some(Moment { local: date.into(), zone, precision: Precision::Day, approximate });
    };
    let precision = if time.second.is_some() { Precision::Second } else { Precision::Minute };
    let time = Time::new(time.hour, time.minute, time.second.unwrap_or(0), 0).ok()?;
    Some(Moment { local: date.to_datetime(time), zone, precision, approximate })
}

/// `2024-03-14T14:23:05.123Z` without what is finer than a second.
fn without_fraction(text: &str) -> String {
    let Some((whole, rest)) = text.split_once('.') else {
        return text.to_owned();
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let seconds =
        whole.rsplit(':').next().is_some_and(|last| last.len() == 2) && whole.matches(':').count() == 2;
    if seconds { format!("{whole}{rest}") } else { text.to_owned() }
}
