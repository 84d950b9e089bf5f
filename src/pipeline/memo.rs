//! What is remembered between runs over the same project; the only place that knows runs repeat.
//!
//! A draft depends on the text of its file and on the settings, nothing else. Its findings are kept with it and told
//! again, so that a warm run says what a cold one does.

use crate::corpus::Draft;
use crate::diag::{Checked, Diagnostic, Source, has_errors};
use std::collections::HashMap;
use std::sync::Arc;

/// Drafts by path, each with the text it was read from.
#[derive(Debug, Default)]
pub struct Memo {
    drafts: HashMap<Arc<str>, (Source, Checked<Draft>)>,
    /// The last version of each document that had no errors; empty in a run that keeps none.
    good: HashMap<Arc<str>, Draft>,
    keeps_good: bool,
}

impl Memo {
    /// A memo for a preview: a document that is broken stands in for itself with its last good version.
    pub fn keeping_good() -> Self {
        Self { keeps_good: true, ..Self::default() }
    }

    /// The draft of `source`, if it was read before with the very same text under the same name.
    pub(super) fn draft(&self, source: &Source) -> Option<Checked<Draft>> {
        let (known, draft) = self.drafts.get(&source.path)?;
        let same = known.name == source.name
            && (Arc::ptr_eq(&known.text, &source.text) || known.text == source.text);
        same.then(|| draft.clone())
    }

    /// Remembers what was read, and nothing else; returns the drafts to go on with and adds what was found to `found`.
    pub(super) fn settle(
        &mut self,
        read: Vec<(Source, Checked<Draft>)>,
        found: &mut Vec<Diagnostic>,
    ) -> Vec<Draft> {
        let mut drafts = Vec::with_capacity(read.len());
        let mut good = HashMap::new();
        for (source, draft) in &read {
            found.extend(draft.found.iter().cloned());
            let broken = has_errors(&draft.found);
            let older = self.good.get(&source.path).filter(|_| broken);
            let used = older.unwrap_or(&draft.value).clone();
            if self.keeps_good && (!broken || older.is_some()) {
                good.insert(Arc::clone(&source.path), used.clone());
            }
            drafts.push(used);
        }
        self.good = good;
        self.drafts =
            read.into_iter().map(|(source, draft)| (Arc::clone(&source.path), (source, draft))).collect();
        drafts
    }

    /// Forgets what was read; needed when settings change. Good versions stay.
    pub fn forget(&mut self) {
        self.drafts.clear();
    }
}
