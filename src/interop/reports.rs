//! Which postmortems tell of an incident that another system knows: those imported from it, and those that link to it.

use super::story::Story;
use crate::corpus::Edition;
use crate::model::Incident;
use std::collections::HashMap;

/// The postmortems of an edition by what they are known by elsewhere.
#[derive(Debug, Default)]
pub struct Reports {
    /// Places in the edition, by key of a source and by address.
    by: HashMap<String, Vec<usize>>,
}

impl Reports {
    /// Looks at all of them.
    pub fn of(edition: &Edition) -> Self {
        let mut by = HashMap::<String, Vec<usize>>::new();
        for (number, published) in edition.incidents.iter().enumerate() {
            for key in keys(&published.incident) {
                let told = by.entry(key).or_default();
                if told.last() != Some(&number) {
                    told.push(number);
                }
            }
        }
        Self { by }
    }

    /// The postmortems that came from `story` or link to it, as places in [`Edition::incidents`].
    pub fn on(&self, story: &Story) -> &[usize] {
        let keys = [Some(story.key()), story.url.as_deref().map(plain)];
        keys.into_iter().flatten().find_map(|key| self.by.get(&key)).map_or(&[], Vec::as_slice)
    }
}

/// What the incident is known by elsewhere: keys of sources, and addresses.
fn keys(incident: &Incident) -> impl Iterator<Item = String> {
    let links = incident.links.iter().map(|(_, link)| link).chain(&incident.status_page);
    links.map(|link| plain(link)).chain(incident.imported_from.iter().cloned())
}

/// An address as it is compared.
fn plain(url: &str) -> String {
    url.trim().trim_end_matches('/').to_owned()
}
