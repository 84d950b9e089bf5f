//! Where the figures of the impact may stand.

use super::postmortem::{lines, read};

/// Reads the input as prose, behind labels, and as front matter.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for file in [
        format!("# T\n\n## Impact\n\n{text}"),
        format!("# T\n\n{}", lines(data, "**Duration:** ", "\n\n")),
        format!("# T\n\n| Users affected | 12 |\n|-|-|\n{}", lines(data, "| ", " |\n")),
        format!(
            "---\nduration: {}\nimpact:\n{}---\n",
            text.lines().next().unwrap_or(""),
            lines(data, "  ", "\n")
        ),
    ] {
        for incident in read(&file) {
            for figure in &incident.impact {
                assert!(!figure.value.trim().is_empty(), "a figure without a value: {figure:?}");
                assert!(figure.span.start < figure.span.end, "told nowhere: {figure:?}");
            }
        }
    }
}
