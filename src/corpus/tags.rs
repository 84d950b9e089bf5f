//! Raw HTML, tag by tag.

/// The text before the first tag of `html`, the tag, and what follows it. A tag that is never closed takes the rest.
pub(super) fn first(html: &str) -> Option<(&str, &str, &str)> {
    let (before, from) = html.split_at(html.find('<')?);
    let (tag, after) = from.split_at(from.find('>').map_or(from.len(), |end| end + 1));
    Some((before, tag, after))
}
