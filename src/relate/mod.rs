//! How the incidents of one edition hang together: who names whom, both ways, and what stands under one component, tag,
//! team, severity or year.
//!
//! Everything is read off the edition in one pass and refers to incidents by their number in it.

mod group;
mod neighbours;

pub use group::{Group, Groups};
pub use neighbours::{Mention, Neighbours};

use crate::corpus::{Edition, Published};
use std::sync::Arc;

/// All relations of an edition.
#[derive(Debug, Clone, Default)]
pub struct Relations {
    /// What hangs together with each incident, by its number.
    pub incidents: Vec<Neighbours>,
    /// Incidents by declared component.
    pub components: Groups,
    /// Incidents by tag.
    pub tags: Groups,
    /// Incidents by team.
    pub teams: Groups,
    /// Incidents by severity label.
    pub severities: Groups,
    /// Incidents by the year they happened in; undated ones are in none.
    pub years: Groups,
    /// Whether the incidents are all there are, and not some that were read before the others.
    pub whole: bool,
}

impl Relations {
    /// Those of `count` incidents each of which is shown alone: none.
    pub fn none(count: usize) -> Self {
        Self { incidents: vec![Neighbours::default(); count], ..Self::default() }
    }
}

/// The relations of `edition`.
pub fn relate(edition: &Edition) -> Relations {
    let mut components = Groups::default();
    let mut tags = Groups::default();
    let mut teams = Groups::default();
    let mut severities = Groups::default();
    let mut years = Groups::default();
    for (number, published) in edition.incidents.iter().enumerate() {
        let incident = &published.incident;
        components.add_all(incident.components.iter().map(String::as_str), number);
        tags.add_all(incident.tags.iter().map(String::as_str), number);
        teams.add_all(incident.team.as_deref(), number);
        severities.add_all(incident.severity.as_ref().map(|severity| severity.label.as_str()), number);
        if let Some(dated) = &incident.date {
            years.add_all(Some(dated.date.year().to_string().as_str()), number);
        }
    }
    Relations { incidents: neighbours::of(edition), components, tags, teams, severities, years, whole: true }
}

/// Whether the relations of `before` are those of `now`: nobody mentions or is filed under anything else.
pub fn holds(before: &Edition, now: &Edition) -> bool {
    let same = |(before, now): (&Published, &Published)| {
        let links = Arc::ptr_eq(&before.links, &now.links) || before.links == now.links;
        links && (Arc::ptr_eq(&before.incident, &now.incident) || filed(before) == filed(now))
    };
    before.incidents.len() == now.incidents.len() && before.incidents.iter().zip(&now.incidents).all(same)
}

/// What an incident is filed under.
fn filed(one: &Published) -> impl PartialEq {
    let incident = &one.incident;
    (
        incident.components.clone(),
        incident.tags.clone(),
        incident.team.clone(),
        incident.severity.as_ref().map(|severity| severity.label.clone()),
        incident.date.as_ref().map(|dated| dated.date.year()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SiteConfig;
    use crate::corpus::{Corpus, Draft, publish};
    use crate::model::{Audience, Dated, Incident, LinkKind, Reference};
    use jiff::civil::date;

    fn incident(path: &str, year: i16) -> Incident {
        let date = Some(Dated { date: date(year, 5, 1), from: "front matter" });
        Incident { path: path.into(), id: path.into(), date, ..Incident::default() }
    }

    fn edition(all: Vec<Incident>) -> Edition {
        let drafts = all.into_iter().map(|one| Draft::seal(one, None)).collect();
        let config = SiteConfig::default();
        let corpus = Corpus::gather(drafts, Vec::new(), &config).value;
        publish(&corpus, Audience::Internal, &config, false)
    }

    #[test]
    fn a_mention_is_seen_from_both_ends() {
        let mut newer = incident("b.md", 2024);
        newer.references.push(Reference {
            target: "a.md".into(),
            text: String::new(),
            notation: "related",
            kind: Some(LinkKind::Recurrence),
            why: Some("same certificate".into()),
            span: crate::diag::Span::default(),
            line: 1,
        });
        let relations = relate(&edition(vec![incident("a.md", 2023), newer]));
        assert_eq!(relations.incidents[1].names[0].other, 0);
        assert_eq!(relations.incidents[0].named_by[0].other, 1);
        assert_eq!(relations.incidents[0].named_by[0].kind, LinkKind::Recurrence);
        assert_eq!(relations.incidents[0].later, Some(1));
        assert_eq!(relations.incidents[1].earlier, Some(0));
    }

    #[test]
    fn groups_take_spellings_together_and_keep_time_order() {
        let mut first = incident("a.md", 2023);
        first.components = vec!["API Gateway".into(), "api-gateway".into()];
        let mut second = incident("b.md", 2024);
        second.components = vec!["api gateway".into()];
        let relations = relate(&edition(vec![first, second]));
        let group = relations.components.by_slug("api-gateway").unwrap();
        assert_eq!((group.name.as_str(), group.members.as_slice()), ("API Gateway", [0, 1].as_slice()));
        assert_eq!(relations.components.all().len(), 1);
        assert_eq!(relations.years.all().len(), 2);
    }
}
