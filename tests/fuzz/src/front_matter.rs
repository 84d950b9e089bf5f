//! Front matter alone, in both notations, so that no byte is spent on fences.

use super::postmortem;

/// Reads the input as YAML, and as TOML.
pub fn run(data: &[u8]) {
    for fence in ["---", "+++"] {
        let mut text = format!("{fence}\n").into_bytes();
        text.extend_from_slice(data);
        text.extend_from_slice(format!("\n{fence}\n\n# Title\n").as_bytes());
        postmortem::run(&text);
    }
}
