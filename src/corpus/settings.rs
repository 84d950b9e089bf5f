//! Settings are internal too: who works here, which systems are called what. This is the part an audience may know.

use super::edition::Edition;
use crate::config::{Component, SiteConfig};
use crate::model::Audience;
use std::collections::BTreeSet;

/// The settings that pages of `edition` are made with. For the public: no people, no trackers, no teams, no internal
/// addresses, and only the components that something published names, under their public names.
pub fn settings_for(edition: &Edition, config: &SiteConfig) -> SiteConfig {
    let mut settings = config.clone();
    if edition.audience == Audience::Internal {
        return settings;
    }
    let public = settings.audience.public.clone();
    settings.title = public.title.unwrap_or(settings.title);
    settings.base_url = public.base_url.unwrap_or(settings.base_url);
    settings.edit_url = None;
    settings.people.clear();
    settings.trackers.clear();
    settings.sources.clear();
    settings.lint.clear();
    // Words of the house for severities; those that kb knows by itself give nothing away.
    let known = SiteConfig::default().severity.aliases;
    settings.severity.aliases.retain(|word, _| known.contains_key(word));
    settings.audience.public.internal_hosts.clear();
    settings.audience.public.forbidden_words.clear();
    let named: BTreeSet<&String> =
        edition.incidents.iter().flat_map(|one| &one.incident.components).collect();
    settings.components.retain(|id, _| named.contains(id));
    for component in settings.components.values_mut() {
        *component = Component {
            name: component.public_name.take().or_else(|| component.name.take()),
            status_page: component.status_page.take(),
            ..Component::default()
        };
    }
    settings
}
