//! Results as JSON: one shape for `kb search --json` and `/api/search`.

use super::query::Results;
use crate::corpus::{Edition, Published};
use serde::Serialize;
use std::collections::BTreeMap;

/// `{"version": 1, "query": …, "total": …, "hits": […]}`
#[derive(Debug, Serialize)]
pub struct Answer<'a> {
    version: u8,
    query: &'a str,
    /// Incidents with all words.
    total: usize,
    /// Incidents that are listed as well and lack some; each says which.
    partial: usize,
    hits: Vec<AnswerHit<'a>>,
    facets: BTreeMap<&'static str, Vec<(&'a str, usize)>>,
    /// What could not be read of the query.
    unread: &'a [String],
    /// Words that occur nowhere, and what was searched instead.
    instead: Vec<AnswerInstead<'a>>,
    /// Words that occur nowhere.
    missing: &'a [String],
    /// Whether nothing has all words.
    most_words: bool,
    /// What a pasted text was reduced to.
    reduced: &'a [String],
}

#[derive(Debug, Serialize)]
struct AnswerHit<'a> {
    id: &'a str,
    slug: &'a str,
    url: String,
    title: &'a str,
    date: Option<String>,
    severity: Option<&'a str>,
    components: &'a [String],
    open_actions: usize,
    fix: Option<&'a str>,
    score: f32,
    passage: Option<AnswerPassage<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    lacks: &'a [String],
}

#[derive(Debug, Serialize)]
struct AnswerPassage<'a> {
    place: &'a str,
    anchor: &'a str,
    runs: &'a [(String, bool)],
}

#[derive(Debug, Serialize)]
struct AnswerInstead<'a> {
    typed: &'a str,
    used: &'a [String],
}

impl<'a> Answer<'a> {
    /// `results` of searching `edition` for `query`; `url` gives a document's address.
    pub fn new(
        edition: &'a Edition,
        query: &'a str,
        results: &'a Results,
        url: &dyn Fn(&Published) -> String,
    ) -> Self {
        let hits = results.hits.iter().filter_map(|hit| {
            let published = edition.incidents.get(hit.number as usize)?;
            let incident = &published.incident;
            let passage = hit.passage.as_ref().map(|passage| AnswerPassage {
                place: &passage.place,
                anchor: &passage.anchor,
                runs: &passage.runs,
            });
            Some(AnswerHit {
                id: &incident.id,
                slug: &published.slug,
                url: url(published),
                title: &incident.title,
                date: incident.date.as_ref().map(|dated| dated.date.to_string()),
                severity: incident.severity.as_ref().map(|severity| severity.label.as_str()),
                components: &incident.components,
                open_actions: incident.actions.iter().filter(|action| action.state.is_open()).count(),
                fix: incident.fix.as_ref().map(|fix| fix.text.as_str()),
                score: hit.score,
                passage,
                lacks: &hit.lacks,
            })
        });
        let facet =
            |values: &'a [(String, usize)]| values.iter().map(|(value, n)| (value.as_str(), *n)).collect();
        Self {
            version: 1,
            query,
            total: results.total,
            partial: results.partial,
            hits: hits.collect(),
            facets: results.facets.iter().map(|(name, values)| (name.name(), facet(values))).collect(),
            unread: &results.unread,
            instead: results
                .instead
                .iter()
                .map(|instead| AnswerInstead { typed: &instead.typed, used: &instead.used })
                .collect(),
            missing: &results.missing,
            most_words: results.most_words,
            reduced: &results.reduced,
        }
    }
}
