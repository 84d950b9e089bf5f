//! `kb build`: the site, into a folder.

use super::args::{Audience, ProjectArgs};
use super::clock;
use super::exit::Exit;
use super::progress::Bar;
use super::terminal::Terminal;
use crate::diag::has_errors;
use crate::diag::words::count;
use crate::pipeline::{self, BuildOptions, Built, Project};
use crate::{Error, Result, model};
use clap::Args;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  kb build                     the internal site, into dist/internal
  kb build --audience public   what customers may read, into dist/public
  kb build --strict reports    fail on warnings too";

/// Build the site into a folder
///
/// Errors stop a build before anything is written: the folder stays as it was. Warnings do so only with `--strict`.
/// Files whose bytes did not change are not written again; files of an earlier build that are no longer part of the site
/// are removed, and files that kb did not make stay. Where nothing at all changed since the last build, and its site is whole, nothing is done.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Build {
    #[command(flatten)]
    project: ProjectArgs,
    /// Where to write the site [default: `DIR/dist/internal` or `DIR/dist/public`]
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Who may read the site
    #[arg(long, value_enum, default_value = "internal", value_name = "WHO")]
    audience: Audience,
    /// Where the site will be published, instead of what `site.toml` says
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Include documents with `status: draft`; never in a public site
    #[arg(long)]
    drafts: bool,
    /// Let warnings stop the build like errors
    #[arg(long)]
    strict: bool,
    /// Threads to use [default: one per processor]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

impl Build {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Exit> {
        let reading = &self.project.reading;
        let opened = Project::open(&self.project.dir, reading.content.as_deref())?;
        let mut found = opened.found;
        let mut project = opened.value;
        let audience: model::Audience = self.audience.into();
        let default = || near(&self.project.dir).join("dist").join(audience.word());
        let out = self.out.clone().unwrap_or_else(default);
        outside(&out, project.folder.path())?;
        let options = BuildOptions {
            audience,
            out,
            base_url: self.base_url.clone(),
            drafts: self.drafts,
            strict: self.strict,
            as_of: clock::today(reading.as_of, project.config.timezone.as_deref())?,
            jobs: self.jobs.map(usize::from),
            program: this_program(),
        };
        let mut built = None;
        // Content read with settings that are not the author's would only be told wrong things about.
        if !has_errors(&found) {
            let progress = Bar::on(terminal);
            built = pipeline::build(&mut project, &options, &progress)?.unpack(&mut found);
        }
        terminal.findings(&found, &project.sources);
        if let Some(built) = built {
            terminal.result(&account(&built, &self.serving()));
            if built.drafts > 0 {
                let (drafts, verb) =
                    (count(built.drafts, "draft"), if built.drafts == 1 { "is" } else { "are" });
                terminal.say(&format!("{drafts} {verb} left out; `--drafts` includes them"));
            } else if built.documents == 0 {
                let folder = near(project.folder.path()).display();
                terminal.say(&format!("the site is empty: no document in `{folder}` is for these readers"));
            }
            return Ok(Exit::Fine);
        }
        let why = if has_errors(&found) { "" } else { " (`--strict` makes warnings count as errors)" };
        terminal.say(&format!("nothing was written, `{}` is as it was{why}", options.out.display()));
        Ok(Exit::Findings)
    }
}

impl Build {
    /// The command that serves what was built.
    fn serving(&self) -> String {
        let mut command = "kb serve".to_owned();
        if let Some(content) = &self.project.reading.content {
            command.push_str(&format!(" --content {}", content.display()));
        }
        if self.project.dir != Path::new(".") {
            command.push_str(&format!(" {}", self.project.dir.display()));
        }
        command
    }
}

/// What tells this program from its other versions, also from those that never had a number.
fn this_program() -> Option<String> {
    let program = std::env::current_exe().ok()?.metadata().ok()?;
    Some(format!("{} {} {:?}", env!("CARGO_PKG_VERSION"), program.len(), program.modified().ok()?))
}

/// Refuses an output folder among the postmortems: the next build would take the site for attachments.
fn outside(out: &Path, content: &Path) -> Result<()> {
    let out_there = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    // As much of the path as exists, with links followed, and the rest as it is written.
    let real = out_there.ancestors().find_map(|near| {
        let rest = out_there.strip_prefix(near).ok()?;
        Some(near.canonicalize().ok()?.join(rest))
    });
    let inside =
        real.zip(content.canonicalize().ok()).is_some_and(|(real, content)| real.starts_with(content));
    if inside {
        let (out, content) = (out.display(), content.display());
        return Err(Error::Usage(format!(
            "`{out}` lies in `{content}`, among the postmortems; choose another folder with `--out`"
        )));
    }
    Ok(())
}

/// `dir` as people write it: without a leading `./`.
fn near(dir: &Path) -> &Path {
    dir.strip_prefix(".").unwrap_or(dir)
}

fn account(built: &Built, serve: &str) -> String {
    let beside = match built.others {
        0 => String::new(),
        others => format!(", {} beside the site left as they are", count(others, "file")),
    };
    let done = if built.lay_there { "nothing changed:" } else { "built" };
    format!(
        "{done} {} in `{}`: {} written, {} unchanged, {} removed{beside}\nopen `{}` in a browser, or serve it with `{serve}`\n",
        count(built.pages, "page"),
        built.out.display(),
        built.written,
        built.unchanged,
        built.removed,
        built.out.join("index.html").display(),
    )
}
