//! What lines of files were before, read from git in one pass.
//!
//! [`earlier_lines`] follows the lines it is asked for from the files as they are now back through every commit that
//! changed one of them. It runs `git` itself, as no other program knows a repository as well. Only commits that modify
//! files are looked at, along the first parents, so that lines have one past; a file that was added whole tells nothing.

use super::history_patch::{Change, Reader};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::BufReader;
use std::path::Path;
use std::process::{Command, Stdio};

/// A line as it was before a commit changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierLine {
    /// The day of that commit, in its author's own zone.
    pub changed: Date,
    /// What it said before.
    pub text: String,
}

/// How much of the history was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// None: the folder is in no repository, or git is not there.
    None,
    /// Only its newest part (a shallow clone).
    Shallow,
    /// From the first commit on.
    Whole,
}

/// Lines by number (from 1) by path within the content folder.
pub type Lines<T> = BTreeMap<String, BTreeMap<u32, T>>;

/// The earlier forms of the lines `wanted` (with their text today) of files below `folder`, the newest first. Lines whose
/// newest form is not committed have none.
pub fn earlier_lines(folder: &Path, wanted: Lines<String>) -> (Depth, Lines<Vec<EarlierLine>>) {
    let depth = depth(folder);
    if depth == Depth::None || wanted.is_empty() {
        return (depth, Lines::new());
    }
    let mut trail = Trail::of(wanted);
    let uncommitted = git(folder, &["diff", "HEAD"]);
    let log = git(folder, &["log", "--first-parent", "--diff-filter=MR", "--format=%x00%as"]);
    let read = [uncommitted, log].into_iter().all(|command| follow(command, &mut trail));
    if read { (depth, trail.found) } else { (Depth::None, Lines::new()) }
}

/// What the history of `folder` ends in and how much of it is there, as a mark that changes whenever they do.
pub fn history_state(folder: &Path) -> Vec<u8> {
    let mut command = Command::new("git");
    quiet(&mut command, folder).args(["rev-parse", "--is-shallow-repository", "HEAD"]);
    let said = command.output().ok().filter(|output| output.status.success());
    said.map(|output| output.stdout).unwrap_or_default()
}

fn depth(folder: &Path) -> Depth {
    match history_state(folder) {
        said if said.is_empty() => Depth::None,
        said if said.starts_with(b"true") => Depth::Shallow,
        _ => Depth::Whole,
    }
}

/// A command that prints patches of the folder alone, whatever the reader's own settings say, and runs nothing else.
fn git(folder: &Path, command: &[&str]) -> Command {
    const PATCH: [&str; 11] = [
        "--patch",
        "--unified=0",
        "--relative",
        "--find-renames",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--src-prefix=a/",
        "--dst-prefix=b/",
        "--no-indent-heuristic",
        "--diff-algorithm=myers",
    ];
    let mut git = Command::new("git");
    quiet(&mut git, folder).args(["-c", "core.quotePath=false", "-c", "core.fsmonitor=false"]);
    git.args(command).args(PATCH).args(["--", "."]);
    git
}

fn quiet<'c>(command: &'c mut Command, folder: &Path) -> &'c mut Command {
    command
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .env("GIT_OPTIONAL_LOCKS", "0")
        // A partial clone would fetch what it lacks; nothing here may reach for the network.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("LC_ALL", "C")
}

/// Reads what `command` prints along `trail`; whether it went well.
fn follow(mut command: Command, trail: &mut Trail) -> bool {
    let Ok(mut child) = command.stdout(Stdio::piped()).spawn() else { return false };
    if let Some(output) = child.stdout.take() {
        Reader::new(BufReader::new(output)).for_each(|change| trail.step(&change));
    }
    child.wait().is_ok_and(|status| status.success())
}

/// Where each line that is followed stands in the version reached so far.
struct Trail {
    /// By path then, by number then: the place today, and the text then.
    now: BTreeMap<String, BTreeMap<u32, Followed>>,
    found: Lines<Vec<EarlierLine>>,
}

#[derive(Debug, Clone)]
struct Followed {
    path: String,
    line: u32,
    text: String,
}

impl Trail {
    fn of(wanted: Lines<String>) -> Self {
        let follow = |(path, lines): (String, BTreeMap<u32, String>)| {
            let lines =
                lines.into_iter().map(|(line, text)| (line, Followed { path: path.clone(), line, text }));
            (path.clone(), lines.collect())
        };
        Self { now: wanted.into_iter().map(follow).collect(), found: Lines::new() }
    }

    /// Goes one commit back in one file.
    fn step(&mut self, change: &Change) {
        let Some(lines) = self.now.remove(&change.after) else { return };
        let mut before = BTreeMap::new();
        for (number, mut followed) in lines {
            let Some((earlier, text)) = change.before(number, &followed.text) else { continue };
            if let Some(text) = text {
                // Without a day it is the change that is not committed: the line's past begins only behind it.
                let Some(changed) = change.date else { continue };
                let entry = EarlierLine { changed, text: text.clone() };
                self.found
                    .entry(followed.path.clone())
                    .or_default()
                    .entry(followed.line)
                    .or_default()
                    .push(entry);
                followed.text = text;
            }
            before.insert(earlier, followed);
        }
        if !before.is_empty() {
            self.now.entry(change.before.clone()).or_default().extend(before);
        }
    }
}
