//! Heading ids: the ones readers know from code hosts, so that authors' own `#links` work; unique on their page, and
//! never equal to an id that a page of the site uses for something else.

use std::collections::BTreeMap;

/// Ids a theme gives to parts of the page; a heading of that name is counted up to `main-1`.
const RESERVED: [&str; 28] = [
    "action", "content", "family", "fix", "fixh", "footer", "header", "help", "main", "menu", "metadata",
    "nav", "pop", "q", "query", "related", "results", "say", "search", "seen", "sidebar", "similar", "site",
    "skip", "theme", "tl-d", "tl-t", "top",
];

/// Beginnings of ids that themes make for entries, actions, footnotes and the like.
const RESERVED_BEGINNINGS: [&str; 9] =
    ["action-", "entry-", "fn-", "fnref-", "kb-", "section-", "t-", "timeline-", "toc"];

/// Longest id before counting, in bytes.
const MAX_LENGTH: usize = 100;

/// The ids of one page.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// How often a name was wanted; the names given are its keys.
    wanted: BTreeMap<String, usize>,
}

impl Anchors {
    /// A new id for a heading that reads `text`.
    pub(super) fn give(&mut self, text: &str) -> Box<str> {
        let base = name(text);
        if !is_reserved(&base) && !self.wanted.contains_key(&base) {
            self.wanted.insert(base.clone(), 0);
            return base.into();
        }
        let mut number = self.wanted.get(&base).copied().unwrap_or_default();
        loop {
            number += 1;
            let id = format!("{base}-{number}");
            if !self.wanted.contains_key(&id) {
                self.wanted.insert(id.clone(), 0);
                self.wanted.insert(base, number);
                return id.into();
            }
        }
    }
}

/// Letters, digits, `_` and `-` in lower case; each space becomes a hyphen, all else is dropped.
fn name(text: &str) -> String {
    let mut name = String::new();
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        let kept = match c {
            c if c.is_alphanumeric() || c == '_' || c == '-' => c,
            c if c.is_whitespace() => '-',
            _ => continue,
        };
        if name.len() + kept.len_utf8() > MAX_LENGTH {
            break;
        }
        name.push(kept);
    }
    if name.is_empty() { "part".to_owned() } else { name }
}

fn is_reserved(name: &str) -> bool {
    let numbered = |prefix: &str| {
        name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    RESERVED.contains(&name)
        || numbered("t")
        || RESERVED_BEGINNINGS.iter().any(|beginning| match beginning.strip_suffix('-') {
            Some("t" | "action" | "entry" | "section" | "timeline") => numbered(beginning),
            _ => name.starts_with(beginning),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_that_code_hosts_give() {
        let mut anchors = Anchors::default();
        assert_eq!(&*anchors.give("What went well?"), "what-went-well");
        assert_eq!(&*anchors.give("Severity & Impact"), "severity--impact");
        assert_eq!(&*anchors.give("Årsak"), "årsak");
        assert_eq!(&*anchors.give("🔥"), "part");
    }

    #[test]
    fn the_same_heading_twice_gets_two_ids() {
        let mut anchors = Anchors::default();
        let ids: Vec<_> =
            ["Process", "Process-1", "Process", "Process"].iter().map(|t| anchors.give(t)).collect();
        assert_eq!(
            ids.iter().map(AsRef::as_ref).collect::<Vec<_>>(),
            ["process", "process-1", "process-2", "process-3"]
        );
    }

    #[test]
    fn a_heading_never_takes_an_id_of_the_page_around_it() {
        let mut anchors = Anchors::default();
        assert_eq!(&*anchors.give("Main"), "main-1");
        assert_eq!(&*anchors.give("T3"), "t3-1");
        assert_eq!(&*anchors.give("Action 1"), "action-1-1");
        assert_eq!(&*anchors.give("Action items"), "action-items");
        assert_eq!(&*anchors.give("Timeline (UTC)"), "timeline-utc");
        assert_eq!(&*anchors.give("Trigger"), "trigger");
    }

    #[test]
    fn a_hundred_thousand_equal_headings_are_named_quickly() {
        let mut anchors = Anchors::default();
        let last = (0..100_000).map(|_| anchors.give("Same")).last();
        assert_eq!(last.as_deref(), Some("same-99999"));
    }
}
