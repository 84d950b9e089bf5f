//! Tickets: of the trackers of `site.toml`, and of a document's own actions.

use super::word::LONGEST_NAME;
use super::{Place, Scrubber};
use crate::model::fold::{is_dash, is_unseen};

/// What stands before numbers that are no tickets, even where a tracker has a project of that name.
const MEASURES: [&str; 21] = [
    "AM", "API", "AWS", "CPU", "DB", "DNS", "HTTP", "ISO", "PM", "PR", "RAM", "RFC", "SEV", "SQL", "SRE",
    "SSL", "TCP", "TLS", "UTC", "UTF", "VM",
];

impl<'a> Scrubber<'a> {
    pub(super) fn ticket(&self, rest: &str, place: Place) -> Option<(usize, &'a str)> {
        if let Some(tail) = rest.strip_prefix(['#', '＃']) {
            let sign = rest.len() - tail.len();
            let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
            return (digits > 0 && self.numbers_are_tickets && place == Place::Prose)
                .then_some((digits + sign, ""));
        }
        if let Some(length) = self.ticket_prefixes.iter().find_map(|prefix| of_prefix(prefix, rest)) {
            return Some((length, ""));
        }
        if place == Place::Address {
            return None;
        }
        // `owner/repository#123`
        let path = |b: &u8| b.is_ascii_alphanumeric() || b"-_./".contains(b);
        let word = rest.bytes().take(LONGEST_NAME).take_while(path).count();
        let (path, tail) = rest.split_at_checked(word).filter(|(path, _)| path.matches('/').count() == 1)?;
        let digits =
            tail.strip_prefix('#').map_or(0, |number| number.bytes().take_while(u8::is_ascii_digit).count());
        if digits > 0 {
            return Some((word + 1 + digits, ""));
        }
        // The repository that the tickets lie in, alone or with a commit.
        let path = path.trim_end_matches(['.', '/', '-']);
        let is_tracker = |tracker: &&super::Address| tracker.is_repository(path);
        self.tracker_urls.iter().find(is_tracker)?;
        let tail = rest.get(path.len()..)?;
        let commit = tail.strip_prefix('@').map_or(0, |commit| {
            1 + commit.bytes().take(LONGEST_NAME).take_while(u8::is_ascii_alphanumeric).count()
        });
        Some((path.len() + commit, "an internal address"))
    }
}

/// The length of a ticket of the project `prefix` at the start of `rest`: `OPS-12`, `ops–12`, `OPS_12`; in capitals also
/// `OPS 12`, `OPS - 12`, `OPS#12`, `OPS:12` and `OPS12`.
fn of_prefix(prefix: &str, rest: &str) -> Option<usize> {
    let (written, tail) = rest.split_at_checked(prefix.len())?;
    if !written.eq_ignore_ascii_case(prefix) {
        return None;
    }
    let number = |tail: &str| {
        let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0).then(|| rest.len() - tail.len() + digits)
    };
    let joins = |c: char| is_dash(c) || c == '_';
    if tail.chars().find(|c| !is_unseen(*c)).is_some_and(joins) {
        return number(tail.trim_start_matches(|c: char| joins(c) || is_unseen(c)));
    }
    let apart = tail.strip_prefix(' ').filter(|tail| tail.starts_with(is_dash));
    if let Some(number_on) = apart.map(|tail| tail.trim_start_matches(is_dash))
        && written == prefix
        && prefix.len() >= 3
        && number_on.starts_with(' ')
    {
        return number(number_on.trim_start_matches(' '));
    }
    let loose = match tail.chars().next()? {
        c @ (' ' | '\u{a0}' | '#' | ':') => c.len_utf8(),
        c if c.is_ascii_digit() => 0,
        _ => return None,
    };
    if written != prefix || prefix.len() < 3 || MEASURES.contains(&prefix) {
        return None;
    }
    let end = number(tail.get(loose..)?)?;
    (!rest.get(end..)?.starts_with(|c: char| c.is_alphanumeric())).then_some(end)
}
