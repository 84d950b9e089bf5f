//! What is remembered between runs over the same project; the only place that knows runs repeat.
//!
//! A draft depends on the text of its file, on the settings and on what trackers said of tickets, nothing else. Its findings are kept with it and told
//! again, so that a warm run says what a cold one does.

use super::Progress;
use crate::config::SiteConfig;
use crate::corpus::{Corpus, Draft, Gatherer, Hearing};
use crate::diag::{Checked, Diagnostic, Source, has_errors};
use crate::disk::Content;
use crate::model::{Audience, Tickets};
use crate::parse::{ParseOptions, postmortem};
use rayon::prelude::*;
use std::sync::Arc;

/// Documents as they were read last, and what they were gathered to.
#[derive(Debug, Default)]
pub struct Memo {
    /// In path order.
    documents: Vec<Document>,
    under: Option<Under>,
    keeps_good: bool,
    for_colleagues: bool,
}

/// The settings that documents were read under.
#[derive(Debug)]
struct Under {
    options: ParseOptions,
    gatherer: Gatherer,
}

#[derive(Debug)]
struct Document {
    source: Source,
    draft: Checked<Draft>,
    /// The last version without errors; none in a run that keeps none.
    good: Option<Draft>,
    /// Whether the settings have changed since it was read.
    stale: bool,
}

/// A document to read, and its last good version.
type Unread = (Source, Option<Draft>);

/// So few documents are read one after the other.
const FEW: usize = 4;

impl Memo {
    /// A memo for a preview: a document that is broken stands in for itself with its last good version.
    pub fn keeping_good() -> Self {
        Self { keeps_good: true, ..Self::default() }
    }

    /// A memo for a run whose readers are `audience`: what customers may read is only made for them.
    pub fn of_a_run_for(audience: Audience) -> Self {
        Self { for_colleagues: audience == Audience::Internal, ..Self::default() }
    }

    /// The corpus of `content`: documents that are not known in this very form are read, in parallel, all others are
    /// taken over.
    pub(super) fn read(
        &mut self,
        content: Content,
        config: &SiteConfig,
        tickets: &Tickets,
        progress: &dyn Progress,
    ) -> Checked<Corpus> {
        let options = || ParseOptions::new(config);
        let under = self.under.get_or_insert_with(|| Under {
            options: if self.for_colleagues { options().for_colleagues() } else { options() },
            gatherer: Gatherer::new(config),
        });
        let mut known = std::mem::take(&mut self.documents).into_iter().peekable();
        let slots: Vec<Result<Document, Unread>> = content
            .documents
            .into_iter()
            .map(|source| {
                while known.next_if(|one| one.source.path < source.path).is_some() {}
                match known.next_if(|one| one.source.path == source.path) {
                    Some(before) if before.stands_for(&source) => Ok(Document { source, ..before }),
                    before => Err((source, before.and_then(|before| before.good))),
                }
            })
            .collect();
        let keeps_good = self.keeps_good;
        let hearing = Hearing::new(tickets, config);
        let read = |slot: Result<Document, Unread>| {
            let fresh = |(source, good)| Document::read(source, good, &under.options, &hearing, keeps_good);
            let document = slot.unwrap_or_else(fresh);
            progress.step();
            document
        };
        // For a few, waking threads takes longer than reading.
        let few = slots.iter().filter(|slot| slot.is_err()).count() <= FEW;
        self.documents = if few {
            slots.into_iter().map(read).collect()
        } else {
            slots.into_par_iter().map(read).collect()
        };
        let drafts = self.documents.iter().map(|document| document.used().clone()).collect();
        let gathered = under.gatherer.gather(drafts, content.assets);
        let read = self.documents.iter().flat_map(|document| &document.draft.found).cloned();
        let found: Vec<Diagnostic> = read.chain(gathered.found).collect();
        Checked::new(gathered.value, found)
    }

    /// Reads `sources` alone, later versions of documents that are known; `None` where one of them is not, or is broken.
    /// The next [`read`](Self::read) knows them then.
    pub(super) fn read_ahead(
        &mut self,
        sources: Vec<Source>,
        config: &SiteConfig,
        tickets: &Tickets,
    ) -> Option<Vec<Draft>> {
        let under = self.under.as_ref()?;
        let hearing = Hearing::new(tickets, config);
        let mut drafts = Vec::new();
        for source in sources {
            let at = self.documents.binary_search_by(|one| one.source.path.cmp(&source.path)).ok()?;
            let slot = self.documents.get_mut(at)?;
            *slot = Document::read(source, slot.good.take(), &under.options, &hearing, self.keeps_good);
            drafts.push((!has_errors(&slot.draft.found)).then(|| slot.used().clone())?);
        }
        Some(drafts)
    }

    /// Forgets what was read; needed when settings change. Good versions stay.
    pub fn forget(&mut self) {
        self.under = None;
        self.documents.iter_mut().for_each(|document| document.stale = true);
    }
}

impl Document {
    fn read(
        source: Source,
        good: Option<Draft>,
        options: &ParseOptions,
        hearing: &Hearing<'_>,
        keeps_good: bool,
    ) -> Self {
        let read = postmortem(&source, options);
        let draft = Checked::new(read.value.hearing(hearing), read.found);
        let broken = has_errors(&draft.found);
        let good = if broken { good } else { keeps_good.then(|| draft.value.clone()) };
        Self { source, draft, good, stale: false }
    }

    /// Whether `source` is the very same text under the same name.
    fn stands_for(&self, source: &Source) -> bool {
        let same_text = Arc::ptr_eq(&self.source.text, &source.text) || self.source.text == source.text;
        !self.stale && self.source.name == source.name && same_text
    }

    /// The version to go on with.
    fn used(&self) -> &Draft {
        let good = self.good.as_ref().filter(|_| has_errors(&self.draft.found));
        good.unwrap_or(&self.draft.value)
    }
}
