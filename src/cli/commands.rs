//! What may be typed: the commands, and what stands around them in the help.

use super::args::Look;
use super::{
    actions, build, check, completions, coverage, export, import, init, link, new, search, serve, similar,
    stats, sync,
};
use clap::{Parser, Subcommand};

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
