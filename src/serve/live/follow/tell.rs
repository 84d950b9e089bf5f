//! After a change: which open pages show something else, and what authors are told.

use super::super::super::Kind;
use super::super::author::Author;
use super::super::shop::Shop;
use super::super::side::together;
use super::super::told::News;
use super::{FEW, Follower, Taken};
use crate::diag::{Diagnostic, Level};
use std::sync::Arc;
use std::time::Duration;

impl Follower {
    /// Tells open pages which of them show documents that changed; many changes, or such of the theme, may show anywhere.
    pub(super) fn tell_pages(&mut self, taken: &Taken, before: Option<&Shop>, found: &[Diagnostic]) {
        let errors = self.shown.troubles(found, &self.project.sources);
        let anywhere = taken.settings || taken.theme || taken.touched.len() > FEW;
        let side = self.sides.first().filter(|_| !anywhere && !taken.shown);
        self.told = side.map_or_else(Vec::new, |side| side.pages_of(&taken.touched, before));
        if anywhere || !self.told.is_empty() {
            self.reload.publish(Kind::Page, &self.told, &errors);
        }
    }

    /// What there is to tell after a change; `took` is how long it was until it could be seen.
    pub(super) fn news(&mut self, found: &[Diagnostic], touched: &[Arc<str>], took: Duration) {
        let took = took.as_millis();
        let errors = self.shown.troubles(found, &self.project.sources);
        let pages = self.other_pages();
        if !pages.is_empty() {
            self.reload.publish(Kind::Page, &pages, &errors);
        } else if self.reload.errors() != errors {
            self.reload.publish(Kind::Other, &[], &errors);
        }
        let found = together(found.to_vec());
        let of_level = |level| found.iter().filter(|one| one.level == level).count();
        let (errors, warnings) = (of_level(Level::Error), of_level(Level::Warning));
        let (new, gone) = self.known.compare(&found);
        let folder = self.project.folder.path();
        let name = |path: &Arc<str>| folder.join(&**path).to_string_lossy().into_owned();
        let changed = touched.iter().map(name).collect();
        let sources = &self.project.sources;
        (self.tell)(&News { new, gone, errors, warnings, changed, took, sources });
        self.preview.author.replace(Author {
            found,
            sources: sources.clone(),
            config: self.project.config.clone(),
            shown: self.shown.clone(),
        });
    }

    /// Addresses of open pages that show something else than before, though their own documents did not change.
    fn other_pages(&mut self) -> Vec<String> {
        let open = self.reload.pages();
        self.seen.retain(|page, _| open.contains(page));
        let mut changed = Vec::new();
        for page in open {
            let Some(bytes) = self.preview.bytes_at(&page) else { continue };
            let hash = blake3::hash(&bytes);
            let told = self.told.iter().any(|told| *told == page.trim_start_matches('/'));
            if self.seen.insert(page.clone(), hash) != Some(hash) && !told {
                changed.push(page);
            }
        }
        changed
    }

    /// Notes what pages that were opened lately show.
    pub(super) fn look_at_open_pages(&mut self) {
        for page in self.reload.pages() {
            if !self.seen.contains_key(&page)
                && let Some(bytes) = self.preview.bytes_at(&page)
            {
                self.seen.insert(page, blake3::hash(&bytes));
            }
        }
    }
}
