//! `kb completions`: what a shell needs to complete kb's commands and options.

use super::exit::Exit;
use super::terminal::Terminal;
use clap::{Args, Command};
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  kb completions bash > ~/.local/share/bash-completion/completions/kb
  kb completions zsh > ~/.zfunc/_kb
  kb completions fish > ~/.config/fish/completions/kb.fish";

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl Completions {
    /// Prints the script for all that `kb` understands.
    pub(super) fn run(&self, kb: &mut Command, terminal: &Terminal) -> Exit {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, kb, "kb", &mut script);
        terminal.result(&String::from_utf8_lossy(&script));
        Exit::Fine
    }
}
