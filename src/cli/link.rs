//! `kb link`: writes into one postmortem what its author says of another.

use super::exit::Exit;
use super::rewrite::rewrite;
use super::terminal::Terminal;
use super::which::{self, Which};
use crate::corpus::{Edition, Published};
use crate::diag::report::printable;
use crate::diag::{Source, SourceMap};
use crate::model::{Audience, LinkKind};
use crate::parse::edit::{Answer, relate};
use crate::pipeline::{self, Project, Quiet};
use crate::{Error, Result};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  kb link PM2026-007 PM2025-009 --kind recurrence
  kb link content/2026/2026-03-14-hub.md PM2025-003 --kind same-cause --why \"both workers shared one pool\"
  kb link PM2026-007 PM2024-001 --kind not-related    a suggestion that is wrong: never shown again

Writes one entry of `related` into the front matter of A. An entry for B that is there already is changed in its place; every other \
byte of the file stays. Saying it once is enough: B shows it too.";

/// State what one postmortem has to do with another
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Link {
    /// The postmortem to write into: its file, its id or its slug
    #[arg(value_name = "A")]
    from: String,
    /// The other one
    #[arg(value_name = "B")]
    to: String,
    /// What they have to do with each other
    #[arg(long, short, value_enum, value_name = "KIND")]
    kind: Kind,
    /// Why, in a sentence
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// Folder that holds `site.toml`
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Folder of the postmortems, instead of the one `site.toml` names
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// The same again: A is B come back
    Recurrence,
    /// The same cause behind different events
    SameCause,
    /// The same symptoms, another cause
    LooksLike,
    /// Worth reading beside A
    SeeAlso,
    /// Nothing: do not suggest it again
    NotRelated,
}

impl From<Kind> for LinkKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Recurrence => Self::Recurrence,
            Kind::SameCause => Self::SameCause,
            Kind::LooksLike => Self::LooksLike,
            Kind::SeeAlso => Self::SeeAlso,
            Kind::NotRelated => Self::NotRelated,
        }
    }
}

impl Link {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Exit> {
        let mut found = Vec::new();
        let mut project = Project::open(&self.dir, self.content.as_deref())?.unpack(&mut found);
        let edition = pipeline::edition(&mut project, Audience::Internal, true, &Quiet).value;
        let (from, to) = (one(&self.from, &edition, &project)?, one(&self.to, &edition, &project)?);
        if from.incident.path == to.incident.path {
            return Err(Error::Usage("A and B are the same postmortem".into()));
        }
        let source = document(&mut project, &from.incident.path)?;
        let names = names(to);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let kind = LinkKind::from(self.kind);
        let answer = Answer { target: &to.incident.id, known_as: &names, kind, why: self.why.as_deref() };
        let changed = match relate(&source, &answer) {
            Ok(changed) => changed,
            Err(refused) => {
                let mut sources = SourceMap::default();
                sources.insert(&source);
                terminal.findings(&[*refused], &sources);
                return Ok(Exit::Findings);
            }
        };
        let name = printable(&source.name);
        if *changed == *source.text {
            terminal.say(&format!("{name} says so already"));
            return Ok(Exit::Fine);
        }
        rewrite(&project.folder.path().join(&*source.path), &source, &changed)?;
        let other = printable(&to.incident.title);
        terminal.say(&format!(
            "{name} now says `{}` of {} ({other})",
            kind.word(),
            printable(&to.incident.id)
        ));
        Ok(Exit::Fine)
    }
}

fn one<'e>(name: &str, edition: &'e Edition, project: &Project) -> Result<&'e Published> {
    match which::find(name, edition, project)? {
        Which::Incident(number) => edition.incidents.get(number),
        Which::Outside(_) => None,
    }
    .ok_or_else(|| {
        Error::Usage(format!("`{name}` does not lie in the content folder, so nothing can link to it"))
    })
}

/// The text of the document at `path`, as it lies on disk now.
fn document(project: &mut Project, path: &str) -> Result<Source> {
    let documents = project.content().value.documents;
    let found = documents.into_iter().find(|source| *source.path == *path);
    found.ok_or_else(|| Error::Usage(format!("`{path}` is gone; run kb again")))
}

/// Every name under which `related` may mention `other` already.
fn names(other: &Published) -> Vec<String> {
    let incident = &other.incident;
    let mut names = vec![incident.path.to_string(), format!("/{}", incident.path), other.slug.clone()];
    names.extend(incident.aliases.iter().cloned());
    names
}
