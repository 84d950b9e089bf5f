//! What status pages and pagers know, held against the reports of an edition.

use crate::config::SiteConfig;
use crate::corpus::Edition;
use crate::interop::known::{Known, expected};
use crate::interop::reports::Reports;
use crate::interop::story::Story;
use crate::measure::{Elsewhere, Item, Untold};
use crate::model::Audience;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Which of the incidents that are `known` on the day `as_of` the reports of `edition` tell of. What is imported is for
/// colleagues: of any other edition nothing is said.
pub fn elsewhere(
    known: Option<&Known>,
    edition: &Edition,
    config: &SiteConfig,
    as_of: Date,
) -> Option<Elsewhere> {
    let known = known.filter(|_| edition.audience == Audience::Internal)?;
    let reports = Reports::of(edition);
    let wanted = |(name, story): &(&str, &Story)| {
        expected(config.sources.get(*name), story) && story.day().is_none_or(|day| day <= as_of)
    };
    let all: Vec<(&str, &Story)> = known.stories().filter(wanted).collect();
    let told: BTreeSet<usize> = all.iter().flat_map(|(_, story)| reports.on(story)).copied().collect();
    let untold = all.iter().filter(|(_, story)| reports.on(story).is_empty());
    let mut missing: Vec<Untold> = untold.map(|(name, story)| one(name, story)).collect();
    missing.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.key.cmp(&b.key)));
    Some(Elsewhere {
        known: all.len(),
        told: all.len() - missing.len(),
        reports: told.into_iter().map(Item::incident).collect(),
        missing,
        asked: known.oldest(),
    })
}

fn one(name: &str, story: &Story) -> Untold {
    Untold {
        source: name.to_owned(),
        key: story.key(),
        title: story.title.clone(),
        url: story.url.clone(),
        impact: story.impact.clone(),
        date: story.day(),
    }
}
