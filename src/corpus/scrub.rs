//! Takes people, tickets, chat channels and internal hosts out of a piece of text, in one pass.
//!
//! The scrubber only knows settings and the document itself, never other documents, so that what the public reads does
//! not depend on what it may not read.

use super::addresses::{Address, decoded};
use super::labelled::people;
use super::unlink::INSTEAD;
use crate::config::SiteConfig;
use crate::model::Incident;
use crate::model::fold::{Name, folded, is_dash, is_unseen};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Where a text stands: in code, `@Override` is no person and `#comment` no chat channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Prose,
    Code,
    /// In an address, where only what is known for certain counts: `/@user/` may be anyone's page.
    Address,
}

/// What to take out, and what to put there instead.
pub(super) struct Scrubber<'a> {
    /// Handles in lower case, with the role that replaces each.
    handles: BTreeMap<String, &'a str>,
    /// Full names and their parts by their first letter, longest first, with the role that replaces each.
    names: BTreeMap<char, Vec<(Name, &'a str)>>,
    role: &'a str,
    /// Of the trackers of `site.toml`, and of the tickets this document's own actions name.
    ticket_prefixes: BTreeSet<String>,
    hosts: Vec<String>,
    /// Where trackers and this document's own tickets lie.
    tracker_urls: Vec<Address>,
    numbers_are_tickets: bool,
    /// Names of teams in small letters: they are no people.
    teams: BTreeSet<String>,
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
        let written = rest.get(..length)?.to_lowercase();
        let id: String = written.chars().map(|c| if is_dash(c) { '-' } else { c }).collect();
        (!self.ids.contains(&id)).then_some(length)
    }
}

/// The length of the numbers of an id, such as `-12` or `2024-030`; `None` where a letter follows or no digit stands.
fn numbered(tail: &str) -> Option<usize> {
    let of_number = |c: &char| c.is_ascii_digit() || is_dash(*c) || *c == '_';
    let length = tail.chars().take(LONGEST_NAME).take_while(of_number).map(char::len_utf8).sum();
    let numbers = tail.get(..length)?.trim_end_matches(|c: char| is_dash(c) || c == '_');
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
        let own_tickets = || incident.actions.iter().flat_map(|action| &action.tickets);
        for (handle, person) in &config.people {
            let role = person.role.as_deref().unwrap_or(role);
            handles.insert(handle.trim_start_matches('@').to_lowercase(), role);
            if let Some(name) = person.name.as_deref() {
                names.push((name.to_owned(), role));
                // A part of a name is taken as the person only where it cannot be a short common word.
                names.extend(
                    name.split(|c: char| c.is_whitespace() || c == '-')
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
        let trackers = || config.trackers.values();
        let own =
            own_tickets().filter_map(|ticket| ticket.id.split_once('-').map(|(prefix, _)| prefix.to_owned()));
        let ticket_urls = own_tickets().filter_map(|ticket| ticket.url.as_deref());
        Self {
            handles,
            names: by_first_letter(names),
            role,
            ticket_prefixes: trackers()
                .flat_map(|tracker| tracker.prefixes.iter().cloned())
                .chain(own)
                .filter(|prefix| !prefix.is_empty())
                .collect(),
            hosts: public.internal_hosts.iter().map(|host| host.to_lowercase()).collect(),
            tracker_urls: trackers()
                .map(|tracker| tracker.url.as_str())
                .chain(ticket_urls)
                .filter_map(Address::of)
                .collect(),
            teams: teams.iter().map(|team| team.to_lowercase()).collect(),
            numbers_are_tickets: trackers().any(|tracker| tracker.kind == crate::config::TrackerKind::Github),
            reports,
        }
    }

    /// `text` as the public may read it; `None` where nothing had to go.
    pub(super) fn clean(&self, text: &str, place: Place) -> Option<String> {
        let hits = self.hits(text, place);
        if hits.is_empty() {
            return None;
        }
        let mut out = String::new();
        let mut kept = 0;
        for (range, instead) in hits {
            out.push_str(text.get(kept..range.start).unwrap_or_default());
            out.push_str(instead);
            kept = range.end;
        }
        out.push_str(text.get(kept..).unwrap_or_default());
        Some(tidy(&out))
    }

    /// What must go of `text`, in order, and what stands there instead.
    pub(super) fn hits(&self, text: &str, place: Place) -> Vec<(Range<usize>, &'a str)> {
        let mut hits = Vec::new();
        let mut at = 0;
        let mut before: Option<char> = None;
        let mut word = Word::default();
        let mut judged = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let rest = text.get(at..).unwrap_or_default();
            if at >= word.stop {
                word = Word::from(text, at);
            }
            let here = word.at(text, at);
            let url = place != Place::Address
                && before.is_none_or(|before| !before.is_alphanumeric())
                && (begins(here, "http://") || begins(here, "https://"));
            if url && at >= judged {
                let looked_at = shortened(here, LONGEST_ADDRESS);
                if self.is_internal(looked_at) {
                    hits.push((at..at + here.len(), "an internal address"));
                    at += here.len();
                    before = text.get(..at).and_then(|done| done.chars().next_back());
                    continue;
                }
                // Addresses inside it were looked at with it.
                judged = at + looked_at.len();
            }
            if let Some((length, instead)) = self.hit(rest, if url { "" } else { here }, before, place) {
                hits.push((at..at + length, instead));
                at += length;
                before = text.get(..at).and_then(|done| done.chars().next_back());
                continue;
            }
            if c == ':'
                && place == Place::Prose
                && let Some((value, instead)) = self.labelled(text, at)
            {
                at = value.end;
                hits.push((value, instead));
                before = None;
                continue;
            }
            if !is_unseen(c) {
                before = Some(c);
            }
            at += c.len_utf8();
        }
        hits
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

    /// Whether a link to `address` must lose its address: where it leads, or what it says.
    pub(super) fn is_internal(&self, address: &str) -> bool {
        let Some(read) = Address::of(address) else { return false };
        read.is_mail()
            || read.is_chat()
            || self.tracker_urls.iter().any(|tracker| read.is_below(tracker))
            || read.host().is_some_and(|host| self.internal_host(host))
            || read.ends().is_some_and(|end| end.len() >= 3 && self.handles.contains_key(end))
            || !self.hits(&decoded(address), Place::Address).is_empty()
    }

    /// What a label at the colon `at` says of whose an action is: `owner: mia`, `ticket: 12`.
    fn labelled(&self, text: &str, at: usize) -> Option<(Range<usize>, &'a str)> {
        const PEOPLE: [&str; 6] = ["owner", "owners", "assignee", "assignees", "dri", "assigned to"];
        const TICKETS: [&str; 4] = ["ticket", "tickets", "jira", "linear"];
        let before = text.get(..at)?.trim_end();
        let ends = |label: &str| {
            let start = before.len().checked_sub(label.len());
            let (rest, end) = start.and_then(|start| before.split_at_checked(start)).unwrap_or_default();
            end.eq_ignore_ascii_case(label) && !rest.ends_with(char::is_alphanumeric)
        };
        let people = PEOPLE.iter().any(|label| ends(label));
        if !people && !TICKETS.iter().any(|label| ends(label)) {
            return None;
        }
        let after = text.get(at + 1..)?;
        let value = after.trim_start();
        let start = at + 1 + after.len() - value.len();
        let length = value.find([',', ';', ')', ']', '|', '\n', '.']).unwrap_or(value.len());
        let value = value.get(..length)?.trim_end();
        let words = value.split_whitespace().count();
        // More words are a sentence; a team is no person.
        let is_value =
            (1..=3).contains(&words) && value.len() <= 60 && !self.teams.contains(&value.to_lowercase());
        is_value.then_some((start..start + value.len(), if people { self.role } else { "" }))
    }

    fn internal_host(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.');
        self.hosts.iter().any(|hidden| {
            let above = host.len().checked_sub(hidden.len());
            let (above, tail) = above.and_then(|at| host.split_at_checked(at)).unwrap_or_default();
            tail.eq_ignore_ascii_case(hidden) && (above.is_empty() || above.ends_with('.'))
        })
    }

    /// What starts here and must go: its length and what stands there instead.
    fn hit(&self, rest: &str, word: &str, before: Option<char>, place: Place) -> Option<(usize, &'a str)> {
        if before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        self.address(word)
            .or_else(|| self.handle(rest, place))
            .or_else(|| channel(rest, place))
            .or_else(|| self.ticket(rest, place))
            .or_else(|| self.reports.hidden(rest).map(|length| (length, INSTEAD)))
            .or_else(|| self.name(rest))
    }

    /// A bare host name that is internal, or an e-mail address, at the start of `word`.
    fn address(&self, word: &str) -> Option<(usize, &'a str)> {
        if !word.starts_with(char::is_alphanumeric) {
            return None;
        }
        // No name is longer, so a word without blanks, however long, is read once.
        let name = shortened(word, LONGEST_NAME);
        if let Some((local, domain)) = name.split_once('@')
            && is_mailbox(local, domain)
        {
            return Some((word.len(), self.role));
        }
        let host = name.split(['/', ':', '?', '&', '#', '=']).next().unwrap_or(name);
        let seen = || host.chars().filter(|c| !is_unseen(*c));
        let wide = (!host.is_ascii()).then(|| seen().flat_map(folded).collect::<String>());
        let host = wide.as_deref().unwrap_or(host);
        if self.internal_host(host) {
            return Some((word.len(), "an internal host"));
        }
        if !host.contains('.') {
            return None;
        }
        let small = host.to_lowercase();
        let tracker = self.tracker_urls.iter().any(|tracker| {
            tracker.host() == Some(&*small)
                && Address::of(&format!("//{name}")).is_some_and(|read| read.is_below(tracker))
        });
        tracker.then_some((word.len(), "an internal address"))
    }

    fn handle(&self, rest: &str, place: Place) -> Option<(usize, &'a str)> {
        let sign = rest.chars().next().filter(|c| matches!(c, '@' | '＠'))?.len_utf8();
        let name = rest.get(sign..)?;
        let end = name.find(|c: char| !is_of_handle(c)).unwrap_or(name.len());
        let first = name.get(..end)?.trim_end_matches('-');
        if first.is_empty() {
            return None;
        }
        let length = sign + first.len() + goes_on(name.get(first.len()..)?);
        match (self.handles.get(&first.to_lowercase()).copied(), place) {
            (Some(role), _) => Some((length, role)),
            (None, Place::Prose) => Some((length, self.role)),
            (None, _) => None,
        }
    }

    fn ticket(&self, rest: &str, place: Place) -> Option<(usize, &'a str)> {
        if let Some(tail) = rest.strip_prefix(['#', '＃']) {
            let sign = rest.len() - tail.len();
            let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
            return (digits > 0 && self.numbers_are_tickets && place == Place::Prose)
                .then_some((digits + sign, ""));
        }
        for prefix in &self.ticket_prefixes {
            let Some((written, tail)) = rest.split_at_checked(prefix.len()) else { continue };
            if !written.eq_ignore_ascii_case(prefix) {
                continue;
            }
            let mut tail_chars = tail.chars().filter(|c| !is_unseen(*c));
            if tail_chars.next().is_some_and(|c| is_dash(c) || c == '_') {
                let numbers = tail.trim_start_matches(|c: char| is_dash(c) || is_unseen(c) || c == '_');
                let digits = numbers.bytes().take_while(u8::is_ascii_digit).count();
                if digits > 0 {
                    return Some((rest.len() - numbers.len() + digits, ""));
                }
            }
        }
        if place == Place::Address {
            return None;
        }
        // `owner/repository#123`
        let path = |b: &u8| b.is_ascii_alphanumeric() || b"-_./".contains(b);
        let word = rest.bytes().take(LONGEST_NAME).take_while(path).count();
        let (path, tail) = rest.split_at_checked(word)?;
        let digits = tail.strip_prefix('#')?.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0 && path.matches('/').count() == 1).then_some((word + 1 + digits, ""))
    }

    fn name(&self, rest: &str) -> Option<(usize, &'a str)> {
        let first = folded(rest.chars().next()?).next()?;
        let near = self.names.get(&first)?;
        near.iter().find_map(|(name, role)| Some((name.length_in(rest)?, *role)))
    }
}

/// Names to look for where a text goes on with their first letter, the longest first.
fn by_first_letter(mut names: Vec<(String, &str)>) -> BTreeMap<char, Vec<(Name, &str)>> {
    names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
    names.dedup();
    let mut sorted: BTreeMap<char, Vec<(Name, &str)>> = BTreeMap::new();
    for (written, role) in names {
        let name = Name::new(&written);
        let turned = name.as_ref().and_then(Name::turned);
        for name in name.into_iter().chain(turned) {
            if let Some(first) = name.first() {
                sorted.entry(first).or_default().push((name, role));
            }
        }
    }
    sorted
}

/// A chat channel: `#ops-alerts`, `#2024-outage`, Slack's own `#C0123|ops-alerts`.
fn channel(rest: &str, place: Place) -> Option<(usize, &'static str)> {
    let tail = rest.strip_prefix(['#', '＃']).filter(|_| place == Place::Prose)?;
    let sign = rest.len() - tail.len();
    let word = tail.find(|c: char| !is_of_handle(c)).unwrap_or(tail.len());
    let name = tail.get(..word)?;
    let after = tail.get(word..)?;
    if let Some(shown) = after.strip_prefix('|').filter(|_| name.starts_with(['C', 'G'])) {
        let end = shown.find('>').unwrap_or(0);
        return Some((sign + word + 1 + end, "a chat channel"));
    }
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let begins = match name.get(digits..).unwrap_or_default().chars().next() {
        Some('-') => digits > 0 && name.bytes().any(|b| b.is_ascii_lowercase()),
        Some(c) => digits == 0 && c.is_lowercase(),
        None => false,
    };
    (begins && name.chars().count() >= 2).then_some((sign + word, "a chat channel"))
}

fn is_of_handle(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

/// How much of what follows a handle belongs to it: `.lind`, `/storage`, `@server.example`, Slack's `|ada`.
fn goes_on(mut rest: &str) -> usize {
    let all = rest.len();
    while let Some(next) = rest.strip_prefix(['.', '/', '@', '|']) {
        let small = next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        let end = next.find(|c: char| !is_of_handle(c)).unwrap_or(next.len());
        if !small || end == 0 {
            break;
        }
        rest = next.get(end..).unwrap_or_default();
    }
    all - rest.len()
}

/// Whether `local` and `domain` are an e-mail address: a domain ends in letters, a version does not.
fn is_mailbox(local: &str, domain: &str) -> bool {
    let domain = domain.split(['/', '?', '&', '#', ':', '@']).next().unwrap_or_default();
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    !local.is_empty()
        && top.chars().count() >= 2
        && top.chars().all(|c| c.is_alphabetic() || c == '-' || top.starts_with("xn--"))
        && local.chars().all(|c| c.is_alphanumeric() || "._%+-!#$&*/=?^~".contains(c))
}

fn begins(word: &str, scheme: &str) -> bool {
    word.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
}

/// Longest host name, e-mail address or path of a repository that is recognised, in bytes.
const LONGEST_NAME: usize = 320;
/// What of a longer address in running text is looked at, in bytes: in one word there may be thousands.
const LONGEST_ADDRESS: usize = 1024;

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
        // The guard stops a site that names an internal host anywhere; without the address there is nothing to stop.
        assert!(scrubber.is_internal("https://example.com/?next=https%3A%2F%2Fint.example.com"));
        assert!(!scrubber.is_internal("https://notint.example.com/@somebody#part"));
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
