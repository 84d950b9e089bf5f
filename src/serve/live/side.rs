//! The site as one audience reads it, state after state.

use super::super::stages::Stages;
use super::shop::Shop;
use crate::config::SiteConfig;
use crate::corpus::{Corpus, Draft, Edition, Gate, Published, settings_for};
use crate::diag::{Checked, Diagnostic, has_errors};
use crate::measure::Closings;
use crate::model::Audience;
use crate::pipeline::{Given, Images, Parts, Project};
use crate::recur::{Asked, Recurrences};
use crate::theme::Theme;
use jiff::civil::Date;
use std::sync::Arc;

/// What one audience's site is made with and what it was last.
pub(super) struct Side {
    pub(super) audience: Audience,
    root: &'static str,
    gate: Gate,
    images: Images,
    compared: Option<Compared>,
    asked: Asked,
    closings: Arc<Closings>,
    shop: Option<Arc<Shop>>,
}

/// What was found by comparing everything, what was asked since, and the state that more is to be asked about.
pub(super) type Question = (Arc<Recurrences>, Asked, Arc<Parts>);

/// All incidents of an edition, compared with each other.
pub(super) struct Compared {
    pub(super) edition: Arc<Edition>,
    pub(super) recurrences: Arc<Recurrences>,
    pub(super) closings: Arc<Closings>,
}

/// What the sites of all audiences are made from.
pub(super) struct Kitchen<'a> {
    pub(super) project: &'a Project,
    pub(super) corpus: &'a Corpus,
    pub(super) theme: &'a Arc<Theme>,
    pub(super) as_of: Date,
    /// Paths in the content folder that have changed.
    pub(super) touched: &'a [Arc<str>],
    pub(super) stages: &'a Stages,
}

impl Side {
    /// A side of `project` on which nothing was made yet; its addresses begin with `root`.
    pub(super) fn new(project: &Project, audience: Audience, drafts: bool, root: &'static str) -> Self {
        Self {
            audience,
            root,
            gate: Gate::new(Arc::new(project.config.clone()), audience, drafts),
            images: Images::default(),
            compared: None,
            asked: Asked::default(),
            closings: Arc::default(),
            shop: None,
        }
    }

    /// The last state that could be shown.
    pub(super) fn shop(&self) -> Option<&Arc<Shop>> {
        self.shop.as_ref()
    }

    /// Begins anew under other settings; the last state stays until there is another.
    pub(super) fn reset(&mut self, project: &Project, drafts: bool) {
        let (shop, compared) = (self.shop.take(), self.compared.take());
        let closings = Arc::clone(&self.closings);
        *self = Self { compared, closings, shop, ..Self::new(project, self.audience, drafts, self.root) };
    }

    /// When actions were closed whose rows do not say, as far as it was read.
    pub(super) fn closings(&self) -> Arc<Closings> {
        Arc::clone(&self.closings)
    }

    /// Takes over what was found by comparing everything.
    pub(super) fn adopt(&mut self, compared: Compared) {
        self.closings = Arc::clone(&compared.closings);
        self.asked = Asked::default();
        self.compared = Some(compared);
    }

    /// What was found by comparing everything, what was asked since, and the state that more is to be asked about; `None`
    /// where there is nothing to ask.
    pub(super) fn open_question(&self) -> Option<Question> {
        let (compared, shop) = (self.compared.as_ref()?, self.shop.as_ref().filter(|_| !self.is_settled())?);
        Some((Arc::clone(&compared.recurrences), self.asked.clone(), Arc::clone(shop.parts())))
    }

    /// Takes over answers about documents that changed since everything was compared, `about` the result of which they are.
    pub(super) fn answered(&mut self, about: &Arc<Recurrences>, asked: Asked) {
        if self.compared.as_ref().is_some_and(|compared| Arc::ptr_eq(&compared.recurrences, about)) {
            self.asked = asked;
        }
    }

    /// Whether `shop`, the last state, shows what a comparison of everything gives.
    pub(super) fn is_settled(&self) -> bool {
        let (Some(compared), Some(shop)) = (&self.compared, &self.shop) else { return false };
        Arc::ptr_eq(&compared.edition, &shop.parts().edition)
    }

    /// A new state; `false` where it is no different from the last one, or has errors that leave nothing to show.
    pub(super) fn make(&mut self, kitchen: &Kitchen<'_>) -> Checked<bool> {
        let stages = kitchen.stages;
        self.images.forget(kitchen.touched);
        let edition = stages.time("publish", || self.gate.publish(kitchen.corpus));
        let config = settings_for(&edition, &kitchen.project.config);
        let recurrences = stages.time("recur", || self.recurrences(&edition, &config));
        let given = Given {
            sizes: stages.time("images", || self.images.sizes(&edition, kitchen.project.folder.path())),
            edition,
            recurrences,
            theme: Arc::clone(kitchen.theme),
            closings: Arc::clone(&self.closings),
            as_of: kitchen.as_of,
        };
        let earlier = self.shop.as_deref();
        let parts = stages.time("relate", || Parts::from(given, config, earlier.map(|shop| &**shop.parts())));
        let Checked { value: shop, found } = stages.time("plan", || Shop::open(parts, self.root, earlier));
        let usable = !has_errors(&found);
        if usable {
            self.shop = Some(shop);
        }
        Checked::new(usable, found)
    }

    /// A state with later versions of a few documents, before anything else is looked at, and the addresses of their pages;
    /// `None` where more than the words of their own pages may be different.
    pub(super) fn ahead(&mut self, drafts: &[Draft]) -> Option<(Arc<Shop>, Vec<String>)> {
        let earlier = Arc::clone(self.shop.as_ref()?);
        let edition = self.gate.ahead(drafts)?;
        if Arc::ptr_eq(&edition, &earlier.parts().edition) {
            return Some((earlier, Vec::new()));
        }
        let parts = earlier.parts().ahead(edition)?;
        let shop = Shop::open(parts, self.root, Some(&earlier)).value;
        let (before, parts) = (&earlier.parts().edition, shop.parts());
        let site = parts.site(true);
        let differ = |(before, now): (&Published, &Published)| !Arc::ptr_eq(&before.incident, &now.incident);
        let incidents = before.incidents.iter().zip(&parts.edition.incidents);
        let mut pages: Vec<String> =
            incidents.filter(|both| differ(*both)).map(|(_, now)| site.link_of(now)).collect();
        let texts = before.pages.iter().zip(&parts.edition.pages).enumerate();
        pages.extend(texts.filter(|(_, both)| differ(*both)).map(|(number, _)| site.text_link(number)));
        self.shop = Some(Arc::clone(&shop));
        Some((shop, pages))
    }

    /// What recurs in `edition`: as far as one can tell without comparing everything.
    fn recurrences(&self, edition: &Arc<Edition>, config: &SiteConfig) -> Arc<Recurrences> {
        let known = self.compared.as_ref();
        if let Some(same) = known.filter(|compared| Arc::ptr_eq(&compared.edition, edition)) {
            return Arc::clone(&same.recurrences);
        }
        let followed = known.and_then(|one| one.recurrences.followed_by(edition, config, &self.asked));
        Arc::new(followed.unwrap_or_else(|| Recurrences::stated(edition, config)))
    }

    /// Addresses of the pages of the documents at `touched`, as they are now and as they were `before`.
    pub(super) fn pages_of(&self, touched: &[Arc<str>], before: Option<&Shop>) -> Vec<String> {
        let shops = [before, self.shop.as_deref()];
        let mut pages: Vec<String> = Vec::new();
        for parts in shops.into_iter().flatten().map(Shop::parts) {
            let site = parts.site(true);
            let is_touched = |path: &Arc<str>| touched.contains(path);
            let incidents = parts.edition.incidents.iter().filter(|one| is_touched(&one.incident.path));
            pages.extend(incidents.map(|one| site.link_of(one)));
            let texts = parts.edition.pages.iter().enumerate();
            let texts = texts.filter(|(_, one)| is_touched(&one.incident.path));
            pages.extend(texts.map(|(number, _)| site.text_link(number)));
        }
        pages.sort_unstable();
        pages.dedup();
        pages
    }
}

/// The findings of both, each once, in order.
pub(super) fn together(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by(Diagnostic::order);
    found.dedup();
    found
}
