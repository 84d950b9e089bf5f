//! One tag of raw HTML, read as browsers read it.

/// One tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'r> {
    pub(super) name: String,
    pub(super) closing: bool,
    pub(super) attributes: Vec<(String, &'r str)>,
}

impl Tag<'_> {
    /// The value of an attribute with its character references decoded where they matter for addresses and words.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter().find(|(known, _)| known == name)?;
        Some(decode(value))
    }
}

/// Reads one tag from its `<` to its `>`.
pub(super) fn read_tag(from: &str) -> Option<(Tag<'_>, &str)> {
    let inside = from.strip_prefix('<')?;
    let (closing, inside) = inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inside.len());
    let (name, mut rest) = inside.split_at(end);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Some((Tag { name: name.to_ascii_lowercase(), closing, attributes }, after));
        }
        let (attribute, after) = read_attribute(rest)?;
        attributes.push(attribute);
        rest = after;
    }
}

fn read_attribute(rest: &str) -> Option<((String, &str), &str)> {
    let end = rest.char_indices().skip(1).find(|(_, c)| c.is_whitespace() || matches!(c, '=' | '>' | '/'))?.0;
    let (name, rest) = rest.split_at(end);
    let name = name.to_ascii_lowercase();
    let Some(value) = rest.trim_start().strip_prefix('=') else { return Some(((name, ""), rest)) };
    let value = value.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let (value, after) = value.get(1..)?.split_once(quote)?;
        return Some(((name, value), after));
    }
    let end = value.find(|c: char| c.is_whitespace() || c == '>')?;
    let (value, after) = value.split_at(end);
    Some(((name, value), after))
}

/// The character references that occur in addresses and alternative texts.
fn decode(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    value
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_as_browsers_do() {
        let (tag, after) = read_tag("<IMG src=a.png ALT='x > y' data-x/>rest").unwrap();
        assert_eq!((tag.name.as_str(), tag.closing, after), ("img", false, "rest"));
        assert_eq!(tag.get("src").as_deref(), Some("a.png"));
        assert_eq!(tag.get("alt").as_deref(), Some("x > y"));
        assert_eq!(read_tag("<div class='x"), None);
        assert_eq!(read_tag("< b>"), None);
    }
}
