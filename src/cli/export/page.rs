//! One postmortem as Markdown for the postmortem field of a status page: what the public may read of it, and a link back.

use crate::cli::which::{self, Which};
use crate::config::UrlStyle;
use crate::corpus::{Edition, Published, Secrets, Target, publish};
use crate::diag::report::printable;
use crate::model::Audience;
use crate::model::text::BlockKind;
use crate::pipeline::{self, Memo, Project, Quiet};
use crate::plan::url;
use crate::render::markdown::markdown;
use crate::{Error, Result};

/// The text for the postmortem that `name` means: its file, id or slug.
pub(super) fn text(name: &str, project: &mut Project) -> Result<String> {
    let corpus = pipeline::read(project, &mut Memo::default(), &Quiet).value;
    let all = publish(&corpus, Audience::Internal, &project.config, true);
    let chosen = match which::find(name, &all, project)? {
        Which::Incident(number) => all.incidents.get(number),
        Which::Outside(_) => None,
    };
    let chosen = chosen
        .ok_or_else(|| Error::Usage(format!("`{}` is no postmortem of this project", printable(name))))?;
    let public = publish(&corpus, Audience::Public, &project.config, false);
    let one = public.incidents.iter().find(|one| one.incident.path == chosen.incident.path).ok_or_else(|| {
        Error::Usage(format!(
            "`{}` is not public, or a draft; set `visibility: public`, mark what is internal, and look at `kb build --audience public`",
            printable(&chosen.incident.name)
        ))
    })?;
    let text = written(one, &public, project);
    // The gate has cut out what is internal; this does not trust it.
    if let Some(leak) = Secrets::of(&corpus, &public, &project.config).leak(text.as_bytes()) {
        return Err(Error::Findings(format!(
            "the text says `{}`, which is internal (`{}`); nothing is printed",
            printable(&leak.text),
            printable(&leak.source)
        )));
    }
    Ok(text)
}

fn written(one: &Published, public: &Edition, project: &Project) -> String {
    let blocks = &one.incident.document.blocks;
    // The page's own title stands above the field.
    let titled = blocks
        .first()
        .is_some_and(|block| matches!(&block.kind, BlockKind::Heading(head) if head.level == 1));
    let site = Addresses::of(one, public, project);
    let links = |target: &str| site.of_target(target);
    let mut text = markdown(blocks.get(usize::from(titled)..).unwrap_or_default(), 0, &links);
    if let Some(page) = site.page("incidents", &one.slug) {
        text += &format!("\n[The whole report]({page})\n");
    }
    text
}

/// Full addresses of what a postmortem links to.
struct Addresses<'a> {
    one: &'a Published,
    public: &'a Edition,
    /// Where the public site stands, without a slash at the end; empty where that is not known.
    base: &'a str,
    urls: UrlStyle,
}

impl<'a> Addresses<'a> {
    fn of(one: &'a Published, public: &'a Edition, project: &'a Project) -> Self {
        let config = &project.config;
        let base = config.audience.public.base_url.as_deref().unwrap_or(&config.base_url);
        Self { one, public, base: base.trim_end_matches('/'), urls: config.urls }
    }

    fn of_target(&self, target: &str) -> Option<String> {
        let in_folder = |folder: &str, all: &[Published], number: usize, part: &Option<String>| {
            let part = part.as_ref().map(|part| format!("#{part}")).unwrap_or_default();
            Some(self.page(folder, &all.get(number)?.slug)? + &part)
        };
        match self.one.targets.get(target)? {
            Target::Outside(address) => Some(address.clone()),
            Target::Incident(number, part) => in_folder("incidents", &self.public.incidents, *number, part),
            Target::Page(number, part) => in_folder("pages", &self.public.pages, *number, part),
            Target::Asset(path) => self.full(&format!("files/{}", url::encode(path))),
            Target::Here(id) => Some(format!("{}#{id}", self.page("incidents", &self.one.slug)?)),
            Target::Nowhere => None,
        }
    }

    fn page(&self, folder: &str, slug: &str) -> Option<String> {
        self.full(&url::link(&format!("{folder}/{slug}"), self.urls))
    }

    fn full(&self, link: &str) -> Option<String> {
        (!self.base.is_empty()).then(|| url::absolute(self.base, link))
    }
}
