//! `kb init`: a new project. Writes what is missing and never touches what is there.
#![expect(clippy::disallowed_methods, reason = "a new project is written here")]

use super::clock;
use super::exit::Exit;
use super::new_file::{Wrote, write_new};
use super::terminal::Terminal;
use crate::{Error, Result};
use clap::Args;
use jiff::ToSpan;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  kb init postmortems    a new project in a new folder
  kb init                a project around the `content` folder that is already here";

/// Start a project: settings, a first postmortem, a CI workflow
///
/// Files that exist already are kept as they are. Where the content folder holds documents already, no example is added.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Init {
    /// Folder of the project
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Date of the first postmortem [default: today]
    #[arg(long, value_name = "DATE", value_parser = clock::date)]
    as_of: Option<Date>,
}

impl Init {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Exit> {
        let today = clock::today(self.as_of, None)?;
        if self.dir.is_file() {
            return Err(Error::Usage(format!("`{}` is a file; name a folder", self.dir.display())));
        }
        let mut made = 0;
        for (name, text) in files(&self.dir, today) {
            let word = match write_new(&self.dir.join(&name), &text)? {
                Wrote::New => "created",
                Wrote::Nothing => "kept",
            };
            made += usize::from(word == "created");
            terminal.result(&format!("{word:>7} {name}\n"));
        }
        terminal.say(&next(&self.dir, made));
        Ok(Exit::Fine)
    }
}

/// Names relative to the project and texts of the files of a new project.
fn files(dir: &Path, today: Date) -> Vec<(String, String)> {
    let own = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let mut files = vec![
        own("site.toml", include_str!("files/site.toml")),
        own(".gitignore", include_str!("files/gitignore")),
        own(".github/workflows/postmortems.yml", include_str!("files/workflow.yml")),
    ];
    if !holds_files(&dir.join("content")) {
        let due = today.checked_add(30.days()).unwrap_or(today);
        let text = include_str!("files/first.md")
            .replace("{{date}}", &today.to_string())
            .replace("{{due}}", &due.to_string());
        files.insert(1, (format!("content/{today}-example.md"), text));
    }
    files
}

fn holds_files(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

fn next(dir: &Path, made: usize) -> String {
    if made == 0 {
        return "everything is there already".to_owned();
    }
    let enter = if dir == Path::new(".") { String::new() } else { format!("  cd {}\n", dir.display()) };
    format!(
        "\nnext:\n{enter}  kb build                    build the site into dist/internal\n  \
         kb new \"What happened\"      write a postmortem\n  \
         settings are in site.toml, each with its default"
    )
}
