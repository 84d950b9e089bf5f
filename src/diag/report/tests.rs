//! How findings look, in every form.
#![allow(clippy::needless_raw_string_hashes, reason = "`SNAPSHOTS=overwrite` writes them so")]

use super::Report;
use crate::diag::{Diagnostic, Source, SourceMap, Span};
use snapbox::{assert_data_eq, str};

fn case(name: &str, text: &str, marked: &str) -> (SourceMap, Vec<Diagnostic>) {
    let source = Source::new(name, text);
    let mut sources = SourceMap::default();
    sources.insert(&source);
    let at = text.find(marked).unwrap();
    let span = Span::new(at, at + marked.len());
    let finding =
        Diagnostic::error("unknown-severity", &source, span, format!("unknown severity `{marked}`"))
            .help("did you mean `SEV2`");
    (sources, vec![finding])
}

#[test]
fn a_person_sees_the_line_and_the_word() {
    let (sources, found) = case("content/a.md", "---\nseverity: SEVV2\n---\n", "SEVV2");
    assert_data_eq!(
        Report::new(&found, &sources).human(false),
        str![[r#"
error[unknown-severity]: unknown severity `SEVV2`
 --> content/a.md:2:11
  |
2 | severity: SEVV2
  |           ^^^^^
  |
  = help: did you mean `SEV2`

1 error

"#]]
    );
}

#[test]
fn tabs_and_wide_characters_keep_the_caret_in_place() {
    let (sources, found) = case("a.md", "\t障害: 接続プール 🔥 SEVV2 x\n", "SEVV2");
    assert_data_eq!(
        Report::new(&found, &sources).human(false),
        str![[r#"
error[unknown-severity]: unknown severity `SEVV2`
 --> a.md:1:14
  |
1 |     障害: 接続プール 🔥 SEVV2 x
  |                         ^^^^^
  |
  = help: did you mean `SEV2`

1 error

"#]]
    );
}

#[test]
fn a_very_long_line_is_cut_around_the_span() {
    let long = format!("{}SEVV2{}", "before ".repeat(500), " after".repeat(50_000));
    let (sources, found) = case("a.md", &long, "SEVV2");
    assert_data_eq!(
        Report::new(&found, &sources).human(false),
        str![[r#"
error[unknown-severity]: unknown severity `SEVV2`
 --> a.md:1:3501
  |
1 | …ore before before before before before before before before SEVV2 after after after after after after after after after after after after after after after after after after after after after after af…
  |                                                              ^^^^^
  |
  = help: did you mean `SEV2`

1 error

"#]]
    );
}

#[test]
fn a_span_over_many_lines_is_marked_on_its_first() {
    let (sources, found) = case("a.md", "one\ntwo\nthree\n", "two\nthree");
    assert_data_eq!(
        Report::new(&found, &sources).human(false),
        str![[r#"
error[unknown-severity]: unknown severity `two three`
 --> a.md:2:1
  |
2 | two
  | ^^^
  |
  = help: did you mean `SEV2`

1 error

"#]]
    );
}

#[test]
fn a_finding_at_the_end_or_in_an_unread_file_still_has_a_place() {
    let source = Source::new("a.md", "text");
    let mut sources = SourceMap::default();
    sources.insert(&source);
    let unread = Source::new("b.md", "");
    let found = [
        Diagnostic::warning("no-end", &source, Span::at(4), "the block is not closed"),
        Diagnostic::error("not-utf8", &unread, Span::new(40, 41), "the file is not UTF-8"),
    ];
    assert_data_eq!(
        Report::new(&found, &sources).human(false),
        str![[r#"
warning[no-end]: the block is not closed
 --> a.md:1:5
  |
1 | text
  |     ^

error[not-utf8]: the file is not UTF-8
--> b.md:1:1

1 error, 1 warning

"#]]
    );
}

#[test]
fn terminals_get_colours_and_never_the_authors_escapes() {
    let (sources, mut found) = case("a\x1b[2J.md", "x \x1b[31mSEVV2\u{202e} y", "SEVV2");
    found[0].message.push('\x07');
    let plain = Report::new(&found, &sources).human(false);
    assert!(!plain.contains(['\x1b', '\x07', '\u{202e}']), "{plain:?}");
    assert!(Report::new(&found, &sources).human(true).contains("\x1b["));
}

#[test]
fn short_is_one_line_each_in_file_order() {
    let (mut sources, mut found) = case("b.md", "SEVV2", "SEVV2");
    let (_, other) = case("a.md", "α SEVV3", "SEVV3");
    sources.insert(&Source::new("a.md", "α SEVV3"));
    found.extend(other);
    found.push(found[0].clone());
    assert_data_eq!(
        Report::new(&found, &sources).short(),
        str![[r#"
a.md:1:3: error[unknown-severity]: unknown severity `SEVV3` (did you mean `SEV2`)
b.md:1:1: error[unknown-severity]: unknown severity `SEVV2` (did you mean `SEV2`)

"#]]
    );
    assert_eq!(Report::new(&found, &sources).summary(), "2 errors");
}

#[test]
fn json_names_both_ends() {
    let (sources, found) = case("a.md", "α SEVV2", "SEVV2");
    assert_data_eq!(
        Report::new(&found, &sources).json(),
        str![[r#"
{
  "version": 1,
  "findings": [
    {
      "code": "unknown-severity",
      "level": "error",
      "message": "unknown severity `SEVV2`",
      "file": "a.md",
      "line": 1,
      "column": 3,
      "end_line": 1,
      "end_column": 8,
      "help": "did you mean `SEV2`"
    }
  ]
}

"#]]
    );
}

#[test]
fn github_cannot_be_talked_into_another_command() {
    let (sources, mut found) = case("a,b:c%.md", "SEVV2", "SEVV2");
    found[0].message.push_str("\n::set-output name=x::y");
    assert_data_eq!(
        Report::new(&found, &sources).github(),
        str![[r#"
::error file=a%2Cb%3Ac%25.md,line=1,col=1,endColumn=6,title=unknown-severity::unknown severity `SEVV2`%0A::set-output name=x::y%0Ahelp: did you mean `SEV2`

"#]]
    );
}

#[test]
fn sarif_lists_rules_and_encodes_paths() {
    let (sources, found) = case("content/a b#1.md", "SEVV2", "SEVV2");
    assert_data_eq!(
        Report::new(&found, &sources).sarif(|_| Some("severities are those of the site")),
        str![[r#"
{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "runs": [
    {
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "level": "error",
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "content/a%20b%231.md"
                },
                "region": {
                  "endColumn": 6,
                  "endLine": 1,
                  "startColumn": 1,
                  "startLine": 1
                }
              }
            }
          ],
          "message": {
            "text": "unknown severity `SEVV2` (did you mean `SEV2`)"
          },
          "ruleId": "unknown-severity",
          "ruleIndex": 0
        }
      ],
      "tool": {
        "driver": {
          "name": "kb",
          "rules": [
            {
              "id": "unknown-severity",
              "shortDescription": {
                "text": "severities are those of the site"
              }
            }
          ],
          "version": "0.1.0"
        }
      }
    }
  ],
  "version": "2.1.0"
}

"#]]
    );
}

#[test]
fn ten_thousand_findings_on_one_line_are_quick() {
    let text = "SEVV2 ".repeat(100_000);
    let source = Source::new("a.md", text.as_str());
    let mut sources = SourceMap::default();
    sources.insert(&source);
    let found: Vec<Diagnostic> = (0..10_000)
        .map(|n| Diagnostic::warning("many", &source, Span::new(n * 60, n * 60 + 5), "again"))
        .collect();
    let report = Report::new(&found, &sources);
    assert!(report.human(false).ends_with("10000 warnings\n"));
    assert!(report.short().contains("a.md:1:599941: warning[many]"));
}
