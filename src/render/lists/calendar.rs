//! Due dates of open action items as a calendar (iCalendar, RFC 5545): an event of a whole day for each.
//!
//! Events rather than to-dos, because most calendars show only those. Nothing in it depends on the clock, so that the
//! same promises give the same bytes.

use super::Origin;
use crate::measure::actions::Listed;
use jiff::ToSpan;
use jiff::civil::Date;

/// The calendar of those of `all` that are open and have a due date.
pub fn calendar(all: &[Listed<'_>], origin: &Origin<'_>) -> String {
    let mut out = String::new();
    line("BEGIN:VCALENDAR", &mut out);
    line("VERSION:2.0", &mut out);
    line("PRODID:-//kb//action items//EN", &mut out);
    line("CALSCALE:GREGORIAN", &mut out);
    line("METHOD:PUBLISH", &mut out);
    line(&format!("X-WR-CALNAME:{}", text(&format!("{}: due dates", origin.title))), &mut out);
    for one in all.iter().filter(|one| one.state.is_open()) {
        if let Some(due) = one.action.due {
            event(one, due, origin, &mut out);
        }
    }
    line("END:VCALENDAR", &mut out);
    out
}

fn event(one: &Listed<'_>, due: Date, origin: &Origin<'_>, out: &mut String) {
    let number = one.item.of_action().unwrap_or_default() + 1;
    let host = origin
        .base
        .split_once("://")
        .map_or("kb.invalid", |(_, rest)| rest.split('/').next().unwrap_or(rest));
    line("BEGIN:VEVENT", out);
    line(&format!("UID:action-{number}-{}@{}", text(one.slug), text(host)), out);
    line(&format!("DTSTAMP:{}T000000Z", day(origin.as_of)), out);
    line(&format!("DTSTART;VALUE=DATE:{}", day(due)), out);
    line(&format!("DTEND;VALUE=DATE:{}", day(due.saturating_add(1.day()))), out);
    line(&format!("SUMMARY:{}", text(&format!("Due: {}", one.action.text))), out);
    line(&format!("DESCRIPTION:{}", text(&description(one))), out);
    if let Some(address) = origin.address(one) {
        line(&format!("URL:{address}"), out);
    }
    line("TRANSP:TRANSPARENT", out);
    line("END:VEVENT", out);
}

fn description(one: &Listed<'_>) -> String {
    let mut said = vec![format!("Promised after: {}", one.incident.title)];
    if !one.action.owners.is_empty() {
        said.push(format!("Owner: {}", one.action.owners.join(", ")));
    }
    if let Some(done_when) = &one.action.done_when {
        said.push(format!("Done when: {done_when}"));
    }
    said.join("\n")
}

fn day(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

/// A value of type TEXT: what has a meaning in it is escaped, and control characters are left out.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Octets of a line before it must be folded, without the line break.
const WIDTH: usize = 75;

/// Writes one content line, folded between characters.
fn line(content: &str, out: &mut String) {
    let mut width = 0;
    for letter in content.chars() {
        if width + letter.len_utf8() > WIDTH {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(letter);
        width += letter.len_utf8();
    }
    out.push_str("\r\n");
}
