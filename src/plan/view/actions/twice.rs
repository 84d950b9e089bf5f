//! What was promised after one incident and asked for again after another.

use crate::measure::Item;
use crate::plan::url;
use crate::plan::view::{NameLink, Views};
use serde::Serialize;

/// Most promises that are listed as asked for twice, and most of the times each was; the statistics hold all.
const TWICE: usize = 20;
const TIMES: usize = 5;

/// One promise made after several incidents.
#[derive(Debug, Serialize)]
pub struct AskedTwice {
    /// In the words of the first.
    pub text: String,
    /// The ticket all share.
    pub ticket: Option<String>,
    /// Each time: the incident's title, and the address of the item there.
    pub asked: Vec<NameLink>,
    /// How many more times than are listed.
    pub more: usize,
    /// How many of these are still open.
    pub open: usize,
}

impl Views<'_> {
    /// What was asked for in more than one incident.
    pub(super) fn asked_twice(&self) -> Vec<AskedTwice> {
        let asked = |item: &Item| {
            let row = self.action_row((item.of_incident(), item.of_action()?))?;
            Some(NameLink { name: row.incident, link: row.link })
        };
        let all = self.statistics().actions.asked_twice.iter();
        all.take(TWICE)
            .map(|one| AskedTwice {
                text: one.text.clone(),
                ticket: one.ticket.clone(),
                more: one.asked.n().saturating_sub(TIMES),
                asked: one.asked.items.iter().rev().take(TIMES).filter_map(asked).collect(),
                open: one.open.n(),
            })
            .collect()
    }

    pub(super) fn all_asked_twice(&self) -> Option<String> {
        let beyond = self.site.has_statistics() && self.statistics().actions.asked_twice.len() > TWICE;
        beyond.then(|| url::link("stats", self.site.config.urls) + "#twice")
    }
}
