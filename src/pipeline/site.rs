//! An edition with everything pages are made from: its settings, its relations, its theme.

use super::Project;
use crate::config::SiteConfig;
use crate::corpus::{Edition, settings_for};
use crate::diag::{Checked, SourceMap};
use crate::disk;
use crate::measure::Closings;
use crate::plan::{ImageSizes, Page, Site, plan};
use crate::recur::Recurrences;
use crate::relate::{Relations, relate};
use crate::render::Renderer;
use crate::theme::Theme;
use jiff::civil::Date;
use std::sync::Arc;

/// What a site is made from, owned.
pub struct Parts {
    /// What its readers may read.
    pub edition: Edition,
    /// The settings its readers may know.
    pub config: SiteConfig,
    /// How incidents hang together.
    pub relations: Relations,
    /// What happened before, and again.
    pub recurrences: Arc<Recurrences>,
    /// How pages look.
    pub theme: Theme,
    /// The day that ages are counted to.
    pub as_of: Date,
    sizes: ImageSizes,
    closings: Closings,
}

impl Parts {
    /// Relates `edition` and loads the theme of `project`.
    pub fn of(edition: Edition, project: &Project, as_of: Date) -> Checked<Self> {
        Self::after(None, edition, project, as_of)
    }

    /// The same, after an `earlier` edition of the project, whose recurrences are taken over where nothing changed.
    pub fn after(
        earlier: Option<&Recurrences>,
        edition: Edition,
        project: &Project,
        as_of: Date,
    ) -> Checked<Self> {
        let find = |name: &str| {
            if name == project.config.theme {
                return (!project.theme.is_empty()).then(|| project.theme.clone());
            }
            disk::theme(&project.root.join("themes").join(name)).ok().flatten()
        };
        let theme = Theme::load(&project.config.theme, &find);
        let config = settings_for(&edition, &project.config);
        let relations = relate(&edition);
        let recurrences = match earlier {
            Some(earlier) => earlier.after(&edition, &config),
            None => Recurrences::of(&edition, &config),
        };
        let sizes = edition
            .assets
            .iter()
            .filter_map(|asset| {
                let size = disk::image_size(&project.folder.path().join(&*asset.path))?;
                Some((asset.path.to_string(), size))
            })
            .collect();
        Checked::new(
            Self {
                edition,
                config,
                relations,
                recurrences: Arc::new(recurrences),
                theme: theme.value,
                as_of,
                sizes,
                closings: Closings::default(),
            },
            theme.found,
        )
    }

    /// The same, knowing when actions were closed whose rows do not say; without it nobody looked.
    #[must_use]
    pub fn closing(self, closings: Closings) -> Self {
        Self { closings, ..self }
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
        }
    }

    /// All pages of the site.
    pub fn plan(&self, live: bool) -> Checked<Vec<Page>> {
        plan(&self.site(live), &self.theme)
    }

    /// What makes pages into bytes.
    pub fn renderer(&self, live: bool) -> Checked<Renderer<'_>> {
        Renderer::new(&self.theme, &self.site(live))
    }
}
