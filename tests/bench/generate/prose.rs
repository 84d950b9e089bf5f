//! Sentences: patterns whose slots are filled with words, names and the family's phrases. A `Page` is a report in
//! the making; the sections write into its text.

use super::patterns::{Pattern, Patterns};
use super::plan::Plan;
use super::random::{Purpose, Rng};
use super::world::{Person, World};

/// A report in the making.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    /// The company.
    pub(crate) world: &'a World,
    /// The facts.
    pub(crate) plan: &'a Plan,
    /// Chance, for the body only.
    pub(crate) rng: Rng,
    /// What has been written so far.
    pub(crate) text: String,
    patterns: &'a Patterns,
    recent: [Option<&'a Pattern>; 4],
}

impl<'a> Page<'a> {
    /// An empty page for one incident.
    pub(crate) fn new(world: &'a World, patterns: &'a Patterns, plan: &'a Plan, seed: u64) -> Self {
        let number = u64::try_from(plan.number).unwrap_or(0);
        let rng = Rng::new(seed, number, Purpose::Body);
        Self { world, plan, rng, text: String::with_capacity(12_000), patterns, recent: [None; 4] }
    }

    /// Adds text as it is.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Takes out what has been written and starts afresh.
    pub(crate) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Adds a sentence of one section's patterns, beginning with a capital letter.
    pub(crate) fn sentence(&mut self, section: &str) {
        let start = self.text.len();
        self.phrase(section);
        let named = |text: &str| self.plan.components.iter().any(|id| text.starts_with(id.as_str()));
        if self.text.get(start..).is_some_and(|text| !named(text))
            && let Some(first) = self.text.get_mut(start..=start)
        {
            first.make_ascii_uppercase();
        }
    }

    /// Adds a pattern of a section as it stands, for use inside a sentence.
    pub(crate) fn phrase(&mut self, section: &str) {
        for (part, piece) in self.pattern(section).into_iter().flatten().enumerate() {
            if part % 2 == 0 {
                self.push(piece);
            } else {
                self.slot(piece);
            }
        }
    }

    /// Draws a pattern; one that was used just before only where a few draws give nothing else.
    fn pattern(&mut self, section: &str) -> Option<&'a Pattern> {
        let patterns = self.patterns;
        let list = patterns.of(section)?;
        let mut chosen = None;
        for _ in 0..4 {
            chosen = list.get(self.rng.index(list.len()));
            if !self.recent.contains(&chosen) {
                break;
            }
        }
        self.recent.rotate_right(1);
        if let Some(slot) = self.recent.first_mut() {
            *slot = chosen;
        }
        chosen
    }

    /// Adds a paragraph of `count` sentences and the empty line behind it.
    pub(crate) fn paragraph(&mut self, section: &str, count: i64) {
        for number in 0..count {
            if number > 0 {
                self.push(" ");
            }
            self.sentence(section);
        }
        self.push("\n\n");
    }

    /// Adds a list with `count` sentences as items.
    pub(crate) fn bullets(&mut self, section: &str, count: i64) {
        for _ in 0..count {
            self.push("- ");
            self.sentence(section);
            self.push("\n");
        }
        self.push("\n");
    }

    /// Somebody; one time in three the author.
    pub(crate) fn person(&mut self) -> &'a Person {
        let at = if self.rng.chance(33) { self.plan.author } else { self.rng.index(self.world.people.len()) };
        let world = self.world;
        world.people.get(at).unwrap_or(&NOBODY)
    }

    /// A noun: mostly any, now and then a favourite of the family.
    pub(crate) fn noun(&mut self) -> &'a str {
        let world = self.world;
        if self.rng.chance(16) {
            let rank = self.rng.pick(&self.plan.family.favourites);
            return world.words.noun_at(rank);
        }
        world.words.noun(&mut self.rng)
    }
}

static NOBODY: Person = Person { handle: String::new(), name: String::new(), team: "", role: "" };
