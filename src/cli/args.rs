//! What may be typed: the commands and the options they share. Each command's own options stand in its own file.

use super::terminal::Colour;
use super::{
    actions, build, check, clock, completions, coverage, export, import, init, link, new, search, serve,
    similar, stats, sync,
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

const AFTER: &str = "\
Start with `kb init`, write with `kb new`, publish with `kb build`. Options may stand before or after the command; \
`kb help COMMAND` tells more about one.

Exit status: 0 fine, 1 errors or denied findings, 2 wrong usage or a failure to read or write.";

/// Turns a folder of incident postmortems into a site people read, search and learn from
#[derive(Debug, Parser)]
#[command(name = "kb", version, after_help = AFTER, arg_required_else_help = true, propagate_version = false)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) look: Look,
}

/// How output looks; understood everywhere.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Look {
    /// When to colour output: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(hide_default_value = true, hide_possible_values = true, help_heading = "Output")]
    pub(super) color: Colour,
    /// Say only results, findings and failures
    #[arg(long, short, global = true, help_heading = "Output")]
    pub(super) quiet: bool,
}

/// The commands, in the order of a project's life.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Init(init::Init),
    New(new::New),
    Serve(serve::Serve),
    Build(build::Build),
    Check(check::Check),
    Search(search::Search),
    Similar(similar::Similar),
    Link(link::Link),
    Stats(stats::Stats),
    Actions(actions::Actions),
    Sync(sync::Sync),
    Import(import::Import),
    Coverage(coverage::Coverage),
    Export(export::Export),
    Completions(completions::Completions),
}

/// Where the project is and how its content is read.
#[derive(Debug, Args)]
pub(super) struct ProjectArgs {
    /// Folder that holds `site.toml`
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
    #[command(flatten)]
    pub(super) reading: Reading,
}

/// How content is read.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// Folder of the postmortems, instead of the one `site.toml` names
    #[arg(long, value_name = "DIR")]
    pub(super) content: Option<PathBuf>,
    /// What "today" is, for everything that depends on it: overdue actions, ages [default: `SOURCE_DATE_EPOCH`, else now]
    #[arg(long, value_name = "DATE", value_parser = clock::date)]
    pub(super) as_of: Option<Date>,
}

/// Who the site is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Audience {
    /// Colleagues: everything
    Internal,
    /// Anyone: documents that say `visibility: public`, without their internal parts
    Public,
}

impl From<Audience> for crate::model::Audience {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Internal => Self::Internal,
            Audience::Public => Self::Public,
        }
    }
}
