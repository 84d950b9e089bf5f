//! Options before the command: `kb --audience public build` means `kb build --audience public`.

use clap::{ArgAction, Command};
use std::collections::BTreeSet;
use std::ffi::OsString;

/// Moves the command to the front of `arguments` (after the program's name), where options stand before it. Which
/// options take a value is known from `command` and its subcommands.
pub(super) fn command_first(command: &Command, mut arguments: Vec<OsString>) -> Vec<OsString> {
    if let Some(at) = command_at(&valued(command), &arguments)
        && at > 1
    {
        let name = arguments.remove(at);
        arguments.insert(1, name);
    }
    arguments
}

/// The first argument that is neither an option nor the value of one.
fn command_at(valued: &BTreeSet<String>, arguments: &[OsString]) -> Option<usize> {
    let mut skip = false;
    for (at, argument) in arguments.iter().enumerate().skip(1) {
        let Some(text) = argument.to_str() else {
            return (!skip).then_some(at);
        };
        if skip {
            skip = false;
        } else if text == "--" {
            return None;
        } else if !text.starts_with('-') || text == "-" {
            return Some(at);
        } else {
            skip = valued.contains(text);
        }
    }
    None
}

/// The options that take their value from the next argument: `--out`, `-C`.
fn valued(command: &Command) -> BTreeSet<String> {
    let all = std::iter::once(command).chain(command.get_subcommands());
    all.flat_map(Command::get_arguments)
        .filter(|argument| matches!(argument.get_action(), ArgAction::Set | ArgAction::Append))
        .flat_map(|argument| {
            let long = argument.get_long().map(|long| format!("--{long}"));
            long.into_iter().chain(argument.get_short().map(|short| format!("-{short}")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::commands::Cli;
    use super::*;
    use clap::CommandFactory;

    fn ordered(line: &str) -> String {
        let arguments = line.split(' ').map(OsString::from).collect();
        let ordered = command_first(&Cli::command(), arguments);
        let words: Vec<&str> = ordered.iter().map(|word| word.to_str().unwrap()).collect();
        words.join(" ")
    }

    #[test]
    fn the_command_comes_first_and_values_stay_with_their_options() {
        assert_eq!(ordered("kb --out x --drafts build ."), "kb build --out x --drafts .");
        assert_eq!(ordered("kb --out=x build"), "kb build --out=x");
        assert_eq!(ordered("kb --help build"), "kb build --help");
        assert_eq!(ordered("kb build --out x"), "kb build --out x");
        assert_eq!(ordered("kb --version"), "kb --version");
        assert_eq!(ordered("kb -- build"), "kb -- build");
    }

    #[test]
    fn an_option_takes_a_value_in_every_command_or_in_none() {
        let command = Cli::command();
        let valued = valued(&command);
        for sub in command.get_subcommands() {
            for flag in sub.get_arguments().filter(|one| !one.get_action().takes_values()) {
                let name = format!("--{}", flag.get_long().unwrap_or_default());
                assert!(!valued.contains(&name), "{name} of {}", sub.get_name());
            }
        }
    }
}
