//! The options that commands share. Each command's own options stand in its own file.

use super::clock;
use super::terminal::Colour;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

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
