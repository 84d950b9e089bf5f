//! Texts as sets of numbers: equal numbers are equal words, and the rarer a word the smaller its number.

use foldhash::{HashMap, HashMapExt};

/// The words of texts that carry meaning, each once, the rarest first.
pub(super) struct Texts {
    /// The words of all texts, one text after the other.
    words: Vec<u32>,
    /// Where each text ends in `words`.
    ends: Vec<usize>,
}

impl Texts {
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut how_often: Vec<u32> = Vec::new();
        let mut all = Self { words: Vec::new(), ends: Vec::new() };
        let mut same: Vec<u32> = Vec::new();
        for text in texts {
            same.clear();
            each_word(text, |word| same.push(number_of(word, &mut numbers)));
            same.sort_unstable();
            same.dedup();
            how_often.resize(numbers.len(), 0);
            for word in &same {
                if let Some(times) = how_often.get_mut(index(*word)) {
                    *times += 1;
                }
            }
            all.words.extend_from_slice(&same);
            all.ends.push(all.words.len());
        }
        all.rank(&how_often);
        all
    }

    /// Renumbers words by how often they occur, so that the order of numbers is that of rarity.
    fn rank(&mut self, how_often: &[u32]) {
        let mut by_rarity: Vec<(u32, u32)> = how_often.iter().copied().zip(0..).collect();
        by_rarity.sort_unstable();
        let mut ranks = vec![0; by_rarity.len()];
        for (rank, (_, word)) in (0..).zip(&by_rarity) {
            if let Some(slot) = ranks.get_mut(index(*word)) {
                *slot = rank;
            }
        }
        for word in &mut self.words {
            *word = ranks.get(index(*word)).copied().unwrap_or(*word);
        }
        let mut rest = self.words.as_mut_slice();
        let mut start = 0;
        for end in &self.ends {
            let (text, after) = rest.split_at_mut(end - start);
            text.sort_unstable();
            (rest, start) = (after, *end);
        }
    }

    /// How many texts there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many different words there are at most.
    pub(super) fn vocabulary(&self) -> usize {
        self.words.iter().max().map_or(0, |last| index(*last) + 1)
    }

    /// The words of one text.
    pub(super) fn get(&self, place: usize) -> &[u32] {
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(place).copied().unwrap_or(start);
        self.words.get(start..end).unwrap_or_default()
    }
}

/// The number of a word as a place in a list.
pub(super) fn index(word: u32) -> usize {
    usize::try_from(word).unwrap_or(usize::MAX)
}

fn number_of(word: &str, numbers: &mut HashMap<String, u32>) -> u32 {
    if let Some(number) = numbers.get(word) {
        return *number;
    }
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    numbers.insert(word.to_owned(), next);
    next
}

const SMALL: [&str; 22] = [
    "the", "a", "an", "to", "of", "for", "in", "on", "at", "and", "or", "with", "that", "this", "it", "is",
    "be", "we", "our", "from", "by", "so",
];

/// Calls `found` with every word that carries meaning: folded to lower case, without English plural endings and the
/// smallest words.
fn each_word(text: &str, mut found: impl FnMut(&str)) {
    let mut word = String::new();
    for written in text.split(|c: char| !c.is_alphanumeric()).filter(|written| !written.is_empty()) {
        word.clear();
        if written.is_ascii() {
            word.push_str(written);
            word.make_ascii_lowercase();
        } else {
            word.push_str(&written.to_lowercase());
        }
        if word.len() <= 4 && SMALL.contains(&word.as_str()) {
            continue;
        }
        if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") {
            word.pop();
        }
        found(&word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_come_first_and_each_once() {
        let texts =
            Texts::of(["Restart the pool, then restart", "pool restarts", "drain the pool"].into_iter());
        let of = |place: usize| texts.get(place).to_vec();
        assert_eq!((texts.len(), texts.vocabulary()), (3, 4));
        assert_eq!(of(0).len(), 3, "restart, pool and then");
        assert_eq!(of(0).last(), of(1).last(), "pool is the most frequent");
        assert_eq!(of(1), of(0)[1..]);
        assert!(of(2)[0] < of(1)[0], "drain is rarer than restart");
    }
}
