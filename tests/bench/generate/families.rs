//! The kinds of trouble: families that come back, read from `words/families.txt`, and one-off incidents that are put
//! together from chance and have no relatives.

use super::random::{Purpose, Rng};
use super::vocabulary::{Vocabulary, coin};

/// What incidents of one family have in common.
#[derive(Clone, Debug, Default)]
pub(crate) struct Family {
    /// Short key, unique.
    pub(crate) key: String,
    /// Two ways of saying what people saw.
    pub(crate) symptoms: [String; 2],
    /// Component ids, the guilty one first.
    pub(crate) components: Vec<String>,
    /// Tags.
    pub(crate) tags: Vec<String>,
    /// The message that shows up in the logs.
    pub(crate) signature: String,
    /// What set it off (a noun phrase).
    pub(crate) trigger: String,
    /// Why it was possible (a clause).
    pub(crate) mechanism: String,
    /// What would stop it (an infinitive).
    pub(crate) fix: String,
    /// Ranks of nouns that come up more often in this family's reports.
    pub(crate) favourites: Vec<usize>,
}

/// Reads the families that recur.
pub(crate) fn recurring(words: &Vocabulary) -> Vec<Family> {
    include_str!("words/families.txt")
        .lines()
        .zip(0_u64..)
        .map(|(line, number)| {
            let mut fields = line.split('|').map(str::to_owned);
            let mut next = || fields.next().unwrap_or_default();
            Family {
                key: next(),
                symptoms: [next(), next()],
                components: list(&next()),
                tags: list(&next()),
                signature: next(),
                trigger: next(),
                mechanism: next(),
                fix: next(),
                favourites: favourites(words, &mut Rng::new(1, number, Purpose::Fixed)),
            }
        })
        .collect()
}

/// Makes up an incident that never happened before and never will again.
pub(crate) fn one_off(number: usize, components: &[&str], words: &Vocabulary, rng: &mut Rng) -> Family {
    let noun = |rng: &mut Rng| words.noun(rng).to_owned();
    let (first, second, third) = (noun(rng), noun(rng), noun(rng));
    let (guilty, other) = (rng.pick(components), rng.pick(components));
    let name = coin(rng);
    let mut upper: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
    upper.extend(name.chars().skip(1));
    Family {
        key: format!("one-off-{number:05}"),
        symptoms: [
            format!("{} {first} in the {second}", words.adjective(rng)),
            format!("{second} {} by the {first}", words.verb(rng)),
        ],
        components: if guilty == other { vec![guilty.into()] } else { vec![guilty.into(), other.into()] },
        tags: vec![
            rng.pick(&["hardware", "software", "partners", "people", "supply"]).to_owned(),
            first.clone(),
        ],
        signature: format!("{upper}Error: {second} {} at {third}", words.verb(rng)),
        trigger: format!("the first {} {third} of the year", words.adjective(rng)),
        mechanism: format!(
            "the {first} had been {} with a {second} that {name} had made for the {third}",
            words.verb(rng)
        ),
        fix: format!("keep the {first} apart from the {third}"),
        favourites: favourites(words, rng),
    }
}

fn list(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn favourites(words: &Vocabulary, rng: &mut Rng) -> Vec<usize> {
    (0..9).map(|_| rng.index(words.nouns().min(1_200))).collect()
}
