//! What stands in a section of the timeline, whichever container it stands in.

use super::postmortem::{lines, read};

/// Reads the input as blocks, as rows with a column of days, nested below a day, and under a label that is no heading.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for file in [
        format!("---\ndate: 2024-03-14\n---\n## Timeline (times in CEST)\n\n{text}"),
        format!(
            "# T\n\n## Timeline\n\n| Date | Time (UTC) | Who | What |\n|-|-|-|-|\n{}",
            lines(data, "| ", " |\n")
        ),
        format!("# T\n\n## Timeline\n\n- 2024-03-14\n{}", lines(data, "  - ", "\n")),
        format!("# T\n\n**Timeline:**\n\n**14 March 2024**\n\n{}", lines(data, "", "  \n")),
    ] {
        for incident in read(&file) {
            for pair in incident.timeline.windows(2) {
                if let [first, second] = pair {
                    assert!(
                        first.span.start <= second.span.start,
                        "the author's order: {first:?} before {second:?}"
                    );
                }
            }
            for entry in &incident.timeline {
                assert!(entry.until.is_none() || entry.at.is_some(), "an end without a beginning: {entry:?}");
            }
        }
    }
}
