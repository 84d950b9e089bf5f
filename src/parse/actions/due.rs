//! By when: `2024-03-21`, `Mar 21`, `by Mar 21`, `due 21/03/2024`. A missing year lies after the incident, never before.

use crate::parse::times::{self, DatePart, Order};
use jiff::civil::Date;

/// The day a cell or phrase names; a missing year is inferred forward from `incident`.
pub(super) fn read(text: &str, order: Order, incident: Option<Date>) -> Option<Date> {
    let part = times::read(text.trim(), order)?.date?;
    forward(part, incident)
}

fn forward(part: DatePart, incident: Option<Date>) -> Option<Date> {
    if part.year.is_some() {
        return part.date().filter(|day| times::is_near(*day));
    }
    let incident = incident?;
    let this_year = part.in_year(incident.year()).filter(|date| *date >= incident);
    this_year.or_else(|| part.in_year(incident.year() + 1))
}

/// Takes `(due 2024-03-21)`, `by Mar 21`, `Due: Mar 21` off an item's text.
pub(super) fn take(text: &mut String, order: Order, incident: Option<Date>) -> Option<Date> {
    let lower = text.to_ascii_lowercase();
    for label in ["due date:", "due:", "due by ", "due on ", "due ", "deadline:", "eta:", "by "] {
        let Some(at) = lower.rfind(label).filter(|at| starts_a_word(&lower, *at)) else {
            continue;
        };
        let tail = text.get(at + label.len()..).unwrap_or_default();
        let Some(stamp) = times::read(tail.trim_start(), order) else {
            continue;
        };
        let Some(due) = stamp.date.and_then(|part| forward(part, incident)) else {
            continue;
        };
        let skipped = tail.len() - tail.trim_start().len();
        let after = tail
            .get(skipped + stamp.written.end..)
            .unwrap_or_default()
            .trim_start_matches([')', ']', '.', ' ', ',']);
        let head = text.get(..at).unwrap_or_default().trim_end_matches(['(', '[', ' ', ',', '-', '–', '—']);
        let gap = if after.is_empty() || head.is_empty() { "" } else { " " };
        *text = format!("{head}{gap}{after}");
        return Some(due);
    }
    None
}

fn starts_a_word(text: &str, at: usize) -> bool {
    !text.get(..at).and_then(|text| text.chars().next_back()).is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_missing_year_lies_after_the_incident() {
        let incident = Some(date(2023, 12, 20));
        for (written, text, due) in [
            ("Add alerts (due Jan 5)", "Add alerts", Some(date(2024, 1, 5))),
            ("Add alerts by Dec 24", "Add alerts", Some(date(2023, 12, 24))),
            ("Add alerts, due: 2024-03-21", "Add alerts", Some(date(2024, 3, 21))),
            ("Fixed by Ann", "Fixed by Ann", None),
        ] {
            let mut left = written.to_owned();
            assert_eq!((take(&mut left, Order::DayFirst, incident), left.as_str()), (due, text), "{written}");
        }
    }
}
