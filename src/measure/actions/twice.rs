//! Promises made more than once: the same ticket, or nearly the same words, in at least two incidents.
//!
//! Words are compared as sets, without the small words and endings that vary; two texts are nearly the same where four
//! fifths of their words are shared. Candidates come from the rarest words of each text (R. J. Bayardo, Y. Ma and
//! R. Srikant, *Scaling up all pairs similarity search*, WWW 2007: texts that alike share one of them), so that
//! the cost grows with the number of texts, not with its square.

use super::promise::Promise;
use crate::measure::figure::Count;
use crate::model::ActionState;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One promise made in several incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeated {
    /// The promise in the words of the first.
    pub text: String,
    /// The ticket all share, where it is one.
    pub ticket: Option<String>,
    /// Each time it was made, the earliest incident first.
    pub asked: Count,
    /// In how many incidents.
    pub incidents: usize,
    /// The day it was first made.
    pub first_asked: Option<Date>,
    /// Of those times, how many are still open.
    pub open: Count,
    /// Of those times, how many are of unknown state.
    pub unknown: Count,
}

/// Fewest words two texts must have to be compared: shorter ones are alike by chance.
const FEWEST_WORDS: usize = 3;

/// A word in more different texts than this does not lead to candidates.
const COMMON: usize = 64;

pub(super) fn asked_twice(all: &[Promise<'_>]) -> Vec<Repeated> {
    let mut groups = Groups::new(all.len());
    join_tickets(all, &mut groups);
    join_words(all, &mut groups);
    let mut found: Vec<Repeated> =
        groups.into_members().into_iter().filter_map(|members| repeated(all, &members)).collect();
    found.sort_by(|a, b| {
        let key = |one: &Repeated| (std::cmp::Reverse(one.incidents), one.asked.items.clone());
        key(a).cmp(&key(b))
    });
    found
}

fn repeated(all: &[Promise<'_>], members: &[usize]) -> Option<Repeated> {
    let members: Vec<&Promise<'_>> = members.iter().filter_map(|place| all.get(*place)).collect();
    let first = members.first()?;
    let incidents = members.iter().map(|one| one.item.incident).collect::<BTreeSet<_>>().len();
    let having = |wanted: fn(&Promise<'_>) -> bool| -> Count {
        members.iter().filter(|one| wanted(one)).map(|one| one.item).collect()
    };
    let shared = first.action.tickets.iter().find(|ticket| {
        let has = |one: &&Promise<'_>| {
            one.action.tickets.iter().any(|other| other.id.eq_ignore_ascii_case(&ticket.id))
        };
        members.iter().all(has)
    });
    (incidents >= 2).then(|| Repeated {
        text: first.action.text.clone(),
        ticket: shared.map(|ticket| ticket.id.clone()),
        asked: members.iter().map(|one| one.item).collect::<Count>(),
        incidents,
        first_asked: members.iter().filter_map(|one| one.created).min(),
        open: having(|one| one.state.is_open()),
        unknown: having(|one| one.state == ActionState::Unknown),
    })
}

fn join_tickets(all: &[Promise<'_>], groups: &mut Groups) {
    let mut first: HashMap<String, usize> = HashMap::new();
    for (place, one) in all.iter().enumerate() {
        for ticket in &one.action.tickets {
            let holder = *first.entry(ticket.id.to_ascii_lowercase()).or_insert(place);
            groups.join(holder, place);
        }
    }
}

/// The words of one text as numbers, the rarest first, each once.
type Words = Vec<u32>;

fn join_words(all: &[Promise<'_>], groups: &mut Groups) {
    let texts = in_numbers(all);
    let mut seen: HashMap<&Words, usize> = HashMap::new();
    let mut by_word: HashMap<u32, Vec<usize>> = HashMap::new();
    for (place, words) in texts.iter().enumerate() {
        if words.len() < FEWEST_WORDS {
            continue;
        }
        if let Some(same) = seen.get(words) {
            groups.join(*same, place);
            continue;
        }
        seen.insert(words, place);
        // Texts that share four fifths of their words share one of the rarest fifth and one more.
        for word in words.iter().take(words.len() / 5 + 1) {
            let others = by_word.entry(*word).or_default();
            if others.len() > COMMON {
                continue;
            }
            for other in others.iter().copied() {
                if texts.get(other).is_some_and(|text| nearly_same(text, words)) {
                    groups.join(other, place);
                }
            }
            others.push(place);
        }
    }
}

/// Whether two texts share at least four fifths of all their words (Jaccard's measure).
fn nearly_same(a: &Words, b: &Words) -> bool {
    if a.len().min(b.len()) * 5 < a.len().max(b.len()) * 4 {
        return false;
    }
    let shared = a.iter().filter(|word| b.contains(word)).count();
    shared * 5 >= (a.len() + b.len() - shared) * 4
}

fn in_numbers(all: &[Promise<'_>]) -> Vec<Words> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut texts: Vec<Words> = Vec::with_capacity(all.len());
    let mut how_often: Vec<u32> = Vec::new();
    for one in all {
        let mut words: Words = Vec::new();
        for word in content_words(&one.action.text) {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            words.push(*numbers.entry(word).or_insert(next));
        }
        words.sort_unstable();
        words.dedup();
        how_often.resize(numbers.len(), 0);
        for word in &words {
            if let Some(times) = usize::try_from(*word).ok().and_then(|place| how_often.get_mut(place)) {
                *times += 1;
            }
        }
        texts.push(words);
    }
    let rarity = |word: &u32| {
        let times = usize::try_from(*word).ok().and_then(|place| how_often.get(place));
        (times.copied().unwrap_or(0), *word)
    };
    for words in &mut texts {
        words.sort_unstable_by_key(rarity);
    }
    texts
}

/// The words that carry meaning: folded to lower case, without English plural endings and the smallest words.
fn content_words(text: &str) -> impl Iterator<Item = String> {
    const SMALL: [&str; 22] = [
        "the", "a", "an", "to", "of", "for", "in", "on", "at", "and", "or", "with", "that", "this", "it",
        "is", "be", "we", "our", "from", "by", "so",
    ];
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .filter(|word| !SMALL.contains(&word.as_str()))
        .map(|mut word| {
            if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") {
                word.pop();
            }
            word
        })
}

/// Disjoint groups of places (union–find with path halving); the smallest place stands for its group.
struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    fn new(n: usize) -> Self {
        Self { parent: (0..n).collect() }
    }

    fn parent(&self, place: usize) -> usize {
        self.parent.get(place).copied().unwrap_or(place)
    }

    fn root(&mut self, mut place: usize) -> usize {
        while self.parent(place) != place {
            let above = self.parent(self.parent(place));
            if let Some(slot) = self.parent.get_mut(place) {
                *slot = above;
            }
            place = above;
        }
        place
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.parent.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }

    /// The groups of more than one place, each in order.
    fn into_members(mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for place in 0..self.parent.len() {
            let root = self.root(place);
            groups.entry(root).or_default().push(place);
        }
        groups.into_values().filter(|group| group.len() > 1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> bool {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut words = |text: &str| -> Words {
            let number = |word| {
                let next = u32::try_from(numbers.len()).unwrap();
                *numbers.entry(word).or_insert(next)
            };
            let mut words: Words = content_words(text).map(number).collect();
            words.sort_unstable();
            words.dedup();
            words
        };
        let (a, b) = (words(a), words(b));
        nearly_same(&a, &b)
    }

    #[test]
    fn small_words_endings_and_case_do_not_make_another_promise() {
        assert!(alike(
            "Add an alert for idle connections on pgbouncer",
            "add alerts for idle connections at PgBouncer"
        ));
        assert!(!alike("Add an alert for idle connections", "Add a limit for idle connections"));
    }

    #[test]
    fn groups_are_what_is_joined_directly_or_through_others() {
        let mut groups = Groups::new(6);
        groups.join(4, 1);
        groups.join(5, 4);
        groups.join(0, 2);
        assert_eq!(groups.into_members(), [vec![0, 2], vec![1, 4, 5]]);
    }
}
