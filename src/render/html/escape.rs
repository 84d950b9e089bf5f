//! Escaping, in the two places where words can stand: text and quoted attributes.

/// Appends `words` as text.
pub fn text(words: &str, out: &mut String) {
    push_escaped(words, out, |byte| match byte {
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'&' => Some("&amp;"),
        _ => None,
    });
}

/// Appends `words` as the inside of an attribute in double quotes.
pub fn attribute(words: &str, out: &mut String) {
    push_escaped(words, out, |byte| match byte {
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'&' => Some("&amp;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

/// Appends ` name="words"`.
pub(super) fn push(name: &str, words: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    attribute(words, out);
    out.push('"');
}

fn push_escaped(words: &str, out: &mut String, escape: impl Fn(u8) -> Option<&'static str>) {
    let mut from = 0;
    for (at, byte) in words.bytes().enumerate() {
        // A zero byte is no character of HTML.
        let instead = if byte == 0 { Some("\u{fffd}") } else { escape(byte) };
        if let Some(instead) = instead {
            out.push_str(words.get(from..at).unwrap_or_default());
            out.push_str(instead);
            from = at + 1;
        }
    }
    out.push_str(words.get(from..).unwrap_or_default());
}
