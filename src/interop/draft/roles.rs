//! Names become roles: a postmortem tells what happened, not who was on call.
//!
//! A person of `[people]` in `site.toml` gets the role that stands there; everyone else is `responder A`, `responder B`, in
//! the order in which they appear. Those who did something are also known by their first name, where it is no word that begins
//! a sentence; a first name that several of them have is `someone`.

use crate::config::Person as Known;
use crate::interop::story::{Entry, Person, Story};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, BTreeSet};

/// Who is called what in one story.
pub struct Roles {
    /// Finds every name; the number of the person it means stands at the same place of `meant`.
    names: Option<AhoCorasick>,
    meant: Vec<usize>,
    /// What each person of the story is called.
    called: Vec<String>,
    /// Where a person stands by id.
    ids: BTreeMap<String, usize>,
}

impl Roles {
    /// Decides on them, in the order of the story.
    pub fn of(story: &Story, known: &BTreeMap<String, Known>) -> Self {
        let mut names: Vec<(String, usize)> = Vec::new();
        let ids: BTreeMap<String, usize> =
            story.people.iter().enumerate().map(|(number, one)| (one.id.clone(), number)).collect();
        for (number, person) in story.people.iter().enumerate() {
            names.push((format!("@{}", person.id), number));
            for name in person.names.iter().filter(|name| name.chars().count() >= 3) {
                names.push((format!("@{name}"), number));
                names.push((name.clone(), number));
            }
        }
        names.extend(first_names(story));
        let built = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.iter().map(|(name, _)| name))
            .ok()
            .filter(|_| !names.is_empty());
        let meant = names.into_iter().map(|(_, number)| number).collect();
        let mut roles = Self { names: built, meant, called: vec![String::new(); story.people.len()], ids };
        let mut next = 0;
        for number in roles.in_order(&story.entries) {
            let Some(person) = story.people.get(number) else { continue };
            let role = role(person, known).unwrap_or_else(|| {
                next += 1;
                format!("responder {}", letters(next))
            });
            if let Some(called) = roles.called.get_mut(number).filter(|called| called.is_empty()) {
                *called = role;
            }
        }
        roles
    }

    /// People in the order in which they appear, each once.
    fn in_order(&self, entries: &[Entry]) -> Vec<usize> {
        let mut order = Vec::new();
        let mut add = |number: usize| {
            if !order.contains(&number) {
                order.push(number);
            }
        };
        for entry in entries.iter().flat_map(|one| std::iter::once(one).chain(&one.replies)) {
            let who = entry.who.as_ref().and_then(|who| self.ids.get(who)).copied();
            who.into_iter().chain(self.hits(&entry.text).map(|(_, _, number)| number)).for_each(&mut add);
        }
        order
    }

    fn hits<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize, usize)> + 't {
        let word = |at: Option<&u8>| at.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
        let bytes = text.as_bytes();
        let whole = move |start: usize, end: usize| {
            !word(start.checked_sub(1).and_then(|at| bytes.get(at))) && !word(bytes.get(end))
        };
        let all = self.names.iter().flat_map(move |finder| finder.find_iter(text));
        all.filter(move |hit| whole(hit.start(), hit.end()))
            .filter_map(|hit| Some((hit.start(), hit.end(), *self.meant.get(hit.pattern().as_usize())?)))
    }

    /// `text` with roles in the places of names.
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for (start, end, number) in self.hits(text) {
            out.push_str(text.get(done..start).unwrap_or_default());
            out.push_str(
                self.called
                    .get(number)
                    .map_or("someone", |called| if called.is_empty() { "someone" } else { called }),
            );
            done = end;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }

    /// What the one who did an entry is called; programs keep their names.
    pub fn who(&self, who: &str) -> Option<String> {
        match who.strip_prefix("bot:") {
            Some(bot) => Some(bot.to_owned()),
            None => self.called.get(*self.ids.get(who)?).filter(|called| !called.is_empty()).cloned(),
        }
    }
}

/// First names that are words as well: "Will restart it".
const WORDS: [&str; 32] = [
    "April", "August", "Bill", "Case", "Chance", "Chase", "Chip", "Dawn", "Dean", "Drew", "Faith", "Frank",
    "Grace", "Grant", "Hope", "Hunter", "Jack", "Josh", "Joy", "June", "Major", "Mark", "Max", "May",
    "Miles", "Page", "Pat", "Rich", "Rob", "Rose", "Summer", "Will",
];

/// The first names of those who did something in the story, with their numbers; of no one where several share it.
fn first_names(story: &Story) -> Vec<(String, usize)> {
    let entries = story.entries.iter().flat_map(|one| std::iter::once(one).chain(&one.replies));
    let acting: BTreeSet<&str> = entries.filter_map(|entry| entry.who.as_deref()).collect();
    let mut firsts: BTreeMap<&str, usize> = BTreeMap::new();
    let people = story.people.iter().enumerate();
    for (number, person) in people.filter(|(_, one)| !one.bot && acting.contains(one.id.as_str())) {
        let mut own: Vec<&str> =
            person.names.iter().filter_map(|name| name.trim().split_once(' ')).map(|both| both.0).collect();
        own.sort_unstable();
        own.dedup();
        let named = |first: &&str| {
            let large = first.chars().next().is_some_and(char::is_uppercase);
            large
                && first.chars().count() >= 3
                && first.chars().all(char::is_alphabetic)
                && !WORDS.contains(first)
        };
        for first in own.into_iter().filter(named) {
            firsts.entry(first).and_modify(|one| *one = NOBODY).or_insert(number);
        }
    }
    firsts.into_iter().map(|(first, number)| (first.to_owned(), number)).collect()
}

/// The number of someone who cannot be told from another.
const NOBODY: usize = usize::MAX;

fn role(person: &Person, known: &BTreeMap<String, Known>) -> Option<String> {
    if person.bot {
        return person.names.first().cloned();
    }
    let same = |name: &str| person.names.iter().any(|own| own.eq_ignore_ascii_case(name));
    let found = known.iter().find(|(handle, one)| same(handle) || one.name.as_deref().is_some_and(same));
    let (_, one) = found?;
    one.role.clone().or_else(|| Some(format!("{} engineer", one.team.as_ref()?)))
}

/// 1 is `A`, 27 is `AA`.
fn letters(mut number: usize) -> String {
    let mut text = Vec::new();
    while number > 0 {
        number -= 1;
        text.push(char::from(b'A' + u8::try_from(number % 26).unwrap_or_default()));
        number /= 26;
    }
    text.iter().rev().collect()
}
