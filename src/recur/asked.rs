//! What is like the documents that changed since all were compared. To ask takes a while, so a preview shows a save first and
//! asks afterwards; answers are kept as long as the text they are about stands.

use super::similar::Similar;
use crate::corpus::Published;
use crate::model::Incident;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Answers by path. Their numbers are those of the incidents that were compared.
#[derive(Debug, Clone, Default)]
pub struct Asked(BTreeMap<Arc<str>, (Arc<Incident>, Vec<Similar>)>);

impl Asked {
    /// An answer for each of `all`, from those that are `known` where the text is the same.
    pub(super) fn of_all<'a>(
        all: impl Iterator<Item = &'a Published>,
        known: &Self,
        ask: impl Fn(&Published) -> Vec<Similar>,
    ) -> Self {
        let answer = |one: &Published| {
            let incident = &one.incident;
            let same = known.0.get(&incident.path).filter(|(about, _)| Arc::ptr_eq(about, incident));
            let like = same.map_or_else(|| ask(one), |(_, like)| like.clone());
            (Arc::clone(&incident.path), (Arc::clone(incident), like))
        };
        Self(all.map(answer).collect())
    }

    /// What is like the document at `path`, as far as it was asked.
    pub(super) fn of(&self, path: &str) -> Option<&[Similar]> {
        self.0.get(path).map(|(_, like)| like.as_slice())
    }
}
