//! Escaping, in the two places where words can stand: text and quoted attributes.

const IN_TEXT: [bool; 256] = marks(b"<>&");
const IN_QUOTES: [bool; 256] = marks(b"<>&\"");

/// Appends `words` as text.
pub fn text(words: &str, out: &mut String) {
    push_escaped(words, out, &IN_TEXT);
}

/// Appends `words` as the inside of an attribute in double quotes.
pub fn attribute(words: &str, out: &mut String) {
    push_escaped(words, out, &IN_QUOTES);
}

/// Appends ` name="words"`.
pub(super) fn push(name: &str, words: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    attribute(words, out);
    out.push('"');
}

/// Which bytes cannot stand as they are: `special` ones, and the zero byte, which is no character of HTML.
const fn marks(special: &[u8]) -> [bool; 256] {
    let mut marks = [false; 256];
    marks[0] = true;
    let mut at = 0;
    while at < special.len() {
        marks[special[at] as usize] = true;
        at += 1;
    }
    marks
}

fn push_escaped(words: &str, out: &mut String, marks: &[bool; 256]) {
    let mut rest = words;
    while let Some(at) = rest.bytes().position(|byte| marks[usize::from(byte)]) {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        out.push_str(match from.as_bytes().first() {
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            Some(b'&') => "&amp;",
            Some(b'"') => "&quot;",
            _ => "\u{fffd}",
        });
        rest = from.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
}
