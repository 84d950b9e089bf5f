//! Times as people write them: each line of the input becomes an entry in every kind of timeline.

use super::postmortem;
use std::fmt::Write as _;

/// Reads the input as the entries of a list, of plain lines, of sub-headings and of a table.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for (before, start, end) in
        [("", "- ", "\n"), ("", "", "\n\n"), ("", "### ", "\n"), ("| Time | What |\n|-|-|\n", "| ", " |\n")]
    {
        let mut file = format!("# Title\n\n## Timeline (2024-03-14, UTC)\n\n{before}");
        for line in text.lines() {
            let _ = write!(file, "{start}{line}{end}");
        }
        postmortem::run(file.as_bytes());
    }
}
