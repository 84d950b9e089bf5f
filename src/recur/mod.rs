//! Has this happened before? Earlier incidents like one, why they are alike, and what they had promised.
//!
//! Each report becomes a [`profile::Profile`]: weighted terms ([`words`], [`zones`], [`weights`]), signatures
//! ([`signature`]) and declarations. An inverted [`index::Index`] finds candidates, [`score`] compares them in
//! both directions, [`reason`] says why in words. What authors state outranks all of it: a stated kind is never
//! suggested again, and *not related* is final. [`family`] joins what belongs together, [`promises`] and [`again`] tell
//! what stood open when it happened again.
//!
//! [`Recurrences`] holds all of it for a site, and follows single documents that change; [`Relatives`] is the index below.
//!
//! Everything is made from an [`Edition`], so nothing here knows more than its reader may.

mod again;
mod asked;
mod common;
mod family;
mod groups;
mod history;
mod index;
mod lexicon;
mod neighbours;
mod profile;
mod promises;
mod ranks;
mod reason;
mod recurrences;
mod report;
mod score;
mod signature;
mod similar;
mod stated;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod throughout;
mod weights;
mod words;
mod zones;

pub use again::{Figure, Member, figure};
pub use asked::Asked;
pub use family::{Families, Family};
pub use history::{History, Relation, Relative};
pub use promises::{ClosedOn, Promise, Promises, Standing, as_of};
pub use reason::Reason;
pub use recurrences::Recurrences;
pub use report::{human, json, share};
pub use similar::{Likelihood, Similar};

use crate::config::SiteConfig;
use crate::corpus::Edition;
use crate::model::Audience;
use index::Index;
use lexicon::Lexicon;
use profile::{Profile, Reader};
use rayon::prelude::*;
use score::Query;
use stated::Stated;
use std::collections::BTreeMap;

/// How many reports one reader takes at least and at most: it has to learn the vocabulary anew.
const CHUNK: (usize, usize) = (256, 2048);
/// How many readers each processor gets, so that none waits long for the last.
const READERS: usize = 4;

/// The incidents of one edition, ready to be related.
///
/// Numbers are those of [`Edition::incidents`]: ascending in time.
#[derive(Debug)]
pub struct Relatives {
    index: Index,
    /// What each report asks.
    queries: Vec<Query>,
    stated: Stated,
    language: String,
    /// What the settings say; `infer` is what holds for this audience.
    asked_to_infer: bool,
    infer: bool,
    limit: usize,
}

impl Relatives {
    /// Reads all incidents of `edition`.
    pub fn of(edition: &Edition, config: &SiteConfig) -> Self {
        let nothing = Lexicon::default();
        let each = edition.incidents.len() / (READERS * rayon::current_num_threads()).max(1);
        let read: Vec<_> = edition
            .incidents
            .par_chunks(each.clamp(CHUNK.0, CHUNK.1))
            .map(|chunk| {
                let mut reader = Reader::new(&nothing, &nothing, &config.language);
                let profiles: Vec<Profile> = chunk.iter().map(|one| reader.profile(one)).collect();
                (profiles, reader.finish())
            })
            .collect();
        let mut relatives = Self { stated: Stated::of(edition), ..Self::nothing(edition.audience, config) };
        let index = &mut relatives.index;
        let given: Vec<_> = (read.iter())
            .map(|(_, (words, marks))| (index.words.absorb(&words.1), index.marks.absorb(&marks.1)))
            .collect();
        let profiles = read.into_par_iter().zip(given).map(|((mut profiles, (words, marks)), given)| {
            for profile in &mut profiles {
                profile.settle((words.0, &given.0), (marks.0, &given.1));
            }
            profiles
        });
        let profiles: Vec<Vec<Profile>> = profiles.collect();
        profiles.into_iter().flatten().for_each(|profile| index.push(profile));
        index.settle();
        let index = &relatives.index;
        relatives.queries = index.profiles.par_iter().map(|profile| Query::of(profile, index)).collect();
        relatives
    }

    /// Those of no incident at all.
    fn nothing(audience: Audience, config: &SiteConfig) -> Self {
        Self {
            index: Index::default(),
            queries: Vec::new(),
            stated: Stated::default(),
            language: config.language.clone(),
            // What kb only supposes is for colleagues; the public reads what authors state.
            asked_to_infer: config.recurrence.infer,
            infer: config.recurrence.infer && audience == Audience::Internal,
            limit: config.recurrence.suggestions,
        }
    }

    /// Lets go of what only comparing needs.
    fn rest(&mut self) {
        self.queries = Vec::new();
        self.index.rest();
    }

    /// Whether these can be asked, and were made under the same settings.
    fn serves(&self, config: &SiteConfig) -> bool {
        if self.queries.len() != self.len() {
            return false;
        }
        let wanted = (&config.language, config.recurrence.infer, config.recurrence.suggestions);
        (&self.language, self.asked_to_infer, self.limit) == wanted
    }

    fn shared_signatures(&self, incidents: &[usize]) -> Vec<String> {
        let mut uses: BTreeMap<u32, (usize, u32)> = BTreeMap::new();
        let profiles = incidents.iter().filter_map(|number| self.index.profiles.get(*number));
        for (key, shown) in profiles.flat_map(|profile| &profile.marks) {
            uses.entry(*key).or_insert((0, *shown)).0 += 1;
        }
        let telling = |key: u32| self.index.mark_idf(key);
        let mut shared: Vec<(usize, f32, &str)> = uses
            .into_iter()
            .filter(|(_, (uses, _))| *uses > 1)
            .filter_map(|(key, (uses, shown))| Some((uses, telling(key)?, self.index.words.text(shown))))
            .collect();
        shared.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then_with(|| a.2.cmp(b.2)));
        shared.into_iter().map(|(_, _, text)| text.to_owned()).collect()
    }

    /// How many incidents there are.
    pub fn len(&self) -> usize {
        self.index.profiles.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.index.profiles.is_empty()
    }
}
