//! What stands in a section of five whys.

use super::postmortem::{lines, read};

/// Reads the input as blocks, as numbered and nested items, as rows, and as headings.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for file in [
        format!("# T\n\n## 5 whys\n\n{text}"),
        format!("# T\n\n## 5 whys\n\n{}", lines(data, "1. Why? ", "\n")),
        format!("# T\n\n## 5 whys\n\n| # | Why | Because |\n|-|-|-|\n{}", lines(data, "| ", " |\n")),
        format!("# T\n\n**Five whys:**\n\n- Why?\n{}", lines(data, "  - ", "\n")),
        format!("# T\n\n## Five whys\n\n{}", lines(data, "### ", "\n\nIt broke.\n\n")),
    ] {
        for incident in read(&file) {
            for why in &incident.whys {
                assert!(
                    !why.question.is_empty() || !why.answer.is_empty(),
                    "a why that says nothing: {why:?}"
                );
            }
        }
    }
}
