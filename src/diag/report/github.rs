//! Findings as GitHub workflow commands: printed in a CI job, they mark the lines of a pull request.

use super::{Report, Told};
use std::fmt::Write as _;

impl Report<'_> {
    /// One workflow command per finding.
    pub fn github(&self) -> String {
        let mut text = String::new();
        for told in &self.told {
            let _ = writeln!(
                text,
                "::{} file={},{},title={}::{}",
                told.finding.level.word(),
                property(&told.finding.file),
                region(told),
                property(told.finding.code),
                data(&with_help(told))
            );
        }
        text
    }
}

/// GitHub takes columns only where a finding starts and ends on one line.
fn region(told: &Told) -> String {
    let (start, end) = (told.place.start, told.place.end);
    if start.line == end.line {
        format!("line={},col={},endColumn={}", start.line, start.column, end.column)
    } else {
        format!("line={},endLine={}", start.line, end.line)
    }
}

fn with_help(told: &Told) -> String {
    match &told.finding.help {
        Some(help) => format!("{}\nhelp: {help}", told.finding.message),
        None => told.finding.message.clone(),
    }
}

/// What follows `::`, escaped so that a message cannot end the command or start another one.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property: as [`data`], and `:` and `,` end nothing.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
