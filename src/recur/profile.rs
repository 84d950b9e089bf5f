//! What is kept of one report for comparing: its terms with their weights, its signatures, what it declares.

use super::lexicon::{Interner, Lexicon, settle};
use super::signature::{self, Codes, Mark};
use super::weights::{Aspect, Field};
use super::words::{Words, scan};
use super::zones::{Piece, walk};
use crate::corpus::Published;
use crate::model::Incident;
use foldhash::{HashMap, HashMapExt};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One term of a report.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    /// Its number in the lexicon of words.
    pub(super) word: u32,
    /// The form it has in this report, by number in the same lexicon.
    pub(super) shown: u32,
    /// Weight in fields that tell how it looked, in eighths.
    looks: u8,
    /// Weight in fields that tell the cause, in eighths.
    cause: u8,
    /// Weight in all other fields, in eighths.
    other: u8,
    /// Whether it is part of the name of a component that this report declares. Where both do, that is one likeness,
    /// counted once, as a declaration.
    pub(super) named: bool,
}

/// What a report holds of a word, all fields together: its weight in eighths, 0 where it does not stand there, and whether it
/// names a component.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Held {
    pub(super) eighths: u8,
    pub(super) named: bool,
}

impl Term {
    /// What the report holds of its word.
    pub(super) fn held(self) -> Held {
        Held { eighths: self.eighths(), named: self.named }
    }

    /// Weight over all fields, in eighths; at most 255.
    fn eighths(self) -> u8 {
        self.looks.saturating_add(self.cause).saturating_add(self.other)
    }

    /// Weight in the fields of `aspect`; over all fields for [`Aspect::Neither`].
    pub(super) fn weight(self, aspect: Aspect) -> f32 {
        let eighths = match aspect {
            Aspect::Looks => self.looks,
            Aspect::Cause => self.cause,
            Aspect::Neither => self.eighths(),
        };
        f32::from(eighths) / 8.0
    }

    fn add(&mut self, field: Field, times: usize) {
        let slot = match field.aspect() {
            Aspect::Looks => &mut self.looks,
            Aspect::Cause => &mut self.cause,
            Aspect::Neither => &mut self.other,
        };
        *slot = slot.saturating_add(eighths(field, times));
    }
}

/// The weight of a term that stands `times` times in `field`: each doubling adds less.
fn eighths(field: Field, times: usize) -> u8 {
    let times = f32::from(u16::try_from(times).unwrap_or(u16::MAX));
    let weight = field.weight() * (1.0 + times.ln());
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the range of the type; a float cast saturates"
    )]
    let eighths = (weight * 8.0).round().clamp(0.0, 255.0) as u8;
    eighths
}

/// What an author may declare in front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum LabelKind {
    /// A part of the system.
    Component,
    /// A topic.
    Tag,
    /// What set it off.
    Trigger,
    /// Why it was possible.
    Cause,
}

/// One declared value, folded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Label {
    /// What it is.
    pub(super) kind: LabelKind,
    /// The value in lower case.
    pub(super) value: String,
}

/// One report, ready to be compared.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    /// Where it is read from.
    pub(super) path: Arc<str>,
    /// The day it happened.
    pub(super) date: Option<Date>,
    /// Its terms, by number.
    pub(super) terms: Box<[Term]>,
    /// Its signatures as (number in the lexicon of signatures, form shown), by number.
    pub(super) marks: Box<[(u32, u32)]>,
    /// What it declares, until [`Index::number`](super::index::Index) gives it numbers.
    pub(super) declares: BTreeSet<Label>,
    /// What it declares, ascending by number.
    pub(super) labels: Box<[u32]>,
}

impl Profile {
    /// The term with this number.
    pub(super) fn term(&self, word: u32) -> Option<Term> {
        let place = self.terms.binary_search_by_key(&word, |term| term.word).ok()?;
        self.terms.get(place).copied()
    }

    /// Whether it bears this signature.
    pub(super) fn has_mark(&self, key: u32) -> bool {
        self.marks.binary_search_by_key(&key, |(key, _)| *key).is_ok()
    }

    /// Puts the final numbers in place of a reader's own.
    pub(super) fn settle(&mut self, words: (u32, &[u32]), marks: (u32, &[u32])) {
        for term in &mut self.terms {
            term.word = settle(term.word, words.0, words.1);
            term.shown = settle(term.shown, words.0, words.1);
        }
        for (key, shown) in &mut self.marks {
            *key = settle(*key, marks.0, marks.1);
            *shown = settle(*shown, words.0, words.1);
        }
        self.terms.sort_unstable_by_key(|term| term.word);
        self.marks.sort_unstable();
    }
}

/// What a written word means, looked up once per reader.
struct Known {
    pieces: Box<[(u32, u32)]>,
    mark: Option<(u32, u32)>,
}

/// Makes profiles against a pair of lexicons that stay as they are.
pub(super) struct Reader<'a> {
    words: Interner<'a>,
    marks: Interner<'a>,
    analysis: Words,
    known: HashMap<Box<str>, Known>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(words: &'a Lexicon, marks: &'a Lexicon, language: &str) -> Self {
        Self {
            words: Interner::new(words),
            marks: Interner::new(marks),
            analysis: Words::new(language),
            known: HashMap::new(),
        }
    }

    /// The profile of `published`. Its numbers are this reader's.
    pub(super) fn profile(&mut self, published: &Published) -> Profile {
        let incident = &published.incident;
        let mut found = Found::default();
        walk(incident, |field, piece| self.piece(field, &piece, &mut found));
        let mut names = Found::default();
        for component in &incident.components {
            scan(component, |word| self.word(Field::Title, word, &mut names));
        }
        let names: BTreeSet<u32> = names.words.iter().map(|(word, ..)| *word).collect();
        Profile {
            path: Arc::clone(&incident.path),
            date: incident.date.as_ref().map(|dated| dated.date),
            terms: terms(found.words, &names),
            marks: first_forms(found.marks),
            declares: declared(incident),
            labels: Box::default(),
        }
    }

    /// The form shown of a term or signature.
    pub(super) fn shown(&self, id: u32) -> &str {
        self.words.text(id)
    }

    /// The new words and signatures, each with the number of the first.
    pub(super) fn finish(self) -> ((u32, Lexicon), (u32, Lexicon)) {
        let (words, marks) = (self.words.start(), self.marks.start());
        ((words, self.words.into_own()), (marks, self.marks.into_own()))
    }

    fn piece(&mut self, field: Field, piece: &Piece<'_>, found: &mut Found) {
        match piece {
            Piece::Words(text) => {
                let mut codes = Codes::default();
                scan(text, |word| {
                    self.word(field, word, found);
                    codes.read(word, |mark| found.marks.push(self.mark(&mark)));
                });
                signature::of_quotations(text, |mark| found.marks.push(self.mark(&mark)));
            }
            Piece::Code(code) => {
                let mark = signature::of_code(code);
                found.marks.extend(mark.map(|mark| self.mark(&mark)));
            }
            Piece::Block(log) => signature::of_log(log, |mark| found.marks.push(self.mark(&mark))),
        }
    }

    fn word(&mut self, field: Field, written: &str, found: &mut Found) {
        if let Some(known) = self.known.get(written) {
            found.add(field, known);
        } else {
            let known = self.learn(written);
            found.add(field, &known);
            self.known.insert(written.into(), known);
        }
    }

    fn learn(&mut self, written: &str) -> Known {
        let mark = signature::of_word(written).map(|mark| self.mark(&mark));
        let pieces = self.analysis.pieces(written);
        let number = |piece: &super::words::Piece| (self.words.id(&piece.term), self.words.id(&piece.shown));
        Known { pieces: pieces.iter().map(number).collect(), mark }
    }

    fn mark(&mut self, mark: &Mark) -> (u32, u32) {
        (self.marks.id(&mark.key), self.words.id(&mark.shown))
    }
}

/// What the walk over one report gathers.
#[derive(Default)]
struct Found {
    /// (term, field, place in the text, form shown).
    words: Vec<(u32, Field, u32, u32)>,
    /// (signature, form shown), in the order of the text.
    marks: Vec<(u32, u32)>,
}

impl Found {
    fn add(&mut self, field: Field, known: &Known) {
        self.marks.extend(known.mark);
        if field.weight() > 0.0 {
            for (word, shown) in &known.pieces {
                let place = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
                self.words.push((*word, field, place, *shown));
            }
        }
    }
}

fn terms(mut words: Vec<(u32, Field, u32, u32)>, names: &BTreeSet<u32>) -> Box<[Term]> {
    words.sort_unstable();
    words
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|uses| {
            let first = uses.iter().min_by_key(|(_, _, place, _)| *place)?;
            let of_component = names.contains(&first.0);
            let mut term =
                Term { word: first.0, shown: first.3, looks: 0, cause: 0, other: 0, named: of_component };
            for in_field in uses.chunk_by(|a, b| a.1 == b.1) {
                let field = in_field.first().map_or(Field::Silent, |one| one.1);
                term.add(field, in_field.len());
            }
            Some(term)
        })
        .collect()
}

/// Each signature once, in the form it has first.
fn first_forms(mut marks: Vec<(u32, u32)>) -> Box<[(u32, u32)]> {
    marks.sort_by_key(|(key, _)| *key);
    marks.dedup_by_key(|(key, _)| *key);
    marks.into()
}

fn declared(incident: &Incident) -> BTreeSet<Label> {
    let label = |kind| move |value: &String| Label { kind, value: value.trim().to_lowercase() };
    let trigger = incident.trigger.as_ref().map(|trigger| &trigger.text);
    // A whole sentence is text, which is compared as such.
    let short = |value: &&String| value.split_whitespace().count() <= 5;
    incident
        .components
        .iter()
        .map(label(LabelKind::Component))
        .chain(incident.tags.iter().map(label(LabelKind::Tag)))
        .chain(trigger.into_iter().filter(short).map(label(LabelKind::Trigger)))
        .chain(incident.causes.iter().filter(short).map(label(LabelKind::Cause)))
        .filter(|label| !label.value.is_empty())
        .collect()
}
