//! The generator as a command: `cargo run --release --example generate -- COUNT FOLDER [--seed S] [--truth FILE]`.
#![allow(clippy::disallowed_methods, reason = "reads its arguments and writes to standard error itself")]

#[path = "mod.rs"]
mod generate;
#[cfg(test)]
mod tests;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage: generate COUNT FOLDER [--seed NUMBER] [--truth FILE]";

struct Options {
    count: usize,
    folder: PathBuf,
    seed: u64,
    truth: Option<PathBuf>,
}

fn main() -> ExitCode {
    let mut errors = io::stderr();
    let Some(options) = options(std::env::args().skip(1)) else {
        let _ = writeln!(errors, "{USAGE}");
        return ExitCode::from(2);
    };
    let corpus = generate::Corpus::new(options.count, options.seed);
    match generate::write(&corpus, &options.folder, options.truth.as_deref()) {
        Ok(written) => {
            let average = written.words / written.documents.max(1);
            let (documents, kib) = (written.documents, written.bytes / 1024);
            let _ = writeln!(errors, "{documents} reports, {kib} KiB, {average} words a report on average");
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(errors, "cannot write below `{}`: {error}", options.folder.display());
            ExitCode::FAILURE
        }
    }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Option<Options> {
    let (mut seed, mut truth, mut plain) = (7, None, Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seed" => seed = arguments.next()?.parse().ok()?,
            "--truth" => truth = Some(PathBuf::from(arguments.next()?)),
            option if option.starts_with("--") => return None,
            _ => plain.push(argument),
        }
    }
    let [count, folder] = plain.as_slice() else {
        return None;
    };
    Some(Options { count: count.parse().ok()?, folder: PathBuf::from(folder), seed, truth })
}
