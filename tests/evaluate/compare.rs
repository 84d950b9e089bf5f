//! When an answer is right: times to the minute, owners and tickets however they are written.

use std::collections::BTreeSet;

/// Whether `given` is one of the `right` answers. A label without a zone is compared without one; a label that is only
/// a day accepts any time of that day.
pub fn time(given: Option<&str>, right: &[Option<String>]) -> bool {
    right.iter().any(|answer| match (given, answer.as_deref()) {
        (None, None) => true,
        (Some(given), Some(answer)) => same_time(given, answer),
        _ => false,
    })
}

fn same_time(given: &str, answer: &str) -> bool {
    if answer.len() <= 10 {
        return given.starts_with(answer);
    }
    let zoned = |text: &str| text.len() > 19;
    if zoned(given) && zoned(answer) {
        let instant = |text: &str| text.parse::<jiff::Timestamp>().ok().map(|at| at.as_second() / 60);
        return instant(given) == instant(answer);
    }
    given.get(..16) == answer.get(..16)
}

/// Words of a text, for matching an action by what it says.
pub fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        let split = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        split.map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count();
    let all = a.union(&b).count();
    all > 0 && shared * 10 >= all * 6
}

/// Owners without marks and in one case.
pub fn people(names: &[String]) -> BTreeSet<String> {
    names.iter().map(|name| name.trim_start_matches('@').to_lowercase()).collect()
}

/// Tickets by their last parts: `https://github.com/o/r/issues/12`, `o/r#12` and `#12` are one.
pub fn tickets(all: &[String]) -> BTreeSet<String> {
    let tail = |ticket: &String| {
        let ticket = ticket.trim_end_matches('/');
        ticket.rsplit(['/', '#']).next().unwrap_or(ticket).to_lowercase()
    };
    all.iter().map(tail).collect()
}
