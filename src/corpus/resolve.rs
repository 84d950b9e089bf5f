//! From an address as written (path, URL, id) to the document or attachment it means.
//!
//! One directory is built per set of documents: over all of them to find dead links, and over what an audience may read
//! to publish. The second knows nothing of what the first alone contains.

use super::addresses::percent;
use super::asset::AssetFile;
use super::links::leads_nowhere;
use super::parts;
use super::slug::slugify;
use crate::diag::{Diagnostic, Span, words};
use crate::model::text::{Block, InlineKind};
use crate::model::{Incident, dated_page};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What an address means within one set of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A document, by its number in the set, and the part after `#`.
    Document(usize, Option<String>),
    /// An attachment.
    Asset(Arc<str>),
    /// A part of the same page.
    Here(String),
    /// An address outside.
    Outside,
    /// Looks like a path within the content folder, but nothing is there.
    Missing,
    /// A scheme that is not for links.
    Refused,
}

/// Looks addresses up. Knows of its documents only what they are called by (see [`same_names`]).
#[derive(Debug)]
pub(super) struct Directory {
    /// By number.
    paths: Vec<Arc<str>>,
    by_path: BTreeMap<Arc<str>, usize>,
    by_file: BTreeMap<Box<str>, Vec<usize>>,
    by_name: BTreeMap<String, usize>,
    assets: BTreeSet<Arc<str>>,
    base_url: Box<str>,
}

/// Whether two versions of a document are found under the same addresses.
pub(super) fn same_names(one: &Incident, other: &Incident) -> bool {
    one.path == other.path
        && one.id == other.id
        && one.id_stated == other.id_stated
        && one.slug == other.slug
        && one.aliases == other.aliases
}

impl Directory {
    pub(super) fn of(documents: &[&Incident], assets: &[AssetFile], base_url: &str) -> Self {
        let mut by_path = BTreeMap::new();
        let mut by_file: BTreeMap<Box<str>, Vec<usize>> = BTreeMap::new();
        let mut by_name = BTreeMap::new();
        for (number, document) in documents.iter().enumerate() {
            by_path.insert(Arc::clone(&document.path), number);
            by_file.entry(file_name(&document.path).into()).or_default().push(number);
        }
        // Stated ids win over derived names, so they go in last.
        for stated in [false, true] {
            for (number, document) in documents.iter().enumerate().filter(|(_, one)| one.id_stated == stated)
            {
                let slug = document.slug.iter().map(|slug| slugify(slug));
                for name in document.aliases.iter().map(|name| name.to_lowercase()).chain(slug) {
                    by_name.entry(name).or_insert(number);
                }
                by_name.insert(document.id.to_lowercase(), number);
            }
        }
        let paths = documents.iter().map(|document| Arc::clone(&document.path)).collect();
        let assets = assets.iter().map(|asset| Arc::clone(&asset.path)).collect();
        Self { paths, by_path, by_file, by_name, assets, base_url: base_url.into() }
    }

    /// The document that goes by `name`: an id, a slug or an alias.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.by_name.get(&name.trim().to_lowercase()).copied()
    }

    /// Whether document `number` of this set is `incident`.
    pub(super) fn is(&self, number: usize, incident: &Incident) -> bool {
        self.paths.get(number).is_some_and(|path| *path == incident.path)
    }

    /// What `address`, written in the document at `from`, means.
    pub(super) fn meaning(&self, from: &str, address: &str) -> Meaning {
        let address = address.trim();
        let (path, part) = match address.split_once('#') {
            Some((path, part)) => (path, Some(decode(part))),
            None => (address, None),
        };
        let path = decode(path.split('?').next().unwrap_or_default());
        if path.is_empty() {
            return part.map_or(Meaning::Missing, Meaning::Here);
        }
        if let Some(scheme) = scheme(address) {
            return match scheme.as_str() {
                "http" | "https" => self.published(&path, part).unwrap_or(Meaning::Outside),
                "mailto" | "tel" => Meaning::Outside,
                _ => Meaning::Refused,
            };
        }
        if path.starts_with("//") {
            return Meaning::Outside;
        }
        self.within(from, &path, part)
    }

    /// A `related` entry may also be a bare id.
    pub(super) fn reference(&self, from: &str, target: &str) -> Meaning {
        match self.named(target) {
            Some(number) => Meaning::Document(number, None),
            None => self.meaning(from, target),
        }
    }

    fn within(&self, from: &str, path: &str, part: Option<String>) -> Meaning {
        let joined = if let Some(rooted) = path.strip_prefix('/') {
            normal("", rooted)
        } else {
            let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
            normal(folder, path)
        };
        let Some(joined) = joined else {
            return self.by_suffix(path, part).unwrap_or(Meaning::Missing);
        };
        if let Some(number) = self.document_at(&joined) {
            return Meaning::Document(number, part);
        }
        if let Some(asset) = self.assets.get(joined.as_str()) {
            return Meaning::Asset(Arc::clone(asset));
        }
        self.by_suffix(path, part).unwrap_or(Meaning::Missing)
    }

    fn document_at(&self, path: &str) -> Option<usize> {
        let bare = path.trim_end_matches('/');
        let stem = bare.strip_suffix(".html").unwrap_or(bare);
        let tries = [
            bare.to_owned(),
            format!("{stem}.md"),
            format!("{stem}.markdown"),
            format!("{bare}/index.md"),
            format!("{bare}/README.md"),
        ];
        tries.iter().find_map(|path| self.by_path.get(path.as_str()).copied())
    }

    /// Paths written from the root of a repository rather than from the file: the longest common tail decides, at
    /// least a folder and a name, and it must be the only one.
    fn by_suffix(&self, path: &str, part: Option<String>) -> Option<Meaning> {
        let name = file_name(path);
        let stem = name.strip_suffix(".html").map(|stem| format!("{stem}.md"));
        let candidates = self.by_file.get(name).or_else(|| self.by_file.get(stem?.as_str()))?;
        let shared = |number: &usize| {
            let ours = self.paths.get(*number).map_or("", |ours| ours);
            common_tail(ours, path)
        };
        let best = candidates.iter().map(shared).max()?;
        let mut winners = candidates.iter().filter(|number| shared(number) == best);
        let winner = winners.next()?;
        let telling = best >= 2 || name.chars().filter(char::is_ascii_digit).count() >= 4;
        (telling && winners.next().is_none()).then_some(Meaning::Document(*winner, part))
    }

    /// What follows the address of the published site in `url`, whatever its scheme and case.
    fn below_base<'u>(&self, url: &'u str) -> Option<&'u str> {
        let bare = |address: &str| address.split_once("://").map(|(_, rest)| rest.len());
        let base = self.base_url.trim_end_matches('/');
        let base = base.get(base.len() - bare(base)?..)?;
        let url = url.get(url.len() - bare(url)?..)?;
        let (begin, rest) = url.split_at_checked(base.len())?;
        (begin.eq_ignore_ascii_case(base) && (rest.is_empty() || rest.starts_with('/'))).then_some(rest)
    }

    /// Links to the published site or to the file in the team's own repository.
    fn published(&self, url: &str, part: Option<String>) -> Option<Meaning> {
        if let Some(rest) = self.below_base(url) {
            let slug = file_name(rest.trim_end_matches('/'));
            let slug = slug.strip_suffix(".html").unwrap_or(slug);
            let gone = rest.trim_start_matches('/').starts_with("incidents/").then_some(Meaning::Missing);
            return self.named(slug).map(|number| Meaning::Document(number, part)).or(gone);
        }
        let markdown =
            [".md", ".markdown"].iter().any(|extension| url.to_ascii_lowercase().ends_with(extension));
        if markdown && (url.contains("/blob/") || url.contains("/tree/") || url.contains("/src/")) {
            return self.by_suffix(url, part);
        }
        self.made_from(url, part)
    }

    /// Links to the site that another program made from the same files, where they are named after their day.
    fn made_from(&self, url: &str, part: Option<String>) -> Option<Meaning> {
        let name = dated_page(url)?;
        let files =
            [".md", ".markdown"].iter().find_map(|end| self.by_file.get(format!("{name}{end}").as_str()))?;
        match files.as_slice() {
            [only] => Some(Meaning::Document(*only, part)),
            _ => None,
        }
    }

    /// Warnings for all links and images of `incident` that lead nowhere.
    pub(super) fn dead(&self, incident: &Incident) -> Vec<Diagnostic> {
        [self.dead_links(incident), self.dead_images(incident), parts::dead(incident)].concat()
    }

    /// Warnings for images of `incident` that are not there.
    fn dead_images(&self, incident: &Incident) -> Vec<Diagnostic> {
        let mut images = Vec::new();
        collect_images(&incident.document.blocks, &mut images);
        let gone =
            images.into_iter().filter(|(target, _)| self.meaning(&incident.path, target) == Meaning::Missing);
        gone.map(|(target, span)| {
            let help = "images lie in the content folder, named relative to the document";
            leads_nowhere(incident, span, format!("there is no image `{target}`"), Some(help.into()))
        })
        .collect()
    }

    /// Warnings for links of `incident` that lead nowhere, with the nearest file name.
    fn dead_links(&self, incident: &Incident) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for reference in incident.references.iter().filter(|one| one.notation != "id") {
            let meaning = if reference.notation == "related" {
                self.reference(&incident.path, &reference.target)
            } else {
                self.meaning(&incident.path, &reference.target)
            };
            if meaning != Meaning::Missing {
                continue;
            }
            let near = words::nearest(file_name(&reference.target), self.by_file.keys())
                .or_else(|| words::nearest(&reference.target, self.by_name.keys().map(String::as_str)));
            let message = format!("`{}` leads nowhere", reference.target);
            let help = near.map(|near| format!("did you mean `{near}`"));
            found.push(leads_nowhere(incident, reference.span, message, help));
        }
        found
    }
}

/// The images of a text that lie beside it, not elsewhere on the web.
fn collect_images<'d>(blocks: &'d [Block], images: &mut Vec<(&'d str, Span)>) {
    for block in blocks {
        for inline in block.inlines().into_iter().flatten() {
            match &inline.kind {
                InlineKind::Image(image) => images.push((&image.target, inline.span)),
                InlineKind::Link(link) => {
                    let inner = link.text.iter().filter_map(|inline| match &inline.kind {
                        InlineKind::Image(image) => Some((&*image.target, inline.span)),
                        _ => None,
                    });
                    images.extend(inner);
                }
                _ => {}
            }
        }
        for children in block.children() {
            collect_images(children, images);
        }
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// How many whole parts two paths share at their ends.
fn common_tail(a: &str, b: &str) -> usize {
    a.rsplit('/').zip(b.rsplit('/')).take_while(|(a, b)| a == b).count()
}

/// `folder` and `path` joined, without `.` and `..`; `None` where it would leave the content folder.
fn normal(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The scheme of `address` in lower case, judged as a browser would: control characters and spaces do not hide one.
fn scheme(address: &str) -> Option<String> {
    let clean: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let (scheme, _) = clean.split_once(':')?;
    let first = scheme.chars().next()?.is_ascii_alphabetic();
    let rest = scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (first && rest).then(|| scheme.to_ascii_lowercase())
}

/// `%20` and its like decoded; what is no valid UTF-8 afterwards stays as written.
fn decode(text: &str) -> String {
    String::from_utf8(percent(text)).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incident(path: &str, id: Option<&str>) -> Incident {
        Incident {
            path: path.into(),
            id: id.unwrap_or(path).to_owned(),
            id_stated: id.is_some(),
            ..Incident::default()
        }
    }

    #[test]
    fn every_way_teams_write_a_link_finds_the_document() {
        let all = [
            incident("2021/a.md", Some("PM-1")),
            incident("2021/b c.md", None),
            incident("2022/20220101-x.md", None),
            incident("2024/2024-03-14-hub.md", None),
        ];
        let all: Vec<&Incident> = all.iter().collect();
        let assets = [AssetFile { path: "2021/plot.png".into() }];
        let directory = Directory::of(&all, &assets, "https://pm.example.com/kb/");
        let at = |address| directory.meaning("2021/a.md", address);
        assert_eq!(at("b%20c.md"), Meaning::Document(1, None));
        assert_eq!(at("./b%20c.md#impact"), Meaning::Document(1, Some("impact".into())));
        assert_eq!(at("../2022/20220101-x.md"), Meaning::Document(2, None));
        assert_eq!(at("incidents/2022/20220101-x.md"), Meaning::Document(2, None));
        assert_eq!(
            at("https://git.example.com/o/r/blob/main/pm/2022/20220101-x.md"),
            Meaning::Document(2, None)
        );
        assert_eq!(at("https://pm.example.com/kb/incidents/pm-1.html"), Meaning::Document(0, None));
        assert_eq!(at("https://old.example.com/issues/2024-03-14-hub/"), Meaning::Document(3, None));
        assert_eq!(
            at("https://old.example.com/2024/03/14/hub.html#t3"),
            Meaning::Document(3, Some("t3".into()))
        );
        assert_eq!(at("https://old.example.com/issues/2024-03-15-hub/"), Meaning::Outside);
        assert_eq!(at("plot.png"), Meaning::Asset("2021/plot.png".into()));
        assert_eq!(at("#t3"), Meaning::Here("t3".into()));
        assert_eq!(at("nowhere.md"), Meaning::Missing);
        assert_eq!(at("../../etc/passwd"), Meaning::Missing);
        assert_eq!(at("java\nscript:alert(1)"), Meaning::Refused);
        assert_eq!(directory.reference("2022/20220101-x.md", "pm-1"), Meaning::Document(0, None));
    }
}
