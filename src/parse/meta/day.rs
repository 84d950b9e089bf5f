//! The day of the incident, from the most to the least reliable place that tells it: `incident_date`, a label, the
//! title, the file's name, its folder's name, a line that is a day, the timeline. The key `date` counts as the author's word unless one of
//! the others contradicts it: on a blog it is the day of publication.

use super::labels::Labels;
use crate::diag::{Diagnostic, Located, Source};
use crate::model::text::{BlockKind, Document, plain};
use crate::model::{Dated, EntryKind, Milestone, TimelineEntry};
use crate::parse::front_matter::FrontMatter;
use crate::parse::times::{self, Order};
use crate::parse::wording::{self, Phrases};
use crate::parse::{clock, timeline};
use jiff::civil::Date;

/// Words for a day in a label before it, in the languages of the survey and its neighbours.
const DAYS: [&str; 14] = [
    "date", "dates", "day", "when", "occurred", "happened", "dato", "datum", "fecha", "data", "dag", "tag",
    "día", "дата",
];

/// Words that may stand beside them: others, such as `created` or `published`, make it another day.
const OF: [&str; 46] = [
    "et",
    "und",
    "og",
    "y",
    "e",
    "and",
    "time",
    "s",
    "of",
    "the",
    "incident",
    "outage",
    "event",
    "occurrence",
    "postmortem",
    "local",
    "utc",
    "de",
    "del",
    "do",
    "da",
    "du",
    "l",
    "la",
    "incidente",
    "lincident",
    "panne",
    "ocorrência",
    "incidencia",
    "discovered",
    "detected",
    "impact",
    "hora",
    "heure",
    "des",
    "der",
    "vorfalls",
    "vorfall",
    "störung",
    "ausfalls",
    "for",
    "hendelse",
    "hendelsen",
    "uhrzeit",
    "инцидента",
    "tid",
];

/// Whether a label stands before the day: `Date`, `Date of incident`, `Fecha del incidente`.
fn is_day_label(label: &str) -> bool {
    let words = || label.split(' ');
    words().any(|word| DAYS.contains(&word)) && words().all(|word| DAYS.contains(&word) || OF.contains(&word))
}

/// Whether a label stands before the start or the whole window, which tells the day where nothing says more of it.
fn is_start_label(label: &str) -> bool {
    let name = label.strip_suffix(" utc").unwrap_or(label);
    timeline::label_meaning(name) == Some(EntryKind::Milestone(Milestone::Started)) || clock::is_window(name)
}

/// How far a title or value is searched, in characters.
const MAX_TITLE: usize = 300;

/// How many blocks from the top may be a line that is the day.
const MAX_BLOCKS: usize = 12;

/// How many paragraphs open a text.
const OPENING: usize = 3;

/// A day and where it was found.
#[derive(Debug, Clone, Copy)]
struct Found {
    date: Date,
    from: &'static str,
}

/// What tells the day, apart from the timeline.
#[derive(Debug)]
pub(super) struct Day {
    stated: Option<Located<Date>>,
    /// What speaks against `stated`, if it does.
    other: Option<Found>,
    /// The one day of the opening words, where nothing else tells it.
    told: Option<Found>,
    /// The day in the name of the file or its folder, where the title says another.
    named: Option<Found>,
}

impl Day {
    /// Looks at every place.
    pub(super) fn of(
        front: &FrontMatter,
        labels: &Labels,
        title: &str,
        document: &Document,
        source: &Source,
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut stated = front.day(source, found);
        let near = in_path(&source.path);
        let order = Order::of(&source.text, near.map(|near| near.date));
        let named = |from| move |date| Found { date, from };
        let labelled = labels.all(is_day_label).find_map(|value| in_words(value, order)).map(named("label"));
        let titled = in_words(title, order).map(named("title"));
        let incident = stated.is_none() || front.get(&["incident_date"]).is_some() || front.is_status_page();
        if stated.is_none() {
            stated = start(front);
        }
        let lone = || date_line(document, order).map(named("date line"));
        let begun =
            || labels.all(is_start_label).find_map(|value| in_words(value, order)).map(named("label"));
        let earlier = || match (stated, near) {
            (Some(stated), _) if near.is_none_or(|near| near.date == stated.value) => {
                before(stated.value, POSTED, document, source, order)
            }
            (None, Some(near)) => {
                // A post with an author or a layout stands in a blog, whose names are the days of posts.
                let posted = front.get(&["author", "authors", "layout"]).is_some();
                before(near.date, if posted { POSTED } else { NAMED }, document, source, order)
            }
            _ => None,
        };
        let other = labelled
            .or(titled)
            .or_else(|| earlier().map(named("text")))
            .or(near)
            .or_else(lone)
            .or_else(begun)
            .or_else(|| {
                // That it was resolved after the day says nothing against the day.
                let first = later(front).filter(|first| stated.is_none_or(|stated| *first < stated.value));
                first.map(named("front matter"))
            })
            .filter(|_| !incident || stated.is_none());
        let silent = stated.is_none() && other.is_none();
        let told = silent.then(|| opening(document, source, order)).flatten().map(named("text"));
        let by_title = labelled.is_none() && titled.is_some();
        let named = near.filter(|near| by_title && titled.is_some_and(|titled| titled.date != near.date));
        Self { stated, other, told, named }
    }

    /// The day to go by before the timeline is read.
    pub(super) fn before_timeline(&self) -> Option<Date> {
        let other = self.other.map(|found| found.date);
        other.or(self.stated.map(|stated| stated.value)).or(self.told.map(|found| found.date))
    }

    /// The day, now that the first day of the timeline is known, and a finding where `date` is contradicted.
    pub(super) fn decide(
        self,
        timeline: Option<&TimelineEntry>,
        source: &Source,
    ) -> (Option<Dated>, Option<Diagnostic>) {
        let own = timeline.is_some_and(names_day);
        let timeline = timeline
            .and_then(|entry| Some(Found { date: entry.at.as_ref()?.local.date(), from: "timeline" }));
        // A title may be left over from the report it was copied from: name and timeline together outvote it.
        let outvoted =
            self.named.filter(|named| own && timeline.is_some_and(|found| found.date == named.date));
        let Some(stated) = self.stated else {
            // A timeline without days was given the one of the opening words.
            let borrowed =
                self.told.filter(|told| !own && timeline.is_some_and(|found| found.date == told.date));
            let found = outvoted.or(self.other).or(borrowed).or(timeline).or(self.told);
            return (found.map(|found| Dated { date: found.date, from: found.from }), None);
        };
        // A timeline may begin long before the day (a change that lay dormant); after it, it tells of something else.
        // One that begins `the night before` goes by the stated day itself.
        let earlier = timeline.filter(|found| own && (1..=31).contains(&days(found.date, stated.value)));
        match self.other.or(earlier).filter(|other| other.date != stated.value) {
            None => (Some(Dated { date: stated.value, from: "front matter" }), None),
            Some(other) => {
                let finding = conflict(stated, other, source);
                (Some(Dated { date: other.date, from: other.from }), Some(finding))
            }
        }
    }
}

/// Whether an entry names its day itself.
fn names_day(entry: &TimelineEntry) -> bool {
    times::read(&entry.written, Order::default()).is_some_and(|stamp| stamp.date.is_some())
}

fn days(first: Date, last: Date) -> i32 {
    first.until(last).map_or(0, |span| span.get_days())
}

fn conflict(stated: Located<Date>, other: Found, source: &Source) -> Diagnostic {
    let message = format!("`date` says {}, the {} says {}", stated.value, other.from, other.date);
    let help = "if `date` is the day of publication, call it `published`, and give the incident's day as `incident_date`";
    Diagnostic::warning("date-conflict", source, stated.span, message).help(help)
}

/// The day on which it began, from the clock points in front matter.
fn start(front: &FrontMatter) -> Option<Located<Date>> {
    let (_, first) = front.clock.iter().find(|(milestone, _)| *milestone == Milestone::Started)?;
    Some(Located::new(first.at.local.date(), first.span))
}

/// The day of the first point that is known, which may be long after the start.
fn later(front: &FrontMatter) -> Option<Date> {
    front.clock.first().map(|(_, point)| point.at.local.date())
}

/// A paragraph near the top, or a heading below the title, that is a day and nothing else: `Monday, Nov. 13, 2017`.
fn date_line(document: &Document, order: Order) -> Option<Date> {
    document.blocks.iter().take(MAX_BLOCKS).enumerate().find_map(|(number, block)| {
        let line = match &block.kind {
            BlockKind::Paragraph(text) => plain(text),
            BlockKind::Heading(heading) if number <= 1 => plain(&heading.text),
            _ => return None,
        };
        let line = line.trim().trim_end_matches('.');
        let stamp = times::read(line, order).filter(|stamp| stamp.is_day() && stamp.len == line.len())?;
        plausible(stamp.date?.date()?)
    })
}

/// The day that the opening paragraphs tell: `On Sept. 18th, 2017, our sites went down`. Of two days neither is taken,
/// unless they are the first and the last of one outage: `down on Nov. 17th, 2016, and lasted until Nov. 18th`.
fn opening(document: &Document, source: &Source, order: Order) -> Option<Date> {
    // A paragraph that stands indented below its heading is code to Markdown.
    let paragraphs = document.blocks.iter().take(MAX_BLOCKS).filter_map(|block| match &block.kind {
        BlockKind::Paragraph(text) => Some(plain(text)),
        BlockKind::Code(_) if block.is_indented(&source.text) => Some(block.span.of(&source.text).to_owned()),
        _ => None,
    });
    let mut told = Vec::new();
    for words in paragraphs.take(OPENING) {
        let stamps = times::all(&words, order);
        let mut last: Option<(Date, usize)> = None;
        for (at, stamp) in stamps {
            let Some(part) = stamp.date else { continue };
            // `Posted on March 5, 2023` tells of the post.
            let before = words.get(..at).unwrap_or_default();
            // `a check that fails since the change of last week (2023-03-07)`: a day alone in brackets is that of something told.
            let behind = words.get(at + stamp.written.end..).unwrap_or_default();
            if before.ends_with('(') && behind.starts_with(')') && before.contains(". ") {
                continue;
            }
            let verb = before.split_whitespace().rev().find(|word| *word != "on").map(str::to_lowercase);
            if verb.is_some_and(|verb| POSTED_ON.contains(&verb.trim_end_matches(':'))) {
                continue;
            }
            let Some(day) = part.date().or_else(|| part.in_year(last?.0.year())).and_then(plausible) else {
                continue;
            };
            let between = last.and_then(|(_, end)| words.get(end..at + stamp.written.start));
            let goes_on = between.is_some_and(|between| UNTIL.said(&between.to_lowercase()));
            let last_of_span = goes_on && last.is_some_and(|(first, _)| (0..=7).contains(&days(first, day)));
            if part.year.is_some() && !last_of_span {
                told.push(day);
            }
            last = Some((day, at + stamp.written.end));
        }
    }
    told.dedup();
    <[Date; 1]>::try_from(told).ok().map(|[day]| day)
}

/// Words before the day of a post.
const POSTED_ON: [&str; 7] = ["posted", "published", "updated", "written", "modified", "created", "revised"];

/// Words between the first and the last day of an outage.
static UNTIL: Phrases = Phrases::of(&["until", "till", "through", "to"]);

/// How long after the incident a post about it appears, in days.
const POSTED: i32 = 60;

/// The same where only the name of the file tells the day: it is rarely that of the post.
const NAMED: i32 = 3;

/// Words by which the opening of a post tells that it speaks of the incident.
static HAPPENED: Phrases = Phrases::of(&[
    "down",
    "outage",
    "incident",
    "unavailable",
    "unreachable",
    "offline",
    "experienced",
    "suffered",
    "disruption",
    "disrupted",
    "degraded",
    "failed",
    "stopped",
    "broke",
    "leaked",
    "exposed",
    "compromised",
    "vulnerability",
    "identified",
    "discovered",
    "reported",
]);

/// The day of the incident in a post of the day `published`: the one day of its opening words, where they tell of a fault
/// not long before.
fn before(published: Date, most: i32, document: &Document, source: &Source, order: Order) -> Option<Date> {
    let day = opening(document, source, order).filter(|day| (1..=most).contains(&days(*day, published)))?;
    let paragraphs = document.blocks.iter().take(MAX_BLOCKS).filter_map(|block| match &block.kind {
        BlockKind::Paragraph(text) => Some(wording::head(&plain(text))),
        _ => None,
    });
    // A greeting may come before it.
    paragraphs.take(2).find(|words| HAPPENED.said(words))?;
    Some(day)
}

/// The year in the file's name: `PM2022-006 - 502 errors.md`.
pub(super) fn year_in_name(path: &str) -> Option<i16> {
    let name = path.rsplit('/').next()?;
    let mut runs = name.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    runs.find_map(|digits| digits.parse().ok().filter(|year| (1990..2100).contains(year)))
}

/// The day in the file's name, else in the nearest folder's that has one.
fn in_path(path: &str) -> Option<Found> {
    let mut parts = path.rsplit('/');
    let file = parts.next()?;
    let name = |part: &str| in_words(&part.replace('_', " "), Order::DayFirst);
    if let Some(date) = name(file) {
        return Some(Found { date, from: "file name" });
    }
    parts.find_map(name).map(|date| Found { date, from: "folder name" })
}

/// The first whole date, year included, in `text`.
fn in_words(text: &str, order: Order) -> Option<Date> {
    let mut previous = ' ';
    for (at, letter) in text.char_indices().take(MAX_TITLE) {
        let fresh = !previous.is_alphanumeric();
        previous = letter;
        if !fresh || !letter.is_alphanumeric() {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        if let Some(date) = iso(rest).or_else(|| compact(rest)).or_else(|| written(rest, order)) {
            return Some(date);
        }
    }
    None
}

/// `2022-12-05-02-name`, `2024-1-03`: names go on with hyphens where texts do not.
fn iso(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, ['-', '.', '/', ' ', '_']);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = parts.next().filter(|month| (1..=2).contains(&month.len()))?.parse().ok()?;
    let rest = parts.next()?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let day = rest.get(..digits).filter(|_| (1..=2).contains(&digits))?.parse().ok()?;
    plausible(Date::new(year, month, day).ok()?)
}

/// `20210905`.
fn compact(text: &str) -> Option<Date> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = text.get(..digits).filter(|_| digits == 8)?.parse().ok()?;
    let part = |n: u32| i8::try_from(n % 100).ok();
    let date = Date::new(i16::try_from(number / 10_000).ok()?, part(number / 100)?, part(number)?).ok()?;
    plausible(date)
}

/// As in a timeline, with a year of four digits.
fn written(text: &str, order: Order) -> Option<Date> {
    let near = text.char_indices().nth(40).map_or(text, |(end, _)| text.get(..end).unwrap_or_default());
    let stamp = times::read(near, order).or_else(|| {
        // A name goes on behind the date where a timeline would not: `15.05.2020 - Noe`, `06-nov-2022 V4`.
        let end =
            near.char_indices().filter(|(_, c)| c.is_whitespace()).nth(2).map_or(near.len(), |(end, _)| end);
        times::read(near.get(..end)?, order)
    })?;
    let digits = near.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    plausible(stamp.date.filter(|_| digits)?.date()?)
}

fn plausible(date: Date) -> Option<Date> {
    (1990..2100).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn names_of_files_and_folders_tell_the_day() {
        let day = |path| in_path(path).map(|found| (found.date.to_string(), found.from));
        let wanted = |date: &str, from| Some((date.to_owned(), from));
        assert_eq!(day("2021/2021-06-03--database-full.md"), wanted("2021-06-03", "file name"));
        assert_eq!(day("x/2022-12-05-02-hub.md"), wanted("2022-12-05", "file name"));
        assert_eq!(day("20210905.txt.md"), wanted("2021-09-05", "file name"));
        assert_eq!(day("06-nov-2022_V4.md"), wanted("2022-11-06", "file name"));
        assert_eq!(day("13-04-2023-x.md"), wanted("2023-04-13", "file name"));
        assert_eq!(day("2023-05-01-outage/index.md"), wanted("2023-05-01", "folder name"));
        assert_eq!(day("2024-1-03.md"), wanted("2024-01-03", "file name"));
        for none in
            ["PM2021-006 - All services.md", "2202-05-20-x.md", "2021/x.md", "v1.11.13.md", "12345678.md"]
        {
            assert_eq!(day(none), None, "{none}");
        }
    }

    #[test]
    fn a_name_may_tell_the_year_alone() {
        assert_eq!(year_in_name("2019/PM2022-006 - 502 errors.md"), Some(2022));
        assert_eq!(year_in_name("2019/port-8080.md"), None);
    }

    #[test]
    fn titles_and_labels_tell_the_day_in_words() {
        for (text, day) in [
            ("15.05.2020 - Noe gikk galt", date(2020, 5, 15)),
            ("Outage of February 4th, 2024", date(2024, 2, 4)),
            ("Postmortem: 3 March 2023 outage", date(2023, 3, 3)),
            ("2022-01-20 to 2022-01-22", date(2022, 1, 20)),
            ("Thursday, June 14th, 2022, 10:00 AM", date(2022, 6, 14)),
            ("10/20/2022 incident", date(2022, 10, 20)),
        ] {
            assert_eq!(in_words(text, Order::DayFirst), Some(day), "{text}");
        }
        for none in
            ["4/26 Transaction Delays", "Sept 3", "404 and 503 errors", "upgrade from 1.11.2 to 1.13.4"]
        {
            assert_eq!(in_words(none, Order::DayFirst), None, "{none}");
        }
    }
}
