//! The words: three short lists of real ones at the frequent end, and behind them several thousand that are composed
//! from prefixes, from pairs and from syllables, in a fixed order. Drawn by Zipf's law, as words of a language are.

use std::collections::BTreeSet;

use super::random::{Purpose, Rng, Zipf};

const PREFIXES: [&str; 14] = [
    "sub", "super", "pre", "inter", "micro", "meta", "co", "counter", "mid", "off", "over", "under", "half",
    "twin",
];
const ONSETS: [&str; 16] =
    ["b", "br", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "s", "st", "t", "v"];
const NUCLEI: [&str; 7] = ["a", "e", "i", "o", "u", "ei", "ou"];
const CODAS: [&str; 8] = ["", "l", "n", "r", "rn", "s", "x", "ld"];

/// How many nouns there are: the listed and the composed.
const NOUNS: usize = 4_000;

/// All words, with the laws they are drawn by.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    nouns: Vec<String>,
    verbs: Vec<&'static str>,
    adjectives: Vec<&'static str>,
    noun_law: Zipf,
    verb_law: Zipf,
    adjective_law: Zipf,
}

impl Vocabulary {
    /// Composes the vocabulary; always the same one.
    pub(crate) fn new() -> Self {
        let listed: Vec<&'static str> = include_str!("words/nouns.txt").split_whitespace().collect();
        let verbs: Vec<&'static str> = include_str!("words/verbs.txt").split_whitespace().collect();
        let adjectives: Vec<&'static str> = include_str!("words/adjectives.txt").split_whitespace().collect();
        let nouns = compose(&listed);
        Self {
            noun_law: Zipf::new(nouns.len(), 12),
            verb_law: Zipf::new(verbs.len(), 8),
            adjective_law: Zipf::new(adjectives.len(), 8),
            nouns,
            verbs,
            adjectives,
        }
    }

    /// A noun; rare ones are rare.
    pub(crate) fn noun(&self, rng: &mut Rng) -> &str {
        self.noun_at(self.noun_law.draw(rng))
    }

    /// The noun of a rank, for those who keep favourites.
    pub(crate) fn noun_at(&self, rank: usize) -> &str {
        self.nouns.get(rank).map_or("part", String::as_str)
    }

    /// The number of nouns.
    pub(crate) fn nouns(&self) -> usize {
        self.nouns.len()
    }

    /// A past participle.
    pub(crate) fn verb(&self, rng: &mut Rng) -> &'static str {
        self.verbs.get(self.verb_law.draw(rng)).copied().unwrap_or("held")
    }

    /// An adjective.
    pub(crate) fn adjective(&self, rng: &mut Rng) -> &'static str {
        self.adjectives.get(self.adjective_law.draw(rng)).copied().unwrap_or("odd")
    }

    /// A name as configuration keys and metrics have it: `berth_retry.grace_ms`.
    pub(crate) fn identifier(&self, rng: &mut Rng) -> String {
        let first = self.noun(rng).replace('-', "_");
        let second = self.noun(rng).replace('-', "_");
        let ending = rng.pick(&["ms", "total", "max", "enabled", "per_lane", "limit"]);
        if rng.chance(50) {
            format!("{first}_{second}.{ending}")
        } else {
            format!("{first}.{second}_{ending}")
        }
    }
}

/// Invents a name of two or three syllables.
pub(crate) fn coin(rng: &mut Rng) -> String {
    let mut name = String::new();
    for _ in 0..rng.between(2, 3) {
        name.push_str(rng.pick(&ONSETS));
        name.push_str(rng.pick(&NUCLEI));
    }
    name.push_str(rng.pick(&CODAS));
    name
}

fn compose(listed: &[&'static str]) -> Vec<String> {
    let mut rng = Rng::new(0, 0, Purpose::Fixed);
    let mut seen = BTreeSet::new();
    let mut nouns = Vec::new();
    let mut add = |word: String| {
        if seen.insert(word.clone()) {
            nouns.push(word);
        }
        nouns.len()
    };
    for word in listed {
        add((*word).to_owned());
    }
    loop {
        let word = match rng.below(10) {
            0..3 => format!("{}{}", rng.pick(&PREFIXES), rng.pick(listed)),
            3..7 => format!("{}-{}", rng.pick(listed), rng.pick(listed)),
            _ => coin(&mut rng),
        };
        if add(word) >= NOUNS {
            return nouns;
        }
    }
}
