//! Answers to searches, kept as long as what they were found in: everybody who types begins with the same few letters, and
//! those are the searches that find most.

use super::search::Word;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Most bytes of answers and questions that are kept.
const KEPT: usize = 16 << 20;

/// An answer as JSON; `None` where none could be found.
type Found = Option<Arc<[u8]>>;

/// Answers that were given, by what was asked.
#[derive(Debug, Default)]
pub(super) struct Given(Mutex<Answers>);

#[derive(Debug, Default)]
struct Answers {
    by_word: HashMap<Word, Arc<OnceLock<Found>>>,
    /// Bytes of all answers and questions.
    size: usize,
}

impl Given {
    /// The answer to `word`, found once; whoever asks the same meanwhile waits for it. What could not be found is tried anew
    /// for whoever asks next.
    pub(super) fn answer(&self, word: &Word, find: impl FnOnce() -> Found) -> Found {
        let place = self.answers().place(word);
        let once = || {
            let found = find();
            self.answers().keep(word, &place, found.as_deref());
            found
        };
        place.get_or_init(once).clone()
    }

    fn answers(&self) -> MutexGuard<'_, Answers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Answers {
    /// Where the answer to `word` is or will be.
    fn place(&mut self, word: &Word) -> Arc<OnceLock<Found>> {
        if let Some(place) = self.by_word.get(word) {
            return Arc::clone(place);
        }
        Arc::clone(self.by_word.entry(word.clone()).or_default())
    }

    /// Counts what was found for `word`. When there is no room left, all before is forgotten.
    fn keep(&mut self, word: &Word, place: &Arc<OnceLock<Found>>, found: Option<&[u8]>) {
        let Some(json) = found else {
            self.by_word.remove(word);
            return;
        };
        let size = json.len() + word.size();
        if self.size + size > KEPT {
            *self = Self::default();
        }
        self.size += size;
        // It may have been forgotten while it was being found.
        self.by_word.insert(word.clone(), Arc::clone(place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Facet;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
    use std::thread;
    use std::time::Duration;

    fn word(query: &str, chosen: &[&str]) -> Word {
        let chosen = chosen.iter().map(|value| (Facet::Tag, (*value).to_owned())).collect();
        Word { query: query.into(), limit: 7, offset: 0, typing: true, correct: true, newest: false, chosen }
    }

    fn json(length: usize) -> Arc<[u8]> {
        vec![b'x'; length].into()
    }

    #[test]
    fn what_many_ask_at_once_is_found_and_counted_once() {
        let (given, finds, begin) = (Given::default(), AtomicUsize::new(0), Barrier::new(8));
        let ask = || {
            begin.wait();
            given.answer(&word("pool", &[]), || {
                finds.fetch_add(1, Relaxed);
                thread::sleep(Duration::from_millis(30));
                Some(json(1_000))
            })
        };
        let all: Vec<Found> = thread::scope(|scope| {
            let asking: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
            asking.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(all.iter().all(|found| *found == Some(json(1_000))));
        assert_eq!(finds.load(Relaxed), 1);
        assert_eq!(given.answers().size, 1_000 + word("pool", &[]).size());
    }

    #[test]
    fn all_that_narrows_a_question_takes_room() {
        let [plain, narrowed] = [word("pool", &[]), word("pool", &["a".repeat(5_000).as_str()])];
        assert!(narrowed.size() >= plain.size() + 5_000);
        let given = Given::default();
        given.answer(&narrowed, || Some(json(10)));
        assert_eq!(given.answers().size, 10 + narrowed.size());
        // Sixteen MiB of questions are never kept, however short their answers are.
        for n in 0..600 {
            given.answer(&word(&n.to_string(), &["a".repeat(60_000).as_str()]), || Some(json(10)));
            assert!(given.answers().size <= KEPT);
        }
        let kept = given.answers().by_word.len();
        assert!(kept < 300, "{kept}");
    }

    #[test]
    fn what_could_not_be_found_is_tried_anew() {
        let given = Given::default();
        assert_eq!(given.answer(&word("pool", &[]), || None), None);
        assert!(matches!(&*given.answers(), Answers { by_word, size: 0 } if by_word.is_empty()));
        assert_eq!(given.answer(&word("pool", &[]), || Some(json(10))), Some(json(10)));
        assert_eq!(given.answer(&word("pool", &[]), || None), Some(json(10)));
    }

    #[test]
    fn an_answer_that_was_forgotten_while_it_was_found_is_kept_and_counted() {
        let given = Given::default();
        let slow = given.answer(&word("slow", &[]), || {
            given.answer(&word("large", &[]), || Some(json(KEPT)));
            given.answer(&word("small", &[]), || Some(json(10)));
            Some(json(20))
        });
        assert_eq!(slow, Some(json(20)));
        let answers = given.answers();
        let sizes = answers
            .by_word
            .iter()
            .filter_map(|(word, place)| Some(place.get()?.as_ref()?.len() + word.size()));
        assert_eq!(sizes.sum::<usize>(), answers.size);
        assert!(answers.by_word.contains_key(&word("slow", &[])));
    }
}
