//! In how many documents words are, and what frequent ones are worth to each, kept from one search to the next.
//!
//! Most of what people ask, letter by letter, are the same few hundred words, and all columns have to be asked for each. What
//! they say never changes for an index, so it is kept as long as the index lives.

use super::ranking::Scored;
use foldhash::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A word in fewer documents is summed as quickly as it is found here.
const FREQUENT: usize = 64;
/// Most documents of all words together: eight bytes each.
const MOST: usize = 1 << 20;
/// Most words whose frequency is kept.
const MOST_WORDS: usize = 1 << 15;

/// What was asked about terms.
#[derive(Debug, Default)]
pub(super) struct Kept {
    worth: Mutex<Terms>,
    frequencies: Mutex<HashMap<Box<str>, u32>>,
}

/// Terms with what they are worth, over all columns.
#[derive(Debug, Default)]
struct Terms {
    by_term: HashMap<Box<str>, Arc<Scored>>,
    documents: usize,
}

impl Kept {
    /// What `term` is worth, if it is kept.
    pub(super) fn get(&self, term: &str) -> Option<Arc<Scored>> {
        self.worth.lock().unwrap_or_else(PoisonError::into_inner).by_term.get(term).cloned()
    }

    /// Keeps what `term` is worth, where that is dear; when there is no room left, all before is forgotten.
    pub(super) fn keep(&self, term: &str, scored: &Arc<Scored>) {
        if scored.len() < FREQUENT {
            return;
        }
        let mut terms = self.worth.lock().unwrap_or_else(PoisonError::into_inner);
        if terms.documents + scored.len() > MOST {
            *terms = Terms::default();
        }
        if terms.by_term.insert(term.into(), Arc::clone(scored)).is_none() {
            terms.documents += scored.len();
        }
    }

    /// In how many documents `term` is, counted once.
    pub(super) fn frequency<E>(&self, term: &str, count: impl FnOnce() -> Result<u32, E>) -> Result<u32, E> {
        let frequencies = || self.frequencies.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = frequencies().get(term) {
            return Ok(*known);
        }
        let counted = count()?;
        let mut frequencies = frequencies();
        if frequencies.len() >= MOST_WORDS {
            frequencies.clear();
        }
        frequencies.insert(term.into(), counted);
        Ok(counted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(count: usize) -> Arc<Scored> {
        Arc::new((0u32..).take(count).map(|number| (number, 1.0)).collect())
    }

    #[test]
    fn a_word_is_counted_once_and_a_failure_is_not_kept() {
        let kept = Kept::default();
        assert_eq!(kept.frequency("pool", || Err("gone")), Err("gone"));
        assert_eq!(kept.frequency("pool", || Ok::<_, ()>(3)), Ok(3));
        assert_eq!(kept.frequency("pool", || Err("asked again")), Ok(3));
    }

    #[test]
    fn frequent_words_are_kept_as_long_as_there_is_room() {
        let kept = Kept::default();
        for (term, count) in [("pool", FREQUENT), ("rare", FREQUENT - 1), ("pool", FREQUENT)] {
            kept.keep(term, &of(count));
        }
        assert_eq!(kept.get("pool").map(|found| found.len()), Some(FREQUENT));
        assert_eq!(kept.get("rare"), None);
        kept.keep("node", &of(MOST - FREQUENT));
        assert!(kept.get("pool").is_some() && kept.get("node").is_some());
        kept.keep("lost", &of(FREQUENT));
        assert!(kept.get("pool").is_none() && kept.get("lost").is_some());
    }
}
