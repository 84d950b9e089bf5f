//! What may open a section.

use super::postmortem::{lines, read};

/// Reads the input as blocks, and each line as a heading of either kind and as every label that teams use as one.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for file in [
        format!("# T\n\n{text}"),
        format!("# T\n\n{}", lines(data, "## ", "\n\nText.\n\n")),
        format!("# T\n\n{}", lines(data, "", "\n---\n\nText.\n\n")),
        format!("# T\n\n{}", lines(data, "**", ":** text\n\n")),
        format!("# T\n\n{}", lines(data, "- **", "**\n  - text\n")),
        format!("# T\n\n{}", lines(data, "1. ", "\n\n   Text.\n")),
        format!("# T\n\n{}", lines(data, "", ":\n\nText.\n\n")),
    ] {
        for incident in read(&file) {
            for pair in incident.sections.windows(2) {
                if let [first, second] = pair {
                    let (one, two) = (first.extent, second.extent);
                    assert!(one.start <= two.start, "out of order: {first:?} before {second:?}");
                    let apart = one.end <= two.start || two.end <= one.end;
                    assert!(apart, "neither beside nor inside: {first:?} and {second:?}");
                }
            }
            assert!(incident.sections.iter().all(|section| (1..=7).contains(&section.level)));
        }
    }
}
