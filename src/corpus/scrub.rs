//! Takes people, tickets, chat channels and internal hosts out of a piece of text, in one pass.
//!
//! The scrubber only knows settings and the document itself, never other documents, so that what the public reads does
//! not depend on what it may not read.

use super::labelled::people;
use super::unlink::INSTEAD;
use crate::config::SiteConfig;
use crate::model::Incident;
use std::collections::{BTreeMap, BTreeSet};

/// Where a text stands: in code, `@Override` is no person and `#comment` no chat channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Prose,
    Code,
}

/// What to take out, and what to put there instead.
pub(super) struct Scrubber<'a> {
    /// Handles in lower case, with the role that replaces each.
    handles: BTreeMap<String, &'a str>,
    /// Full names and their parts, longest first, with the role that replaces each.
    names: Vec<(String, &'a str)>,
    role: &'a str,
    /// Of the trackers of `site.toml`, and of the tickets this document's own actions name.
    ticket_prefixes: BTreeSet<String>,
    hosts: Vec<&'a str>,
    tracker_urls: Vec<&'a str>,
    numbers_are_tickets: bool,
    reports: &'a Reports,
}

/// The ids of all published reports, and what they begin with: an id of that kind that is none of them names a hidden
/// report, or none at all.
#[derive(Debug, Default)]
pub(super) struct Reports {
    ids: BTreeSet<String>,
    starts: BTreeSet<String>,
}

impl Reports {
    /// Those of `published`.
    pub(super) fn of<'i>(published: impl Iterator<Item = &'i Incident>) -> Self {
        let ids: BTreeSet<String> =
            published.filter(|one| one.id_stated).map(|one| one.id.to_lowercase()).collect();
        let start = |id: &String| {
            let (letters, rest) = id.split_at(id.find(|c: char| !c.is_ascii_alphabetic())?);
            (letters.len() >= 2 && numbered(rest).is_some_and(|end| end == rest.len()))
                .then(|| letters.to_owned())
        };
        let starts = ids.iter().filter_map(start).collect();
        Self { ids, starts }
    }

    /// The length of the id of a report that is not published, where one starts.
    fn hidden(&self, rest: &str) -> Option<usize> {
        let letters = rest.bytes().take(LONGEST_NAME).take_while(u8::is_ascii_alphabetic).count();
        let (start, tail) = rest.split_at(letters);
        // Ids are written in capitals; `ad-1` and `pm 2` are words.
        if start.bytes().any(|b| b.is_ascii_lowercase()) || !self.starts.contains(&start.to_lowercase()) {
            return None;
        }
        let length = letters + numbered(tail)?;
        let id = rest.get(..length)?.to_lowercase();
        (!self.ids.contains(&id)).then_some(length)
    }
}

/// The length of the numbers of an id, such as `-12` or `2024-030`; `None` where a letter follows or no digit stands.
fn numbered(tail: &str) -> Option<usize> {
    let length =
        tail.bytes().take(LONGEST_NAME).take_while(|b| b.is_ascii_digit() || b"-_".contains(b)).count();
    let numbers = tail.get(..length)?.trim_end_matches(['-', '_']);
    let ends = !tail.get(length..)?.starts_with(|c: char| c.is_alphanumeric());
    (ends && numbers.bytes().any(|b| b.is_ascii_digit())).then_some(numbers.len())
}

impl<'a> Scrubber<'a> {
    /// A scrubber for `incident` under `config`, which may name `reports`.
    pub(super) fn new(incident: &Incident, config: &'a SiteConfig, reports: &'a Reports) -> Self {
        let public = &config.audience.public;
        let role = public.role.as_str();
        let mut handles = BTreeMap::new();
        let mut names: Vec<(String, &str)> = Vec::new();
        for (handle, person) in &config.people {
            let role = person.role.as_deref().unwrap_or(role);
            handles.insert(handle.trim_start_matches('@').to_lowercase(), role);
            if let Some(name) = person.name.as_deref() {
                names.push((name.to_owned(), role));
                // A part of a name is taken as the person only where it cannot be a short common word.
                names.extend(
                    name.split_whitespace()
                        .filter(|part| part.chars().count() >= 4)
                        .map(|part| (part.to_owned(), role)),
                );
            }
        }
        let parts = config.components.values().filter_map(|component| component.team.as_deref());
        let teams: BTreeSet<&str> =
            config.people.values().filter_map(|person| person.team.as_deref()).chain(parts).collect();
        let owners = incident.actions.iter().flat_map(|action| &action.owners);
        for person in
            incident.authors.iter().chain(&incident.reviewers).chain(&incident.participants).chain(owners)
        {
            let person = person.trim_start_matches('@');
            handles.entry(person.to_lowercase()).or_insert(role);
            // One word may be any word; two are a name.
            if person.split_whitespace().count() >= 2 && !teams.contains(&person) {
                names.push((person.to_owned(), role));
            }
        }
        people(&incident.document.blocks, &mut |name| {
            if !teams.contains(name) {
                names.push((name.to_owned(), role));
            }
        });
        names.retain(|(name, _)| !name.is_empty());
        names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
        names.dedup();
        let trackers = || config.trackers.values();
        let tickets = incident.actions.iter().flat_map(|action| &action.tickets);
        let own = tickets.filter_map(|ticket| ticket.id.split_once('-').map(|(prefix, _)| prefix.to_owned()));
        Self {
            handles,
            names,
            role,
            ticket_prefixes: trackers()
                .flat_map(|tracker| tracker.prefixes.iter().cloned())
                .chain(own)
                .collect(),
            hosts: public.internal_hosts.iter().map(String::as_str).collect(),
            tracker_urls: trackers()
                .map(|tracker| tracker.url.as_str())
                .filter(|url| !url.is_empty())
                .collect(),
            numbers_are_tickets: trackers().any(|tracker| tracker.kind == crate::config::TrackerKind::Github),
            reports,
        }
    }

    /// `text` as the public may read it; `None` where nothing had to go.
    pub(super) fn clean(&self, text: &str, place: Place) -> Option<String> {
        let mut out = String::new();
        let mut kept = 0;
        let mut at = 0;
        let mut before: Option<char> = None;
        let mut word = Word::default();
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let rest = text.get(at..).unwrap_or_default();
            if at >= word.stop {
                word = Word::from(text, at);
            }
            if let Some((length, instead)) = self.hit(rest, word.at(text, at), before, place) {
                out.push_str(text.get(kept..at).unwrap_or_default());
                out.push_str(instead);
                at += length;
                kept = at;
                before = text.get(..at).and_then(|done| done.chars().next_back());
                continue;
            }
            before = Some(c);
            at += c.len_utf8();
        }
        if kept == 0 {
            return None;
        }
        out.push_str(text.get(kept..).unwrap_or_default());
        Some(tidy(&out))
    }

    /// What stands in the place of people without a role of their own.
    pub(super) fn role(&self) -> &'a str {
        self.role
    }

    /// Whether `text` is nothing but people of this document or the settings, one or several.
    pub(super) fn is_people(&self, text: &str) -> bool {
        let all = text.replace(" and ", ",");
        let mut all = all
            .split([',', '&', '/', ';', '+', '\n'])
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .peekable();
        let known = |one: &str| self.handles.contains_key(&one.trim_start_matches('@').to_lowercase());
        all.peek().is_some() && all.all(known)
    }

    /// Whether a link to `address` must lose its address.
    pub(super) fn is_internal(&self, address: &str) -> bool {
        let address = address.trim();
        let starts = |start: &str| {
            address.get(..start.len()).is_some_and(|written| written.eq_ignore_ascii_case(start))
        };
        starts("mailto:")
            || self.tracker_urls.iter().any(|url| starts(url))
            || host_of(address).is_some_and(|host| self.internal_host(host))
    }

    fn internal_host(&self, host: &str) -> bool {
        self.hosts.iter().any(|hidden| {
            let above = host.len().checked_sub(hidden.len());
            let tail =
                above.and_then(|at| host.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(hidden));
            tail && (host.len() == hidden.len()
                || host.get(..host.len() - hidden.len()).is_some_and(|h| h.ends_with('.')))
        })
    }

    /// What starts here and must go: its length and what stands there instead.
    fn hit(&self, rest: &str, word: &str, before: Option<char>, place: Place) -> Option<(usize, &'a str)> {
        if before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        self.address(word)
            .or_else(|| self.handle(rest, place))
            .or_else(|| self.ticket(rest, place))
            .or_else(|| self.reports.hidden(rest).map(|length| (length, INSTEAD)))
            .or_else(|| self.name(rest))
    }

    /// A URL or a bare host name that is internal, or an e-mail address, at the start of `word`.
    fn address(&self, word: &str) -> Option<(usize, &'a str)> {
        if !word.starts_with(char::is_alphanumeric) {
            return None;
        }
        let starts = |scheme: &str| word.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
        if starts("http://") || starts("https://") {
            return self.is_internal(word).then_some((word.len(), "an internal address"));
        }
        // No name is longer, so a word without blanks, however long, is read once.
        let name = shortened(word, LONGEST_NAME);
        if let Some((local, domain)) = name.split_once('@')
            && !local.is_empty()
            && domain.contains('.')
            && local.chars().all(|c| c.is_alphanumeric() || "._%+-".contains(c))
        {
            return Some((word.len(), self.role));
        }
        let host = name.split(['/', ':']).next().unwrap_or(name);
        self.internal_host(host).then_some((word.len(), "an internal host"))
    }

    fn handle(&self, rest: &str, place: Place) -> Option<(usize, &'a str)> {
        let name = rest.strip_prefix('@')?;
        let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(name.len());
        let handle = name.get(..end)?.trim_end_matches('-');
        if handle.is_empty() {
            return None;
        }
        let known = self.handles.get(&handle.to_lowercase()).copied();
        match (known, place) {
            (Some(role), _) => Some((handle.len() + 1, role)),
            (None, Place::Prose) => Some((handle.len() + 1, self.role)),
            (None, Place::Code) => None,
        }
    }

    fn ticket(&self, rest: &str, place: Place) -> Option<(usize, &'a str)> {
        if let Some(tail) = rest.strip_prefix('#') {
            let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 0 && self.numbers_are_tickets && place == Place::Prose {
                return Some((digits + 1, ""));
            }
            let word =
                tail.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_').count();
            let channel = word >= 3 && tail.starts_with(|c: char| c.is_ascii_lowercase());
            return (channel && place == Place::Prose).then_some((word + 1, "a chat channel"));
        }
        for prefix in &self.ticket_prefixes {
            if let Some(tail) = rest.strip_prefix(prefix.as_str()).and_then(|tail| tail.strip_prefix('-')) {
                let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
                if digits > 0 {
                    return Some((prefix.len() + 1 + digits, ""));
                }
            }
        }
        // `owner/repository#123`
        let path = |b: &u8| b.is_ascii_alphanumeric() || b"-_./".contains(b);
        let word = rest.bytes().take(LONGEST_NAME).take_while(path).count();
        let (path, tail) = rest.split_at_checked(word)?;
        let digits = tail.strip_prefix('#')?.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0 && path.matches('/').count() == 1).then_some((word + 1 + digits, ""))
    }

    fn name(&self, rest: &str) -> Option<(usize, &'a str)> {
        self.names.iter().find_map(|(name, role)| {
            let tail = rest.strip_prefix(name.as_str())?;
            let whole = !tail.starts_with(|c: char| c.is_alphanumeric());
            whole.then_some((name.len(), *role))
        })
    }
}

/// Longest host name, e-mail address or path of a repository that is recognised, in bytes.
const LONGEST_NAME: usize = 320;

/// A run without blanks, quotes and brackets: what can be an address.
#[derive(Default)]
struct Word {
    /// Where it ends, without the punctuation of the sentence.
    end: usize,
    /// Where the run ends.
    stop: usize,
}

impl Word {
    fn from(text: &str, at: usize) -> Self {
        let rest = text.get(at..).unwrap_or_default();
        let ends = |c: char| c.is_whitespace() || "<>\"'`()[]{}|,;".contains(c);
        let length = rest.find(ends).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default().trim_end_matches(['.', ':', '!', '?']);
        Self { end: at + word.len(), stop: at + length.max(1) }
    }

    /// What of it follows byte `at`.
    fn at<'t>(&self, text: &'t str, at: usize) -> &'t str {
        text.get(at..self.end).unwrap_or_default()
    }
}

/// The first `most` bytes of `text`, or fewer where that would part a character.
fn shortened(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// What removals leave behind: empty brackets, doubled spaces, a space before a full stop.
fn tidy(text: &str) -> String {
    let mut out = text.to_owned();
    for empty in ["()", "( )", "[]", "[ ]", "(, )", "( , )"] {
        out = out.replace(empty, "");
    }
    while out.contains("  ") {
        out = out.replace("  ", " ");
    }
    for mark in [" .", " ,", " ;"] {
        out = out.replace(mark, mark.trim_start());
    }
    out
}

fn host_of(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map(|(_, rest)| rest).or_else(|| address.strip_prefix("//"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    Some(host.split(':').next().unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::read;
    use crate::diag::Source;

    fn config() -> SiteConfig {
        let text = "[people]\nada = { name = 'Ada Lindqvist', role = 'database engineer' }\n\
            [trackers.j]\nkind = 'jira'\nurl = 'https://jira.example.com'\nprefixes = ['OPS']\n\
            [trackers.g]\nkind = 'github'\nurl = 'https://git.example.com'\n\
            [audience.public]\ninternal_hosts = ['int.example.com']\nrole = 'an engineer'";
        read(&Source::new("site.toml", text)).value
    }

    fn prose(text: &str) -> String {
        let (config, reports) = (config(), Reports::default());
        let scrubber = Scrubber::new(&Incident::default(), &config, &reports);
        scrubber.clean(text, Place::Prose).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn people_become_their_role() {
        assert_eq!(
            prose("@ada paged Ada Lindqvist, then @bob."),
            "database engineer paged database engineer, then an engineer."
        );
        assert_eq!(prose("mail ada@example.com"), "mail an engineer");
        assert_eq!(prose("Lindqvist agreed"), "database engineer agreed");
        assert_eq!(prose("Canada and metadata stay"), "Canada and metadata stay");
    }

    #[test]
    fn tickets_channels_and_internal_hosts_go() {
        assert_eq!(prose("Add an alert (OPS-441)."), "Add an alert.");
        assert_eq!(prose("See #12 and org/repo#7, asked in #ops-alerts"), "See and, asked in a chat channel");
        assert_eq!(prose("db1.int.example.com was full"), "an internal host was full");
        assert_eq!(
            prose("https://git.example.com/x and https://example.org/x"),
            "an internal address and https://example.org/x"
        );
        assert_eq!(prose("HTTPS://wiki.Int.example.com/plan"), "an internal address");
        assert_eq!(
            prose("notint.example.com stays, and UTF-8, STOPS-12"),
            "notint.example.com stays, and UTF-8, STOPS-12"
        );
    }

    #[test]
    fn code_keeps_its_decorators_and_comments() {
        let (config, reports) = (config(), Reports::default());
        let scrubber = Scrubber::new(&Incident::default(), &config, &reports);
        assert_eq!(scrubber.clean("@Override // #todo", Place::Code), None);
        assert_eq!(scrubber.clean("owner: @ada", Place::Code).as_deref(), Some("owner: database engineer"));
    }

    #[test]
    fn internal_addresses_are_recognised_however_they_are_written() {
        let (config, reports) = (config(), Reports::default());
        let scrubber = Scrubber::new(&Incident::default(), &config, &reports);
        for address in [
            "https://int.example.com/",
            "HTTPS://user@wiki.INT.example.com:8080/x",
            "//int.example.com/a",
            "mailto:a@b.c",
            "https://jira.example.com/browse/OPS-1",
        ] {
            assert!(scrubber.is_internal(address), "{address}");
        }
        assert!(!scrubber.is_internal("https://example.com/int.example.com"));
    }

    #[test]
    fn cost_grows_with_the_length_of_a_text_and_no_faster() {
        for part in ["#12", "&amp", "http://a", "a.b@", "a-", "OPS-", "a/b#", "@a", "x://", "a:"] {
            let text = part.repeat(20_000 / part.len());
            prose(&text);
            prose(&format!("{text}{}", "!".repeat(20_000)));
        }
    }

    #[test]
    fn an_internal_host_is_found_at_the_end_of_a_name_that_is_too_long() {
        let cleaned = prose(&format!("{}int.example.com", "a.".repeat(400)));
        assert!(!cleaned.contains("int.example.com"), "{cleaned}");
    }
}
