//! An edition with everything pages are made from: its settings, its relations, its theme.

use super::images::Images;
use super::{Project, elsewhere};
use crate::config::SiteConfig;
use crate::corpus::{Edition, settings_for};
use crate::diag::{Checked, SourceMap};
use crate::interop::known::Known;
use crate::measure::{Closings, Elsewhere};
use crate::plan::{self, ImageSizes, Page, Site, plan};
use crate::recur::Recurrences;
use crate::relate::{self, Relations, relate};
use crate::render::{Dress, Renderer};
use crate::theme::Theme;
use jiff::civil::Date;
use std::sync::Arc;

/// What a site is made from, owned.
#[derive(Clone)]
pub struct Parts {
    /// What its readers may read.
    pub edition: Arc<Edition>,
    /// The settings its readers may know.
    pub config: Arc<SiteConfig>,
    /// How incidents hang together.
    pub relations: Arc<Relations>,
    /// What happened before, and again.
    pub recurrences: Arc<Recurrences>,
    /// How pages look.
    pub theme: Arc<Theme>,
    /// The day that ages are counted to.
    pub as_of: Date,
    sizes: Arc<ImageSizes>,
    closings: Arc<Closings>,
    elsewhere: Option<Elsewhere>,
}

/// What parts are put together from.
#[derive(Clone)]
pub struct Given {
    /// What the readers may read.
    pub edition: Arc<Edition>,
    /// What happened before, and again.
    pub recurrences: Arc<Recurrences>,
    /// How pages look.
    pub theme: Arc<Theme>,
    /// Sizes of the images of that edition.
    pub sizes: Arc<ImageSizes>,
    /// When actions were closed whose rows do not say.
    pub closings: Arc<Closings>,
    /// What status pages and pagers know, where they were ever asked.
    pub known: Option<Arc<Known>>,
    /// The day that ages are counted to.
    pub as_of: Date,
}

impl Parts {
    /// Relates `edition` and loads the theme of `project`, for pages that are made once.
    pub fn of(edition: Edition, project: &Project, as_of: Date) -> Checked<Self> {
        let theme = project.theme();
        let config = settings_for(&edition, &project.config);
        let given = Given {
            recurrences: Arc::new(Recurrences::of(&edition, &config).resting()),
            sizes: Images::default().sizes(&edition, project.folder.path()),
            edition: Arc::new(edition),
            theme: Arc::new(theme.value),
            closings: Arc::default(),
            known: project.known.clone(),
            as_of,
        };
        Checked::new(Self::from(given, config, None), theme.found)
    }

    /// Puts together what is `given`, for readers who may know `config`. What hangs together as in an `earlier` state is
    /// taken over from there.
    pub fn from(given: Given, config: SiteConfig, earlier: Option<&Self>) -> Self {
        let Given { edition, recurrences, theme, sizes, closings, known, as_of } = given;
        let elsewhere = elsewhere(known.as_deref(), &edition, &config, as_of);
        let related = earlier.filter(|earlier| relate::holds(&earlier.edition, &edition));
        let relations =
            related.map_or_else(|| Arc::new(relate(&edition)), |earlier| Arc::clone(&earlier.relations));
        let known = earlier.filter(|earlier| *earlier.config == config);
        let config = known.map_or_else(|| Arc::new(config), |earlier| Arc::clone(&earlier.config));
        Self { edition, config, relations, recurrences, theme, as_of, sizes, closings, elsewhere }
    }

    /// A few documents of an archive that is still being read, each as far as it can be told alone: nothing in them is
    /// related or counted, and what is `given` knows of nothing that recurs ([`Recurrences::unknown`]).
    pub fn alone(given: Given, config: SiteConfig) -> Self {
        let parts = Self::from(given, config, None);
        let relations = Arc::new(Arc::unwrap_or_clone(parts.relations).apart());
        Self { relations, ..parts }
    }

    /// This state with a later edition of the same documents, before it is looked at what hangs together in it; `None` where
    /// it hangs together otherwise or has other pages.
    pub fn ahead(&self, edition: Arc<Edition>) -> Option<Self> {
        let related = relate::holds(&self.edition, &edition);
        let ahead = Self { edition, ..self.clone() };
        (related && ahead.plan_holds(self)).then_some(ahead)
    }

    /// The same, knowing when actions were closed whose rows do not say; without it nobody looked.
    #[must_use]
    pub fn closing(self, closings: Closings) -> Self {
        Self { closings: Arc::new(closings), ..self }
    }

    /// Adds the files of the theme to `sources`, so that reports can show where in them something is wrong.
    pub fn remember(&self, sources: &mut SourceMap) {
        for layer in self.theme.layers() {
            layer.templates.iter().chain(&layer.words).for_each(|(_, source)| sources.insert(source));
        }
    }

    /// The site as pages see it; `live` where a server answers searches.
    pub fn site(&self, live: bool) -> Site<'_> {
        Site {
            config: &self.config,
            edition: &self.edition,
            relations: &self.relations,
            recurrences: &self.recurrences,
            as_of: self.as_of,
            revision: None,
            live,
            image_sizes: &self.sizes,
            closings: &self.closings,
            elsewhere: self.elsewhere.as_ref(),
        }
    }

    /// All pages of the site.
    pub fn plan(&self, live: bool) -> Checked<Vec<Page>> {
        plan(&self.site(live), &self.theme)
    }

    /// Whether this site has the same pages as an `earlier` state of it.
    pub fn plan_holds(&self, earlier: &Self) -> bool {
        self.dress_holds(earlier)
            && Arc::ptr_eq(&self.relations, &earlier.relations)
            && plan::holds(&earlier.site(true), &self.site(true))
    }

    /// What the theme gives to all pages.
    pub fn dress(&self, live: bool) -> Checked<Dress> {
        Dress::read(&self.theme, &self.site(live))
    }

    /// Whether that is the same as in an `earlier` state.
    pub fn dress_holds(&self, earlier: &Self) -> bool {
        Arc::ptr_eq(&self.theme, &earlier.theme)
            && Arc::ptr_eq(&self.config, &earlier.config)
            && self.as_of == earlier.as_of
            && self.edition.audience == earlier.edition.audience
            && self.edition.incidents.len() == earlier.edition.incidents.len()
    }

    /// What makes pages into bytes.
    pub fn renderer(&self, live: bool) -> Checked<Renderer<'_>> {
        Renderer::new(&self.theme, &self.site(live))
    }

    /// The same with what was read of the theme before.
    pub fn renderer_with(&self, dress: Arc<Dress>, live: bool) -> Renderer<'_> {
        Renderer::with(&self.theme, dress, &self.site(live))
    }
}
