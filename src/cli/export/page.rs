//! One postmortem as Markdown for the postmortem field of a status page: what the public may read of it, and a link back.

use crate::cli::which::{self, Which};
use crate::corpus::{Published, Secrets, publish};
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
    let text = written(one, project);
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

fn written(one: &Published, project: &Project) -> String {
    let blocks = &one.incident.document.blocks;
    // The page's own title stands above the field.
    let titled = blocks
        .first()
        .is_some_and(|block| matches!(&block.kind, BlockKind::Heading(head) if head.level == 1));
    let mut text = markdown(blocks.get(usize::from(titled)..).unwrap_or_default(), 0);
    let public = &project.config.audience.public;
    let base = public.base_url.as_deref().unwrap_or(&project.config.base_url).trim_end_matches('/');
    if !base.is_empty() {
        let page = url::link(&format!("incidents/{}", one.slug), project.config.urls);
        text += &format!("\n[The whole report]({})\n", url::absolute(base, &page));
    }
    text
}
