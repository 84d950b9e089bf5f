//! What holds for HTML that kb wrote from a stranger's text.

/// Tags that a text can become.
const TAGS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "section",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
];
/// Tags without content.
const VOID: &[&str] = &["br", "hr", "img", "input"];
/// Starts of addresses that a browser would run.
const HARMFUL: &[&str] = &["javascript:", "data:", "vbscript:"];

/// Panics if `html` holds a tag of another kind, code, or a tag that is not closed in its place.
pub(super) fn check(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some((_, from)) = rest.split_once('<') {
        let (tag, after) = tag(from);
        rest = after;
        let name_end = tag.find([' ', '>']).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(name_end);
        if let Some(closed) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "tags are not balanced in {html}");
            continue;
        }
        assert!(TAGS.contains(&name), "the tag `{name}` in {html}");
        check_attributes(attributes, html);
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} is left open in {html}");
}

/// A tag up to its `>`, quoted values passed over, and what comes after.
fn tag(from: &str) -> (&str, &str) {
    let mut quoted = false;
    for (at, c) in from.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return (&from[..at], &from[at + 1..]),
            _ => {}
        }
    }
    panic!("a tag without an end: {from}");
}

fn check_attributes(attributes: &str, html: &str) {
    let mut rest = attributes.trim_start();
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let plain = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(plain && !name.starts_with("on") && name != "style", "the attribute `{name}` in {html}");
        let Some(value) = after.strip_prefix("=\"") else {
            rest = after.trim_start();
            continue;
        };
        let (value, after) = value.split_once('"').expect("tags end outside quotes");
        if matches!(name, "href" | "src") {
            let address: String =
                decoded(value).chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let address = address.to_lowercase();
            assert!(!HARMFUL.iter().any(|start| address.starts_with(start)), "`{value}` in {html}");
        }
        rest = after.trim_start();
    }
}

/// An attribute's value as a browser reads it, as far as addresses go.
fn decoded(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, from)) = rest.split_once("&#") {
        out.push_str(before);
        let (digits, radix) = match from.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (from, 10),
        };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let c = u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32);
        out.extend(c);
        rest = digits[end..].trim_start_matches(';');
    }
    out.push_str(rest);
    out.replace("&colon;", ":").replace("&Tab;", "").replace("&NewLine;", "").replace("&amp;", "&")
}
