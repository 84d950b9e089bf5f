//! What the slots of sentence patterns stand for.

use super::prose::Page;
use super::world::REGIONS;

impl Page<'_> {
    /// Adds a word and turns an "a" before it into "an" where it begins with a vowel.
    fn word(&mut self, word: &str) {
        let vowel = word.starts_with(['a', 'e', 'i', 'o', 'u']);
        if vowel && (self.text.ends_with(" a ") || self.text.ends_with("A ")) {
            self.text.pop();
            self.push("n ");
        }
        self.push(word);
    }

    /// Fills one slot of a pattern; a name nobody knows adds nothing.
    pub(crate) fn slot(&mut self, name: &str) {
        let (plan, world) = (self.plan, self.world);
        match name {
            "n" => {
                let noun = self.noun();
                self.word(noun);
            }
            "v" => {
                let verb = world.words.verb(&mut self.rng);
                self.push(verb);
            }
            "a" => {
                let adjective = world.words.adjective(&mut self.rng);
                self.word(adjective);
            }
            "id" => {
                let identifier = world.words.identifier(&mut self.rng);
                self.code(&identifier);
            }
            "sig" => self.code(&plan.family.signature),
            "num" => self.number(2, 60),
            "pct" => self.number(3, 97),
            "c" => {
                let at = self.rng.index(plan.components.len());
                self.push(plan.components.get(at).map_or("", String::as_str));
            }
            "region" => {
                let region = if self.rng.chance(60) { plan.region } else { self.rng.pick(&REGIONS) };
                self.push(region);
            }
            "who" => {
                let person = self.person();
                self.push("@");
                self.push(&person.handle);
            }
            "name" => {
                let person = self.person();
                self.push(&person.name);
            }
            "team" => {
                let team = self.rng.pick(&world.teams);
                self.push("the ");
                self.push(team);
                self.push(" team");
            }
            "trigger" => self.push(&plan.family.trigger),
            "mechanism" => self.push(&plan.family.mechanism),
            "fix" => self.push(&plan.family.fix),
            _ => {}
        }
    }

    fn code(&mut self, text: &str) {
        self.push("`");
        self.push(text);
        self.push("`");
    }

    fn number(&mut self, low: i64, high: i64) {
        let number = self.rng.between(low, high).to_string();
        self.push(&number);
    }
}
