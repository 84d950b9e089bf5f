//! Raw HTML in every place where Markdown takes it.

use super::render;

/// Renders the input between, inside and after Markdown.
pub fn run(data: &[u8]) {
    let html = String::from_utf8_lossy(data);
    let one_line = html.replace(['\n', '\r'], " ");
    let places = [
        format!("<div>\n{html}\n</div>\n\nafter\n"),
        format!("- 14:00 a {one_line} b\n\n  <p>{one_line}\n\n| a | b |\n|-|-|\n| {one_line} | c |\n"),
        format!(
            "## A {one_line}\n\n```json\n{{}}\n```\n\n> {one_line}\n\n[a {one_line}](https://a.example \"b\")\n"
        ),
    ];
    places.iter().for_each(|text| render::run(text.as_bytes()));
}
