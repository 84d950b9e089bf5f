//! A story as a draft of a postmortem, and a story merged into one that is there.
//!
//! Every imported entry carries its source in a comment, `<!-- from statuspage/p31v8gq0tn2c#u1 -->`, and a record after the
//! last one says which system was asked when, which entries were ever taken over, and what they said. By these an import that
//! is repeated adds what is new, follows what the system changed, changes nothing that the author wrote, and does not bring
//! back what the author took out.

pub mod mask;
pub mod merge;
pub mod roles;

#[cfg(test)]
mod tests;

use super::story::{Entry, Mark, Story, markup, safe};
use super::text;
use crate::config::SiteConfig;
use jiff::Timestamp;
use merge::record;
use roles::Roles;
use std::collections::BTreeSet;

/// Letters of a title, at most.
const TITLE: usize = 200;

/// A story ready to be written: names, secrets and marks decided.
pub struct Writer<'a> {
    story: &'a Story,
    roles: Roles,
    /// Marks that are not written, because the postmortem has its own points.
    unmarked: BTreeSet<Mark>,
    now: Timestamp,
}

impl<'a> Writer<'a> {
    /// Prepares `story`; `now` is when it was asked for.
    pub fn new(story: &'a Story, config: &SiteConfig, now: Timestamp) -> Self {
        Self { story, roles: Roles::of(story, &config.people), unmarked: BTreeSet::new(), now }
    }

    /// Writes no `marks`: the postmortem it goes into has points of these kinds.
    #[must_use]
    pub fn without(mut self, marks: impl IntoIterator<Item = Mark>) -> Self {
        self.unmarked.extend(marks);
        self
    }

    /// The title, fit for front matter and file names.
    pub fn title(&self) -> String {
        text::line(&mask::masked(&self.roles.apply(&self.story.title)), TITLE)
    }

    /// The words of an entry, fit to stand in a list.
    fn words(&self, entry: &Entry, mark: Option<Mark>) -> String {
        let said = markup::defused(&mask::masked(&self.roles.apply(&entry.text)));
        let mark = mark.map(Mark::label);
        let label = entry.label.as_deref().map(|label| markup::defused(&mask::masked(label)));
        let who = entry.who.as_deref().and_then(|who| self.roles.who(who)).map(|who| mask::masked(&who));
        let mut words = String::new();
        if let Some(mark) = mark {
            words += &format!("{mark}: ");
        }
        // "Identified: Identified – …" says it twice.
        if let Some(label) = label.filter(|label| mark.is_none_or(|mark| !mark.eq_ignore_ascii_case(label))) {
            words += &format!("{label} – ");
        }
        if let Some(who) = who {
            words += &format!("{}: ", markup::defused(&who));
        }
        // "Acknowledged: Acknowledged by …" too.
        let twice = mark
            .filter(|_| words.ends_with(": "))
            .and_then(|mark| Some((said.get(..mark.len())?, said.get(mark.len()..)?, mark)));
        words += match twice {
            Some((head, rest, mark)) if head.eq_ignore_ascii_case(mark) && rest.starts_with(' ') => {
                rest.trim_start()
            }
            _ => &said,
        };
        if entry.pinned {
            words += " 📌";
        }
        words.trim_end_matches([' ', '–', ':']).to_owned()
    }

    /// `- 2026-03-14 14:24 UTC Detected: …`
    fn line(&self, entry: &Entry) -> String {
        self.line_with(entry, entry.kind.filter(|mark| !self.unmarked.contains(mark)))
    }

    fn line_with(&self, entry: &Entry, mark: Option<Mark>) -> String {
        format!("- {} {}", entry.at.strftime("%Y-%m-%d %H:%M UTC"), self.words(entry, mark))
    }

    /// The line with the mark of the entry, and without it: either may have been written.
    fn forms(&self, entry: &Entry) -> [String; 2] {
        [entry.kind, None].map(|mark| self.line_with(entry, mark))
    }

    /// `line` with its source.
    fn sourced(&self, line: &str, entry: &Entry, indent: &str) -> String {
        format!("{indent}{line} <!-- from {}#{} -->\n", self.story.key(), safe(&entry.id))
    }

    /// `- 2026-03-14 14:24 UTC Detected: … <!-- from statuspage/p31v8gq0tn2c#u1 -->`, and the answers below it.
    fn lines(&self, entry: &Entry, indent: &str) -> String {
        let mut lines = self.sourced(&self.line(entry), entry, indent);
        for reply in &entry.replies {
            lines += &self.lines(reply, &format!("{indent}  "));
        }
        lines
    }

    /// `<!-- imported from … at …: u1=… u2=… -->`
    fn record(&self, taken: &record::Taken) -> String {
        record::written(&self.story.key(), &self.now.strftime("%Y-%m-%dT%H:%MZ").to_string(), taken)
    }

    /// The whole draft.
    pub fn document(&self, config: &SiteConfig) -> String {
        let story = self.story;
        let mut out = String::from("---\n");
        out += &format!("title: {}\n", quoted(&self.title()));
        if let Some(began) = story.began() {
            out += &format!("date: {}\n", began.strftime("%Y-%m-%d"));
        }
        let said = |word: &str| markup::defused(&text::line(&mask::masked(word), 100)).replace("--", "__");
        if let Some(impact) = &story.impact {
            out += &format!("severity: # {} calls it: {}\n", story.origin.word(), said(impact));
        }
        let (known, unknown) = self.components(config);
        out +=
            &format!("components: [{}]", known.iter().map(|one| quoted(one)).collect::<Vec<_>>().join(", "));
        if !unknown.is_empty() {
            let all: Vec<String> = unknown.iter().map(|one| said(one)).collect();
            out += &format!(" # {} names: {}", story.origin.word(), all.join(", "));
        }
        out += "\nstatus: draft\nvisibility: internal\n";
        if let Some(url) = story.url.as_deref().filter(|_| story.origin.is_page()) {
            out += &format!("status_page:\n  url: {}\n  provider: {}\n", quoted(url), story.origin.word());
            for (key, at) in [("started", story.started), ("resolved", story.resolved)] {
                out += &at
                    .map(|at| format!("  {key}: {}\n", at.strftime("%Y-%m-%dT%H:%M:%SZ")))
                    .unwrap_or_default();
            }
        } else if let Some(url) = &story.url {
            out += &format!("links: [{}]\n", quoted(url));
        }
        out += &format!("imported_from: [{}]\n---\n\n", quoted(&story.key()));
        out + &self.body()
    }

    fn body(&self) -> String {
        let hint = if self.story.origin.is_page() {
            "<!-- Times are those at which the page told it: correct them where you know better. Only what you change stays\n     changed when the import is repeated. -->"
        } else {
            "<!-- Take out what does not matter: what you delete or change stays so when the import is repeated. -->"
        };
        let lines: String = self.story.entries.iter().map(|entry| self.lines(entry, "")).collect();
        let taken = record::taken(&self.story.entries, &|entry| self.line(entry));
        let report = self.story.report.as_ref().map(|report| {
            let report = markup::defused(&mask::masked(&self.roles.apply(report)));
            let deeper: Vec<String> = report
                .lines()
                .map(|line| if line.starts_with('#') { format!("#{line}") } else { line.to_owned() })
                .collect();
            // A fence that is left open would take in the sections below.
            let fences =
                |mark: &str| deeper.iter().filter(|line| line.trim_start().starts_with(mark)).count();
            let open =
                ["```", "~~~"].iter().filter(|mark| fences(mark) % 2 == 1).map(|mark| format!("\n{mark}"));
            let deeper = deeper.join("\n") + &open.collect::<String>();
            format!("## Published postmortem\n\n{}\n\n", deeper.trim())
        });
        format!(
            "## Summary\n\n<!-- Two or three sentences that someone woken by the same alert can use. -->\n\n## Impact\n\n\
             <!-- Who noticed, how many, for how long. -->\n\n## Timeline\n\n{hint}\n\n{lines}\n{}\n{}## Root cause\n\n\
             <!-- Why was this possible? Name systems and habits, not people. -->\n\n## What went well\n\n\
             ## What went poorly\n\n## Action items\n\n\
             <!-- One line each: `- [ ] what will be different @owner TICKET-1 due 2026-01-31`. -->\n",
            self.record(&taken),
            report.unwrap_or_default(),
        )
    }

    /// Components that `site.toml` knows by any name, by their ids, and the others as the system names them.
    fn components(&self, config: &SiteConfig) -> (BTreeSet<String>, Vec<&String>) {
        let same = |one: &str, name: &str| one.eq_ignore_ascii_case(name);
        let id_of = |name: &str| {
            let found = config.components.iter().find(|(id, component)| {
                same(id, name)
                    || component.name.as_deref().is_some_and(|own| same(own, name))
                    || component.public_name.as_deref().is_some_and(|own| same(own, name))
                    || component.aliases.iter().any(|own| same(own, name))
            });
            found.map(|(id, _)| id.clone())
        };
        let (mut known, mut unknown) = (BTreeSet::new(), Vec::new());
        for name in &self.story.components {
            match id_of(name) {
                Some(id) => drop(known.insert(id)),
                None => unknown.push(name),
            }
        }
        (known, unknown)
    }
}

/// The story with roles in the places of names, and without secrets: fit to be kept in a file.
pub fn nameless(story: Story, config: &SiteConfig) -> Story {
    let roles = Roles::of(&story, &config.people);
    let fit = |words: &str| mask::masked(&roles.apply(words));
    let mut story = Story { title: fit(&story.title), people: Vec::new(), ..story };
    story.report = story.report.as_deref().map(fit);
    let mut all: Vec<&mut Entry> = story.entries.iter_mut().collect();
    while let Some(entry) = all.pop() {
        let words = fit(&entry.text);
        entry.text = match entry.who.take().and_then(|who| roles.who(&who)) {
            Some(who) if !words.is_empty() => format!("{who}: {words}"),
            Some(who) => who,
            None => words,
        };
        all.extend(entry.replies.iter_mut());
    }
    story
}

/// A YAML string on one line, in the quotes of JSON, which YAML shares.
fn quoted(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.'))
        && !matches!(
            text.to_lowercase().as_str(),
            "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n" | "nan" | "inf"
        );
    if plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
