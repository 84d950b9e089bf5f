//! Addresses. Within the site every link is written from its root (`incidents/a.html`) and gets the way up from the page
//! it stands on (`../`) in front, so that the site works under any path and from disk.

use crate::config::UrlStyle;
use crate::output::OutputPath;
use std::fmt::Write as _;

/// The file of the page called `name` (`incidents/a`).
pub fn page(name: &str, style: UrlStyle) -> Option<OutputPath> {
    OutputPath::new(&file(name, style))
}

/// The address of the page called `name`, from the root of the site, ready for an attribute.
pub fn link(name: &str, style: UrlStyle) -> String {
    link_to(&file(name, style), style)
}

/// The address of the file at `path`, from the root of the site.
pub fn link_to(path: &str, style: UrlStyle) -> String {
    let path = match style {
        UrlStyle::Pretty if path == "index.html" => "./",
        UrlStyle::Pretty => path.strip_suffix("index.html").unwrap_or(path),
        UrlStyle::File => path,
    };
    encode(path)
}

/// The name of page `part` (from 0) of a list called `name`.
pub fn part(name: &str, part: usize) -> String {
    if part == 0 { name.to_owned() } else { format!("{name}-page-{}", part + 1) }
}

/// The way from the page at `path` up to the root of the site: empty, `../`, `../../`.
pub fn up(path: &OutputPath) -> String {
    "../".repeat(path.depth())
}

/// The full address of `link`, where the site's is known.
pub fn absolute(base: &str, link: &str) -> String {
    let link = link.strip_prefix("./").unwrap_or(link);
    format!("{base}/{link}")
}

/// The path part of a full address, with a slash at the end: what the 404 page starts its links with.
pub fn base_path(base: &str) -> String {
    let after_scheme = base.split_once("://").map_or(base, |(_, rest)| rest);
    let path = after_scheme.split_once('/').map_or("", |(_, path)| path);
    if path.is_empty() { "/".to_owned() } else { format!("/{}/", path.trim_matches('/')) }
}

fn file(name: &str, style: UrlStyle) -> String {
    match style {
        UrlStyle::Pretty if !name.ends_with("/index") && name != "index" => format!("{name}/index.html"),
        _ => format!("{name}.html"),
    }
}

/// `path` with everything percent-encoded that has a meaning in addresses or is not ASCII.
pub fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_styles_name_the_same_pages() {
        assert_eq!(page("incidents/a", UrlStyle::File).unwrap().as_str(), "incidents/a.html");
        assert_eq!(page("incidents/a", UrlStyle::Pretty).unwrap().as_str(), "incidents/a/index.html");
        assert_eq!(link("incidents/a", UrlStyle::File), "incidents/a.html");
        assert_eq!(link("incidents/a", UrlStyle::Pretty), "incidents/a/");
        assert_eq!(link("incidents/index", UrlStyle::Pretty), "incidents/");
        assert_eq!(link("index", UrlStyle::Pretty), "./");
    }

    #[test]
    fn odd_names_are_encoded_and_the_way_up_is_counted() {
        assert_eq!(encode("files/a b#ä.png"), "files/a%20b%23%C3%A4.png");
        assert_eq!(up(&OutputPath::new("api/v1/x.json").unwrap()), "../../");
        assert_eq!(base_path("https://example.com/team/pm"), "/team/pm/");
        assert_eq!(base_path("https://example.com"), "/");
    }
}
