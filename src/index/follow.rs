//! An index that follows an edition: after a change in a few documents, only those are indexed.
//!
//! The index of a first edition stays as it is. Beside it stand two small ones: of what was written since, and of the
//! older versions of that, whose words are subtracted from every count. So each number of the ranking, and with it every
//! answer, is the one that an index made anew would give. When too much has changed, a first edition is made anew.

use super::Index;
use super::build::{few, listed};
use super::filter::Filters;
use super::kept::Kept;
use super::volume::{GONE, Volume};
use crate::config::SiteConfig;
use crate::corpus::{Edition, Published};
use crate::error::Error;
use crate::model::Incident;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;

/// More changed documents than this are worth an index made anew.
const FEW: usize = 64;

/// The index of an edition, and of which one it was first made.
#[derive(Clone)]
pub struct Following {
    first: Arc<Edition>,
    base: Arc<Index>,
    edition: Arc<Edition>,
    index: Arc<Index>,
    config: Arc<SiteConfig>,
    today: Date,
}

impl Following {
    /// Indexes all of `edition`.
    pub fn new(edition: Arc<Edition>, config: Arc<SiteConfig>, today: Date) -> Result<Self, Error> {
        let base = Arc::new(Index::in_memory(&edition, &config, today)?);
        Ok(Self { first: Arc::clone(&edition), index: Arc::clone(&base), base, edition, config, today })
    }

    /// The index of a later `edition` of the same project: of what changed where that is little.
    pub fn after(&self, edition: Arc<Edition>, config: &Arc<SiteConfig>, today: Date) -> Result<Self, Error> {
        let same = today == self.today && Arc::ptr_eq(config, &self.config);
        if same && Arc::ptr_eq(&edition, &self.edition) {
            return Ok(self.clone());
        }
        let numbers = self.numbers(&edition);
        let kept = numbers.iter().filter(|number| **number != GONE).count();
        let changed = edition.incidents.len() - kept + self.first.incidents.len() - kept;
        if !same || kept == 0 || changed > 2 * FEW {
            return Self::new(edition, Arc::clone(config), today);
        }
        let index = Arc::new(self.edited(&edition, numbers)?);
        let (first, base) = (Arc::clone(&self.first), Arc::clone(&self.base));
        Ok(Self { first, base, edition, index, config: Arc::clone(config), today })
    }

    /// The index.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The number in `edition` of each document of the first one that is still the same.
    fn numbers(&self, edition: &Edition) -> Vec<u32> {
        let now = (0u32..).zip(&edition.incidents).map(|(number, one)| (Arc::as_ptr(&one.incident), number));
        let now: HashMap<*const Incident, u32> = now.collect();
        let known = |one: &Published| now.get(&Arc::as_ptr(&one.incident)).copied().unwrap_or(GONE);
        self.first.incidents.iter().map(known).collect()
    }

    fn edited(&self, edition: &Edition, numbers: Vec<u32>) -> Result<Index, Error> {
        let base = &self.base;
        let gone: Vec<&Published> = self
            .first
            .incidents
            .iter()
            .zip(&numbers)
            .filter(|(_, now)| **now == GONE)
            .map(|(one, _)| one)
            .collect();
        let mut kept = vec![false; edition.incidents.len()];
        for number in &numbers {
            if let Some(slot) = kept.get_mut(*number as usize) {
                *slot = true;
            }
        }
        let written = (0u32..).zip(&edition.incidents).zip(kept).filter(|(_, kept)| !kept);
        let (new_numbers, new): (Vec<u32>, Vec<&Published>) = written.map(|(one, _)| one).unzip();
        let (gone_columns, gone_words) = few(&gone, &self.config, &base.analysis)?;
        let (new_columns, new_words) = few(&new, &self.config, &base.analysis)?;
        let surfaces = base.surfaces.after(&gone_words, new_words);
        let forms = if surfaces.is_whole() {
            Arc::clone(&base.forms)
        } else {
            Arc::new(base.forms.after(&surfaces, |surface| base.analysis.fold(surface)))
        };
        let volumes = vec![
            Volume {
                columns: base.volumes.first().map_or_else(|| Arc::from([]), |one| Arc::clone(&one.columns)),
                numbers: Some(numbers),
            },
            Volume { columns: new_columns, numbers: Some(new_numbers) },
        ];
        Ok(Index {
            means: Index::means(&volumes, &gone_columns, edition.incidents.len()),
            volumes,
            gone: gone_columns,
            count: edition.incidents.len(),
            listed: listed(edition, &self.config),
            filters: self.filters(edition),
            surfaces,
            forms,
            analysis: base.analysis.clone(),
            synonyms: base.synonyms.clone(),
            kept: Kept::default(),
        })
    }

    /// The filters of `edition`: those of the last one where nothing that can be filtered by has changed.
    fn filters(&self, edition: &Edition) -> Arc<Filters> {
        let (before, now) = (&self.edition.incidents, &edition.incidents);
        let hold = |(before, now): (&Published, &Published)| {
            Arc::ptr_eq(&before.incident, &now.incident)
                && before.links == now.links
                && before.slug == now.slug
                || Filters::hold(before, now, &self.config, self.today)
        };
        if before.len() == now.len() && before.iter().zip(now).all(hold) {
            return Arc::clone(&self.index.filters);
        }
        Arc::new(Filters::of(edition, &self.config, self.today))
    }
}
