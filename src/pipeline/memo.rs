//! What is remembered between runs over the same project; the only place that knows runs repeat.
//!
//! A draft depends on the text of its file and on the settings, nothing else. Its findings are kept with it and told
//! again, so that a warm run says what a cold one does.

use crate::corpus::Draft;
use crate::diag::{Checked, Source};
use std::collections::HashMap;
use std::sync::Arc;

/// Drafts by path, each with the text it was read from.
#[derive(Debug, Default)]
pub struct Memo {
    drafts: HashMap<Arc<str>, (Source, Checked<Draft>)>,
}

impl Memo {
    /// The draft of `source`, if it was read before with the very same text under the same name.
    pub(super) fn draft(&self, source: &Source) -> Option<Checked<Draft>> {
        let (known, draft) = self.drafts.get(&source.path)?;
        let same = known.name == source.name
            && (Arc::ptr_eq(&known.text, &source.text) || known.text == source.text);
        same.then(|| draft.clone())
    }

    /// Remembers what was read, and nothing else.
    pub(super) fn replace(&mut self, read: impl Iterator<Item = (Source, Checked<Draft>)>) {
        self.drafts = read.map(|(source, draft)| (Arc::clone(&source.path), (source, draft))).collect();
    }

    /// Forgets everything; needed when settings change.
    pub fn clear(&mut self) {
        self.drafts.clear();
    }
}
