//! `kb check`: where the postmortems fall short.

mod mend;
mod watch;

use super::args::{Audience, ProjectArgs};
use super::clock;
use super::exit::Exit;
use super::progress::Bar;
use super::terminal::Terminal;
use crate::config::LintLevel;
use crate::corpus::{Edition, publish};
use crate::diag::report::Report;
use crate::diag::words::nearest;
use crate::diag::{Checked, Diagnostic, Level, has_errors};
use crate::lint;
use crate::model;
use crate::pipeline::{self, Memo, Progress, Project};
use crate::{Error, Result};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  kb check                                   everything, for people
  kb check . content/2025/2025-03-14-hub.md  one postmortem
  kb check --deny warnings --format github   in a pull request
  kb check --allow action-due --format sarif > kb.sarif
  kb check --fix --dry-run                   what kb could mend by itself
  kb check --audience public                 also what customers would not read
  kb check --rules                           what is looked for

Levels are set by rule in `[lint]` of site.toml. In a postmortem, `<!-- kb: allow action-owner, because … -->` allows a \
rule to be broken by the block that follows, or by the whole document before its first heading.";

/// Tell where postmortems fall short
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    #[command(flatten)]
    project: ProjectArgs,
    /// Only these files, as they would be named in a finding or relative to the content folder
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// The form
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Whom the check is for: `public` also tells what the public site would leave out
    #[arg(long, value_enum, default_value = "internal", value_name = "WHO")]
    audience: Audience,
    /// Fail on findings of this rule, or on all `warnings`
    #[arg(long, value_name = "RULE|warnings")]
    deny: Vec<String>,
    /// Do not tell findings of this rule
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
    /// Mend what is mechanical before looking: dates and keys of the front matter, lost pipes; never prose
    #[arg(long, conflicts_with = "watch")]
    fix: bool,
    /// With `--fix`: only show what would be mended
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// Go on and check again after every change; with `--format json` one document per line
    #[arg(long)]
    watch: bool,
    /// List the rules and what they ask for
    #[arg(long)]
    rules: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the source line and what to write instead
    Human,
    /// One line each: `file:line:column: level[rule]: message`
    Short,
    /// `{"version": 1, "findings": […]}`
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
}

impl Check {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Exit> {
        if self.rules {
            terminal.result(&rules());
            return Ok(Exit::Fine);
        }
        if self.fix {
            mend::mend(&self, terminal)?;
            if self.dry_run {
                return Ok(Exit::Fine);
            }
        }
        if self.watch {
            return watch::watch(&self, terminal);
        }
        let mut found = Vec::new();
        let mut project = self.open()?.unpack(&mut found);
        let progress = Bar::on(terminal);
        let told = self.look(&mut project, found, &mut Memo::default(), &progress, terminal)?;
        drop(progress);
        terminal.result(&self.shown(&Report::new(&told, &project.sources), terminal));
        Ok(self.exit(&told))
    }

    fn open(&self) -> Result<Checked<Project>> {
        let mut opened = Project::open(&self.project.dir, self.project.reading.content.as_deref())?;
        self.levels(&mut opened.value)?;
        Ok(opened)
    }

    /// Everything there is to tell about what `project` holds now; `found` was found in its settings.
    fn look(
        &self,
        project: &mut Project,
        mut found: Vec<Diagnostic>,
        memo: &mut Memo,
        progress: &dyn Progress,
        terminal: &Terminal,
    ) -> Result<Vec<Diagnostic>> {
        let today = clock::today(self.project.reading.as_of, project.config.timezone.as_deref())?;
        let corpus = pipeline::read(project, memo, progress).unpack(&mut found);
        let edition = publish(&corpus, model::Audience::Internal, &project.config, true);
        self.exist(&edition, &found)?;
        found.extend(corpus.orphans(&edition));
        let mut told = lint::check(&edition, &project.config, today, found);
        if self.audience == Audience::Public {
            let public = publish(&corpus, model::Audience::Public, &project.config, false);
            told.extend(lint::removed(&edition, &public));
            told.extend(lint::addresses(&edition, &public));
            told.sort_by(Diagnostic::order);
            self.count_shown(&edition, &public, terminal);
        }
        told.retain(|finding| self.wanted(finding));
        Ok(told)
    }

    /// Whole documents that the public does not get are counted, not listed: in most archives that is nearly all.
    fn count_shown(&self, all: &Edition, public: &Edition, terminal: &Terminal) {
        let count = |edition: &Edition| edition.incidents.len() + edition.pages.len();
        if self.format == Format::Human {
            let (shown, all) = (count(public), count(all));
            terminal
                .say(&format!("{shown} of {all} documents are for the public; all else of them is left out"));
        }
    }

    fn shown(&self, report: &Report<'_>, terminal: &Terminal) -> String {
        match self.format {
            Format::Human => report.human(terminal.paints()),
            Format::Short => report.short(),
            Format::Json if self.watch => report.json_line(),
            Format::Json => report.json(),
            Format::Sarif => report.sarif(|code| lint::rule(code).map(|rule| rule.asks)),
            Format::Github => report.github(),
        }
    }

    /// What the public site leaves out is told, never denied: it is as it should be.
    fn exit(&self, told: &[Diagnostic]) -> Exit {
        let warned = told.iter().any(|finding| finding.code != lint::REMOVED);
        let denied = has_errors(told) || warned && self.deny.iter().any(|rule| rule == "warnings");
        if denied { Exit::Findings } else { Exit::Fine }
    }

    /// Puts `--allow` and `--deny` over the levels of `site.toml`.
    fn levels(&self, project: &mut Project) -> Result<()> {
        let denied = self.deny.iter().filter(|rule| *rule != "warnings").map(|rule| (rule, LintLevel::Error));
        for (rule, level) in denied.chain(self.allow.iter().map(|rule| (rule, LintLevel::Allow))) {
            if lint::rule(rule).is_none() {
                let codes = lint::RULES.iter().map(|rule| rule.code);
                let near =
                    nearest(rule, codes).map(|near| format!("; did you mean `{near}`")).unwrap_or_default();
                return Err(Error::Usage(format!(
                    "there is no rule `{rule}`{near}; `kb check --rules` lists them"
                )));
            }
            if level == LintLevel::Allow
                && lint::rule(rule).is_some_and(|rule| rule.level == LintLevel::Error)
            {
                return Err(Error::Usage(format!("`{rule}` stops every build; it cannot be allowed")));
            }
            project.config.lint.insert(rule.clone(), level);
        }
        Ok(())
    }

    /// Fails where one of the paths that were asked for is no document: a mistyped name must not pass as a clean one.
    fn exist(&self, edition: &Edition, found: &[Diagnostic]) -> Result<()> {
        let documents = edition.incidents.iter().chain(&edition.pages).map(|one| &*one.incident.name);
        let files: Vec<&str> = documents.chain(found.iter().map(|finding| &*finding.file)).collect();
        let missing = self.paths.iter().find(|path| !files.iter().any(|file| is_named(path, file)));
        match missing {
            None => Ok(()),
            Some(path) => {
                let near = nearest(&path.to_string_lossy(), files.iter().copied());
                let near = near.map(|near| format!("; did you mean `{near}`")).unwrap_or_default();
                Err(Error::Usage(format!("`{}` is no postmortem of this project{near}", path.display())))
            }
        }
    }

    fn wanted(&self, finding: &Diagnostic) -> bool {
        self.covers(&finding.file) || finding.level == Level::Error && !finding.file.ends_with(".md")
    }

    /// Whether `file` is one of those that were asked for.
    fn covers(&self, file: &str) -> bool {
        self.paths.is_empty() || self.paths.iter().any(|path| is_named(path, file))
    }
}

/// Whether `path`, as somebody typed it, is `file` or a folder above it.
fn is_named(path: &Path, file: &str) -> bool {
    let (file, path) = (Path::new(file), path.strip_prefix(".").unwrap_or(path));
    file.ends_with(path) || file.starts_with(path) || path.ends_with(file)
}

fn rules() -> String {
    let width = lint::RULES.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
    let line = |rule: &lint::Rule| {
        let level = match rule.level {
            LintLevel::Allow => "off",
            LintLevel::Warn => "warning",
            LintLevel::Error => "error",
        };
        format!("{:width$}  {level:8} {}\n", rule.code, rule.asks)
    };
    lint::RULES.iter().map(line).collect()
}
