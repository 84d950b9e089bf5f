//! A project in a folder of its own, and what the real `kb` makes of it.
//!
//! A test reads as a story: files in, one command, what is seen. Snapshots are snapbox's: `[..]` and `...` match anything,
//! and `SNAPSHOTS=overwrite cargo test` writes them anew.

use snapbox::{Assert, IntoData, Redactions};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The day on which all tests run.
pub(crate) const TODAY: &str = "2026-11-25";

/// File names and titles that break careless code: every path-handling test takes them.
pub(crate) const NASTY_NAMES: [&str; 10] = [
    "it's \"quoted\"",
    "a & b <script>",
    "🔥 on call",
    "100% of %20 traffic",
    "日本語の障害",
    "e\u{301} and é",
    "-rf",
    "index",
    "con. ",
    "very-long-name-very-long-name-very-long-name-very-long-name-very-long-name-very-long-name-very-long-name-very-long-name-very-long-name",
];

/// A project folder.
pub(crate) struct SiteTest {
    folder: TempDir,
}

impl SiteTest {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, with its folders.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    /// Writes a file of a project that was built already.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The text of a file.
    #[track_caller]
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every file below `folder`, one per line, sorted.
    pub(crate) fn list(&self, folder: &str) -> String {
        let root = self.path().join(folder);
        let mut names: Vec<String> = files(&root)
            .iter()
            .map(|file| file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"))
            .collect();
        names.sort();
        names.iter().fold(String::new(), |list, name| list + name + "\n")
    }

    /// Every file below `folder` with its bytes.
    pub(crate) fn bytes(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let names = self.list(folder);
        let read = |name: &str| fs::read(self.path().join(folder).join(name)).unwrap();
        names.lines().map(|name| (name.to_owned(), read(name))).collect()
    }

    /// The command `kb` with `arguments`, in the project folder, in an environment that says nothing. `KB_BIN` names
    /// another program than the one built with these tests: an optimised one, for thousands of cases.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let program = std::env::var_os("KB_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_kb").into());
        let mut command = Command::new(program);
        command.current_dir(self.path()).args(arguments).stdin(Stdio::null());
        for name in ["NO_COLOR", "CLICOLOR_FORCE", "SOURCE_DATE_EPOCH", "COLUMNS"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs `kb` with `arguments`.
    #[track_caller]
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.outcome(&mut self.command(arguments))
    }

    /// Runs a `command` of [`command`](Self::command) that the test has changed.
    #[track_caller]
    pub(crate) fn outcome(&self, command: &mut Command) -> Outcome {
        let output = command.output().unwrap();
        Outcome {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            root: self.path().to_str().unwrap().to_owned(),
        }
    }

    /// Builds the internal site as of [`TODAY`].
    #[track_caller]
    pub(crate) fn build(&self) -> Outcome {
        self.run(&["build", "--as-of", TODAY])
    }
}

/// How a command ended.
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    root: String,
}

impl Outcome {
    /// Expects an exit status.
    #[track_caller]
    pub(crate) fn code(self, expected: i32) -> Self {
        assert_eq!(self.code, Some(expected), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Expects status 0.
    #[track_caller]
    pub(crate) fn fine(self) -> Self {
        self.code(0)
    }

    /// Expects this on standard output.
    #[track_caller]
    pub(crate) fn stdout(self, expected: impl IntoData) -> Self {
        self.assert().eq(&self.stdout, expected);
        self
    }

    /// Expects this on standard error.
    #[track_caller]
    pub(crate) fn stderr(self, expected: impl IntoData) -> Self {
        self.assert().eq(&self.stderr, expected);
        self
    }

    fn assert(&self) -> Assert {
        let mut redactions = Redactions::new();
        redactions.insert("[ROOT]", self.root.clone()).unwrap();
        Assert::new().action_env("SNAPSHOTS").redact_with(redactions)
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}
