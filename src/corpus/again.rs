//! The gate, again and again: after a change in one document only that one is looked at.
//!
//! Documents hang on each other by their names and their order alone: where an address leads depends on what documents
//! are called and where they lie, never on what stands in them. While none of that changes, everything but the changed
//! documents is taken over from the last time; otherwise all is done anew. The first time is no different: it comes
//! after nothing.

use super::draft::{Corpus, Draft};
use super::edition::Edition;
use super::gate::{Press, assets, chosen, may_appear, reading, same_place};
use super::resolve::{Directory, same_names};
use super::{AssetFile, draft};
use crate::config::SiteConfig;
use crate::diag::{Checked, Diagnostic};
use crate::model::{Audience, Incident};
use std::sync::Arc;

/// More changed documents than this are published anew: looking for the place of each would take longer.
const FEW: usize = 64;

impl Corpus {
    /// Puts drafts together in path order and tells what is wrong between them: two documents with one id, links to
    /// documents that do not exist, components that `site.toml` does not describe.
    pub fn gather(drafts: Vec<Draft>, assets: Vec<AssetFile>, config: &SiteConfig) -> Checked<Self> {
        Gatherer::new(config).gather(drafts, assets)
    }
}

/// Gathers the documents of one project under one `site.toml`.
#[derive(Debug)]
pub struct Gatherer {
    base_url: String,
    last: Option<Gathered>,
}

/// A corpus with what is wrong between its documents.
#[derive(Debug)]
struct Gathered {
    corpus: Corpus,
    directory: Directory,
    twice: Vec<Diagnostic>,
    /// Links that lead nowhere, by document.
    dead: Vec<Vec<Diagnostic>>,
}

impl Gatherer {
    /// For a project with these settings.
    pub fn new(config: &SiteConfig) -> Self {
        Self { base_url: config.base_url.clone(), last: None }
    }

    /// Puts `drafts` together; see [`Corpus::gather`].
    pub fn gather(&mut self, mut drafts: Vec<Draft>, mut assets: Vec<AssetFile>) -> Checked<Corpus> {
        drafts.sort_by(|a, b| a.whole.path.cmp(&b.whole.path));
        assets.sort();
        let corpus = Corpus { drafts, assets };
        let gathered = match self.last.take() {
            Some(last) if last.names_hold(&corpus) => last.after(corpus),
            _ => Gathered::of(corpus, &self.base_url),
        };
        let found = gathered.twice.iter().chain(gathered.dead.iter().flatten()).cloned().collect();
        let corpus = gathered.corpus.clone();
        self.last = Some(gathered);
        Checked::new(corpus, found)
    }
}

impl Gathered {
    fn of(corpus: Corpus, base_url: &str) -> Self {
        let everyone: Vec<&Incident> = corpus.drafts.iter().map(|draft| &*draft.whole).collect();
        let directory = Directory::of(&everyone, &corpus.assets, base_url);
        let dead = everyone.iter().map(|incident| directory.dead(incident)).collect();
        let twice = draft::duplicate_ids(&corpus.drafts);
        Self { corpus, directory, twice, dead }
    }

    fn names_hold(&self, corpus: &Corpus) -> bool {
        let (before, now) = (&self.corpus.drafts, &corpus.drafts);
        before.len() == now.len()
            && self.corpus.assets == corpus.assets
            && before.iter().zip(now).all(|(before, now)| is_same(&before.whole, &now.whole, same_names))
    }

    fn after(mut self, corpus: Corpus) -> Self {
        let both = self.corpus.drafts.iter().zip(&corpus.drafts).zip(&mut self.dead);
        for ((_, now), dead) in both.filter(|((before, now), _)| !Arc::ptr_eq(&before.whole, &now.whole)) {
            *dead = self.directory.dead(&now.whole);
        }
        if !self.twice.is_empty() {
            // The ids are the same; where they stand may not be.
            self.twice = draft::duplicate_ids(&corpus.drafts);
        }
        Self { corpus, ..self }
    }
}

/// The gate of one project under one `site.toml`, for one audience.
#[derive(Debug)]
pub struct Gate {
    config: Arc<SiteConfig>,
    audience: Audience,
    with_drafts: bool,
    last: Option<Last>,
}

/// The last edition and what it was made of.
#[derive(Debug)]
struct Last {
    chosen: Vec<Arc<Incident>>,
    assets: Vec<AssetFile>,
    press: Press,
    edition: Arc<Edition>,
}

impl Gate {
    /// Lets through what `audience` may read; see [`publish`](super::publish).
    pub fn new(config: Arc<SiteConfig>, audience: Audience, with_drafts: bool) -> Self {
        Self { config, audience, with_drafts, last: None }
    }

    /// What the audience may read of `corpus`.
    pub fn publish(&mut self, corpus: &Corpus) -> Arc<Edition> {
        let chosen = chosen(corpus, self.audience, self.with_drafts);
        let same_assets = self.last.as_ref().is_some_and(|last| last.assets == corpus.assets);
        if let Some(edition) = same_assets.then(|| self.follow(&chosen)).flatten() {
            return edition;
        }
        let (edition, press) = Press::run(corpus, chosen.clone(), self.audience, &self.config);
        let (edition, assets) = (Arc::new(edition), corpus.assets.clone());
        self.last = Some(Last { chosen, assets, press, edition: Arc::clone(&edition) });
        edition
    }

    /// The last edition with later versions of some of its documents in it, before anything else is looked at; `None` where
    /// they are more than other words for the same audience. [`publish`](Self::publish) then gives the very same edition
    /// for a corpus in which nothing else is different.
    pub fn ahead(&mut self, drafts: &[Draft]) -> Option<Arc<Edition>> {
        let mut chosen = self.last.as_ref()?.chosen.clone();
        for draft in drafts {
            let at = chosen.binary_search_by(|one| one.path.cmp(&draft.whole.path));
            match (at, may_appear(draft, self.audience, self.with_drafts)) {
                (Ok(at), true) => *chosen.get_mut(at)? = Arc::clone(reading(draft, self.audience)),
                (Err(_), false) => {}
                _ => return None,
            }
        }
        self.follow(&chosen)
    }

    /// Takes over all but the documents of `chosen` that are new.
    fn follow(&mut self, chosen: &[Arc<Incident>]) -> Option<Arc<Edition>> {
        let last = self.last.as_mut()?;
        if last.is_of(chosen) {
            return Some(Arc::clone(&last.edition));
        }
        let edition = last.edition_of(chosen, &self.config)?;
        last.chosen = chosen.to_vec();
        last.edition = Arc::new(edition);
        Some(Arc::clone(&last.edition))
    }
}

impl Last {
    /// Whether the edition is of these very documents.
    fn is_of(&self, chosen: &[Arc<Incident>]) -> bool {
        let same = |(before, now): (&Arc<Incident>, &Arc<Incident>)| Arc::ptr_eq(before, now);
        self.chosen.len() == chosen.len() && self.chosen.iter().zip(chosen).all(same)
    }

    /// The edition after this one; `None` where more than the words of single documents is different.
    fn edition_of(&self, chosen: &[Arc<Incident>], config: &SiteConfig) -> Option<Edition> {
        let places_hold = self.chosen.len() == chosen.len()
            && self.chosen.iter().zip(chosen).all(|(before, now)| is_same(before, now, same_place));
        if !places_hold {
            return None;
        }
        let both = self.chosen.iter().zip(chosen).filter(|(before, now)| !Arc::ptr_eq(before, now));
        let changed: Vec<&Arc<Incident>> = both.map(|(_, now)| now).collect();
        if changed.len() > FEW {
            return None;
        }
        let mut edition = Edition::clone(&self.edition);
        let mut other_assets = false;
        for now in changed {
            let mut all = edition.incidents.iter_mut().chain(&mut edition.pages);
            let place = all.find(|one| one.incident.path == now.path)?;
            let published = self.press.again(Arc::clone(now), place, config)?;
            other_assets |= !place.assets().eq(published.assets());
            *place = published;
        }
        if other_assets {
            edition.assets = assets(edition.incidents.iter().chain(&edition.pages));
        }
        Some(edition)
    }
}

fn is_same(before: &Arc<Incident>, now: &Arc<Incident>, same: fn(&Incident, &Incident) -> bool) -> bool {
    Arc::ptr_eq(before, now) || same(before, now)
}
