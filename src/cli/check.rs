//! `kb check`: where the postmortems fall short.

use super::args::{Audience, ProjectArgs};
use super::clock;
use super::exit::Exit;
use super::progress::Bar;
use super::terminal::Terminal;
use crate::config::LintLevel;
use crate::diag::report::Report;
use crate::diag::words::nearest;
use crate::diag::{Diagnostic, Level, has_errors};
use crate::lint;
use crate::model;
use crate::pipeline::{self, Project};
use crate::{Error, Result};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  kb check                                   everything, for people
  kb check . content/2025/2025-03-14-hub.md  one postmortem
  kb check --deny warnings --format github   in a pull request
  kb check --allow action-due --format sarif > kb.sarif
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
        let reading = &self.project.reading;
        let mut found = Vec::new();
        let mut project = Project::open(&self.project.dir, reading.content.as_deref())?.unpack(&mut found);
        self.levels(&mut project)?;
        let today = clock::today(reading.as_of, project.config.timezone.as_deref())?;
        let progress = Bar::on(terminal);
        let edition =
            pipeline::edition(&mut project, model::Audience::Internal, true, &progress).unpack(&mut found);
        let mut told = lint::check(&edition, &project.config, today, found);
        drop(progress);
        told.retain(|finding| self.wanted(finding));
        let report = Report::new(&told, &project.sources);
        match self.format {
            Format::Human => terminal.result(&report.human(terminal.paints())),
            Format::Short => terminal.result(&report.short()),
            Format::Json => terminal.result(&report.json()),
            Format::Sarif => terminal.result(&report.sarif()),
            Format::Github => terminal.result(&report.github()),
        }
        let denied = has_errors(&told) || self.deny.iter().any(|rule| rule == "warnings") && !told.is_empty();
        Ok(if denied { Exit::Findings } else { Exit::Fine })
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
            project.config.lint.insert(rule.clone(), level);
        }
        Ok(())
    }

    fn wanted(&self, finding: &Diagnostic) -> bool {
        self.paths.is_empty()
            || finding.level == Level::Error && !finding.file.ends_with(".md")
            || self.paths.iter().any(|path| {
                let path = path.strip_prefix(".").unwrap_or(path);
                let file = std::path::Path::new(&*finding.file);
                file.ends_with(path) || file.starts_with(path) || path.ends_with(file)
            })
    }
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
