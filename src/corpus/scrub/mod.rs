//! Takes people, tickets, chat channels and internal hosts out of a piece of text, in one pass.
//!
//! The scrubber only knows settings and the document itself, never other documents, so that what the public reads does
//! not depend on what it may not read.

mod accounts;
mod channel;
mod hosts;
mod labelled;
mod labels;
mod mail;
mod network;
mod people;
mod reports;
#[cfg(test)]
mod tests;
mod tickets;
mod word;

pub(super) use accounts::is_telling;
pub(super) use labels::{ROLES, is_somebody};
pub(super) use reports::{INSTEAD, Reports};

use super::addresses::Address;
use crate::config::SiteConfig;
use crate::model::Incident;
use crate::model::fold::{Name, is_unseen};
use labelled::people as labelled;
use network::Network;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use word::{LONGEST_ADDRESS, Word, shortened, tidy};

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
    /// People of the settings by their accounts.
    logins: accounts::Logins<'a>,
    role: &'a str,
    /// Of the trackers of `site.toml`, and of the tickets this document's own actions name.
    ticket_prefixes: BTreeSet<String>,
    hosts: Vec<String>,
    /// Of the hosts, those that name all machines with addresses in a range.
    networks: Vec<Network>,
    /// Where trackers and this document's own tickets lie.
    tracker_urls: Vec<Address>,
    numbers_are_tickets: bool,
    /// Names of teams in small letters: they are no people.
    teams: BTreeSet<String>,
    reports: &'a Reports,
}

/// What addresses in running text begin with.
const SCHEMES: [&str; 5] = ["http://", "https://", "slack://", "irc://", "ircs://"];

impl<'a> Scrubber<'a> {
    /// A scrubber for `incident` under `config`, which may name `reports`.
    pub(super) fn new(incident: &Incident, config: &'a SiteConfig, reports: &'a Reports) -> Self {
        let public = &config.audience.public;
        let role = public.role.as_str();
        let mut handles = BTreeMap::new();
        let mut logins = accounts::Logins::new();
        let mut names: Vec<(String, &str)> = Vec::new();
        let own_tickets = || incident.actions.iter().flat_map(|action| &action.tickets);
        for (handle, person) in &config.people {
            let role = person.role.as_deref().unwrap_or(role);
            accounts::log_in(&mut logins, handle, person.name.as_deref(), role);
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
        labelled(&incident.document.blocks, &mut |name| {
            if teams.contains(name) {
                return;
            }
            handles.entry(name.trim_start_matches('@').to_lowercase()).or_insert(role);
            if name.split_whitespace().count() >= 2 {
                names.push((name.to_owned(), role));
            }
        });
        let trackers = || config.trackers.values();
        let own =
            own_tickets().filter_map(|ticket| ticket.id.split_once('-').map(|(prefix, _)| prefix.to_owned()));
        let on_github = || trackers().any(|tracker| tracker.kind == crate::config::TrackerKind::Github);
        let ticket_urls = own_tickets().filter_map(|ticket| ticket.url.as_deref());
        Self {
            handles,
            names: people::by_first_letter(names),
            logins,
            role,
            ticket_prefixes: trackers()
                .flat_map(|tracker| tracker.prefixes.iter().cloned())
                .chain(own)
                .chain(on_github().then(|| "GH".to_owned()))
                .filter(|prefix| !prefix.is_empty())
                .collect(),
            hosts: public.internal_hosts.iter().map(|host| host.to_lowercase()).collect(),
            networks: public.internal_hosts.iter().filter_map(|host| Network::of(host)).collect(),
            tracker_urls: trackers()
                .map(|tracker| tracker.url.as_str())
                .chain(ticket_urls)
                .filter_map(Address::of)
                .collect(),
            teams: teams.iter().map(|team| team.to_lowercase()).collect(),
            numbers_are_tickets: on_github(),
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
        let mut run = Word::default();
        let mut judged = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if at >= run.stop {
                run = Word::from(text, at);
            }
            let here = run.at(text, at);
            let url = place != Place::Address
                && before.is_none_or(|before| !before.is_alphanumeric())
                && SCHEMES.iter().any(|scheme| hosts::begins(here, scheme));
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
            let word = if url { "" } else { here };
            if let Some((length, instead)) = self.hit(text, at, word, before, place) {
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

    /// What starts here and must go: its length and what stands there instead.
    fn hit(
        &self,
        text: &str,
        at: usize,
        word: &str,
        before: Option<char>,
        place: Place,
    ) -> Option<(usize, &'a str)> {
        if before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let rest = text.get(at..)?;
        self.address(word)
            .or_else(|| mail::in_words(rest).map(|length| (length, self.role)))
            .or_else(|| self.handle(rest, place))
            .or_else(|| channel::channel(rest, place))
            .or_else(|| self.ticket(rest, place))
            .or_else(|| self.reports.hidden(rest).map(|length| (length, INSTEAD)))
            .or_else(|| self.name(rest))
            .or_else(|| self.login(text, at))
            .or_else(|| self.doer(text, at))
            .filter(|(length, _)| *length > 0)
    }
}
