//! Findings as SARIF 2.1.0, the exchange format of code-scanning services.

use super::Report;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

impl Report<'_> {
    /// All findings as one SARIF log, with a line break at its end. `asks` says what the rule of a code asks for.
    pub fn sarif(&self, asks: impl Fn(&str) -> Option<&'static str>) -> String {
        let codes: BTreeSet<&str> = self.told.iter().map(|told| told.finding.code).collect();
        let codes: Vec<&str> = codes.into_iter().collect();
        let rules: Vec<Value> = codes
            .iter()
            .map(|code| match asks(code) {
                Some(asks) => json!({ "id": code, "shortDescription": {"text": asks} }),
                None => json!({ "id": code }),
            })
            .collect();
        let log = json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                }},
                "columnKind": "unicodeCodePoints",
                "results": self.results(&codes),
            }],
        });
        let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
        text.push('\n');
        text
    }

    fn results(&self, codes: &[&str]) -> Vec<Value> {
        let result = |told: &super::Told| {
            let finding = told.finding;
            let message = match &finding.help {
                Some(help) => format!("{} ({help})", finding.message),
                None => finding.message.clone(),
            };
            json!({
                "ruleId": finding.code,
                "ruleIndex": codes.binary_search(&finding.code).unwrap_or_default(),
                "level": finding.level.word(),
                "message": {"text": message},
                "locations": [{"physicalLocation": {
                    "artifactLocation": {"uri": uri(&finding.file)},
                    "region": {
                        "startLine": told.place.start.line,
                        "startColumn": told.place.start.column,
                        "endLine": told.place.end.line,
                        "endColumn": told.place.end.column,
                    },
                }}],
            })
        };
        self.told.iter().map(result).collect()
    }
}

/// A path as a relative URI reference: everything but unreserved characters and `/` is percent-encoded.
fn uri(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                text.push(char::from(byte));
            }
            byte => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
    text
}
