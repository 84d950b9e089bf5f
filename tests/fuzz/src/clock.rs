//! Where the clock points of an incident may be told.

use super::postmortem::{lines, read};
use kb::model::Milestone;

/// Reads the input as sentences, behind labels, in a table of facts, and as values of front matter.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let keys = ["started: ", "detected: ", "mitigated: ", "resolved: "];
    let values: String =
        keys.into_iter().zip(text.lines()).flat_map(|(key, line)| [key, line, "\n"]).collect();
    for file in [
        format!("# T\n\n## Summary\n\nOn 14 March 2024, {text}"),
        format!("# T\n\n{}", lines(data, "- **Started:** ", "\n- Resolved: 2024-03-14 14:23\n")),
        format!("# T\n\n| Date | 2024-03-14 |\n|-|-|\n{}", lines(data, "| ", " |\n")),
        format!("---\ndate: 2024-03-14\n{values}---\n# T\n\n## Impact\n\n{text}"),
    ] {
        for incident in read(&file) {
            let points = Milestone::ALL.iter().filter_map(|milestone| incident.clock.get(*milestone));
            for point in points.chain(&incident.clock.published) {
                assert!((1970..2101).contains(&point.at.local.year()), "{point:?}");
                assert!(
                    !point.from.is_empty() && point.span.start < point.span.end,
                    "told nowhere: {point:?}"
                );
            }
        }
    }
}
