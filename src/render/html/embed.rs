//! What stands where authors embedded something from elsewhere: a note with a link, never the thing itself.

use super::tag::Tag;
use super::{Place, escape, links};

/// `Embedded content from **host** was left out. Open it there.`
pub(super) fn left_out(place: &Place<'_>, tag: &Tag<'_>) -> String {
    let source = ["src", "data", "href", "action"].iter().find_map(|name| tag.get(name));
    let address = source.as_deref().and_then(links::outside).filter(|address| address.starts_with("http"));
    let mut html = String::from("<p class=\"left-out\">");
    match address {
        Some(address) => {
            let before_and_after = place.words.get("embed_from");
            let (before, after) = before_and_after.split_once("{x}").unwrap_or((before_and_after, ""));
            escape::text(before, &mut html);
            html.push_str("<strong>");
            escape::text(links::short(&address), &mut html);
            html.push_str("</strong>");
            escape::text(after, &mut html);
            html.push_str(" <a");
            escape::push("href", &address, &mut html);
            html.push('>');
            escape::text(place.words.get("embed_open"), &mut html);
            html.push_str("</a>");
        }
        None => escape::text(place.words.get("embed_none"), &mut html),
    }
    html.push_str("</p>");
    html
}
