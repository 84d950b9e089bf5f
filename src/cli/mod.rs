//! The command line: from arguments to one command, its output and its exit status.
//!
//! [`run`] puts the command first ([`order`]), parses ([`commands`]), and hands over to the command's file, which gets the
//! [`Terminal`](terminal::Terminal) and nothing else. A command is one file with its options and its `run`; a new one is
//! that file, a variant of [`commands::Command`] and a line below.

mod actions;
mod args;
mod browser;
mod build;
mod check;
mod clock;
mod commands;
mod completions;
mod coverage;
mod exit;
mod export;
mod figures;
mod import;
mod init;
mod link;
mod new;
mod new_file;
mod order;
mod progress;
mod rewrite;
mod search;
mod serve;
mod settings;
mod similar;
mod stats;
mod sync;
mod terminal;
mod which;

use clap::{CommandFactory, FromArgMatches};
use commands::{Cli, Command};
use exit::Exit;
use std::ffi::OsString;
use std::process::ExitCode;
use terminal::{Colour, Terminal};

/// Runs `kb` with `arguments`, the first of which is the program's name, and returns its exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    outlive_large_files();
    let command = Cli::command();
    let arguments = order::command_first(&command, arguments.into_iter().collect());
    let parsed = command.try_get_matches_from(arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    match parsed {
        Ok(cli) => dispatch(cli).into(),
        Err(error) => explain(&error).into(),
    }
}

/// Writing beyond the largest file that a system allows (`ulimit -f`) is an error like that of a full disk, told with the file's
/// name; without this it would end the process without a word.
fn outlive_large_files() {
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

fn dispatch(cli: Cli) -> Exit {
    let terminal = Terminal::new(cli.look.color, cli.look.quiet);
    let done = match cli.command {
        Command::Init(command) => command.run(&terminal),
        Command::New(command) => command.run(&terminal),
        Command::Build(command) => command.run(&terminal),
        Command::Serve(command) => command.run(&terminal, cli.look),
        Command::Check(command) => command.run(&terminal),
        Command::Search(command) => command.run(&terminal),
        Command::Similar(command) => command.run(&terminal),
        Command::Link(command) => command.run(&terminal),
        Command::Stats(command) => command.run(&terminal),
        Command::Actions(command) => command.run(&terminal),
        Command::Sync(command) => command.run(&terminal),
        Command::Import(command) => command.run(&terminal),
        Command::Coverage(command) => command.run(&terminal),
        Command::Export(command) => command.run(&terminal),
        Command::Completions(command) => Ok(command.run(&mut Cli::command(), &terminal)),
    };
    let exit = done.unwrap_or_else(|error| {
        terminal.fail(&error.to_string());
        Exit::from(&error)
    });
    terminal.end(exit)
}

/// Help and version are results; anything else is wrong usage.
fn explain(error: &clap::Error) -> Exit {
    let terminal = Terminal::new(Colour::Auto, false);
    let text = error.render();
    if error.use_stderr() {
        terminal.usage(&text);
        return Exit::Refused;
    }
    terminal.help(&text);
    terminal.end(Exit::Fine)
}
