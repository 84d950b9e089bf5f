//! What stands in brackets behind a promise, part by part: `(@ann, due 2026-03-01, done 2026-02-27)`.
//!
//! Only a bracket that is understood whole is taken off the text; otherwise it is part of the sentence.

use super::reader::Reader;
use super::state::{self, Marked};
use super::{due, owner};
use crate::parse::times;
use jiff::civil::Date;

/// What was read.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Aside {
    pub(super) owners: Vec<String>,
    pub(super) due: Option<Date>,
    pub(super) marked: Option<Marked>,
}

/// Takes a bracket of at least two known parts off the end of `text`, or off its start: `[In progress, owner: Ann] …`.
/// Tickets were taken out of it before.
pub(super) fn take(text: &mut String, reader: &Reader<'_>) -> Option<Aside> {
    let head = text.trim_end_matches(['.', ' ']);
    let round = head.strip_suffix(')').and_then(|inner| inner.rsplit_once('('));
    let ending = round.or_else(|| head.strip_suffix(']').and_then(|inner| inner.rsplit_once('[')));
    let leading = || {
        let close = if text.starts_with('[') { ']' } else { ')' };
        text.strip_prefix(['[', '('])?.split_once(close).map(|(inside, rest)| (rest, inside))
    };
    // `… @ann due 2026-03-01, in progress`: without a bracket it begins with who does it.
    let tail = || text.match_indices(" @").next().map(|(at, _)| text.split_at(at));
    if let Some((left, aside)) =
        ending.and_then(|(head, inside)| Some((head.trim_end(), understood(inside, reader)?)))
    {
        *text = left.to_owned();
        return Some(aside);
    }
    if let Some((left, aside)) = tail().and_then(|(head, tail)| Some((head, understood(tail, reader)?))) {
        *text = left.trim_end_matches([',', ' ', '-', '–', '—']).to_owned();
        return Some(aside);
    }
    let (rest, aside) = leading().and_then(|(rest, inside)| Some((rest, understood(inside, reader)?)))?;
    *text = rest.trim_start_matches([':', ' ', '-', '–', '—']).to_owned();
    Some(aside)
}

fn understood(inside: &str, reader: &Reader<'_>) -> Option<Aside> {
    let parts: Vec<&str> =
        inside.split([',', ';', '·']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 {
        return None;
    }
    let mut aside = Aside::default();
    parts.into_iter().all(|part| aside.add(part, reader)).then_some(aside)
}

impl Aside {
    /// Understands one part; `false` where it is none of those that stand in such a bracket.
    fn add(&mut self, part: &str, reader: &Reader<'_>) -> bool {
        if let Some(who) = part.strip_prefix('@') {
            let (who, rest) = who.split_once(char::is_whitespace).unwrap_or((who, ""));
            self.owners.push(who.to_owned());
            return !who.is_empty() && (rest.trim().is_empty() || self.add(rest.trim(), reader));
        }
        if let Some(day) = day(part, reader) {
            return self.due.replace(day).is_none();
        }
        if let Some(marked) = state::of_words(part, "word", reader.config) {
            return self.marked.replace(marked).is_none();
        }
        if let Some((label, value)) = part.split_once([':', '=']) {
            return self.field(label.trim(), value.trim(), reader);
        }
        // `ticket OPS-12`, with the ticket taken out of it.
        if ["ticket", "issue", "pr", "tracked in", "see"].contains(&part) {
            return true;
        }
        // `by end of March` is a promise too, of no day.
        if ["by ", "before ", "until "].iter().any(|word| part.starts_with(word)) {
            return true;
        }
        let names = owner::split(part);
        let fits = names.iter().all(|name| owner::is_name(name, reader.config)) && !names.is_empty();
        self.owners.extend(names.into_iter().filter(|_| fits));
        fits
    }
}

impl Aside {
    /// `owner: Ann`, `owner=eng`, `due=2026-03-01`, `priority=high`; `false` where the label is another.
    fn field(&mut self, label: &str, value: &str, reader: &Reader<'_>) -> bool {
        match label.to_lowercase().as_str() {
            "owner" | "owners" | "assignee" | "responsible" => self.owners.extend(owner::split(value)),
            "due" | "due date" | "deadline" | "eta" => self.due = day(value, reader).or(self.due),
            "status" | "state" => match state::of_words(value, "word", reader.config) {
                Some(marked) => self.marked = Some(marked),
                None => return false,
            },
            "priority" | "prio" | "type" | "kind" => {}
            _ => return false,
        }
        true
    }
}

/// `due 2026-03-01`, `by Mar 1`, or a day alone.
fn day(part: &str, reader: &Reader<'_>) -> Option<Date> {
    let mut left = part.to_owned();
    if let Some(day) = due::take(&mut left, reader.order, reader.incident) {
        return left.is_empty().then_some(day);
    }
    let whole = times::read(part, reader.order)?.len == part.len();
    due::read(part, reader.order, reader.incident).filter(|_| whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SiteConfig;
    use crate::model::ActionState;
    use crate::parse::times::Order;
    use jiff::civil::date;

    fn read(written: &str) -> (String, Option<Aside>) {
        let config = SiteConfig::default();
        let reader = Reader { config: &config, order: Order::DayFirst, incident: Some(date(2026, 1, 20)) };
        let mut text = written.to_owned();
        let aside = take(&mut text, &reader);
        (text, aside)
    }

    #[test]
    fn every_part_of_a_bracket_goes_to_its_place() {
        let (text, aside) = read("Stop on a broken index (, @ann, due 2026-03-01, done 2026-02-27)");
        let aside = aside.unwrap();
        assert_eq!(
            (text.as_str(), aside.owners.as_slice()),
            ("Stop on a broken index", &["ann".to_owned()][..])
        );
        assert_eq!(aside.due, Some(date(2026, 3, 1)));
        let (state, mark) = aside.marked.unwrap();
        assert_eq!((state, mark.written.as_str()), (ActionState::Done, "done 2026-02-27"));

        let (text, aside) = read("Own every slot, in the repository @bo due 2026-04-30, in progress");
        let aside = aside.unwrap();
        assert_eq!(
            (text.as_str(), aside.owners.as_slice()),
            ("Own every slot, in the repository", &["bo".to_owned()][..])
        );
        assert_eq!(aside.due, Some(date(2026, 4, 30)));
        assert_eq!(aside.marked.unwrap().0, ActionState::InProgress);

        assert_eq!(read("Ask @bo, who knows the slot, about it").1, None);

        let (text, aside) = read("Add an alert (Ann; 2026-03-01).");
        let aside = aside.unwrap();
        assert_eq!((text.as_str(), aside.owners.as_slice()), ("Add an alert", &["Ann".to_owned()][..]));
        assert_eq!(aside.due, Some(date(2026, 3, 1)));
    }

    #[test]
    fn a_bracket_may_hold_fields() {
        let (text, aside) = read("Count the pages (owner=eng, priority=high, due=2026-01-30)");
        let aside = aside.unwrap();
        assert_eq!((text.as_str(), aside.owners.as_slice()), ("Count the pages", &["eng".to_owned()][..]));
        assert_eq!(aside.due, Some(date(2026, 1, 30)));
        let (_, aside) = read("Upgrade the shelf (Storage team, by end of March)");
        assert_eq!(aside.unwrap().owners, ["Storage team"]);
    }

    #[test]
    fn a_bracket_may_stand_in_front() {
        let (text, aside) = read("[In progress, owner: Search team] Try a second sensor");
        let aside = aside.unwrap();
        assert_eq!(
            (text.as_str(), aside.owners.as_slice()),
            ("Try a second sensor", &["Search team".to_owned()][..])
        );
        assert_eq!(aside.marked.map(|(state, _)| state), Some(ActionState::InProgress));
    }

    #[test]
    fn a_bracket_that_says_more_stays() {
        for text in [
            "Check all parts (disk, memory, network)",
            "Say why (@ann, and whoever was there)",
            "Add an alert (@ann)",
            "Limit both (due 2026-03-01, due 2026-04-01)",
            "Nothing in brackets",
        ] {
            assert_eq!(read(text), (text.to_owned(), None));
        }
    }
}
