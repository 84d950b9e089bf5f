//! The audience gate: from everything to what one audience may read. Read this file in every review.
//!
//! The order matters. First documents are chosen, then parts of documents are cut, and only then are links resolved,
//! among what is left: nothing later can tell a hidden document from one that never was.

use super::draft::{Corpus, Draft, Open};
use super::edition::{Edition, Link, Published, PublishedAsset, Seal, Target};
use super::links::walk_links;
use super::redact;
use super::resolve::{Directory, Meaning, same_names};
use super::scrub::Reports;
use super::slug::{name_by_path, slugify, without_extension};
use super::unlink;
use crate::config::SiteConfig;
use crate::model::{Audience, Incident, Kind, LinkKind, Status};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where each address of one text leads.
type Targets = BTreeMap<Box<str>, Target>;

/// What `audience` may read of `corpus`. Drafts (`status: draft`) are left out unless `with_drafts`; a public edition
/// never holds them.
pub fn publish(corpus: &Corpus, audience: Audience, config: &SiteConfig, with_drafts: bool) -> Edition {
    Press::run(corpus, chosen(corpus, audience, with_drafts), audience, config).0
}

/// What `audience` may read of each document that it may read at all, in the order of the corpus.
pub(super) fn chosen(corpus: &Corpus, audience: Audience, with_drafts: bool) -> Vec<Arc<Incident>> {
    let chosen = corpus.drafts.iter().filter(|draft| may_appear(draft, audience, with_drafts));
    chosen.map(|draft| Arc::clone(reading(draft, audience))).collect()
}

/// Whether `audience` may read anything of a document.
pub(super) fn may_appear(draft: &Draft, audience: Audience, with_drafts: bool) -> bool {
    let incident = &draft.whole;
    match audience {
        Audience::Internal => with_drafts || incident.status != Status::Draft,
        Audience::Public => {
            let read = !matches!(draft.open, Open::Unread);
            read && incident.visibility == Audience::Public && incident.status != Status::Draft
        }
    }
}

/// The reading of `draft` that `audience` is given.
pub(super) fn reading(draft: &Draft, audience: Audience) -> &Arc<Incident> {
    match (audience, &draft.open) {
        (Audience::Public, Open::Less(less)) => less,
        _ => &draft.whole,
    }
}

/// What cutting and resolving need to know of the whole edition: names, and nothing else of any document.
#[derive(Debug)]
pub(super) struct Press {
    audience: Audience,
    reports: Reports,
    directory: Directory,
    /// Where incidents end and ordinary pages begin in the directory.
    split: usize,
}

impl Press {
    /// An edition of `chosen`, and what it was made with.
    pub(super) fn run(
        corpus: &Corpus,
        chosen: Vec<Arc<Incident>>,
        audience: Audience,
        config: &SiteConfig,
    ) -> (Edition, Self) {
        let reports = Reports::of(chosen.iter().map(|one| &**one));
        let opened = chosen.into_par_iter().map(|one| open(one, audience, config, &reports));
        let (mut pages, mut incidents): (Vec<Arc<Incident>>, Vec<Arc<Incident>>) =
            opened.collect::<Vec<_>>().into_iter().partition(|one| one.kind == Kind::Page);
        incidents.sort_by(|a, b| (day(a), &a.path).cmp(&(day(b), &b.path)));
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        let split = incidents.len();
        incidents.append(&mut pages);
        let all: Vec<&Incident> = incidents.iter().map(|one| &**one).collect();
        let directory = Directory::of(&all, &corpus.assets, &config.base_url);
        let slugs = slugs(&all);
        let press = Self { audience, reports, directory, split };
        let resolved = incidents.into_par_iter().zip(slugs);
        let mut incidents: Vec<Published> =
            resolved.map(|(incident, slug)| press.resolve(incident, slug)).collect();
        let pages = incidents.split_off(split);
        let assets = assets(incidents.iter().chain(&pages));
        (Edition { audience, incidents, pages, assets, _seal: Seal }, press)
    }

    /// The document `incident` as this edition's readers may read it, at the place of the one that was published under
    /// `before`; `None` where it goes by other names than that one.
    pub(super) fn again(
        &self,
        incident: Arc<Incident>,
        before: &Published,
        config: &SiteConfig,
    ) -> Option<Published> {
        let opened = open(incident, self.audience, config, &self.reports);
        let stays = same_place(&opened, &before.incident);
        stays.then(|| self.resolve(opened, before.slug.clone()))
    }

    /// Takes out what names documents that are not among these, and looks up where everything else leads.
    fn resolve(&self, mut incident: Arc<Incident>, slug: String) -> Published {
        if self.audience == Audience::Public {
            forget_the_hidden(Arc::make_mut(&mut incident), &self.directory);
        }
        let targets = targets(&incident, &self.directory, self.split).into();
        let links = links(&incident, &self.directory, self.split).into();
        Published { incident, slug, targets, links, _seal: Seal }
    }
}

fn open(reading: Arc<Incident>, audience: Audience, config: &SiteConfig, reports: &Reports) -> Arc<Incident> {
    match audience {
        Audience::Internal => reading,
        Audience::Public => Arc::new(redact::for_public(Incident::clone(&reading), config, reports)),
    }
}

fn day(incident: &Incident) -> Option<Date> {
    incident.date.as_ref().map(|dated| dated.date)
}

/// Whether two versions of a document stand at the same place of an edition and are found under the same addresses.
pub(super) fn same_place(one: &Incident, other: &Incident) -> bool {
    same_names(one, other) && one.kind == other.kind && day(one) == day(other)
}

/// The attachments that any of `published` shows or links to.
pub(super) fn assets<'p>(published: impl Iterator<Item = &'p Published>) -> Vec<PublishedAsset> {
    let used: BTreeSet<&Arc<str>> = published.flat_map(Published::assets).collect();
    used.into_iter().map(|path| PublishedAsset { path: Arc::clone(path), _seal: Seal }).collect()
}

/// Takes out of a document what names a document that is not in `directory`: the words of dead links, and references
/// that resolve to nothing.
fn forget_the_hidden(incident: &mut Incident, directory: &Directory) {
    unlink::hide_dead_links(incident, directory);
    let path = Arc::clone(&incident.path);
    incident.references.retain(|one| match one.notation {
        "id" => directory.named(&one.target).is_some(),
        "related" => matches!(directory.reference(&path, &one.target), Meaning::Document(..)),
        _ => directory.meaning(&path, &one.target) != Meaning::Missing,
    });
}

/// One slug per document: stated, else the id, else the file name. Where several wish for one, the earliest has it and
/// the others take their whole path, so that an address that is in use stays when a later incident wants the same.
fn slugs(all: &[&Incident]) -> Vec<String> {
    // The page of all incidents lies among theirs.
    let mut taken: BTreeSet<String> = BTreeSet::from(["index".to_owned()]);
    let mut give = |incident: &Incident| {
        let wished = slugify(wish(incident));
        if taken.insert(wished.clone()) {
            return wished;
        }
        let path = slugify(without_extension(&incident.path));
        let counted = (2..).map(|n| format!("{path}-{n}"));
        let free = std::iter::once(path.clone()).chain(counted).find(|slug| taken.insert(slug.clone()));
        free.unwrap_or(path)
    };
    // Nobody knows how early one without a day is: such documents come last.
    let mut given = vec![String::new(); all.len()];
    for dated in [true, false] {
        for (slug, incident) in given.iter_mut().zip(all).filter(|(_, one)| one.date.is_some() == dated) {
            *slug = give(incident);
        }
    }
    given
}

fn wish(incident: &Incident) -> &str {
    if let Some(slug) = &incident.slug {
        return slug;
    }
    if incident.id_stated {
        return &incident.id;
    }
    name_by_path(&incident.path)
}

fn targets(incident: &Incident, directory: &Directory, split: usize) -> Targets {
    let mut targets = BTreeMap::new();
    walk_links(&incident.document.blocks, &mut |address| {
        if !targets.contains_key(address) {
            let target = match directory.meaning(&incident.path, address) {
                Meaning::Document(number, part) if number < split => Target::Incident(number, part),
                Meaning::Document(number, part) => Target::Page(number - split, part),
                Meaning::Asset(path) => Target::Asset(path),
                Meaning::Here(id) => Target::Here(id),
                Meaning::Outside => Target::Outside(address.trim().to_owned()),
                Meaning::Missing | Meaning::Refused => Target::Nowhere,
            };
            targets.insert(address.into(), target);
        }
    });
    targets
}

fn links(incident: &Incident, directory: &Directory, split: usize) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (place, reference) in incident.references.iter().enumerate() {
        let meaning = match reference.notation {
            "id" => directory.named(&reference.target).map(|number| Meaning::Document(number, None)),
            "related" => Some(directory.reference(&incident.path, &reference.target)),
            _ => Some(directory.meaning(&incident.path, &reference.target)),
        };
        let Some(Meaning::Document(to, _)) = meaning else {
            continue;
        };
        let itself = directory.is(to, incident);
        if to >= split || itself {
            continue;
        }
        let stated = reference.kind.is_some();
        let link = Link {
            to,
            kind: reference.kind.unwrap_or(LinkKind::SeeAlso),
            stated,
            why: reference.why.clone(),
            reference: place,
        };
        match links.iter_mut().find(|known| known.to == to) {
            Some(known) if stated && !known.stated => *known = link,
            Some(_) => {}
            None => links.push(link),
        }
    }
    links
}
