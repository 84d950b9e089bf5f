//! Findings as JSON: `{"version": 1, "findings": […]}`, stable.

use super::Report;
use serde::Serialize;

#[derive(Serialize)]
struct Findings<'a> {
    version: u8,
    findings: Vec<Finding<'a>>,
}

/// One finding; lines and columns count from 1, columns in characters, `end_column` one past the last.
#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    level: &'a str,
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    help: Option<&'a str>,
}

impl Report<'_> {
    /// All findings as one JSON document, with a line break at its end.
    pub fn json(&self) -> String {
        // Strings and numbers always have a JSON form.
        let mut text = serde_json::to_string_pretty(&self.document()).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The same document on one line, for a stream of them (NDJSON).
    pub fn json_line(&self) -> String {
        let mut text = serde_json::to_string(&self.document()).unwrap_or_default();
        text.push('\n');
        text
    }

    fn document(&self) -> Findings<'_> {
        let findings = self.told.iter().map(|told| Finding {
            code: told.finding.code,
            level: told.finding.level.word(),
            message: &told.finding.message,
            file: &told.finding.file,
            line: told.place.start.line,
            column: told.place.start.column,
            end_line: told.place.end.line,
            end_column: told.place.end.column,
            help: told.finding.help.as_deref(),
        });
        Findings { version: 1, findings: findings.collect() }
    }
}
