//! How other incidents may be mentioned.

use super::postmortem::{lines, read};

/// Reads the input as text of a document with an id of its own, as targets of links, and as `related`.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for file in [
        format!("# DCL-2278: T\n\nThe same as DCL-2270.\n\n## Related\n\n{text}"),
        format!("# T\n\n{}", lines(data, "See [it](", ") and [that][1].\n\n")),
        format!("# T\n\nSee [one][1].\n\n{}", lines(data, "[1]: ", "\n")),
        format!("---\nrelated:\n{}---\n# T\n", lines(data, "  ", "\n")),
        format!("---\nrelated: {}\n---\n# T\n", text.lines().next().unwrap_or("")),
    ] {
        for incident in read(&file) {
            for reference in &incident.references {
                assert!(!reference.target.trim().is_empty(), "a mention of nothing: {reference:?}");
            }
        }
    }
}
