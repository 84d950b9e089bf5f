//! `kb new`: a postmortem to fill in. [`template`] fills the text; this file finds out what to fill it with.
#![expect(clippy::disallowed_methods, reason = "templates are read here")]

mod story;
mod template;

use super::exit::Exit;
use super::new_file::{Wrote, write_new};
use super::terminal::Terminal;
use super::{clock, settings};
use crate::config::SiteConfig;
use crate::corpus::slugify;
use crate::diag::words;
use crate::{Error, Result};
use clap::Args;
use jiff::civil::Date;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  kb new \"Checkout failed for an hour\"
  kb new \"Checkout failed\" --severity SEV2 --component checkout --component database
  $EDITOR \"$(kb new 'Checkout failed')\"
  kb new \"Failover drill\" --from templates/drill.md
  kb new --from statuspage/p31v8gq0tn2c      with what the status page told; see `kb coverage`

A file `templates/postmortem.md` of the project is used instead of the built-in template. In a template, \
`{{title}}`, `{{date}}`, `{{severity}}` and `{{components}}` are replaced; what the front matter lacks is added.";

/// Write a new postmortem from the template and print its path
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct New {
    /// What happened, in a few words
    #[arg(value_name = "TITLE", required_unless_present = "from")]
    title: Option<String>,
    /// How bad it was: a level or one of its other names
    #[arg(long, short, value_name = "S")]
    severity: Option<String>,
    /// A component that was affected; may be repeated
    #[arg(long = "component", short, value_name = "C")]
    components: Vec<String>,
    /// The day it happened [default: today]
    #[arg(long, short, value_name = "D", value_parser = clock::date)]
    date: Option<Date>,
    /// A Markdown file to start from, instead of the template; or an incident that `kb coverage` lists
    #[arg(long, value_name = "FILE|KEY")]
    from: Option<PathBuf>,
    /// Folder that holds `site.toml`
    #[arg(long, short = 'C', value_name = "DIR", default_value = ".")]
    project: PathBuf,
    /// Folder of the postmortems, instead of the one `site.toml` names
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
}

impl New {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Exit> {
        if !self.project.is_dir() {
            return Err(Error::Usage(format!(
                "there is no folder `{}`; `kb init` makes a project",
                self.project.display()
            )));
        }
        let config = settings::read(&self.project, terminal)?;
        let title = one_line(self.title.as_deref().unwrap_or_default());
        if let Some(key) = self.from.as_deref().filter(|path| !path.exists()).and_then(Path::to_str)
            && story::is_key(key)
        {
            return story::write(key, &title, &self.project, self.content.as_deref(), terminal);
        }
        if title.is_empty() {
            return Err(Error::Usage("the title is empty; say in a few words what happened".into()));
        }
        let fields = template::Fields {
            severity: self.severity.as_deref().map(|word| severity(word, &config)).transpose()?,
            components: self.components.iter().map(|word| component(word, &config)).collect::<Result<_>>()?,
            date: clock::today(self.date, config.timezone.as_deref())?,
            title,
        };
        let content = self.content.clone().unwrap_or_else(|| self.project.join(&config.content.dir));
        let path = content.join(format!("{}-{}.md", fields.date, slugify(&fields.title)));
        let path = path.strip_prefix(".").unwrap_or(&path);
        let text = template::fill(&self.template()?, &fields);
        if write_new(path, &text)? == Wrote::Nothing {
            return Err(Error::Usage(format!(
                "`{}` exists already; edit it, or choose another title",
                path.display()
            )));
        }
        terminal.result(&format!("{}\n", path.display()));
        terminal
            .say("write beside `kb serve --drafts --open`; it is a draft until you remove `status: draft`");
        Ok(Exit::Fine)
    }

    /// The text to fill: what `--from` names, else the project's template, else the built-in one.
    fn template(&self) -> Result<String> {
        let own = self.project.join("templates").join("postmortem.md");
        let path = self.from.as_deref().unwrap_or(&own);
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == ErrorKind::NotFound && self.from.is_none() => {
                Ok(include_str!("../files/postmortem.md").to_owned())
            }
            Err(source) => Err(unreadable(path, source)),
        }
    }
}

fn unreadable(path: &Path, source: std::io::Error) -> Error {
    Error::Read { path: path.to_path_buf(), source }
}

/// `title` without line breaks, control characters and spaces at its ends.
fn one_line(title: &str) -> String {
    let clean: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The level that `word` means.
fn severity(word: &str, config: &SiteConfig) -> Result<String> {
    let scale = &config.severity;
    let same = |name: &&String| name.to_lowercase() == word.to_lowercase();
    let level = scale.levels.iter().find(same);
    let alias = || scale.aliases.iter().find(|(name, _)| same(name)).map(|(_, level)| level);
    level.or_else(alias).cloned().ok_or_else(|| {
        let known = scale.levels.iter().chain(scale.aliases.keys());
        unknown("severity", word, known, &scale.levels)
    })
}

/// The id of the component that `word` names. Where `site.toml` describes none, any name is fine.
fn component(word: &str, config: &SiteConfig) -> Result<String> {
    let same = |name: &str| name.to_lowercase() == word.to_lowercase();
    let all = &config.components;
    if all.is_empty() {
        return Ok(word.to_owned());
    }
    let named = all.iter().find(|(id, component)| {
        same(id)
            || component.name.as_deref().is_some_and(same)
            || component.aliases.iter().any(|alias| same(alias))
    });
    named.map(|(id, _)| id.clone()).ok_or_else(|| {
        let aliases = all.values().flat_map(|component| &component.aliases);
        let ids: Vec<&String> = all.keys().collect();
        unknown("component", word, all.keys().chain(aliases), &ids)
    })
}

fn unknown<'a, S: AsRef<str>>(
    what: &str,
    word: &str,
    known: impl Iterator<Item = &'a String>,
    list: &[S],
) -> Error {
    let help = match words::nearest(word, known) {
        Some(near) => format!("did you mean `{near}`"),
        None => format!("known in `site.toml`: {}", words::alternatives(list)),
    };
    Error::Usage(format!("unknown {what} `{word}`; {help}"))
}
