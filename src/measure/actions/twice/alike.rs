//! Texts of nearly the same words: two that share at least four fifths of all their words (Jaccard's measure).
//!
//! Candidates come from the rarest words of each text (R. J. Bayardo, Y. Ma and R. Srikant, *Scaling up all pairs
//! similarity search*, WWW 2007: texts that alike share one of them), so that the cost grows with the number of texts,
//! not with its square. Most candidates fall to a comparison of 64-bit signatures before their words are looked at:
//! every bit in which two differ stands for a word that only one of the texts has (E. F. O. Sandes, G. L. M. Teodoro
//! and A. C. M. A. Melo, *Bitmap filter: speeding up exact set similarity joins with bitwise operations*, Information
//! Systems 88, 2020).

use super::groups::Groups;
use super::words::{Texts, index};
use foldhash::{HashMap, HashMapExt};

/// Fewest words two texts must have to be compared: shorter ones are alike by chance.
const FEWEST_WORDS: usize = 3;

/// A word in more different texts than this does not lead to candidates.
const COMMON: usize = 64;

/// A text as its candidates see it.
#[derive(Clone, Copy)]
struct Entry {
    signature: u64,
    long: usize,
    place: usize,
}

impl Entry {
    fn of(place: usize, words: &[u32]) -> Self {
        // Neighbouring numbers are as rare as each other: any spread over the bits will do.
        let signature = words.iter().fold(0, |bits, word| bits | 1 << (word % 64));
        Self { signature, long: words.len(), place }
    }

    /// Whether the two can be alike: exact where it says no.
    fn may_match(self, other: Self) -> bool {
        let apart = (self.signature ^ other.signature).count_ones();
        usize::try_from(apart).is_ok_and(|apart| apart <= most_apart(self.long, other.long))
    }
}

/// How many words only one of two alike texts may have. Of `a + b` words `s` are shared where s ≥ 4/5 (a + b − s), which
/// leaves a + b − 2s ≤ (a + b) / 9.
fn most_apart(a: usize, b: usize) -> usize {
    (a + b) / 9
}

/// Joins all texts that are nearly the same.
pub(super) fn join(texts: &Texts, groups: &mut Groups) {
    let mut seen: HashMap<&[u32], usize> = HashMap::new();
    let mut by_word: Vec<Vec<Entry>> = vec![Vec::new(); texts.vocabulary()];
    for place in 0..texts.len() {
        let words = texts.get(place);
        if words.len() < FEWEST_WORDS {
            continue;
        }
        if let Some(same) = seen.get(words) {
            groups.join(*same, place);
            continue;
        }
        seen.insert(words, place);
        let entry = Entry::of(place, words);
        // Texts that share four fifths of their words share one of the rarest fifth and one more.
        for word in words.iter().take(words.len() / 5 + 1) {
            let Some(others) = by_word.get_mut(index(*word)).filter(|others| others.len() <= COMMON) else {
                continue;
            };
            for other in others.iter().filter(|other| other.may_match(entry)) {
                if nearly_same(texts.get(other.place), words) {
                    groups.join(other.place, place);
                }
            }
            others.push(entry);
        }
    }
}

/// Whether two texts share at least four fifths of all their words. Both are in order, so that they are walked once, and
/// no further than the words that only one has allow.
fn nearly_same(a: &[u32], b: &[u32]) -> bool {
    let most = most_apart(a.len(), b.len());
    let (mut left, mut right, mut apart) = (a, b, 0);
    while apart <= most {
        match (left, right) {
            ([], rest) | (rest, []) => return apart + rest.len() <= most,
            ([one, after @ ..], [other, ..]) if one < other => (left, apart) = (after, apart + 1),
            ([one, ..], [other, after @ ..]) if one > other => (right, apart) = (after, apart + 1),
            ([_, one @ ..], [_, other @ ..]) => (left, right) = (one, other),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn alike(a: &str, b: &str) -> bool {
        let texts = Texts::of([a, b].into_iter());
        nearly_same(texts.get(0), texts.get(1))
    }

    #[test]
    fn small_words_endings_and_case_do_not_make_another_promise() {
        assert!(alike(
            "Add an alert for idle connections on pgbouncer",
            "add alerts for idle connections at PgBouncer"
        ));
        assert!(!alike("Add an alert for idle connections", "Add a limit for idle connections"));
    }

    fn text() -> impl Strategy<Value = Vec<u32>> {
        prop::collection::btree_set(0_u32..150, 0..24).prop_map(|words| words.into_iter().collect())
    }

    /// A text, and another made from it by leaving words out and putting words in.
    fn pair() -> impl Strategy<Value = (Vec<u32>, Vec<u32>)> {
        (text(), prop::collection::vec(0_u32..150, 0..4), 0_usize..4).prop_map(|(text, more, less)| {
            let mut other: Vec<u32> = text.iter().skip(less).copied().chain(more).collect();
            other.sort_unstable();
            other.dedup();
            (text, other)
        })
    }

    proptest! {
        #[test]
        fn walking_agrees_with_counting_and_signatures_rule_out_no_match((a, b) in pair()) {
            let shared = a.iter().filter(|word| b.contains(word)).count();
            let counted = shared * 5 >= (a.len() + b.len() - shared) * 4;
            prop_assert_eq!(nearly_same(&a, &b), counted);
            prop_assert!(!counted || Entry::of(0, &a).may_match(Entry::of(1, &b)));
        }

        #[test]
        fn groups_are_those_that_comparing_every_pair_gives(
            texts in prop::collection::vec(prop::collection::vec("[a-e]{1,2}", 0..7), 0..24)
        ) {
            let texts: Vec<String> = texts.iter().map(|words| words.join(" ")).collect();
            let texts = Texts::of(texts.iter().map(String::as_str));
            let (mut fast, mut plain) = (Groups::new(texts.len()), Groups::new(texts.len()));
            join(&texts, &mut fast);
            for a in 0..texts.len() {
                for b in 0..a {
                    let long = |place: usize| texts.get(place).len() >= FEWEST_WORDS;
                    if long(a) && long(b) && nearly_same(texts.get(a), texts.get(b)) {
                        plain.join(a, b);
                    }
                }
            }
            prop_assert_eq!(fast.into_members(), plain.into_members());
        }

        #[test]
        fn alike_texts_meet_in_one_of_their_rarest_words((a, b) in pair()) {
            let rarest = |text: &[u32]| text[..text.len().min(text.len() / 5 + 1)].to_vec();
            let meet = rarest(&a).iter().any(|word| rarest(&b).contains(word));
            prop_assert!(a.is_empty() || !nearly_same(&a, &b) || meet);
        }
    }
}
