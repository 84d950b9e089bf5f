//! `incidents.json`: the incidents that status pages and pagers know, kept beside `site.toml`. `kb sync` merges what they say
//! into it, since most tell the latest few only; `kb coverage` and `kb new --from` read it and need no network.

use super::fetch::Asked;
use super::story::{Around, Origin, Story};
use super::web::Failure;
use crate::config::{Source as Settings, SourceKind};
use crate::diag::{Checked, Diagnostic, Source, Span};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The file beside `site.toml`.
pub const FILE: &str = "incidents.json";
/// Bytes of the longest one that is read.
pub const LARGEST: u64 = 64 << 20;

/// What is known, by the name of the source in `site.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    sources: BTreeMap<String, Told>,
}

/// What one source told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// When it was last asked.
    pub fetched_at: Timestamp,
    /// Its incidents, the earliest first.
    pub incidents: Vec<Story>,
}

#[derive(Serialize, Deserialize)]
struct Document {
    version: u8,
    sources: BTreeMap<String, Told>,
}

impl Known {
    /// Reads the file; what cannot be read is told, and nothing is known.
    pub fn read(source: &Source) -> Checked<Self> {
        match serde_json::from_str::<Document>(&source.text) {
            Ok(document) if document.version == 1 => {
                Checked::new(Self { sources: document.sources }, Vec::new())
            }
            Ok(_) => {
                Checked::new(Self::default(), vec![odd(source, "is of a version that this kb does not know")])
            }
            Err(error) => {
                Checked::new(Self::default(), vec![odd(source, &format!("cannot be read: {error}"))])
            }
        }
    }

    /// The text of the file: stable, so that a change can be reviewed.
    pub fn write(&self) -> String {
        let document = Document { version: 1, sources: self.sources.clone() };
        serde_json::to_string_pretty(&document).map(|text| text + "\n").unwrap_or_default()
    }

    /// Takes over what source `name` said at `now`; incidents that it no longer tells stay known. Returns the new ones.
    pub fn merge(&mut self, name: &str, told: Vec<Story>, now: Timestamp) -> Vec<Story> {
        let known = self.sources.remove(name).map(|told| told.incidents).unwrap_or_default();
        let mut all: BTreeMap<String, Story> = known.into_iter().map(|story| (story.key(), story)).collect();
        let before: Vec<String> = all.keys().cloned().collect();
        all.extend(told.into_iter().map(|story| (story.key(), story)));
        let mut incidents: Vec<Story> = all.into_values().collect();
        incidents.sort_by_key(|story| (story.began(), story.key()));
        let new = incidents.iter().filter(|story| !before.contains(&story.key())).cloned().collect();
        self.sources.insert(name.to_owned(), Told { fetched_at: now, incidents });
        new
    }

    /// Every incident with the name of its source, the earliest first within each.
    pub fn stories(&self) -> impl Iterator<Item = (&str, &Story)> {
        self.sources
            .iter()
            .flat_map(|(name, told)| told.incidents.iter().map(move |story| (name.as_str(), story)))
    }

    /// The incident known by `key` (`statuspage/p31`).
    pub fn story(&self, key: &str) -> Option<&Story> {
        self.stories().map(|(_, story)| story).find(|story| story.key() == key)
    }

    /// What source `name` told so far.
    pub fn of(&self, name: &str) -> &[Story] {
        self.sources.get(name).map_or(&[], |told| &told.incidents)
    }

    /// When the source that was asked longest ago was asked.
    pub fn oldest(&self) -> Option<Timestamp> {
        self.sources.values().map(|told| told.fetched_at).min()
    }

    /// When `name` was last asked.
    pub fn fetched_at(&self, name: &str) -> Option<Timestamp> {
        self.sources.get(name).map(|told| told.fetched_at)
    }
}

fn odd(source: &Source, what: &str) -> Diagnostic {
    let message = format!("`{FILE}` {what}");
    Diagnostic::warning("incidents", source, Span::default(), message).help("delete it and run `kb sync`")
}

/// Asks `source` for its incidents; `before` are those it told earlier. Where it told of them, and something else of it
/// could not be read, that comes along: the next run goes on from there.
///
/// # Errors
/// Where it cannot be asked, or answers nothing of its kind.
pub fn ask(
    settings: &Settings,
    asked: &Asked<'_>,
    before: &[Story],
) -> Result<(Vec<Story>, Option<Failure>), Failure> {
    if settings.kind == SourceKind::Pagerduty {
        return asked.pager_incidents(settings, before);
    }
    let message =
        || Failure::Refused(format!("`{}` is no web address; set `url` in `site.toml`", settings.url));
    let url = super::address::Address::parse(&settings.url).ok_or_else(message)?;
    let around = Around { url: Some(url.at("/").to_string()), ..Around::default() };
    let stories = match Origin::of(settings.kind) {
        Some(origin) => asked.page(origin, &url, &around),
        None => asked.any_page(&url, &around),
    };
    Ok((stories?, None))
}

/// Whether a postmortem may be expected of `story`: not of what was announced beforehand, was excused, or is too long ago.
pub fn expected(settings: Option<&Settings>, story: &Story) -> bool {
    let planned = story.impact.as_deref().is_some_and(|impact| impact.eq_ignore_ascii_case("maintenance"));
    let excused = settings.is_some_and(|settings| settings.ignore.contains(&story.id));
    let day = story.day();
    let old = settings.and_then(|settings| settings.since).zip(day).is_some_and(|(since, day)| day < since);
    !planned && !excused && !old
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interop::story::read;

    fn stories(ids: &[&str]) -> Vec<Story> {
        let all: Vec<_> =
            ids.iter().map(|id| serde_json::json!({"id": id, "title": format!("About {id}")})).collect();
        read(
            Origin::Generic,
            serde_json::json!({"incidents": all}).to_string().as_bytes(),
            &Around::default(),
        )
        .unwrap()
    }

    #[test]
    fn what_a_page_no_longer_tells_stays_known() {
        let now = Timestamp::from_second(1_790_000_000).unwrap();
        let mut known = Known::default();
        assert_eq!(known.merge("page", stories(&["1", "2"]), now).len(), 2);
        let new = known.merge("page", stories(&["2", "3"]), now);
        assert_eq!(new.iter().map(Story::key).collect::<Vec<_>>(), ["generic/3"]);
        assert_eq!(known.stories().count(), 3);
        let again = Known::read(&Source::new(FILE, known.write().as_str()));
        assert_eq!((again.value, again.found), (known, vec![]));
        for text in ["", "{", "[]", "{\"version\":2,\"sources\":{}}"] {
            assert_eq!(Known::read(&Source::new(FILE, text)).found.len(), 1, "{text}");
        }
    }
}
