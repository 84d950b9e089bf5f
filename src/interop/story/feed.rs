//! Atom and RSS feeds of incidents, which nearly every status page writes.
//!
//! # Walk through
//!
//! ```sh
//! kb import feed https://status.acme.example/history.atom
//! kb import feed history.rss --id https://status.acme.example/incidents/42
//! ```
//!
//! # Verified
//!
//! Against RFC 4287 and the RSS 2.0 specification: the elements read. Not verified: that the text of an entry holds lines of
//! `date`, **status** and words, as Statuspage-like feeds write them; where it does they become updates, else the entry is
//! one update.

use super::statuspage::mark;
use super::{Entry, Mark, Origin, Story, markup, text};
use crate::interop::web::Failure;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::BTreeMap;

/// Entries of a feed that are read, at most.
const MOST: usize = 2000;

/// Reads a feed.
///
/// # Errors
/// Where it is no XML.
pub fn read(bytes: &[u8]) -> Result<Vec<Story>, Failure> {
    let words = String::from_utf8_lossy(bytes);
    let items = items(&words).map_err(|error| Failure::Garbled(format!("it is no feed: {error}")))?;
    Ok(items.into_iter().filter_map(|item| story(&item)).collect())
}

/// The texts of one entry by the name of their element.
type Item = BTreeMap<String, String>;

fn items(words: &str) -> Result<Vec<Item>, quick_xml::Error> {
    let mut reader = Reader::from_str(words);
    let (mut all, mut item, mut field) = (Vec::new(), None::<Item>, None::<String>);
    // How deep below the field the reader is: XHTML inside an entry keeps its tags.
    let mut inside = 0_usize;
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(all),
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                match (&mut item, &field) {
                    (None, _) if matches!(name.as_str(), "entry" | "item") => item = Some(Item::new()),
                    (Some(item), Some(field)) => {
                        inside += 1;
                        push(item, field, &format!("<{name}>"));
                    }
                    (Some(item), None) => {
                        link(item, &tag);
                        field = Some(name);
                    }
                    (None, _) => {}
                }
            }
            Event::Empty(tag) => match (&mut item, &field) {
                (Some(item), Some(field)) => push(item, field, "<br>"),
                (Some(item), None) => link(item, &tag),
                (None, _) => {}
            },
            Event::End(_) if inside > 0 => {
                inside -= 1;
                if let (Some(item), Some(field)) = (&mut item, &field) {
                    push(item, field, "</p>");
                }
            }
            Event::End(tag) => {
                let of_entry = field.take().is_none();
                if of_entry && matches!(tag.local_name().as_ref(), "entry" | "item") {
                    all.extend(item.take());
                    if all.len() == MOST {
                        return Ok(all);
                    }
                }
            }
            Event::Text(said) => with(&mut item, field.as_ref(), &said.xml10_content()),
            Event::CData(said) => with(&mut item, field.as_ref(), &said.xml10_content()),
            Event::GeneralRef(entity) => {
                with(&mut item, field.as_ref(), &markup::unescape(&format!("&{};", &*entity)));
            }
            _ => {}
        }
    }
}

fn with(item: &mut Option<Item>, field: Option<&String>, said: &str) {
    if let (Some(item), Some(field)) = (item, field) {
        push(item, field, said);
    }
}

fn push(item: &mut Item, field: &str, said: &str) {
    item.entry(field.to_owned()).or_default().push_str(said);
}

/// Atom's links stand in an attribute.
fn link(item: &mut Item, tag: &BytesStart<'_>) {
    let attribute = |name: &str| {
        let found = tag.try_get_attribute(name).ok().flatten()?;
        Some(markup::unescape(&found.value))
    };
    let own = tag.local_name().as_ref() == "link" && attribute("rel").is_none_or(|rel| rel == "alternate");
    if let Some(target) = attribute("href").filter(|_| own) {
        item.entry("link".into()).or_insert(target);
    }
}

fn story(item: &Item) -> Option<Story> {
    let get = |keys: &[&str]| {
        let found = keys.iter().find_map(|key| item.get(*key).filter(|text| !text.trim().is_empty()));
        found.map(|text| text.trim().to_owned())
    };
    let title = text::line(&markup::plain(&get(&["title"])?), 300);
    let url = get(&["link"]).filter(|url| crate::interop::address::Address::parse(url).is_some());
    let id = get(&["id", "guid"]).or_else(|| url.clone())?;
    let mut story = Story::new(Origin::Feed, text::line(&id, 200), title);
    story.url = url;
    let published = get(&["published", "pubDate", "date", "updated"]).and_then(|text| time(&text));
    story.started = published;
    let said = get(&["encoded", "content", "description", "summary"]).unwrap_or_default();
    story.entries = updates(&said, published);
    mark(&mut story.entries);
    let first = story.entries.first().map(|entry| entry.at);
    story.started = story.started.into_iter().chain(first).min();
    let end = story.entries.iter().rfind(|entry| entry.kind == Some(Mark::AllClear));
    story.resolved = end.map(|entry| entry.at);
    Some(story)
}

fn time(words: &str) -> Option<Timestamp> {
    let words = words.trim();
    text::timestamp(words).or_else(|| rfc2822::parse(words).ok().map(|zoned| zoned.timestamp()))
}

const STATUSES: [(&str, Option<Mark>); 9] = [
    ("investigating", Some(Mark::Detected)),
    ("identified", Some(Mark::Identified)),
    ("monitoring", Some(Mark::Mitigated)),
    ("resolved", Some(Mark::AllClear)),
    ("completed", Some(Mark::AllClear)),
    ("update", None),
    ("in progress", None),
    ("scheduled", None),
    ("verifying", None),
];

/// `Mar 14, 15:20 UTC` and `Resolved - All clear.` on the same or the next line, the newest first. The year is that of
/// `published`.
fn updates(said: &str, published: Option<Timestamp>) -> Vec<Entry> {
    let plain = markup::plain(said);
    let lines: Vec<String> =
        plain.lines().map(|line| text::line(line, 4000)).filter(|line| !line.is_empty()).collect();
    let mut entries: Vec<Entry> = Vec::new();
    let mut at = None;
    for line in &lines {
        let rest = if let Some((time, rest)) = dated(line, published) {
            at = Some(time);
            rest
        } else {
            line.as_str()
        };
        let Some(now) = at else { continue };
        if let Some((label, kind, words)) = status(rest) {
            let mut entry = Entry::new(format!("{}.{}", now.as_second(), label.to_lowercase()), now, words);
            entry.kind = kind;
            entry.label = Some(label);
            entries.push(entry);
        } else if let Some(last) = entries.last_mut().filter(|last| last.at == now) {
            last.text = text::line(&format!("{} {rest}", last.text), super::LONGEST);
        }
    }
    if entries.is_empty() {
        let words = text::line(&plain, super::LONGEST);
        entries
            .extend(published.filter(|_| !words.is_empty()).map(|at| Entry::new("entry".into(), at, &words)));
    }
    entries
}

fn status(line: &str) -> Option<(String, Option<Mark>, &str)> {
    let line = line.trim_start();
    STATUSES.iter().find_map(|(word, mark)| {
        let head = line.get(..word.len())?;
        let rest = line.get(word.len()..)?.trim_start();
        let rest = rest.strip_prefix(['-', '–', '—', ':'])?;
        head.eq_ignore_ascii_case(word).then(|| (super::worded(word), *mark, rest.trim_start()))
    })
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `Mar 14, 15:20 UTC` at the start of a line: the time and what follows. Other zones than UTC are not guessed.
fn dated(line: &str, published: Option<Timestamp>) -> Option<(Timestamp, &str)> {
    let end = line.find("UTC").or_else(|| line.find("GMT")).filter(|end| *end < 40)?;
    let head = line.get(..end)?.to_lowercase();
    let parts: Vec<&str> =
        head.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let month = MONTHS.iter().position(|name| parts.iter().any(|part| part.starts_with(name)))?;
    let numbers: Vec<i16> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let (day, year, clock) = match numbers.as_slice() {
        [day, hour, minute] => (*day, None, (*hour, *minute)),
        [day, year, hour, minute] if *year > 1900 => (*day, Some(*year), (*hour, *minute)),
        _ => return None,
    };
    let known = published?;
    let of = jiff::tz::TimeZone::UTC.to_datetime(known).date();
    let small = |number: i16| i8::try_from(number).ok();
    let in_year = |year: i16| {
        let date = jiff::civil::Date::new(year, i8::try_from(month + 1).ok()?, small(day)?).ok()?;
        let at = jiff::civil::Time::new(small(clock.0)?, small(clock.1)?, 0, 0).ok()?;
        jiff::tz::TimeZone::UTC
            .to_ambiguous_zoned_datetime(date.to_datetime(at))
            .compatible()
            .ok()
            .map(|zoned| zoned.timestamp())
    };
    // An update of January 2 to an incident of December belongs to the next year: the nearest is meant.
    let years = year.map_or_else(|| vec![of.year() - 1, of.year(), of.year() + 1], |year| vec![year]);
    let at = years.into_iter().filter_map(in_year).min_by_key(|at| at.duration_since(known).abs())?;
    Some((at, line.get(end + 3..)?.trim_start_matches([' ', '-', '–'])))
}
