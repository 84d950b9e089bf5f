//! A story put into a postmortem that is there: what is new is added in its place, what its system changed is brought up to
//! date where the author left it alone, and nothing else changes.

mod list;
pub(super) mod record;

use super::Writer;
use crate::interop::story::{Entry, safe};
use jiff::Timestamp;
use list::{end_of, end_of_list, indent, is_item, place};
use record::{Taken, number, seen, standing, taken};
use std::collections::HashMap;

/// A line of the timeline that is there: its number, from 1, and its time where that is known.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Line of the file, from 1.
    pub line: u32,
    /// When.
    pub at: Option<Timestamp>,
}

/// What a merge made.
#[derive(Debug, PartialEq, Eq)]
pub struct Merged {
    /// The new text of the file.
    pub text: String,
    /// Entries that were added.
    pub added: usize,
    /// Entries that their system changed and the author had not: they say now what the system says.
    pub updated: usize,
    /// Entries that were taken over earlier and stay as they are.
    pub kept: usize,
    /// Of those, the ones that their system changed as well.
    pub differing: Vec<Differing>,
}

/// An entry that the author and its system changed, each in their own way; the author's words stay.
#[derive(Debug, PartialEq, Eq)]
pub struct Differing {
    /// Line of the new text, from 1.
    pub line: usize,
    /// What the system says now.
    pub now: String,
}

impl Merged {
    /// Whether the file is another one now.
    pub fn changed(&self) -> bool {
        self.added + self.updated + self.differing.len() > 0
    }
}

/// Puts the story of `writer` into `document`, whose timeline stands at `known` in the order of the file.
///
/// A document without a timeline in lines (none, or a table) gets a section of its own at its end.
pub fn merge(writer: &Writer<'_>, document: &str, known: &[Known]) -> Merged {
    let mut lines: Vec<String> = document.split_inclusive('\n').map(str::to_owned).collect();
    if let Some(last) = lines.last_mut().filter(|last| !last.ends_with('\n')) {
        last.push('\n');
    }
    let is_list = |known: &&Known| lines.get(known.line as usize - 1).is_some_and(|line| is_item(line));
    let listed: Vec<Known> = known.iter().filter(|known| known.line > 0).filter(is_list).copied().collect();
    let mut taken = seen(document, &writer.story.key());
    let Changes { mut inserts, updates, differing, taken: now, added, kept } =
        Merging::compare(writer, &lines, &listed, &taken);
    let updated = updates.len();
    if added + updated + differing.len() == 0 {
        return Merged { text: document.to_owned(), added, updated, kept, differing: Vec::new() };
    }
    taken.extend(now);
    for (at, line) in updates {
        if let Some(slot) = lines.get_mut(at) {
            *slot = line;
        }
    }
    put_record(&mut lines, writer, &taken, &mut inserts, listed.is_empty());
    inserts.sort_by_key(|(at, _)| *at);
    let above = |line: usize| -> usize {
        inserts.iter().take_while(|(at, _)| *at <= line).map(|(_, new)| new.lines().count()).sum()
    };
    let told = |(line, now)| Differing { line: line + 1 + above(line), now };
    let differing = differing.into_iter().map(told).collect();
    Merged { text: assembled(&lines, &inserts), added, updated, kept, differing }
}

fn assembled(lines: &[String], inserts: &[(usize, String)]) -> String {
    let mut text = String::new();
    let mut inserts = inserts.iter().peekable();
    for (number, line) in lines.iter().enumerate() {
        while let Some((_, new)) = inserts.next_if(|(at, _)| *at <= number) {
            text += new;
        }
        text += line;
    }
    inserts.for_each(|(_, new)| text += new);
    text
}

/// What a comparison found.
#[derive(Default)]
struct Changes {
    /// What goes before which line, in the order in which it is to stand there.
    inserts: Vec<(usize, String)>,
    /// Lines that take the place of others.
    updates: Vec<(usize, String)>,
    /// Lines that stay, and what the system says.
    differing: Vec<(usize, String)>,
    /// What is known now of every entry that the system tells.
    taken: Taken,
    added: usize,
    kept: usize,
}

/// A comparison of what a system says with what a document holds.
struct Merging<'m> {
    writer: &'m Writer<'m>,
    lines: &'m [String],
    seen: &'m Taken,
    /// Where entries stand that were taken over earlier.
    standing: HashMap<&'m str, usize>,
    /// What the system tells now, by id.
    told: Taken,
    found: Changes,
}

impl<'m> Merging<'m> {
    fn compare(writer: &'m Writer<'m>, lines: &'m [String], listed: &[Known], seen: &'m Taken) -> Changes {
        let standing = standing(lines, &writer.story.key());
        let told = taken(&writer.story.entries, &|entry| writer.line(entry));
        let mut merging = Self { writer, lines, seen, standing, told, found: Changes::default() };
        for entry in &writer.story.entries {
            if seen.contains_key(&safe(&entry.id)) {
                merging.again(entry);
            } else {
                merging.add(entry, place(lines, listed, entry.at), "");
            }
        }
        merging.found
    }

    fn add(&mut self, entry: &Entry, at: usize, indent: &str) {
        self.found.added += 1 + entry.replies.len();
        self.found.taken.extend(taken(std::slice::from_ref(entry), &|entry| self.writer.line(entry)));
        self.found.inserts.push((at, self.writer.lines(entry, indent)));
    }

    /// An entry that was taken over earlier, and what was answered to it.
    fn again(&mut self, entry: &Entry) {
        let at = self.standing.get(&*safe(&entry.id)).copied();
        self.compare_one(entry, at);
        for reply in &entry.replies {
            if self.seen.contains_key(&safe(&reply.id)) {
                self.again(reply);
            } else if let Some(parent) = at {
                // The author may have taken the parent out; then nobody waits for what was answered.
                self.add(reply, end_of(self.lines, parent), &indent(self.lines, parent));
            }
        }
    }

    fn compare_one(&mut self, entry: &Entry, at: Option<usize>) {
        let id = safe(&entry.id);
        if self.told.get(&id).is_none_or(Option::is_none) {
            self.found.kept += 1;
            self.found.taken.insert(id, None);
            return;
        }
        let before = self.seen.get(&id).and_then(Option::as_ref);
        let [marked, bare] = self.writer.forms(entry);
        let here = at.and_then(|at| self.lines.get(at));
        let is_own = |line: &str| here.is_some_and(|here| number(here) == number(line));
        let now = if is_own(&bare) { bare.clone() } else { marked.clone() };
        let same = before.is_none_or(|before| [&marked, &bare].iter().any(|form| number(form) == *before));
        if same {
            self.found.kept += 1;
            // Of what an older kb wrote, no number is known: from now on there is one.
            let number = before.cloned().unwrap_or_else(|| number(&now));
            self.found.taken.insert(id, Some(number));
            return;
        }
        let untouched = before.zip(here).is_some_and(|(before, here)| number(here) == *before);
        // A mark that was left out before, because the author had given the point, stays out.
        let wears = |mark: &str| here.is_some_and(|here| here.contains(&format!(" UTC {mark}: ")));
        let line = match entry.kind {
            Some(mark) if untouched && !wears(mark.label()) => bare,
            _ => marked,
        };
        self.found.taken.insert(id, Some(number(&line)));
        match at {
            Some(at) if untouched => {
                let blank: String =
                    here.map_or("", String::as_str).chars().take_while(|c| *c == ' ').collect();
                self.found.updates.push((at, self.writer.sourced(&line, entry, &blank)));
            }
            Some(at) => {
                self.found.kept += 1;
                self.found.differing.push((at, line.trim_start_matches("- ").to_owned()));
            }
            // The author took it out: whatever it says now, it stays out.
            None => self.found.kept += 1,
        }
    }
}

/// Changes the record that is there, or adds one.
fn put_record(
    lines: &mut [String],
    writer: &Writer<'_>,
    taken: &Taken,
    inserts: &mut Vec<(usize, String)>,
    no_list: bool,
) {
    let own = format!("<!-- imported from {} at ", writer.story.key());
    let record = writer.record(taken);
    if let Some(line) = lines.iter_mut().find(|line| line.starts_with(&own)) {
        *line = record;
        return;
    }
    let end = inserts.iter().map(|(at, _)| *at).max().unwrap_or(lines.len());
    if no_list {
        let words = format!("\n## Timeline: imported from {}\n\n", writer.story.origin.word());
        inserts.insert(0, (lines.len(), words));
        inserts.push((lines.len(), format!("\n{record}")));
    } else {
        let at = end_of_list(lines, end);
        inserts.push((at, format!("\n{record}")));
    }
}
