//! The archive turned inside out: for each term and signature the reports that hold it, and how telling that is.

use super::lexicon::Lexicon;
use super::profile::{Held, Label, Profile};
use super::weights::{COMMON, COMMON_MARK, RARE};
use std::collections::BTreeMap;

/// All profiles with their inverted lists.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) words: Lexicon,
    pub(super) marks: Lexicon,
    pub(super) profiles: Vec<Profile>,
    /// By term, ascending by report: who holds it, and what of it.
    postings: Vec<Vec<Posting>>,
    /// By signature, ascending: numbers of reports.
    marked: Vec<Vec<u32>>,
    /// What reports declare, each with how many do; by number.
    labels: Vec<(Label, usize)>,
    label_numbers: BTreeMap<Label, u32>,
    /// By number of documents that hold something: how telling it is to hold it.
    idf: Vec<f32>,
}

impl Index {
    /// Adds `profile`, whose numbers are final, as the last report.
    pub(super) fn push(&mut self, mut profile: Profile) {
        for label in &profile.declares {
            if !self.label_numbers.contains_key(label) {
                let next = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
                self.label_numbers.insert(label.clone(), next);
                self.labels.push((label.clone(), 0));
            }
        }
        self.number(&mut profile);
        for number in &profile.labels {
            if let Some((_, uses)) = self.labels.get_mut(*number as usize) {
                *uses += 1;
            }
        }
        let number = self.profiles.len();
        self.profiles.push(profile);
        self.list(number);
    }

    /// To be called after the last change: what counts as rare and common follows the number of reports.
    pub(super) fn settle(&mut self) {
        let total = float(self.profiles.len());
        self.idf = (0..=self.profiles.len())
            .map(|count| {
                let count = float(count.max(RARE).min(self.profiles.len()));
                (1.0 + (total - count + 0.5) / (count + 0.5)).ln()
            })
            .collect();
    }

    /// Lets go of what only comparing needs; signatures stay, and how telling they are.
    pub(super) fn rest(&mut self) {
        self.postings = Vec::new();
        self.profiles.iter_mut().for_each(|profile| profile.terms = Box::default());
    }

    fn list(&mut self, number: usize) {
        let Some(profile) = self.profiles.get(number) else {
            return;
        };
        self.postings.resize_with(self.words.len(), Vec::new);
        self.marked.resize_with(self.marks.len(), Vec::new);
        // Reports come in ascending order, so each stands at the end of its lists.
        for term in &profile.terms {
            if let Some(list) = self.postings.get_mut(term.word as usize) {
                list.push(Posting::new(number, term.held()));
            }
        }
        for (key, _) in &profile.marks {
            if let Some(list) = self.marked.get_mut(*key as usize) {
                list.push(u32::try_from(number).unwrap_or(u32::MAX));
            }
        }
    }

    /// Reports numbered below `below` with this term, and what each holds of it.
    pub(super) fn with_term(&self, word: u32, below: usize) -> impl Iterator<Item = (usize, Held)> {
        let list = self.postings.get(word as usize).map_or(&[][..], Vec::as_slice);
        let end = list.partition_point(|one| one.number() < below);
        list.get(..end).unwrap_or_default().iter().map(|one| (one.number(), one.held()))
    }

    /// Reports numbered below `below` with this signature.
    pub(super) fn with_mark(&self, key: u32, below: usize) -> impl Iterator<Item = usize> {
        let list = self.marked.get(key as usize);
        list.into_iter().flatten().map(|number| *number as usize).take_while(move |number| *number < below)
    }

    /// How telling a term is; `None` for one that too many reports hold.
    pub(super) fn word_idf(&self, word: u32) -> Option<f32> {
        let count = self.postings.get(word as usize).map_or(0, Vec::len);
        self.telling(count, COMMON)
    }

    /// How telling a signature is; `None` for one that too many reports hold.
    pub(super) fn mark_idf(&self, key: u32) -> Option<f32> {
        let count = self.marked.get(key as usize).map_or(0, Vec::len);
        self.telling(count, COMMON_MARK)
    }

    /// Puts numbers in place of what `profile` declares, as far as reports of this index declare it too.
    pub(super) fn number(&self, profile: &mut Profile) {
        let declares = std::mem::take(&mut profile.declares);
        let mut labels: Vec<u32> =
            declares.iter().filter_map(|label| self.label_numbers.get(label).copied()).collect();
        labels.sort_unstable();
        profile.labels = labels.into();
    }

    /// The label with this number.
    pub(super) fn label(&self, number: u32) -> Option<&Label> {
        self.labels.get(number as usize).map(|(label, _)| label)
    }

    /// How telling a label is, from nearly 0 for one that all share to 1.
    pub(super) fn label_share(&self, number: u32) -> f32 {
        self.idf(self.labelled(number)) / self.rarest().max(f32::EPSILON)
    }

    /// How many reports bear this label.
    pub(super) fn labelled(&self, number: u32) -> usize {
        self.labels.get(number as usize).map_or(0, |(_, uses)| *uses)
    }

    /// How telling the rarest terms are.
    pub(super) fn rarest(&self) -> f32 {
        self.idf(0)
    }

    fn telling(&self, count: usize, common: f32) -> Option<f32> {
        let limit = (common * float(self.profiles.len())).max(float(RARE));
        (float(count) <= limit).then(|| self.idf(count))
    }

    fn idf(&self, count: usize) -> f32 {
        self.idf.get(count).or(self.idf.last()).copied().unwrap_or(0.0)
    }
}

/// Counts of documents are far below the 16 million up to which this is exact.
pub(super) fn float(count: usize) -> f32 {
    #[allow(clippy::cast_precision_loss, reason = "exact for any archive kb can hold")]
    let float = count as f32;
    float
}

/// One report in the list of a term: its number in the upper 23 bits, then whether the term names a component there, its weight
/// in eighths in the lower 8.
#[derive(Debug, Clone, Copy)]
struct Posting(u32);

impl Posting {
    fn new(number: usize, held: Held) -> Self {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        Self(number << 9 | u32::from(held.named) << 8 | u32::from(held.eighths))
    }

    fn number(self) -> usize {
        (self.0 >> 9) as usize
    }

    fn held(self) -> Held {
        let [.., eighths] = self.0.to_be_bytes();
        Held { eighths, named: self.0 & 1 << 8 != 0 }
    }
}
