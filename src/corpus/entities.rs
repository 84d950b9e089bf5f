//! References to characters in raw HTML (`&#64;`, `&eacute;`), read before anything is looked for in it.

use pulldown_cmark::{Event, Parser};

/// Longest name of a character, with its `&` and `;`.
const LONGEST: usize = 34;

/// `html` with its references read, but for those that would become markup.
pub(super) fn decoded(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, from)) = rest.split_once('&') {
        out.push_str(before);
        match read(from) {
            Some((said, length)) if !said.contains(['<', '>', '&', '"', '\'', '`', '\r', '\n']) => {
                out.push_str(&said);
                rest = from.get(length..).unwrap_or_default();
            }
            _ => {
                out.push('&');
                rest = from;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What the reference says that goes on with `from`, after its `&`, and how long it is.
fn read(from: &str) -> Option<(String, usize)> {
    if let Some(number) = from.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let (digits, radix) = hex.map_or((number, 10), |digits| (digits, 16));
        let length = digits.bytes().take(9).take_while(|b| char::from(*b).is_digit(radix)).count();
        let code = u32::from_str_radix(digits.get(..length)?, radix).ok()?;
        let end = from.len() - digits.len() + length;
        // Browsers read numbers also where the semicolon is missing.
        let closed = usize::from(from.get(end..)?.starts_with(';'));
        return Some((char::from_u32(code)?.to_string(), end + closed));
    }
    let end = from.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = from.get(..end).filter(|name| name.bytes().all(|b| b.is_ascii_alphanumeric()))?;
    let written = format!("&{name};");
    let said: String = Parser::new(&written)
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    (said != written && !said.is_empty()).then_some((said, end + 1))
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn references_become_characters_but_for_markup() {
        assert_eq!(decoded("Zo&euml; &#64;ada &#x41d;a&#100a &nbsp"), "Zoë @ada Нada &nbsp");
        for kept in ["&lt;b&gt; &amp; &quot;", "&#60;&#x3e;&#38;&#34;", "a & b &; &nothing; &#; &#x110000;"] {
            assert_eq!(decoded(kept), kept);
        }
    }
}
